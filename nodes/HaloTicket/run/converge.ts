import { duplicatesOf } from '../../shared/domain/ticket/plan/duplicates';
import { planGroup } from '../../shared/domain/ticket/group/plan';
import { movedNotes, movedWords, ticketsElsewhere } from '../../shared/domain/ticket/plan/new';
import {
	type Actual,
	type Desired,
	noWrites,
	type Plan,
} from '../../shared/domain/ticket/plan/types';
import { planEvent } from '../../shared/domain/ticket/plan/event';
import { type RosterDesired, planRoster } from '../../shared/domain/ticket/roster/plan';
import { sortOut } from '../../shared/domain/ticket/plan/candidates';
import { isAbout } from '../../shared/domain/ticket/view';
import { carriesReference } from '../../shared/domain/ticket/reference';
import type { TicketRow } from '../../shared/halo/records/records';
import { findByReference } from './find-tickets';
import type { Work } from './work';
import { groupDesired, type Problem } from './problem';
import { carryOut, type Planner, type Run } from './carry-out';
import { viewOfRow } from './views';
import { failedDecision } from './failures';
import type { Ledger } from './ledger';

/** Looks after the tickets that were made whether another run made the same ones, and amends the decisions. */
export async function checkDuplicates(
	run: Run,
	made: readonly Made[],
	ledger: Ledger,
): Promise<void> {
	const [first] = made;
	if (first === undefined) return;
	try {
		for (const { made: one, mine, reason, ticketId } of await converge(run, made)) {
			for (const work of one.works) {
				ledger.amend(work, (before) => ({
					decision: mine || before.decision !== 'created' ? before.decision : 'unchanged',
					reason:
						mine || before.decision !== 'created'
							? `${before.reason} ${reason}`
							: `Another run made ticket ${ticketId} at the same time. ${reason}`,
					ticketId: before.ticketId === one.ticketId ? ticketId : before.ticketId,
				}));
			}
		}
	} catch (error) {
		// The tickets stand; only whether another run made the same ones is not known. The next run sees it.
		const words = failedDecision(error).reason;
		for (const { work } of made) {
			ledger.amend(work, (before) => ({
				...before,
				reason: `${before.reason} The check for duplicates failed: ${words}`,
			}));
		}
	}
	// The look-up itself counts on the first ticket.
	ledger.amend(first.work, (before) => before);
}

/** A ticket that this run made. */
interface MadeTicket {
	/** The work that stands for it, and all works that it was made for. */
	work: Work;
	works: readonly Work[];
	desired: Omit<Desired, 'want' | 'event'>;
	ticketId: number;
	lastUpdate: string | null;
	/** What Halo had right after. */
	actual: Actual;
}

export type Made =
	| (MadeTicket & { kind: 'problem' })
	| (MadeTicket & { kind: 'group'; problem: Problem })
	| (MadeTicket & { kind: 'roster'; roster: RosterDesired });

/** What the check found out about a ticket that this run made. */
export interface Converged {
	made: Made;
	/** The ticket that stays. */
	ticketId: number;
	/** True when this run made that ticket. */
	mine: boolean;
	reason: string;
}

/** Halo's clock may lag behind itself by this between two of its servers; a longer list costs nothing. */
const OVERLAP_MS = 10 * 60_000;

/**
 * One look-up after the creates. Where two workers raced and made a ticket each, the lowest id stays and the other is
 * closed as its duplicate: both workers come to the same end, whoever looks last. A ticket that Halo said it made and
 * does not have is made again. An open ticket of the problem on another client gets a note.
 * @throws HaloError when Halo refuses or fails
 */
export async function converge(run: Run, made: readonly Made[]): Promise<Converged[]> {
	const since = made.reduce(
		(least, { lastUpdate }) =>
			Math.min(least, lastUpdate === null ? -Infinity : Date.parse(lastUpdate)),
		Infinity,
	);
	const { found } = await findByReference(
		run,
		made.map(({ desired }) => desired),
		{
			field: 'summary',
			closed: false,
			...(Number.isFinite(since)
				? { updatedSince: new Date(since - OVERLAP_MS).toISOString() }
				: {}),
		},
	);
	const changed: Converged[] = [];
	for (const one of made) {
		const rows = found.get(one.desired.reference) ?? [];
		const isThere = rows.some(({ id }) => id === one.ticketId);
		const converged = isThere
			? await convergeOne(run, one, rows)
			: (replacedBy(run, one, rows) ??
				((await isLost(run, one)) ? await again(run, one, rows) : null));
		if (converged !== null) changed.push(converged);
	}
	return changed;
}

