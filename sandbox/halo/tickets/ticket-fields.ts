import type { Draft } from '../http/body';
import { refuse } from '../http/answers';
import type { HaloContext } from '../http/context';
import { htmlToText, keptHtml, textToHtml } from '../state/html';
import { names } from '../state/variants';
import type { SimTicket } from '../state/state';

/** Longest summary that Halo's column holds, in characters. */
const SUMMARY_MAX = 255;

/** Thrown text of SQL Server when a value is longer than its column. */
export class TooLong extends Error {}

const TEXT_FIELDS = [
	'reportedby',
	'supplier_reference',
	'client_reference',
	'third_party_id_string',
	'closure_note',
] as const;

const NUMBER_FIELDS = [
	'impact',
	'urgency',
	'source',
	'parent_id',
	'createdfrom_id',
	'merged_into_id',
	'closure_agent_id',
] as const;

const DATE_FIELDS = ['startdate', 'targetdate', 'deadlinedate'] as const;

const CATEGORY_FIELDS = ['category_1', 'category_2', 'category_3', 'category_4'] as const;

/** Puts the plain fields of a request on a ticket; fields that were not sent stay as they are. */
export function applyFields(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	for (const name of TEXT_FIELDS) ticket[name] = draft.text(name) ?? ticket[name];
	for (const name of NUMBER_FIELDS) ticket[name] = draft.integer(name) ?? ticket[name];
	for (const name of DATE_FIELDS) {
		const sent = draft.date(name);
		if (sent !== undefined) ticket[name] = sent;
	}
	ticket.dateoccurred = draft.date('dateoccurred') ?? ticket.dateoccurred;
	ticket.closure_time = draft.decimal('closure_time') ?? ticket.closure_time;
	applySummary(ticket, draft);
	applyCategories(context, ticket, draft);
	applyLists(context, ticket, draft);
}

function applySummary(ticket: SimTicket, draft: Draft): void {
	const summary = draft.text('summary');
	if (summary === undefined) return;
	if (summary.length > SUMMARY_MAX) throw new TooLong();
	ticket.summary = summary;
}

/** The body text: HTML wins when both are sent, and the plain field is then the text of the HTML. */
export function applyDetails(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	const html = draft.text('details_html');
	const text = draft.text('details');
	if (html !== undefined) {
		ticket.details_html = keptHtml(html);
		ticket.details = htmlToText(html);
	} else if (text !== undefined) {
		ticket.details = text;
		ticket.details_html = textToHtml(text);
	}
	const longest = context.switches.detailsCutAt;
	if (longest === 0 || ticket.details.length <= longest) return;
	ticket.details = ticket.details.slice(0, longest);
	ticket.details_html = textToHtml(ticket.details);
}

/** A category path that the tenant does not have is ignored without a word. */
function applyCategories(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	CATEGORY_FIELDS.forEach((name, index) => {
		const sent = draft.text(name);
		const byId = draft.integer(`categoryid_${index + 1}`);
		const known = context.state.categories.find(
			(row) => row.type_id === index + 1 && (row.id === byId || row.value === sent),
		);
		if (known !== undefined) ticket[name] = known.value;
		else if (sent === '') ticket[name] = '';
	});
}

/** Nested lists are replaced by what is sent; custom fields that are not sent stay. */
function applyLists(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	const assets = draft.list('assets');
	if (assets !== undefined) {
		ticket.assets = assets.flatMap((asset) => {
			const id = asset.integer('id') ?? 0;
			return context.state.assets.some((row) => row.id === id) ? [id] : [];
		});
	}
	const tags = draft.list('tags');
	if (tags !== undefined) ticket.tags = tags.map((tag) => tag.text('text') ?? '');
	for (const tag of draft.list('add_tags') ?? []) ticket.tags.push(tag.text('text') ?? '');
	for (const sent of draft.list('customfields') ?? []) {
		const id = sent.integer('id');
		const name = sent.text('name')?.toLowerCase();
		const field = context.state.fields.find(
			(row) => row.typeid === 1 && (row.id === id || row.name.toLowerCase() === name),
		);
		// What Halo does with a custom field that it does not know is unproven; here it is dropped.
		if (field === undefined) continue;
		ticket.customfields = ticket.customfields.filter((stored) => stored.id !== field.id);
		ticket.customfields.push({ id: field.id, value: sent.raw('value') ?? '' });
	}
}

