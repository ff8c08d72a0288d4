import type { ScannerEvent } from './event';

/** Of an event what its place among the events of its problem goes by. */
export type Timed = Pick<ScannerEvent, 'status' | 'time' | 'timeFrom'>;

/**
 * Order in which the events of one problem are handled: by their time, then as they came.
 * @param items with the place in which they came; of several deliveries the oldest delivery first
 */
export function inEventOrder<Item extends { event: Pick<Timed, 'time'>; index: number }>(
	items: readonly Item[],
): Item[] {
	return [...items].sort(
		(left, right) =>
			Date.parse(left.event.time) - Date.parse(right.event.time) || left.index - right.index,
	);
}

/**
 * True when something newer is recorded of the event's problem already, so that the event changes nothing. What has the
 * very time that is recorded is no later than it: then the one that comes last holds. A report that says only when the
 * problem began may be as new as any.
 * @param recorded ISO 8601; null = nothing is recorded
 */
export function isLate({ status, time, timeFrom }: Timed, recorded: string | null): boolean {
	if (timeFrom === 'start' && status !== 'resolved') return false;
	return recorded !== null && Date.parse(time) < Date.parse(recorded);
}

/** The later of two times, ISO 8601; null only where neither is known. */
export function laterOf(one: string | null, other: string | null): string | null {
	if (one === null || other === null) return one ?? other;
	return Date.parse(other) > Date.parse(one) ? other : one;
}

/** What was assumed about an event's time, where that may have made it late. */
const ASSUMED: Partial<Record<NonNullable<Timed['timeFrom']>, string>> = {
	zone: ' Its time names no zone and was read in the one of the trigger: compare Time Zone of the Source there.',
	ahead: " The source's clock is ahead, so the time of receipt counts: set that clock.",
	receipt: ' The source gives no time, so the time of receipt counts.',
};

/** Why a late event changes nothing, in a sentence or two. @param ticketId the ticket that records the newer time */
export function lateWords(event: Timed, recorded: string, ticketId: number): string {
	const what = event.status === 'resolved' ? 'this end' : 'this report';
	const assumed = ASSUMED[event.timeFrom ?? 'source'] ?? '';
	return `Ticket ${ticketId} knows of ${recorded} already; ${what} of ${event.time} is older and changes nothing.${assumed}`;
}

/**
 * When the silence of a scan says that a problem was over: with the scan's latest finding, and never before what is
 * recorded of it. Not when it was read: what the next scan finds may have happened before that.
 * @param latest ISO 8601; null = the scan named no time, so that the moment of reading counts
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch
 */
export function silentSince(
	latest: string | null,
	recorded: ReadonlyArray<string | null>,
	now: number,
): number {
	if (latest === null) return now;
	const newest = recorded.reduce(laterOf, latest) ?? latest;
	return Math.min(now, Date.parse(newest));
}
