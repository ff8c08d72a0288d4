import { advancedSearch } from '../http/advanced-search';
import type { HaloAnswer } from '../http/answers';
import { forbidden, notFound, refuse } from '../http/answers';
import type { Draft } from '../http/body';
import { readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { haloDate } from '../state/dates';
import { activeFilter, emptyList, updatedFilter } from '../http/list-filters';
import { likePattern } from '../http/like';
import { envelope, ordered } from '../http/paging';
import { requireScope } from '../http/requirements';
import { contactIdOf, generalUserIdOf, siteIdOf } from '../state/seed-clients';
import type { SimClient } from '../state/state';
import { customField } from '../tickets/ticket-rows';
import { seesClient } from '../http/visibility';

/** A small picture in base64: list rows carry one, whether it was asked for or not. */
const LOGO = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** `GET /Client`: active ones by name, unless inactive ones are asked for. */
export function listClients(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const { query, access } = call;
	if (access.rights.customersAccess === 'none') return emptyList('clients');
	const term = query.text('search');
	const pattern = term === null ? null : likePattern(term);
	const updated = updatedFilter(query);
	const rows = context.state.clients
		.filter((client) => seesClient(access, client.id) && activeFilter(query)(client))
		.filter((client) => updated(client.lastUpdate))
		.filter((client) => {
			if (pattern === null) return true;
			const others = query.flag('search_name_only') ? [] : [client.ref, client.domain];
			return [client.name, ...others].some((text) => pattern.test(text));
		})
		.sort((left, right) => left.name.localeCompare(right.name));
	const found = advancedSearch(query, rows, (client) => clientRow(context, client));
	const fields = query.numbers('include_custom_fields');
	return envelope(context, query, 'clients', ordered(query, found), (client) => {
		if (query.flag('idonly')) return { id: client.id };
		const wanted = client.customfields.filter(({ id }) => fields?.includes(id) ?? false);
		return {
			...clientRow(context, client),
			...(query.flag('includenotes') ? { notes: client.notes } : {}),
			...(fields === null
				? {}
				: { customfields: wanted.map((field) => customField(context, field)) }),
		};
	});
}

/** `GET /Client/{id}`; custom fields and links only with `includedetails=true`. */
export function getClient(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const client = context.state.clients.find(({ id }) => id === Number(call.ids[0]));
	if (client === undefined || !seesClient(call.access, client.id)) throw notFound();
	if (call.access.rights.customersAccess === 'none') throw notFound();
	const details = call.query.flag('includedetails');
	const body = details ? clientDetail(context, client) : clientRow(context, client);
	return { status: 200, body };
}

/** `POST /Client`: a new client gets a main site and its General User. */
export function postClients(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'edit', 'customers');
	if (call.access.rights.customersAccess !== 'modify') throw forbidden();
	const written = readRecords(call.body).map((draft) => {
		const id = draft.integer('id') ?? 0;
		const client = id > 0 ? editClient(context, draft, id) : newClient(context, draft);
		return clientDetail(context, client);
	});
	const { createStatus, wrapSingle } = context.switches;
	return writeAnswer(createStatus, call.query, written, wrapSingle);
}

function newClient(context: HaloContext, draft: Draft): SimClient {
	const { clients, sites, users } = context.state;
	if ((draft.text('name') ?? '').trim() === '')
		throw refuse('Please enter a name for the Customer.');
	const id = Math.max(...clients.map((client) => client.id)) + 1;
	const now = context.clock.now();
	const client: SimClient = {
		id,
		name: '',
		inactive: false,
		ref: '',
		domain: '',
		website: '',
		notes: '',
		main_site_id: siteIdOf(id),
		lastUpdate: now,
		customfields: [],
	};
	clients.push(client);
	const siteName = draft.text('newclient_sitename') ?? 'Main';
	const phonenumber = draft.text('newclient_phonenumber') ?? '';
	sites.push({
		id: siteIdOf(id),
		name: siteName,
		client_id: id,
		inactive: false,
		phonenumber,
		lastUpdate: now,
	});
	const user = { site_id: siteIdOf(id), inactive: false, linked_agent_id: 0, lastUpdate: now };
	users.push({
		id: generalUserIdOf(id),
		name: 'General User',
		emailaddress: '',
		generalUser: true,
		...user,
	});
	const contact = draft.text('newclient_contactname');
	if (contact !== undefined) {
		const emailaddress = draft.text('newclient_contactemail') ?? '';
		users.push({ id: contactIdOf(id), name: contact, emailaddress, generalUser: false, ...user });
	}
	return applyClient(context, client, draft);
}

function editClient(context: HaloContext, draft: Draft, id: number): SimClient {
	const client = context.state.clients.find((row) => row.id === id);
	if (client === undefined) throw notFound();
	return applyClient(context, client, draft);
}

function applyClient(context: HaloContext, client: SimClient, draft: Draft): SimClient {
	for (const name of ['name', 'ref', 'domain', 'website', 'notes'] as const) {
		client[name] = draft.text(name) ?? client[name];
	}
	client.inactive = draft.flag('inactive') ?? client.inactive;
	client.lastUpdate = context.clock.now();
	for (const sent of draft.list('customfields') ?? []) {
		const id = sent.integer('id');
		const name = sent.text('name')?.toLowerCase();
		const field = context.state.fields.find(
			(row) => row.typeid === 2 && (row.id === id || row.name.toLowerCase() === name),
		);
		if (field === undefined) continue;
		client.customfields = client.customfields.filter((stored) => stored.id !== field.id);
		client.customfields.push({ id: field.id, value: sent.raw('value') ?? '' });
	}
	return client;
}

function clientRow(context: HaloContext, client: SimClient): Record<string, unknown> {
	const site = context.state.sites.find(({ id }) => id === client.main_site_id);
	return {
		id: client.id,
		name: client.name,
		toplevel_id: 1,
		toplevel_name: 'Customers',
		inactive: client.inactive,
		colour: '#a7a7a7',
		is_vip: false,
		ref: client.ref,
		domain: client.domain,
		website: client.website,
		main_site_id: client.main_site_id,
		main_site_name: site?.name ?? '',
		main_phonenumber: site?.phonenumber ?? '',
		last_update: haloDate(client.lastUpdate),
		logo: LOGO,
	};
}

function clientDetail(context: HaloContext, client: SimClient): Record<string, unknown> {
	return {
		...clientRow(context, client),
		notes: client.notes,
		customfields: client.customfields.map((field) => customField(context, field)),
		external_links: [],
	};
}
