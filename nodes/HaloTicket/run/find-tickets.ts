import { ownerWord, REFERENCE_WORD } from '../../shared/domain/ticket/reference';
import { cheapestPath, searchEach, worthScoping } from '../../shared/domain/ticket/look-up-path';
import { Sightings, type Wanted } from '../../shared/domain/ticket/sightings';
import { isOpenStatus } from '../../shared/domain/ticket/view';
import type { TicketRow } from '../../shared/halo/records/records';
import {
	findsReference,
	findsWord,
	foundByWord,
	isBlind,
	isOurs,
	noteClosed,
	searchMissed,
} from '../../shared/halo/search-proof';
import {
	closedUnshown,
	each,
	filterOf,
	type FindOptions,
	finish,
	isOnePage,
	leftOf,
	type Listed,
	readFew,
	type Search,
	start,
	withoutSearch,
} from './look-up';
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
		isOpen: (statusId) => isOpenStatus(statusId, run.known),
	});
	const looked = await findByReference(run, problems.flatMap(wantedOf), lookup('summary'));
	const again = problems.filter(
		(problem) => looked.missing.has(problem.reference) && wantsSecondLook(problem, options),
	);
	if (again.length === 0) return looked;
	const second = await findByReference(run, again.flatMap(wantedOf), lookup('details'));
	const found = new Map(looked.found);
	for (const [reference, rows] of second.found) {
		const both = [...(found.get(reference) ?? []), ...rows];
		found.set(reference, [...new Map(both.map((row) => [row.id, row])).values()]);
	}
	return { ...looked, found };
}

function wantedOf({ clientId, names, works }: Problem): Sought[] {
	const clients = new Set(works.map(({ desired }) => desired.clientId));
	const [only] = clients;
	const firing = new Set(works.flatMap(({ desired }) => desired.firing ?? []));
	return names.map((named) => ({
		...named,
		last: firing,
		clientId: clients.size === 1 ? (only ?? null) : clientId,
		anywhere: ownerWord(named.reference) === null,
	}));
}

/** A technician may have edited the summary; before a critical problem gets a second ticket, the details are searched. */
function wantsSecondLook({ works }: Problem, { secondLookup }: TicketOptions): boolean {
	// On the ticket of what is watched only the details name the alert.
	if (works.some(endsApart)) return true;
	if (secondLookup === 'never') return false;
	return secondLookup === 'always' || works.some(({ event }) => event.severity === 'critical');
}

/** Sources that tell the watched monitor and device by one way (the API) and not by the other (a webhook). */
const WATCHED_BY_ONE_WAY: ReadonlySet<string> = new Set(['datto-rmm']);

function endsApart({ desired, event }: Problem['works'][number]): boolean {
	return (
		desired.want === 'closed' &&
		desired.firing === undefined &&
		WATCHED_BY_ONE_WAY.has(event.source)
	);
}

/** One problem to look for. */
interface Sought extends Wanted {
	/** Null = on any client. */
	clientId: number | null;
	/** True for an event that names no company: where a ticket was found, another company may have one, too. */
	anywhere?: boolean;
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
	const anywhere = wanted.flatMap((one) => (one.anywhere === true ? [one.reference] : []));
	const search: Search = { api, found, options, anywhere, listed: null, closedAsked: false };
	const scope = scopeOf(wanted);
	const whole = anywhere.length > 0 ? null : scope;
	if (isBlind(api)) await withoutSearch(search, whole);
	else if (!searchEach(found.size)) await byList(search, whole);
	else if (!(await byFewTickets(search, scope)) && !(await bySmallList(search, scope))) {
		await each(search, found.missing());
	}
	if (!isBlind(api) && options.closed !== false) await closedUnshown(search);
	return { found: found.found(), missing: new Set(found.missing()), listed: search.listed };
}

/**
 * While no search has found a ticket of ours, an empty answer proves nothing. A client with few tickets is then read
 * whole, which costs what the search would and needs none.
 * @returns false when the search must do
 */
async function byFewTickets(search: Search, scope: number[] | null): Promise<boolean> {
	const { api, found, options } = search;
	if (findsReference(api) || findsWord(api)) return false;
	if (scope === null || options.closed === false) return false;
	if (options.field === 'details') return false;
	const rows = await readFew(api, scope);
	if (rows === null) return false;
	noteClosed(api, rows, options.isOpen);
	found.take(rows);
	search.listed = { rows: rows.filter(isOurs), clientIds: new Set(scope), closedToo: true };
	await each(search, unanswered(search));
	return true;
}

/**
 * For a few references of known clients: all tickets of the pack, on every client or at least on these, when they fit one
 * page. They answer what a search per reference would, and how many were made lately as well. Which list fits is
 * remembered, to save requests. What is on none of these clients is searched by itself: a person may have moved it.
 * @returns false when no list fits a page
 */
async function bySmallList(search: Search, scope: number[] | null): Promise<boolean> {
	const { api, found, options } = search;
	if (scope === null || options.shortList === false) return false;
	if (options.closed === false || options.field === 'details') return false;
	for (const { clientIds, state } of smallLists(scope)) {
		const hint = `tickets of ${clientIds === null ? 'all' : clientIds.join(',')} ${state}`;
		if (api.hints.has(hint)) continue;
		const list = await start(api, {
			...filterOf(REFERENCE_WORD, options, state),
			...(clientIds === null ? {} : { clientIds }),
		});
		if (!(await isOnePage(list))) {
			api.hints.add(hint);
			continue;
		}
		const { rows } = list.first;
		found.take(rows);
		noteClosed(api, rows, options.isOpen);
		if (rows.some(isOurs)) foundByWord(api);
		else if (!findsWord(api)) return await eachInstead(search, scope);
		const within = clientIds === null ? null : new Set(clientIds);
		search.listed = { rows, clientIds: within, closedToo: state === 'any' };
		if (clientIds !== null) await each(search, unanswered(search));
		return true;
	}
	return false;
}

/** References that tickets of some clients do not answer: nothing was found, or other clients' tickets count as well. */
function unanswered({ anywhere, found }: Search): string[] {
	return [...new Set([...found.missing(), ...anywhere])];
}

/** Lists that may fit one page, the one that says most first. */
function smallLists(scope: readonly number[]): Array<{
	clientIds: number[] | null;
	state: 'any' | 'open';
}> {
	const clientIds = [...scope].sort((left, right) => left - right);
	return [
		{ clientIds: null, state: 'any' },
		{ clientIds, state: 'any' },
		{ clientIds, state: 'open' },
	];
}

/** The list by our word is empty, and no such list was ever seen to hold anything: the references decide. */
async function eachInstead(search: Search, scope: readonly number[]): Promise<boolean> {
	const { api, found } = search;
	await each(search, found.missing());
	const there = [...found.found().values()].flat();
	if (there.some(({ client_id }) => scope.includes(client_id))) searchMissed(api);
	return true;
}

/**
 * A search that found nothing at all is held against the newest tickets: is one of ours among them? The same page tells
 * whether lists hold closed tickets unasked, which saves a search for them later.
 */
async function missesOurs({ api, options }: Search): Promise<boolean> {
	const { first } = await start(api, { state: 'any', newestFirst: true });
	noteClosed(api, first.rows, options.isOpen);
	return first.rows.some(isOurs);
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
	if (rows.some(isOurs)) foundByWord(api);
	else if (!findsWord(api) && (await missesOurs(search))) {
		searchMissed(api);
		return await withoutSearch(search, clientIds);
	}
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
	search.closedAsked = true;
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
