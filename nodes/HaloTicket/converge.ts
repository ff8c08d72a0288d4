import { duplicatesOf } from '../shared/domain/ticket-duplicates';
import { noWrites, type Actual, type Plan } from '../shared/domain/ticket-plan-types';
import { sortOut } from '../shared/domain/ticket-sort';
import type { TicketRow } from '../shared/halo/records';
import { applyPlan } from './apply-plan';
import { lookUp } from './lookup';
import type { Work } from './prepare-events';
import { supply, type Run } from './process-reference';
import { viewOfRow } from './views';

/** A ticket that this run made. */
export interface Made {
	work: Work;
	ticketId: number;
	lastUpdate: string | null;
	/** What Halo had right after. */
	actual: Actual;
}

/** What the check found out about a ticket that this run made. */
export interface Converged {
	work: Work;
	/** The ticket that stays. */
	ticketId: number;
	reason: string;
}

/** Halo's clock may lag behind itself by this between two of its servers; a longer list costs nothing. */
const OVERLAP_MS = 10 * 60_000;

/**
 * One look-up after the creates: where two workers raced and made a ticket each, the lowest id stays and the other is
 * closed as its duplicate. Both workers come to the same end, whoever looks last.
 * @throws HaloError when Halo refuses or fails
 */
export async function converge(run: Run, made: readonly Made[]): Promise<Converged[]> {
	const since = made.reduce(
		(least, { lastUpdate }) =>
			Math.min(least, lastUpdate === null ? -Infinity : Date.parse(lastUpdate)),
		Infinity,
	);
	const rows = await lookUp(
		run.api,
		made.map(({ work }) => work.desired),
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
		const found = rows.get(one.work.desired.reference) ?? [];
		const converged = await convergeOne(run, one, found);
		if (converged !== null) changed.push(converged);
	}
	return changed;
}

async function convergeOne(
	run: Run,
	made: Made,
	rows: readonly TicketRow[],
): Promise<Converged | null> {
	const { desired } = made.work;
	let actual: Actual = { ...made.actual, tickets: rows.map((row) => viewOfRow(row, run.known)) };
	// At most one read per ticket, and one for the agent.
	for (let reads = 0; reads <= rows.length + 1; reads += 1) {
		const sorted = sortOut(actual, desired.clientId);
		if (sorted.kind !== 'sorted') {
			actual = await supply(run, sorted, actual);
			continue;
		}
		const [first, ...more] = sorted.open;
		if (first === undefined || more.length === 0) return null;
		const base: Plan = noWrites(
			'unchanged',
			`Ticket ${first.ticket.id} stands for this problem.`,
			first.ticket.id,
		);
		const plan = duplicatesOf(first, more, base, { desired, actual, options: run.options });
		if (plan.kind !== 'plan') {
			actual = await supply(run, plan, actual);
			continue;
		}
		await applyPlan(run.writer, plan, desired, actual);
		return { work: made.work, ticketId: first.ticket.id, reason: plan.reason };
	}
	return null;
}
