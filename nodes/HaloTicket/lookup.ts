import { REFERENCE_WORD } from '../shared/domain/reference';
import {
	cheapestPath,
	collect,
	filterWasIgnored,
	pagesLeft,
	searchEach,
	worthScoping,
} from '../shared/domain/ticket-lookup';
import type { HaloApi, TicketFilter } from '../shared/halo/api';
import type { TicketPage, TicketRow } from '../shared/halo/records';

/** One reference to look for. */
export interface Wanted {
	reference: string;
	/** Null = on any client. */
	clientId: number | null;
}

export interface LookupOptions {
	/** Where the reference is searched; rows are checked in both either way. */
	field: 'summary' | 'details';
	/** Closed tickets too: none, those changed since a time (ISO 8601), or all (null). */
	closed: false | { since: string | null };
	/** Only tickets changed since then, ISO 8601. */
	updatedSince?: string;
}

type Found = Map<string, Map<number, TicketRow>>;

/** A list whose first page was read, so that its length is known before the rest is asked for. */
interface StartedList {
	first: TicketPage;
	rest: AsyncIterator<TicketPage>;
}

async function start(api: HaloApi, filter: TicketFilter): Promise<StartedList> {
	const rest = api.searchTickets(filter)[Symbol.asyncIterator]();
	const { value, done } = await rest.next();
	return { first: done === true ? { rows: [], total: 0 } : value, rest };
}

async function finish({ first, rest }: StartedList, found: Found): Promise<void> {
	collect(first.rows, found);
	for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
		collect(next.value.rows, found);
	}
}

/**
 * Finds all tickets that carry the wanted references, with as few requests as the batch allows. Rows are checked for
 * the exact reference here, since Halo ignores filters that it does not know; clients are checked by the plan.
 * @returns for each reference its tickets, by id
 */
export async function lookUp(
	api: HaloApi,
	wanted: readonly Wanted[],
	options: LookupOptions,
): Promise<Map<string, TicketRow[]>> {
	const found: Found = new Map(wanted.map(({ reference }) => [reference, new Map()]));
	const references = [...found.keys()];
	if (searchEach(references.length)) await each(api, references, found, options);
	else await byList(api, wanted, found, options);
	return new Map([...found].map(([reference, rows]) => [reference, [...rows.values()]]));
}

function filterOf(
	text: string,
	options: LookupOptions,
	state: TicketFilter['state'],
): TicketFilter {
	return {
		...(options.field === 'summary' ? { summary: text } : { details: text }),
		state,
		...(options.updatedSince === undefined ? {} : { updatedSince: options.updatedSince }),
	};
}

/** One search per reference, open and closed in one. When Halo ignores the filter, the first search was everything. */
async function each(
	api: HaloApi,
	references: readonly string[],
	found: Found,
	options: LookupOptions,
): Promise<void> {
	const state = options.closed === false ? 'open' : 'any';
	for (const reference of references) {
		let unrelated = 0;
		for await (const page of api.searchTickets(filterOf(reference, options, state))) {
			unrelated += collect(page.rows, found);
		}
		if (filterWasIgnored(unrelated)) return;
	}
}

async function byList(
	api: HaloApi,
	wanted: readonly Wanted[],
	found: Found,
	options: LookupOptions,
): Promise<void> {
	const open = filterOf(REFERENCE_WORD, options, 'open');
	const clientIds = scopeOf(wanted);
	const all = await start(api, open);
	const allLeft = pagesLeft(all.first.total);
	const scoped =
		clientIds !== null && worthScoping(found.size, allLeft)
			? await start(api, { ...open, clientIds })
			: null;
	const path = cheapestPath(
		found.size,
		allLeft,
		scoped === null ? null : pagesLeft(scoped.first.total),
	);
	if (path === 'each reference') return await each(api, [...found.keys()], found, options);
	const useScoped = path === 'these clients' && scoped !== null;
	await finish(useScoped ? scoped : all, found);
	if (options.closed === false) return;
	await closedOnes(api, useScoped ? clientIds : null, found, options, options.closed.since);
}

/** Closed tickets of the references that no open ticket answered: by list, or one by one when that is shorter. */
async function closedOnes(
	api: HaloApi,
	clientIds: number[] | null,
	found: Found,
	options: LookupOptions,
	since: string | null,
): Promise<void> {
	const missing = [...found].filter(([, rows]) => rows.size === 0).map(([reference]) => reference);
	if (missing.length === 0) return;
	if (searchEach(missing.length)) return await each(api, missing, found, options);
	const list = await start(api, {
		...filterOf(REFERENCE_WORD, options, 'closed'),
		...(clientIds === null ? {} : { clientIds }),
		...(since === null ? {} : { updatedSince: since }),
	});
	if (pagesLeft(list.first.total) <= missing.length) await finish(list, found);
	else await each(api, missing, found, options);
}

/** Clients of the batch; null when any reference may be on any client. */
function scopeOf(wanted: readonly Wanted[]): number[] | null {
	const ids = new Set<number>();
	for (const { clientId } of wanted) {
		if (clientId === null) return null;
		ids.add(clientId);
	}
	return [...ids];
}