/** The other run looked first and closed this run's ticket as the duplicate of its own, which is open. */
function replacedBy(run: Run, made: Made, rows: readonly TicketRow[]): Converged | null {
	const { clientId } = made.desired;
	const other = rows
		.map((row) => viewOfRow(row, run.known, run.seal))
		.find(
			(view) =>
				isAbout(view, made.desired.references) && view.clientId === clientId && view.open !== false,
		);
	return other === undefined ? null : replaced(made, other.id);
}

function replaced(made: Made, ticketId: number): Converged {
	return { made, ticketId, mine: false, reason: `Ticket ${ticketId} stands for this problem.` };
}

/** True when Halo has no such ticket, although it answered that it made it: two creates got one number. */
async function isLost({ api }: Run, { desired, ticketId }: Made): Promise<boolean> {
	const ticket = await api.getTicket(ticketId);
	return (
		ticket === null ||
		ticket.deleted ||
		!carriesReference(`${ticket.summary} ${ticket.details}`, desired.reference)
	);
}

async function again(run: Run, made: Made, rows: readonly TicketRow[]): Promise<Converged> {
	const before = {
		...made.actual,
		tickets: rows.map((row) => viewOfRow(row, run.known, run.seal)),
	};
	const done = await carryOut(run, plannerOf(run, made), made.desired, before);
	return {
		made,
		ticketId: done.ticketId ?? made.ticketId,
		mine: done.madeId !== null,
		reason: `Halo gave number ${made.ticketId} to another ticket at the same time, so it was made again.`,
	};
}

/** The plan that made the ticket. */
function plannerOf(run: Run, made: Made): Planner {
	const { options } = run;
	if (made.kind === 'roster') return (actual, now) => planRoster(made.roster, actual, options, now);
	if (made.kind === 'group') {
		const group = groupDesired(made.problem);
		return (actual, now) => planGroup(group, actual, options, now);
	}
	return (actual, now) => planEvent(made.work.desired, actual, options, now);
}

/** The plan that only makes one of several tickets. */
function mergerOf(run: Run, made: Made): Planner {
	const { options } = run;
	if (made.kind === 'roster') {
		const roster = { ...made.roster, adds: [], strikes: [], gone: [] };
		return (actual, now) => planRoster(roster, actual, options, now);
	}
	if (made.kind === 'group') {
		const group = { ...groupDesired(made.problem), changes: [] };
		return (actual, now) => planGroup(group, actual, options, now);
	}
	return (actual) => planProblem(run, made.work.desired, actual, made.actual);
}

function planProblem(
	{ options }: Run,
	desired: Desired,
	actual: Actual,
	before: Actual,
): ReturnType<Planner> {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const [first, ...more] = sorted.open;
	if (first === undefined) return noWrites('unchanged', '');
	const known = new Set(before.tickets.map(({ id }) => id));
	const elsewhere = ticketsElsewhere(desired, actual).filter(({ id }) => !known.has(id));
	const words = more.length > 0 ? `Ticket ${first.ticket.id} stands for this problem.` : '';
	const base: Plan = {
		...noWrites('unchanged', `${words}${movedWords(elsewhere)}`.trim(), first.ticket.id),
		writes: movedNotes(desired, elsewhere),
	};
	return duplicatesOf(first, more, base, { desired, actual, options });
}

async function convergeOne(
	run: Run,
	made: Made,
	rows: readonly TicketRow[],
): Promise<Converged | null> {
	if (rows.length < 2) return null;
	const tickets = rows.map((row) => viewOfRow(row, run.known, run.seal));
	// What was read before this run's own writes is out of date.
	const before: Actual = { ...made.actual, tickets, actions: new Map() };
	const done = await carryOut(run, mergerOf(run, made), made.desired, before);
	const { plan, reason, ticketId } = done;
	if (ticketId === null) return null;
	const mine = ticketId === made.ticketId;
	if (plan.writes.length > 0) return { made, ticketId, mine, reason };
	// The other run was quicker: it closed this run's ticket between the look-up and now.
	return mine ? null : replaced(made, ticketId);
}