/** SLA, priority, team and agent. Names and numbers that the tenant does not have are ignored. */
export function applyAssignment(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	const { slas, priorities, teams, agents } = context.state;
	const sla = draft.integer('sla_id');
	if (sla !== undefined && slas.some(({ id }) => id === sla)) ticket.sla_id = sla;
	const priority = draft.integer('priority_id');
	const known = priorities.some(
		(row) => row.slaid === ticket.sla_id && row.priorityid === priority,
	);
	if (priority !== undefined && known) ticket.priority_id = priority;
	if (context.switches.priorityFromImpact && ticket.impact > 0 && ticket.urgency > 0) {
		// Halo's usual matrix is symmetric; the mean of the two stands for it here.
		ticket.priority_id = Math.min(4, Math.ceil((ticket.impact + ticket.urgency) / 2));
	}
	const team = draft.text('team')?.toLowerCase();
	const named = teams.find((row) => row.name.toLowerCase() === team && !row.inactive);
	if (named !== undefined) ticket.team = named.name;
	const agent = draft.integer('agent_id');
	if (agent === undefined) return;
	// 0 and -1 stand for nobody, which is agent 1.
	const wanted = agent <= 0 ? 1 : agent;
	const row = agents.find(({ id }) => id === wanted);
	if (row === undefined || row.isdisabled) throw refuse('Please select a valid Agent.');
	const isBusy = names(context.switches.busyAgents, wanted);
	if (isBusy && wanted !== ticket.agent_id && draft.flag('_forcereassign') !== true) {
		throw refuse(`${row.name} is busy. Are you sure you want to assign this Ticket?`);
	}
	ticket.agent_id = wanted;
}

/** The client, site and user that a request names; sites belong to clients, users to sites. */
export function applyPeople(context: HaloContext, ticket: SimTicket, draft: Draft): void {
	const { clients, sites, users } = context.state;
	const siteSent = positive(draft.integer('site_id'));
	const clientSent = positive(draft.integer('client_id'));
	const userSent = positive(draft.integer('user_id'));
	if (siteSent === undefined && clientSent === undefined && userSent === undefined) return;
	const sameClient = clientSent === undefined || clientSent === ticket.client_id;
	if (sameClient && siteSent === undefined && userSent === undefined) return;
	const client = clients.find(
		({ id }) => id === (clientSent ?? clientOfSite(context, siteSent) ?? ticket.client_id),
	);
	if (client === undefined) throw refuse('Please select a valid Customer.');
	const site = sites.find(({ id }) => id === (siteSent ?? client.main_site_id));
	if (site === undefined || site.client_id !== client.id)
		throw refuse('Please select a valid Site.');
	if (userSent !== undefined && siteSent === undefined) {
		throw refuse('Please select a valid Site for this User.');
	}
	const user = users.find((row) =>
		userSent === undefined ? row.site_id === site.id && row.generalUser : row.id === userSent,
	);
	if (userSent !== undefined && user?.site_id !== site.id) {
		throw refuse('Please select a valid User.');
	}
	ticket.client_id = client.id;
	ticket.site_id = site.id;
	ticket.user_id = user?.id ?? 0;
}

function positive(id: number | undefined): number | undefined {
	return id !== undefined && id > 0 ? id : undefined;
}

function clientOfSite(context: HaloContext, siteId: number | undefined): number | undefined {
	return context.state.sites.find(({ id }) => id === siteId)?.client_id;
}
