import { REFERENCE_WORD } from '../../shared/domain/ticket/reference';
import {
	cheapestPath,
	filterWasIgnored,
	pagesLeft,
	searchEach,
	worthScoping,
} from '../../shared/domain/ticket/look-up-path';
import type { HaloApi, TicketFilter } from '../../shared/halo/api';
import { Sightings, type Wanted } from '../../shared/domain/ticket/sightings';
import { EMPTY_PAGE, type ReadPage } from '../../shared/halo/records/pages';
import type { TicketRow } from '../../shared/halo/records/records';
import type { Problem } from './problem';
import type { Run } from './carry-out';
import type { TicketOptions } from '../read/options';

const DAY = 86_400_000;

/** A close looks this far back for its closed ticket, so that it can say "closed already". */
const LEAST_DAYS_BACK = 14;

/**
 * Finds the tickets of all problems of a batch.
 * @throws HaloError when Halo refuses or fails
 */
export async function findTickets(
	run: Run,
	problems: readonly Problem[],
	options: TicketOptions,
): Promise<FoundTickets> {
	const days = Math.max(options.reopenWindowDays, LEAST_DAYS_BACK);
	// A status on the do-not-reopen list counts however long ago the ticket was closed.
	const since =
		options.doNotReopen.length > 0 ? null : new Date(run.now() - days * DAY).toISOString();
	const lookup = (field: FindOptions['field']): FindOptions => ({
		field,
		closed: { since },
		// A dry run has no check after the creates that would see tickets on other clients.
		shortList: !run.dryRun && options.duplicateCheck,
	});
	const looked = await findByReference(run, problems.map(wantedOf), lookup('summary'));
	const again = problems.filter(
		(problem) => looked.missing.has(problem.reference) && wantsSecondLook(problem, options),
	);
	if (again.length === 0) return looked;
	const second = await findByReference(run, again.map(wantedOf), lookup('details'));
	const found = new Map(looked.found);
	for (const [reference, rows] of second.found) {
		const both = [...(found.get(reference) ?? []), ...rows];
		found.set(reference, [...new Map(both.map((row) => [row.id, row])).values()]);
	}
	return { ...looked, found };
}

function wantedOf({ clientId, reference, references, works }: Problem): Sought {
	const clients = new Set(works.map(({ desired }) => desired.clientId));
	const [only] = clients;
	return {
		reference,
		references,
		clientId: clients.size === 1 ? (only ?? null) : clientId,
	};
}

/** A technician may have edited the summary; before a critical problem gets a second ticket, the details are searched. */
function wantsSecondLook({ works }: Problem, { secondLookup }: TicketOptions): boolean {
	if (secondLookup === 'never') return false;
	return secondLookup === 'always' || works.some(({ event }) => event.severity === 'critical');
}

/** One problem to look for. */
interface Sought extends Wanted {
	/** Null = on any client. */
	clientId: number | null;
}

export interface FindOptions {
	/** Where the reference is searched; rows are checked in both either way. */
	field: 'summary' | 'details';
	/** Closed tickets too: none, those changed since a time (ISO 8601), or all (null). */
	closed: false | { since: string | null };
	/** Only tickets changed since then, ISO 8601; counts for lists. */
	updatedSince?: string;
	/** False: never the short list of the batch's clients, so that tickets on other clients are seen at once. */
	shortList?: boolean;
}

/** What a look-up found. */
export interface FoundTickets {
	/** For each reference the tickets that name it. */
	found: Map<string, TicketRow[]>;
	/** References that no ticket of ours was found for. */
	missing: ReadonlySet<string>;
	/** All open tickets of the pack on some clients, where the look-up read them on its way; null = not read. */
	listed: Listed | null;
}

/** The pack's tickets on some clients, all of them. */
export interface Listed {
	rows: readonly TicketRow[];
	/** Null = on all clients. */
	clientIds: ReadonlySet<number> | null;
	/** True when closed ones are among them. */
	closedToo: boolean;
}

interface Search {
	api: HaloApi;
	found: Sightings<TicketRow>;
	options: FindOptions;
	listed: Listed | null;
}

/** A list whose first page was read, so that its length is known before the rest is asked for. */
interface StartedList {
	first: ReadPage<TicketRow>;
	rest: AsyncIterator<ReadPage<TicketRow>>;
}

async function start(api: HaloApi, filter: TicketFilter): Promise<StartedList> {
	const rest = api.searchTickets(filter)[Symbol.asyncIterator]();
	const next = await rest.next();
	return { first: next.done === true ? EMPTY_PAGE : next.value, rest };
}

/** Requests that the rest of a list costs, as far as its count tells. */
function leftOf({ first }: StartedList): number {
	return first.next === null ? 0 : Math.max(1, pagesLeft(first.total));
}

/** True when the first page is the whole list. Where the count does not tell, one more request does. */
async function isOnePage({ first, rest }: StartedList): Promise<boolean> {
	if (first.next === null) return true;
	if (first.total > first.rows.length) return false;
	const second = await rest.next();
	return second.done === true || second.value.rows.length === 0;
}

