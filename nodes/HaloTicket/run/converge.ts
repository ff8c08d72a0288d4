import type { Actual, Subject } from '../../shared/domain/ticket/plan/types';
import { isAbout, isOpenStatus } from '../../shared/domain/ticket/view';
import { carriesReference } from '../../shared/domain/ticket/reference';
import type { TicketRow } from '../../shared/halo/records/records';
import { findByReference } from './find-tickets';
import { isBlind, searchMissed } from '../../shared/halo/search-proof';
import type { Task } from './work';
import { carryOut, type Run } from './carry-out';
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
		for (const {
			works: [work],
		} of made) {
			ledger.amend(work, (before) => ({
				...before,
				reason: `${before.reason} The check for duplicates failed: ${words}`,
			}));
		}
	}
	// The look-up itself counts on the first ticket.
	ledger.amend(first.works[0], (before) => before);
}

/** A ticket that this run made. */
export interface Made extends Task {
	ticketId: number;
	lastUpdate: string | null;
	/** What Halo had right after. */
	actual: Actual;
}

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
	const look = async () =>
		await findByReference(
			run,
			made.map(({ subject }) => subject.desired),
			{
				field: 'summary',
				closed: false,
				isOpen: (statusId) => isOpenStatus(statusId, run.known),
				...(Number.isFinite(since)
					? { updatedSince: new Date(since - OVERLAP_MS).toISOString() }
					: {}),
			},
		);
	let { found } = await look();
	const sees = ({ subject, ticketId }: Made): boolean =>
		(found.get(subject.desired.reference) ?? []).some(({ id }) => id === ticketId);
	const unseen = made.find((one) => !sees(one));
	// What was just made is there, and the search does not find it: neither would it find another run's ticket.
	if (unseen !== undefined && !isBlind(run.api) && !(await isLost(run, unseen))) {
		searchMissed(run.api);
		({ found } = await look());
	}
	const changed: Converged[] = [];
	for (const one of made) {
		const rows = found.get(one.subject.desired.reference) ?? [];
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
	const { clientId, references } = made.subject.desired;
	const other = rows
		.map((row) => viewOfRow(row, run.known, run.seal))
		.find(
			(view) =>
				isAbout(view, references) &&
				!view.doubtful &&
				view.clientId === clientId &&
				view.open !== false,
		);
	return other === undefined ? null : replaced(made, other.id);
}

function replaced(made: Made, ticketId: number): Converged {
	return { made, ticketId, mine: false, reason: `Ticket ${ticketId} stands for this problem.` };
}

/** True when Halo has no such ticket, although it answered that it made it: two creates got one number. */
async function isLost({ api }: Run, { subject, ticketId }: Made): Promise<boolean> {
	const ticket = await api.getTicket(ticketId);
	return (
		ticket === null ||
		ticket.deleted ||
		!carriesReference(`${ticket.summary} ${ticket.details}`, subject.desired.reference)
	);
}

async function again(run: Run, made: Made, rows: readonly TicketRow[]): Promise<Converged> {
	const before = {
		...made.actual,
		tickets: rows.map((row) => viewOfRow(row, run.known, run.seal)),
	};
	const done = await carryOut(run, made.subject, before);
	return {
		made,
		ticketId: done.ticketId ?? made.ticketId,
		mine: done.madeId !== null,
		reason: `Halo gave number ${made.ticketId} to another ticket at the same time, so it was made again.`,
	};
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
	const { desired } = made.subject;
	const plan: Subject['plan'] = (actual, options, now) =>
		made.subject.mergePlan(actual, made.actual, options, now);
	const done = await carryOut(run, { desired, plan }, before);
	const { reason, ticketId } = done;
	if (ticketId === null) return null;
	const mine = ticketId === made.ticketId;
	if (done.plan.writes.length > 0) return { made, ticketId, mine, reason };
	// The other run was quicker: it closed this run's ticket between the look-up and now.
	return mine ? null : replaced(made, ticketId);
}
