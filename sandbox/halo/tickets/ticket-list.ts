import { advancedSearch } from '../http/advanced-search';
import type { HaloAnswer } from '../http/answers';
import type { HaloCall, HaloContext } from '../http/context';
import { readDate } from '../state/dates';
import { likePattern, textSearch } from '../http/like';
import { envelope, ordered } from '../http/paging';
import { requireScope } from '../http/requirements';
import type { Query } from '../http/query';
import type { SimTicket } from '../state/state';
import { listedTicket, ticketRow } from './ticket-rows';
import { isClosedStatus, seesTicket } from '../http/visibility';

type Test = (ticket: SimTicket) => boolean;

/** `GET /Tickets`: newest first, every filter that the simulator knows; names it does not know change nothing. */
export function listTickets(context: HaloContext, call: HaloCall): HaloAnswer {
	requireScope(call.access, 'read', 'tickets');
	const tests = filtersOf(context, call.query);
	const found = context.state.tickets
		.filter((ticket) => seesTicket(call.access, ticket) && tests.every((test) => test(ticket)))
		.sort((left, right) => right.id - left.id);
	const matching = advancedSearch(call.query, found, (ticket) => ticketRow(context, ticket));
	return envelope(context, call.query, 'tickets', ordered(call.query, matching), (ticket) =>
		listedTicket(context, call.query, ticket),
	);
}

function filtersOf(context: HaloContext, query: Query): Test[] {
	const wantsDeleted = query.flag('deleted');
	const closed: Test = (ticket) => isClosedStatus(context, ticket.status_id);
	return [
		(ticket) => ticket.deleted === wantsDeleted,
		...(query.flag('open_only') || (context.switches.listsOpenOnly && !asksForClosed(query))
			? [(ticket: SimTicket) => !closed(ticket)]
			: []),
		...(query.flag('closed_only') ? [closed] : []),
		...idFilters(query),
		...nameFilters(context, query),
		...textFilters(context, query),
		...dateFilters(query),
	];
}

/** Tenants whose lists show open tickets give closed ones to who asks for them or for a status. */
function asksForClosed(query: Query): boolean {
	const flags = ['closed_only', 'includeclosed', 'includecompleted'];
	return flags.some((name) => query.flag(name)) || query.has('status') || query.has('status_id');
}

function idFilters(query: Query): Test[] {
	const columns: Array<[parameter: string, column: (ticket: SimTicket) => number]> = [
		['client_id', (ticket) => ticket.client_id],
		['client_ids', (ticket) => ticket.client_id],
		['site_id', (ticket) => ticket.site_id],
		['user_id', (ticket) => ticket.user_id],
		['status', (ticket) => ticket.status_id],
		['status_id', (ticket) => ticket.status_id],
		['priority', (ticket) => ticket.priority_id],
		['sla', (ticket) => ticket.sla_id],
		// Halo's own word for the ticket type; `tickettype_id` is no filter here.
		['requesttype', (ticket) => ticket.tickettype_id],
		['requesttype_id', (ticket) => ticket.tickettype_id],
		['agent', (ticket) => ticket.agent_id],
		['agent_id', (ticket) => ticket.agent_id],
		['parent_id', (ticket) => ticket.parent_id],
		['related_id', (ticket) => ticket.createdfrom_id],
		['ticketids', (ticket) => ticket.id],
		['search_id', (ticket) => ticket.id],
		['searchthisticketid', (ticket) => ticket.id],
	];
	const tests = columns.flatMap(([parameter, column]): Test[] => {
		const wanted = query.numbers(parameter);
		if (wanted === null || wanted.every((id) => id < 0)) return [];
		return [(ticket) => wanted.includes(column(ticket))];
	});
	const asset = query.number('asset_id');
	if (asset !== null && asset > 0) tests.push((ticket) => ticket.assets.includes(asset));
	return tests;
}

function nameFilters(context: HaloContext, query: Query): Test[] {
	const { teams, clients, attachments } = context.state;
	const tests: Test[] = [];
	// Filters take a team's id; tickets hold its name.
	const teamIds = query.numbers('team');
	if (teamIds !== null) {
		const names = teams.filter(({ id }) => teamIds.includes(id)).map(({ name }) => name);
		tests.push((ticket) => names.includes(ticket.team));
	}
	const teamName = query.text('team_name');
	if (teamName !== null) tests.push((ticket) => ticket.team === teamName);
	const reference = query.text('client_ref');
	if (reference !== null) {
		const ids = clients.filter(({ ref }) => ref === reference).map(({ id }) => id);
		tests.push((ticket) => ids.includes(ticket.client_id));
	}
	for (const column of ['category_1', 'category_2', 'category_3', 'category_4'] as const) {
		const wanted = query.text(column);
		if (wanted !== null) tests.push((ticket) => ticket[column] === wanted);
	}
	if (query.flag('withattachments')) {
		tests.push((ticket) => attachments.some((file) => file.ticket_id === ticket.id));
	}
	return tests;
}

function textFilters(context: HaloContext, query: Query): Test[] {
	const columns: Array<[parameter: string, column: (ticket: SimTicket) => string]> = [
		['search_summary', (ticket) => ticket.summary],
		['search_details', (ticket) => ticket.details],
		['search_reportedby', (ticket) => ticket.reportedby],
		['search_supplier_reference', (ticket) => ticket.supplier_reference],
	];
	const tests = columns.flatMap(([parameter, column]): Test[] => {
		const term = query.text(parameter);
		if (term === null) return [];
		const finds = textSearch(context.switches.textSearch, term);
		if (finds === null) return [];
		const indexed = context.clock.now() - context.switches.searchLagMs;
		return [(ticket) => ticket.dateoccurred <= indexed && finds(column(ticket))];
	});
	const basic = query.text('search');
	if (basic !== null) tests.push(basicSearch(basic));
	return tests;
}

/**
 * The basic search. A term that ends in digits is taken for a ticket's number, which is how a search for
 * `SRV-01` misses the tickets about SRV-01 and finds others.
 */
function basicSearch(term: string): Test {
	const digits = /\d+$/.exec(term)?.[0];
	if (digits !== undefined) return (ticket) => String(ticket.id).includes(String(Number(digits)));
	const pattern = likePattern(term);
	return (ticket) => pattern.test(ticket.summary) || pattern.test(ticket.details);
}

function dateFilters(query: Query): Test[] {
	const within = (
		from: string,
		to: string,
		column: (ticket: SimTicket) => number | null,
	): Test[] => {
		const since = readDate(query.text(from) ?? '');
		const until = readDate(query.text(to) ?? '');
		if (since === null && until === null) return [];
		return [
			(ticket) => {
				const at = column(ticket);
				return at !== null && at >= (since ?? -Infinity) && at <= (until ?? Infinity);
			},
		];
	};
	const updated = within('lastupdatefromdate', 'lastupdatetodate', (ticket) => ticket.lastUpdate);
	const column = query.text('datesearch')?.toLowerCase();
	if (column === 'dateoccured') {
		return [...updated, ...within('startdate', 'enddate', (ticket) => ticket.dateoccurred)];
	}
	if (column === 'datecleared') {
		return [...updated, ...within('startdate', 'enddate', (ticket) => ticket.dateClosed)];
	}
	return updated;
}
