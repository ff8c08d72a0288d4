import { filterWasIgnored, pagesLeft, searchEach } from '../../shared/domain/ticket/look-up-path';
import { REFERENCE_WORD } from '../../shared/domain/ticket/reference';
import type { Sightings } from '../../shared/domain/ticket/sightings';
import type { HaloApi, TicketFilter } from '../../shared/halo/api';
import { EMPTY_PAGE, type ReadPage } from '../../shared/halo/records/pages';
import type { TicketRow } from '../../shared/halo/records/records';
import {
	findsWord,
	foundByReference,
	isOurs,
	noteClosed,
	showsClosed,
} from '../../shared/halo/search-proof';

/** How a look-up searches. */
export interface FindOptions {
	/** Where the reference is searched; rows are checked in both either way. */
	field: 'summary' | 'details';
	/** Closed tickets too: none, those changed since a time (ISO 8601), or all (null). */
	closed: false | { since: string | null };
	/** Only tickets changed since then, ISO 8601; counts for lists. */
	updatedSince?: string;
	/** False: never the short list of the batch's clients, so that tickets on other clients are seen at once. */
	shortList?: boolean;
	/** Whether a ticket in this status is open; null = the status does not tell. */
	isOpen: (statusId: number) => boolean | null;
}

/** The pack's tickets on some clients, all of them. */
export interface Listed {
	rows: readonly TicketRow[];
	/** Null = on all clients. */
	clientIds: ReadonlySet<number> | null;
	/** True when closed ones are among them. */
	closedToo: boolean;
}

/** One look-up on its way. */
export interface Search {
	api: HaloApi;
	found: Sightings<TicketRow>;
	options: FindOptions;
	/** References whose tickets count on every client, also where one was found. */
	anywhere: readonly string[];
	listed: Listed | null;
	/** True once closed tickets were asked for as such. */
	closedAsked: boolean;
}

/** A list whose first page was read, so that its length is known before the rest is asked for. */
export interface StartedList {
	first: ReadPage<TicketRow>;
	rest: AsyncIterator<ReadPage<TicketRow>>;
}

/** Reads a list's first page. */
export async function start(api: HaloApi, filter: TicketFilter): Promise<StartedList> {
	const rest = api.searchTickets(filter)[Symbol.asyncIterator]();
	const next = await rest.next();
	return { first: next.done === true ? EMPTY_PAGE : next.value, rest };
}

/** Requests that the rest of a list costs, as far as its count tells. */
export function leftOf({ first }: StartedList): number {
	return first.next === null ? 0 : Math.max(1, pagesLeft(first.total));
}

/** True when the first page is the whole list. Where the count does not tell, one more request does. */
export async function isOnePage({ first, rest }: StartedList): Promise<boolean> {
	if (first.next === null) return true;
	if (first.total > first.rows.length) return false;
	const second = await rest.next();
	return second.done === true || second.value.rows.length === 0;
}

/** @returns the rows of the list, and whether they are as many as Halo counts */
export async function finish(
	{ first, rest }: StartedList,
	{ found }: Search,
): Promise<{ rows: TicketRow[]; complete: boolean }> {
	const rows = [...first.rows];
	let { missing } = first;
	for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
		rows.push(...next.value.rows);
		({ missing } = next.value);
	}
	found.take(rows);
	return { rows, complete: missing === 0 };
}

/** The search is known to miss tickets: lists by client and state say what is there, at the cost of their pages. */
export async function withoutSearch(search: Search, scope: number[] | null): Promise<void> {
	const { api, found, options } = search;
	const { closed, updatedSince } = options;
	const since = updatedSince === undefined ? {} : { updatedSince };
	const rows = await readUnsearched(api, { clientIds: scope, closed, ...since }, found);
	if (updatedSince !== undefined) return;
	const clientIds = scope === null ? null : new Set(scope);
	search.listed = { rows, clientIds, closedToo: false };
}

