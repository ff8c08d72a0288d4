import { REFERENCE_WORD, referencesIn } from '../../shared/domain/ticket/reference';
import {
	isListSummary,
	LIST_WORD,
	referencesOn,
	rosterOf,
} from '../../shared/domain/ticket/roster/roster';
import type { Member } from '../../shared/domain/ticket/member';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { sortOut } from '../../shared/domain/ticket/plan/candidates';
import type { TicketFilter } from '../../shared/halo/api';
import type { TicketRow } from '../../shared/halo/records/records';
import type { Listed } from './find-tickets';
import { supply, type Run } from './carry-out';
import { viewOfRow } from './views';

const HOUR = 3_600_000;

/** A list of problems without tickets of their own, as Halo has it: a digest or a baseline of one client. */
export interface Book {
	reference: string;
	clientId: number;
	actual: Actual;
	roster: ReadonlyMap<string, Member>;
	/** References of the roster, those of groups too. */
	references: ReadonlySet<string>;
}

/** More clients in one query make an address that gateways cut off. */
const MOST_CLIENTS = 50;

async function search({ api }: Run, filter: TicketFilter): Promise<TicketRow[]> {
	const rows: TicketRow[] = [];
	for await (const page of api.searchTickets(filter)) rows.push(...page.rows);
	return rows;
}

function within(clientIds: ReadonlySet<number> | null): Pick<TicketFilter, 'clientIds'> {
	if (clientIds === null || clientIds.size > MOST_CLIENTS) return {};
	return { clientIds: [...clientIds] };
}

function covers({ clientIds }: Listed, wanted: ReadonlySet<number> | null): boolean {
	if (clientIds === null) return true;
	return wanted !== null && [...wanted].every((id) => clientIds.has(id));
}

/**
 * The lists of some clients, each with its members. One search, unless the look-up saw all tickets there, and one
 * request per list for its notes.
 * @param clientIds null = of all clients
 */
export async function readBooks(
	run: Run,
	listed: Listed | null,
	clientIds: ReadonlySet<number> | null,
	blank: Actual,
): Promise<Book[]> {
	const known = listed !== null && listed.closedToo && covers(listed, clientIds) ? listed : null;
	const rows =
		known?.rows ??
		(await search(run, {
			summary: LIST_WORD,
			state: 'any',
			...within(clientIds),
		}));
	const lists = new Map<string, TicketRow[]>();
	for (const row of rows) {
		if (!isListSummary(row.summary) || (clientIds?.has(row.client_id) ?? true) === false) continue;
		const [reference] = referencesIn(row.summary);
		if (reference === undefined) continue;
		const key = `${row.client_id} ${reference}`;
		lists.set(key, [...(lists.get(key) ?? []), row]);
	}
	const books: Book[] = [];
	for (const [key, same] of lists) {
		const [client = '', reference = ''] = key.split(' ');
		const tickets = same.map((row) => viewOfRow(row, run.known));
		books.push(await readBook(run, reference, Number(client), { ...blank, tickets }));
	}
	return books;
}

/** The members of the open list; of the one that was closed last where none is open. */
async function readBook(
	run: Run,
	reference: string,
	clientId: number,
	before: Actual,
): Promise<Book> {
	let actual = before;
	let sorted = sortOut(actual, clientId);
	while (sorted.kind !== 'sorted') {
		actual = await supply(run, sorted, actual);
		sorted = sortOut(actual, clientId);
	}
	const last = sorted.closed.at(-1);
	const read = sorted.open.length > 0 ? sorted.open : last === undefined ? [] : [last];
	const roster = new Map<string, Member>();
	for (const { own } of read) {
		actual = await supply(run, { kind: 'actions', ticketId: own.id }, actual);
		for (const [key, member] of rosterOf(actual.actions.get(own.id) ?? [])) roster.set(key, member);
	}
	return {
		reference,
		clientId,
		actual,
		roster,
		references: referencesOn(roster),
	};
}

/**
 * Tickets of the pack that may have been made within the last hour, on some clients: one for each problem, since
 * duplicates that two workers made are closed again.
 */
export async function recentTickets(
	run: Run,
	listed: Listed | null,
	clientIds: ReadonlySet<number>,
): Promise<readonly TicketRow[]> {
	const rows =
		listed !== null && covers(listed, clientIds)
			? listed.rows
			: await search(run, {
					summary: REFERENCE_WORD,
					state: 'open',
					updatedSince: new Date(run.now() - HOUR).toISOString(),
					...within(clientIds),
				});
	// The newest one counts: an old ticket of the same problem may stand there too.
	const problems = new Map<string, TicketRow>();
	for (const row of rows) {
		const [reference] = referencesIn(row.summary);
		if (reference === undefined || isListSummary(row.summary)) continue;
		problems.set(`${row.client_id} ${reference}`, row);
	}
	return [...problems.values()];
}

/** True for the row of a list. */
export function isList({ summary }: Pick<TicketRow, 'summary'>): boolean {
	return isListSummary(summary);
}

/** All open tickets of the pack on some clients. */
export async function openTickets(
	run: Run,
	clientIds: ReadonlySet<number>,
): Promise<readonly TicketRow[]> {
	const rows = await search(run, {
		summary: REFERENCE_WORD,
		state: 'open',
		...within(clientIds),
	});
	return rows.filter(({ client_id }) => clientIds.has(client_id));
}