/** @returns the rows of the list, and whether they are as many as Halo counts */
async function finish(
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

/**
 * Finds all tickets that carry the wanted references, with as few requests as the batch allows. Rows are checked for
 * the exact reference here, since Halo ignores filters that it does not know; clients are checked by the plan.
 */
export async function findByReference(
	{ api, seal }: Pick<Run, 'api' | 'seal'>,
	wanted: readonly Sought[],
	options: FindOptions,
): Promise<FoundTickets> {
	const found = new Sightings<TicketRow>(wanted, seal);
	const search: Search = { api, found, options, listed: null };
	const scope = scopeOf(wanted);
	if (!searchEach(found.size)) await byList(search, scope);
	else if (!(await bySmallList(search, scope))) await each(search, found.missing());
	return { found: found.found(), missing: new Set(found.missing()), listed: search.listed };
}

function filterOf(text: string, options: FindOptions, state: TicketFilter['state']): TicketFilter {
	return {
		...(options.field === 'summary' ? { summary: text } : { details: text }),
		state,
		...(options.updatedSince === undefined ? {} : { updatedSince: options.updatedSince }),
	};
}

/** One search per reference on any client, open and closed in one: short anyway. When Halo ignores the filter, the first search was everything. */
async function each(search: Search, references: readonly string[]): Promise<void> {
	const { api, found, options } = search;
	const state = options.closed === false ? 'open' : 'any';
	for (const word of found.wordsOf(references)) {
		let unrelated = 0;
		for await (const page of api.searchTickets({ [options.field]: word, state })) {
			unrelated += found.take(page.rows);
		}
		if (filterWasIgnored(unrelated)) return;
	}
}

/**
 * For a few references of known clients: all tickets of the pack there, when they fit one page. They answer what a
 * search per reference would, and how many were made lately as well. Which list fits is remembered, to save requests.
 * @returns false when no list fits a page
 */
async function bySmallList(search: Search, scope: number[] | null): Promise<boolean> {
	const { api, found, options } = search;
	if (scope === null || options.shortList === false) return false;
	if (options.closed === false || options.field === 'details') return false;
	const clientIds = new Set(scope);
	const hint = `tickets of ${scope.sort((left, right) => left - right).join(',')}`;
	for (const state of ['any', 'open'] as const) {
		if (api.hints.has(`${hint} ${state}`)) continue;
		const list = await start(api, {
			...filterOf(REFERENCE_WORD, options, state),
			clientIds: scope,
		});
		if (!(await isOnePage(list))) {
			api.hints.add(`${hint} ${state}`);
			continue;
		}
		const { rows } = list.first;
		found.take(rows);
		search.listed = { rows, clientIds, closedToo: state === 'any' };
		if (state === 'open') await each(search, found.missing());
		return true;
	}
	return false;
}

async function byList(search: Search, clientIds: number[] | null): Promise<void> {
	const { api, found, options } = search;
	const open = filterOf(REFERENCE_WORD, options, 'open');
	const all = await start(api, open);
	const allLeft = leftOf(all);
	const scoped =
		clientIds !== null && worthScoping(found.size, allLeft)
			? await start(api, { ...open, clientIds })
			: null;
	const path = cheapestPath(found.size, allLeft, scoped === null ? null : leftOf(scoped));
	if (path === 'each reference') return await each(search, found.missing());
	const useScoped = path === 'these clients' && scoped !== null;
	const { complete, rows } = await finish(useScoped ? scoped : all, search);
	// A list with pages missing proves nothing about what is not on it.
	if (!complete) return await each(search, found.missing());
	const within = useScoped ? clientIds : null;
	search.listed = {
		rows,
		clientIds: within === null ? null : new Set(within),
		closedToo: false,
	};
	if (options.closed === false) return;
	await closedOnes(search, within, options.closed.since);
}

/** Closed tickets of the references that no open ticket answered: by list, or one by one when that is shorter. */
async function closedOnes(
	search: Search,
	clientIds: number[] | null,
	since: string | null,
): Promise<void> {
	const { api, found, options } = search;
	const missing = found.missing();
	if (missing.length === 0) return;
	if (searchEach(missing.length)) return await each(search, missing);
	const list = await start(api, {
		...filterOf(REFERENCE_WORD, options, 'closed'),
		...(clientIds === null ? {} : { clientIds }),
		...(since === null ? {} : { updatedSince: since }),
	});
	const short = leftOf(list) <= missing.length;
	const complete = short && (await finish(list, search)).complete;
	if (!complete) await each(search, found.missing());
}

/** Clients of the batch; null when any reference may be on any client. */
function scopeOf(wanted: readonly Sought[]): number[] | null {
	const ids = new Set<number>();
	for (const { clientId } of wanted) {
		if (clientId === null) return null;
		ids.add(clientId);
	}
	return [...ids];
}
