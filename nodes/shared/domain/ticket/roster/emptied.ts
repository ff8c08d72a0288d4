import type { Candidate } from '../plan/candidates';
import { onReturn } from '../plan/open';
import type { Actual, MemberChange, Need, PlanOptions } from '../plan/types';
import { membersOn, timesOn } from './roster';
import { STORM_WINDOW_MS } from './storm-room';

/**
 * Whether a roster that was closed with its last problem opens again for others. It does within the time in which the
 * storm cap counts, and for a problem that it once named as long as a ticket of its own would: else problems that come
 * and go above the cap would make a ticket each time.
 * @param last the roster that was closed last; its notes are read
 * @param wanted problems that are there, and whether such a roster opens again at all
 * @param now milliseconds since the epoch
 */
export function returnOfEmptied(
	last: Candidate,
	{ adds, reopens }: { adds: readonly MemberChange[]; reopens: boolean },
	{ actions, wanted }: Pick<Actual, 'actions' | 'wanted'>,
	options: PlanOptions,
	now: number,
): 'reopen' | 'new ticket' | Need {
	const notes = actions.get(last.own.id) ?? [];
	if (!reopens || membersOn(notes, wanted).size > 0) return 'new ticket';
	const verdict = onReturn(last, options, now);
	// Only what it still lists may be silenced by a status that stays closed.
	if (verdict === 'stays closed') return 'new ticket';
	const named = timesOn(notes, wanted);
	if (verdict !== 'reopen' || adds.some(({ key }) => named.has(key))) return verdict;
	const closedAt = last.ticket.closedAt ?? last.ticket.lastUpdate;
	const isLately = closedAt !== null && Date.parse(closedAt) > now - STORM_WINDOW_MS;
	return isLately ? 'reopen' : 'new ticket';
}
