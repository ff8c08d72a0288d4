import { endedTogether, type Ended } from '../ended';
import { groupState, membersOf, newestTimes, worstOf, type GroupNow } from './now';
import type { Member } from '../member';
import type { Actual, GroupDesired, MemberChange, PlanOptions } from '../plan/types';
import { isHigher } from '../../event/severity';
import type { Sorted } from '../plan/candidates';
import type { TicketView } from '../view';

export interface GroupChange {
	group: GroupDesired;
	changes: GroupNow;
	/** At least one open ticket. */
	sorted: Sorted;
	actual: Actual;
	options: PlanOptions;
	now: number;
}

/** What the events change on an open grouped ticket. */
export interface Difference {
	state: ReturnType<typeof groupState>;
	came: readonly MemberChange[];
	went: readonly MemberChange[];
	/** Members whose risk was accepted just now. */
	accepted: readonly MemberChange[];
	/** Open members after the change. */
	open: readonly Member[];
	rose: boolean;
}

/** @param rivals tickets that another run made for the same group at the same time */
export function differenceOf(
	own: TicketView,
	rivals: readonly TicketView[],
	{ opens, closes, accepted }: GroupNow,
): Difference {
	const state = groupState(own);
	const all = [...state.members, ...rivals.flatMap((rival) => groupState(rival).members)];
	const before = new Map(all.map((member) => [member.key, member]));
	const times = newestTimes([...all, ...[...opens, ...accepted].map(timeOfChange)]);
	const known = [...before.values()].map((member): Member => withTime(member, times));
	const came = opens.filter(({ key }) => !before.has(key));
	const went = closes.filter(({ key }) => before.has(key));
	const gone = new Set(went.map(({ key }) => key));
	const worst = worstOf(opens.map(({ event }) => event));
	return {
		state,
		came,
		went,
		accepted: accepted.filter(({ key }) => before.has(key) && !state.accepted.includes(key)),
		open: [...known.filter(({ key }) => !gone.has(key)), ...membersOf(came)],
		rose: opens.length > 0 && state.severity !== null && isHigher(worst, state.severity),
	};
}

function timeOfChange({ event, key }: MemberChange): Ended {
	return { key, at: event.time };
}

function withTime(member: Member, times: ReadonlyMap<string, string>): Member {
	const at = times.get(member.key);
	return at === undefined ? member : { ...member, at };
}

/** Members that are over after the change, with when they ended; none that is open. */
export function endedOf({ open, state, went }: Difference): Ended[] {
	const here = new Set(open.map(({ key }) => key));
	return endedTogether([...state.ended, ...went.map(timeOfChange)]).filter(
		({ key }) => !here.has(key),
	);
}