/** Asks for closed tickets where nothing was found, and lists of this tenant were not seen to hold them unasked. */
export async function closedUnshown(search: Search): Promise<void> {
	const { api, found, options } = search;
	const missing = found.missing();
	if (missing.length === 0 || showsClosed(api) || search.closedAsked) return;
	if (!searchEach(missing.length)) return;
	if (missing.length > 1 && (await closedByWord(search))) return;
	for (const word of found.wordsOf(missing)) {
		for await (const { rows } of api.searchTickets({ [options.field]: word, state: 'closed' })) {
			found.take(rows);
		}
	}
}

/** All closed tickets of ours as one short list, where our word is known to find them. @returns false when it tells nothing */
async function closedByWord(search: Search): Promise<boolean> {
	const { api, options } = search;
	if (options.closed === false || !findsWord(api)) return false;
	const { since } = options.closed;
	const list = await start(api, {
		...filterOf(REFERENCE_WORD, options, 'closed'),
		...(since === null ? {} : { updatedSince: since }),
	});
	return (await isOnePage(list)) && (await finish(list, search)).complete;
}

/** What a look-up asks for. @param text word or reference */
export function filterOf(
	text: string,
	options: FindOptions,
	state: TicketFilter['state'],
): TicketFilter {
	return {
		...(options.field === 'summary' ? { summary: text } : { details: text }),
		state,
		...(options.updatedSince === undefined ? {} : { updatedSince: options.updatedSince }),
	};
}

/** One search per reference on any client, open and closed in one: short anyway. When Halo ignores the filter, the first search was everything. */
export async function each(search: Search, references: readonly string[]): Promise<void> {
	const { found } = search;
	await eachWord(search, found.wordsOf(references));
	const missing = new Set(found.missing());
	const left = references.filter((reference) => missing.has(reference));
	await eachWord(search, found.wordsOf(left, true));
}

async function eachWord(search: Search, words: readonly string[]): Promise<void> {
	const { api, found, options } = search;
	const state = options.closed === false ? 'open' : 'any';
	for (const word of words) {
		let unrelated = 0;
		for await (const page of api.searchTickets({ [options.field]: word, state })) {
			const others = found.take(page.rows);
			unrelated += others;
			noteClosed(api, page.rows, options.isOpen);
			if (others < page.rows.length) foundByReference(api);
		}
		if (filterWasIgnored(unrelated)) return;
	}
}

/** A client with more tickets than fit three pages is searched instead, unless the search is known to miss. */
const FEW_PAGES = 3;

/** What to read without a search. */
export interface Unsearched {
	/** Null = all clients. */
	clientIds: number[] | null;
	/** Closed tickets too: none, those changed since a time (ISO 8601), or all (null). */
	closed: false | { since: string | null };
	/** Only open tickets changed since then, ISO 8601. */
	updatedSince?: string;
}

/**
 * Reads tickets by client and state alone: what a tenant's search does or does not find plays no part. Rows are checked
 * for the exact reference, since Halo ignores filters that it does not know.
 * @returns the pack's tickets among them
 */
export async function readUnsearched(
	api: HaloApi,
	{ clientIds, closed, updatedSince }: Unsearched,
	found: Pick<Sightings<TicketRow>, 'take'> | null,
): Promise<TicketRow[]> {
	const where = clientIds === null ? {} : { clientIds };
	const open = { ...where, ...(updatedSince === undefined ? {} : { updatedSince }) };
	const ours: TicketRow[] = [];
	for await (const { rows } of api.searchTickets({ ...open, state: 'open' })) {
		found?.take(rows);
		ours.push(...rows.filter(isOurs));
	}
	if (closed === false) return ours;
	const since = closed.since === null ? {} : { updatedSince: closed.since };
	for await (const { rows } of api.searchTickets({ ...where, ...since, state: 'closed' })) {
		found?.take(rows);
		ours.push(...rows.filter(isOurs));
	}
	return ours;
}

/**
 * All tickets of some clients, when they are few: an answer that needs no search.
 * @returns null when there are more than three pages of them
 */
export async function readFew(api: HaloApi, clientIds: number[]): Promise<TicketRow[] | null> {
	const all: TicketRow[] = [];
	let pages = 0;
	for await (const { rows } of api.searchTickets({ clientIds, state: 'any' })) {
		all.push(...rows);
		pages += 1;
		if (pages > FEW_PAGES) return null;
	}
	return all;
}
