import { recognise } from '../../shared/domain/ticket/recognise';
import { REFERENCE_WORD } from '../../shared/domain/ticket/reference';
import {
	isRosterSummary,
	ROSTER_WORD,
	referencesOn,
	membersOn,
	timesOn,
} from '../../shared/domain/ticket/roster/roster';
import type { Member } from '../../shared/domain/ticket/member';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { sortOut } from '../../shared/domain/ticket/plan/candidates';
import type { HaloApi, TicketFilter } from '../../shared/halo/api';
import type { TicketRow } from '../../shared/halo/records/records';
import { type Listed, readUnsearched } from './look-up';
import { supply, type Run } from './carry-out';
import { isBlind } from '../../shared/halo/search-proof';
import { viewOfRow } from './views';

const HOUR = 3_600_000;

/** A roster: problems without tickets of their own, as Halo has it: a digest or a baseline of one client. */
export interface Roster {
	reference: string;
	/** As a list of references, for what looks for them. */
	allReferences: readonly [string];
	clientId: number;
	actual: Actual;
	members: ReadonlyMap<string, Member>;
	/** When the newest event of each problem was that it ever named, by key. */
	times: ReadonlyMap<string, string>;
	/** References of the members, those of groups too. */
	references: ReadonlySet<string>;
}

/** Rosters of others, or forged ones, must not cost a request each; a client has a digest and a few baselines. */
const MOST_DOUBTFUL = 10;

/** More clients in one query make an address that gateways cut off. */
const MOST_CLIENTS = 50;

/** The pack's tickets that a search finds; where the tenant's search is known to miss some, without its help. */
async function search({ api }: Run, filter: TicketFilter): Promise<TicketRow[]> {
	const { clientIds = null, state, summary, updatedSince } = filter;
	const rows: TicketRow[] = [];
	if (!isBlind(api)) {
		for await (const page of api.searchTickets(filter)) rows.push(...page.rows);
		return await withClients(api, rows);
	}
	const since = updatedSince === undefined ? {} : { updatedSince };
	const closed = state === 'any' ? ({ since: null } as const) : false;
	const ours = await readUnsearched(api, { clientIds, closed, ...since }, null);
	const carrying = ours.filter((row) => row.summary.includes(summary ?? REFERENCE_WORD));
	return await withClients(api, carrying);
}

/** Rows of some tenants do not name their client: the ticket does. */
async function withClients(api: HaloApi, rows: readonly TicketRow[]): Promise<TicketRow[]> {
	const named: TicketRow[] = [];
	for (const row of rows) {
		const read = row.client_id > 0 ? row : await api.getTicket(row.id);
		if (read !== null) named.push(read);
	}
	return named;
}

/** Lists of some tenants leave details out or cut them: what says that a roster is ours then stands on the ticket. */
async function withDetails({ api, seal }: Run, rosters: TicketRow[]): Promise<TicketRow[]> {
	const whole: TicketRow[] = [];
	let left = MOST_DOUBTFUL;
	for (const row of rosters) {
		const isSure = recognise(row, seal).reference !== null || left === 0;
		if (!isSure) left -= 1;
		const read = isSure ? row : await api.getTicket(row.id);
		if (read !== null) whole.push(read);
	}
	return whole;
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
 * The rosters of some clients, each with its members. One search, unless the look-up saw all tickets there, and one
 * request per roster for its notes.
 * @param clientIds null = of all clients
 */
export async function readRosters(
	run: Run,
	listed: Listed | null,
	clientIds: ReadonlySet<number> | null,
	blank: Actual,
): Promise<Roster[]> {
	const known = listed !== null && listed.closedToo && covers(listed, clientIds) ? listed : null;
	const rows =
		(known === null ? null : await withClients(run.api, known.rows.filter(isRoster))) ??
		(await search(run, {
			summary: ROSTER_WORD,
			state: 'any',
			...within(clientIds),
		}));
	const byRoster = new Map<string, TicketRow[]>();
	const asked = rows.filter(({ client_id }) => clientIds?.has(client_id) ?? true);
	for (const row of await withDetails(run, asked.filter(isRoster))) {
		const { reference } = recognise(row, run.seal);
		if (reference === null) continue;
		const key = `${row.client_id} ${reference}`;
		byRoster.set(key, [...(byRoster.get(key) ?? []), row]);
	}
	const rosters: Roster[] = [];
	for (const [key, same] of byRoster) {
		const [client = '', reference = ''] = key.split(' ');
		const tickets = same.map((row) => viewOfRow(row, run.known, run.seal));
		const before = { ...blank, wanted: [reference], tickets };
		rosters.push(await readRoster(run, reference, Number(client), before));
	}
	return rosters;
}

/** The members of the open roster; of the one that was closed last where none is open. */
async function readRoster(
	run: Run,
	reference: string,
	clientId: number,
	before: Actual,
): Promise<Roster> {
	let actual = before;
	let sorted = sortOut(actual, clientId);
	while (sorted.kind !== 'sorted') {
		actual = await supply(run, sorted, actual);
		sorted = sortOut(actual, clientId);
	}
	const last = sorted.closed.at(-1);
	const read = sorted.open.length > 0 ? sorted.open : last === undefined ? [] : [last];
	const members = new Map<string, Member>();
	const times = new Map<string, string>();
	for (const { own } of read) {
		actual = await supply(run, { kind: 'actions', ticketId: own.id }, actual);
		const actions = actual.actions.get(own.id) ?? [];
		for (const [key, member] of membersOn(actions, [reference])) members.set(key, member);
		for (const [key, at] of timesOn(actions, [reference])) times.set(key, at);
	}
	return {
		reference,
		allReferences: [reference],
		clientId,
		actual,
		members,
		times,
		references: referencesOn(members),
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
		const { reference } = recognise(row, run.seal);
		if (reference === null || isRosterSummary(row.summary)) continue;
		problems.set(`${row.client_id} ${reference}`, row);
	}
	return [...problems.values()];
}

/** True for the row of a roster. */
export function isRoster({ summary }: Pick<TicketRow, 'summary'>): boolean {
	return isRosterSummary(summary);
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
