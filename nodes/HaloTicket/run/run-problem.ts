import { planGroup } from '../../shared/domain/ticket/group/plan';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { dryRunName } from '../../shared/domain/ticket/outcome';
import type { Made } from './converge';
import { endsTheRun } from './failures';
import type { Ledger } from './ledger';
import { groupDesired, type Problem } from './problem';
import { carryOut, carryOutEvent, type Done, type Planner, type Run } from './carry-out';

/** What a problem left behind. */
export interface Ran {
	/** Tickets that were made for it. */
	made: Made[];
	/** The error after which no request of this run can succeed; null when there was none. */
	stop: unknown;
}

/** The plan for a group, for what Halo has. */
export function groupPlanner(run: Run, problem: Problem): Planner {
	const group = groupDesired(problem);
	return (actual, now) => planGroup(group, actual, run.options, now);
}

/** Makes one problem, or one group, true in Halo. Failures become decisions. */
export async function runProblem(
	run: Run,
	problem: Problem,
	before: Actual,
	ledger: Ledger,
): Promise<Ran> {
	return problem.grouped
		? await runGroup(run, problem, before, ledger)
		: await runEachEvent(run, problem, before, ledger);
}

async function runEachEvent(
	run: Run,
	{ works }: Problem,
	before: Actual,
	ledger: Ledger,
): Promise<Ran> {
	const made: Made[] = [];
	let actual = before;
	let stop: unknown = null;
	for (const work of works) {
		try {
			if (stop !== null) throw stop;
			const done = await carryOutEvent(run, work.desired, actual);
			actual = done.actual;
			ledger.record(work, done);
			if (done.madeId !== null) {
				made.push({
					kind: 'problem',
					work,
					works: [work],
					desired: work.desired,
					...lately(done),
				});
			}
		} catch (error) {
			if (endsTheRun(error)) stop = error;
			ledger.fail(work, error);
		}
	}
	return { made, stop };
}

async function runGroup(run: Run, problem: Problem, before: Actual, ledger: Ledger): Promise<Ran> {
	const [lead] = problem.works;
	try {
		const { clientId, clientName, profile, reference, references } = groupDesired(problem);
		const desired = { clientId, clientName, profile, reference, references };
		const done = await carryOut(run, groupPlanner(run, problem), desired, before);
		recordEach(problem.works, done, run, ledger);
		const made: Made[] =
			done.madeId === null
				? []
				: [
						{
							kind: 'group',
							work: lead,
							works: problem.works,
							problem,
							desired: lead.desired,
							...lately(done),
						},
					];
		return { made, stop: null };
	} catch (error) {
		for (const work of problem.works) ledger.fail(work, error);
		return { made: [], stop: endsTheRun(error) ? error : null };
	}
}

/** Writes down the decision of each event of a plan about many. */
export function recordEach(
	works: Problem['works'] | readonly Problem['works'][number][],
	{ decision, plan, reason, remarks, ticketId, unrecorded }: Done,
	run: Run,
	ledger: Ledger,
): void {
	for (const [place, work] of works.entries()) {
		const planned = unrecorded ? undefined : plan.outcomes?.get(work.index);
		const name = planned === undefined ? decision : planned.decision;
		ledger.record(work, {
			decision: run.dryRun ? dryRunName(name) : name,
			reason:
				planned === undefined
					? reason
					: [planned.reason, ...(place === 0 ? remarks : [])].join(' '),
			ticketId: hasTicket(name) ? ticketId : null,
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
export function lately({ actual, madeId }: Done): Pick<Made, 'actual' | 'lastUpdate' | 'ticketId'> {
	const lastUpdate = actual.tickets.find(({ id }) => id === madeId)?.lastUpdate ?? null;
	return { actual, lastUpdate, ticketId: madeId ?? 0 };
}
