import type { Actual } from '../../shared/domain/ticket/plan/types';
import { dryRunName } from '../../shared/domain/ticket/outcome';
import type { Made } from './converge';
import { endsTheRun } from './failures';
import type { Ledger } from './ledger';
import { carryOut, type Done, type Kept, type Run } from './carry-out';
import type { Prepared } from './problem';
import type { Task } from './work';

/** What a problem left behind. */
export interface Ran {
	/** Tickets that were made for it. */
	made: Made[];
	/** The error after which no request of this run can succeed; null when there was none. */
	stop: unknown;
}

/** Makes a problem true in Halo, task by task. Failures become decisions. */
export async function runProblem(
	run: Run,
	{ actual: before, kept, problem }: Prepared,
	ledger: Ledger,
): Promise<Ran> {
	const made: Made[] = [];
	let actual = before;
	let stop: unknown = null;
	for (const task of problem.tasks) {
		if (stop === null) {
			const ran = await runTask(run, task, actual, ledger, kept);
			made.push(...ran.made);
			({ actual, stop } = ran);
		} else for (const work of task.works) ledger.fail(work, stop);
	}
	return { made, stop };
}

/**
 * Makes one ticket true in Halo: one plan for all its works. Failures become decisions.
 * @returns what Halo has afterwards too
 */
export async function runTask(
	run: Run,
	{ subject, works }: Task,
	before: Actual,
	ledger: Ledger,
	kept: Kept | null = null,
): Promise<Ran & { actual: Actual }> {
	try {
		const done = await carryOut(run, subject, before, kept);
		const { reason, ticketId, unwritten } = done;
		if (unwritten === null) recordEach(works, done, run, ledger);
		else {
			const owed = `${reason} But its note was not written; the next run writes it.`;
			for (const work of works) ledger.fail(work, unwritten, { reason: owed, ticketId });
		}
		const made = done.madeId === null ? [] : [{ subject, works, ...lately(done) }];
		return { made, stop: null, actual: done.actual };
	} catch (error) {
		for (const work of works) ledger.fail(work, error);
		return { made: [], stop: endsTheRun(error) ? error : null, actual: before };
	}
}

/** Writes down the decision of each event of a plan. */
function recordEach(
	works: Task['works'],
	{ decision, plan, reason, remarks, ticketId }: Done,
	run: Run,
	ledger: Ledger,
): void {
	for (const [place, work] of works.entries()) {
		const planned = plan.outcomes?.get(work.index);
		const name = planned === undefined ? decision : planned.decision;
		ledger.record(work, {
			decision: run.dryRun ? dryRunName(name) : name,
			reason:
				planned === undefined
					? reason
					: [planned.reason, ...(place === 0 ? remarks : [])].join(' '),
			ticketId: plan.outcomes === undefined || hasTicket(name) ? ticketId : null,
		});
	}
}

/** Decisions that say that there is no ticket carry none. */
function hasTicket(decision: string): boolean {
	return (
		decision !== 'not_found' && decision !== 'skipped_suppressed' && decision !== 'held_ambiguous'
	);
}

/** What the check for duplicates needs to know of a ticket that was made. */
function lately({ actual, madeId }: Done): Pick<Made, 'actual' | 'lastUpdate' | 'ticketId'> {
	const lastUpdate = actual.tickets.find(({ id }) => id === madeId)?.lastUpdate ?? null;
	return { actual, lastUpdate, ticketId: madeId ?? 0 };
}
