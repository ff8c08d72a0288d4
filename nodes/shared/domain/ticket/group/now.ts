import type { ScannerEvent, Severity } from '../../event/event';
import { isLate, laterOf, lateWords } from '../../event/order';
import { memberOf, type Member } from '../member';
import type { Desired, GroupDesired, MemberChange, Outcome } from '../plan/types';
import { isHigher } from '../../event/severity';
import { newState, type TicketState } from '../state';
import type { TicketView } from '../view';

/** The events of a group, each member once: the last one says what holds. */
export interface GroupNow {
	opens: readonly MemberChange[];
	closes: readonly MemberChange[];
	accepted: readonly MemberChange[];
	/** Decisions of events that a later one of the same member overrules, or that are late. */
	overruled: ReadonlyMap<number, Outcome>;
}

/** @param changes in the order of the events' times */
export function lastWins(changes: readonly MemberChange[]): GroupNow {
	const last = new Map(changes.map((change) => [change.key, change]));
	const final = [...last.values()];
	const overruled = changes
		.filter((change) => last.get(change.key) !== change)
		.map((change): [number, Outcome] => [
			change.index,
			{
				decision: 'unchanged',
				reason: 'A later event of this batch says what holds.',
			},
		]);
	return {
		opens: final.filter(({ want }) => want === 'open'),
		closes: final.filter(({ want }) => want === 'closed'),
		accepted: final.filter(({ want }) => want === 'suppressed'),
		overruled: new Map(overruled),
	};
}

/**
 * The events without those that are older than what is recorded of their member: they change nothing.
 * @param recorded times by key of the member, see `timesIn`
 * @param ticketId the ticket that records them
 */
export function withoutLate(
	now: GroupNow,
	recorded: ReadonlyMap<string, string>,
	ticketId: number,
): GroupNow {
	const late = new Map<number, Outcome>();
	const timely = (changes: readonly MemberChange[]): MemberChange[] =>
		changes.filter(({ event, index, key }) => {
			const at = recorded.get(key) ?? null;
			if (at === null || !isLate(event, at)) return true;
			late.set(index, { decision: 'unchanged', reason: lateWords(event, at, ticketId) });
			return false;
		});
	const { accepted, closes, opens, overruled } = now;
	return {
		opens: timely(opens),
		closes: timely(closes),
		accepted: timely(accepted),
		overruled: new Map([...overruled, ...late]),
	};
}

/** When the newest event of each member was, as some tickets of one group record it. */
export function timesIn(tickets: readonly TicketView[]): Map<string, string> {
	const all = tickets.flatMap((ticket) => {
		const { ended, members } = groupState(ticket);
		return [...members, ...ended];
	});
	return newestTimes(all);
}

/** The newest time of each key. */
export function newestTimes(all: ReadonlyArray<{ key: string; at?: string }>): Map<string, string> {
	const times = new Map<string, string>();
	for (const { at, key } of all) {
		const newest = laterOf(times.get(key) ?? null, at ?? null);
		if (newest !== null) times.set(key, newest);
	}
	return times;
}

/** The worst severity of some events; unknown for none. */
export function worstOf(events: ReadonlyArray<Pick<ScannerEvent, 'severity'>>): Severity {
	return events.reduce<Severity>(
		(worst, { severity }) => (isHigher(severity, worst) ? severity : worst),
		'unknown',
	);
}

/** Members of a new or reopened group. */
export function membersOf(opens: readonly MemberChange[]): Member[] {
	return opens.map(({ key, event }) => memberOf(key, event));
}

/** What a grouped ticket remembers; a ticket whose list is gone counts as partly known. */
export function groupState(ticket: TicketView): TicketState & { members: readonly Member[] } {
	const { state } = ticket;
	if (state?.members != null) return { ...state, members: state.members };
	return {
		...(state ?? { ...newState('unknown'), severity: null }),
		members: [],
		partial: true,
	};
}

/** A group as a single problem, for what both share: its worst or last event stands for it. */
export function asDesired(
	{ reference, references, clientId, clientName, profile, extras }: GroupDesired,
	want: Desired['want'],
	event: ScannerEvent,
): Desired {
	const desired = { reference, references, clientId, clientName, profile, want, event };
	return extras === undefined ? desired : { ...desired, extras };
}

/** The event that stands for some: the worst; of equals the last. */
export function leading(changes: readonly MemberChange[]): ScannerEvent | null {
	return changes.reduce<ScannerEvent | null>(
		(lead, { event }) => (lead === null || !isHigher(lead.severity, event.severity) ? event : lead),
		null,
	);
}

/** The same decision for each of some events. */
export function outcomeFor(
	changes: readonly MemberChange[],
	decision: Outcome['decision'],
	reason: string,
): Array<[number, Outcome]> {
	return changes.map(({ index }) => [index, { decision, reason }]);
}
