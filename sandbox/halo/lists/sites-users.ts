import { advancedSearch } from '../http/advanced-search';
import type { HaloAnswer } from '../http/answers';
import { float, notFound } from '../http/answers';
import type { HaloCall, HaloContext } from '../http/context';
import { likePattern } from '../http/like';
import { activeFilter, emptyList, updatedFilter } from '../http/list-filters';
import { envelope, ordered } from '../http/paging';
import { requireScope } from '../http/requirements';
import { seesClient } from '../http/visibility';

/** `GET /Site`: `client_id` is a float on its rows. */
export function listSites(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const { query, access } = call;
	if (access.rights.customersAccess === 'none') return emptyList('sites');
	const clientId = query.number('client_id');
	const term = query.text('search');
	const pattern = term === null ? null : likePattern(term);
	const updated = updatedFilter(query);
	const rows = context.state.sites
		.filter((site) => seesClient(access, site.client_id) && activeFilter(query)(site))
		.filter((site) => clientId === null || site.client_id === clientId)
		.filter((site) => (pattern === null || pattern.test(site.name)) && updated(site.lastUpdate));
	return envelope(context, query, 'sites', ordered(query, rows), (site) =>
		siteRow(context, site.id),
	);
}

/** `GET /Site/{id}`. */
export function getSite(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const site = context.state.sites.find(({ id }) => id === Number(call.ids[0]));
	if (site === undefined || !seesClient(call.access, site.client_id)) throw notFound();
	return { status: 200, body: siteRow(context, site.id) };
}

function siteRow(context: HaloContext, siteId: number): unknown {
	const site = context.state.sites.find(({ id }) => id === siteId);
	if (site === undefined) return null;
	const client = context.state.clients.find(({ id }) => id === site.client_id);
	return {
		id: site.id,
		name: site.name,
		client_id: float(site.client_id),
		client_name: client?.name ?? '',
		clientsite_name: `${client?.name ?? ''}/${site.name}`,
		inactive: site.inactive,
		sla_id: 0,
		phonenumber: site.phonenumber,
		timezone: '',
		ref: '',
	};
}

/** `GET /Users`: contacts and each site's General User; `site_id` is a float on its rows. */
export function listUsers(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const { query, access } = call;
	if (access.rights.usersAccess === 'none') return emptyList('users');
	const { sites } = context.state;
	const clientOf = new Map(sites.map((site) => [site.id, site.client_id]));
	const clientId = query.number('client_id');
	const siteId = query.number('site_id');
	const term = query.text('search');
	const pattern = term === null ? null : likePattern(term);
	const updated = updatedFilter(query);
	const hideGeneral = query.flag('exclude_generaluser') || query.flag('exclude_defaultsiteusers');
	const rows = context.state.users
		.filter(
			(user) => seesClient(access, clientOf.get(user.site_id) ?? 0) && activeFilter(query)(user),
		)
		.filter((user) => clientId === null || clientOf.get(user.site_id) === clientId)
		.filter((user) => siteId === null || user.site_id === siteId)
		.filter((user) => !(hideGeneral && user.generalUser))
		.filter((user) => !(query.flag('exclude_agents') && user.linked_agent_id > 0))
		.filter(
			(user) => pattern === null || pattern.test(user.name) || pattern.test(user.emailaddress),
		)
		.filter((user) => updated(user.lastUpdate));
	const found = advancedSearch(query, rows, (user) => userRow(context, user.id));
	return envelope(context, query, 'users', ordered(query, found), (user) =>
		userRow(context, user.id),
	);
}

/** `GET /Users/{id}`. */
export function getUser(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'customers');
	const user = context.state.users.find(({ id }) => id === Number(call.ids[0]));
	if (user === undefined) throw notFound();
	return { status: 200, body: userRow(context, user.id) };
}

function userRow(context: HaloContext, userId: number): Record<string, unknown> {
	const { users, sites, clients } = context.state;
	const user = users.find(({ id }) => id === userId);
	const site = sites.find(({ id }) => id === user?.site_id);
	const client = clients.find(({ id }) => id === site?.client_id);
	const [firstname = '', ...rest] = (user?.name ?? '').split(' ');
	return {
		id: userId,
		name: user?.name ?? '',
		firstname,
		surname: rest.join(' '),
		emailaddress: user?.emailaddress ?? '',
		login: user?.emailaddress ?? '',
		site_id: float(site?.id ?? 0),
		site_id_int: site?.id ?? 0,
		site_name: site?.name ?? '',
		client_id: client?.id ?? 0,
		client_name: client?.name ?? '',
		inactive: user?.inactive ?? false,
		isserviceaccount: false,
		neversendemails: false,
		linked_agent_id: user?.linked_agent_id ?? 0,
	};
}
