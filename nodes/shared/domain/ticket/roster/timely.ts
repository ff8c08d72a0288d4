import { type GroupNow, newestTimes, withoutLate } from '../group/now';
import type { Candidate } from '../plan/candidates';
import type { Actual, Need } from '../plan/types';
import { timesOn } from './roster';

/**
 * Events about a roster without those that are older than what it records of their problem.
 * @param standing its tickets; none = nothing is recorded
 * @returns a need while the notes of one of them are not read
 */
export function timelyOf(
	wanted: GroupNow,
	standing: readonly Candidate[],
	{ actions, wanted: references }: Pick<Actual, 'actions' | 'wanted'>,
): GroupNow | Need {
	const [first] = standing;
	if (first === undefined) return wanted;
	const times: Array<{ key: string; at: string }> = [];
	for (const { own } of standing) {
		const read = actions.get(own.id);
		if (read === undefined) return { kind: 'actions', ticketId: own.id };
		times.push(...[...timesOn(read, references)].map(([key, at]) => ({ key, at })));
	}
	return withoutLate(wanted, newestTimes(times), first.ticket.id);
}
