import { ACTED } from '../event/decision';
import { EVENT_STATUSES, TIME_ORIGINS } from '../event/event';
import { isLate, type Timed } from '../event/order';
import { wholeCharacters } from '../values/cut';
import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import type { InboxRow } from './row';

/** A row that goes on: its event, with what the end of the run needs to know of the row. */
export type TakenEvent = JsonRecord & {
	inboxId: number;
	tries: number;
	receivedAt: string | null;
	inboxSource: string;
};

/** The rows of a run, each at most once. */
export interface Taken {
	/** In the order in which they came. */
	events: TakenEvent[];
	/** Rows about which nothing has to be asked any more, with `decision` and `reason`. */
	decided: TakenEvent[];
}

/** Longer than any reason, short enough for a table. */
const LONGEST_REASON = 1_000;

/** Decisions about the newer state of a problem that make an older event out of date; also a resolve without a ticket. */
const NEWER: readonly string[] = [...ACTED, 'not_found'];

function deliveryOf({ deliveryId, problem }: InboxRow): string | null {
	return deliveryId === '' || problem === null ? null : JSON.stringify([deliveryId, problem]);
}

function wasHandled({ state, decision }: InboxRow): boolean {
	return state === 'done' && decision !== 'skipped_replay';
}

function stampOf(row: InboxRow): TakenEvent {
	return {
		inboxId: row.id,
		tries: row.tries,
		receivedAt: row.receivedAt,
		inboxSource: row.source,
	};
}

/** What the order of a row's event goes by; null for one without a time, or that only informs. */
function timedOf({ event }: InboxRow): Timed | null {
	if (event === null) return null;
	const status = EVENT_STATUSES.find((known) => known === event.status);
	const time = memberText(event, 'time');
	if (status === undefined || status === 'info' || time === null) return null;
	if (Number.isNaN(Date.parse(time))) return null;
	const timeFrom = TIME_ORIGINS.find((known) => known === event.timeFrom);
	return { status, time, ...(timeFrom === undefined ? {} : { timeFrom }) };
}

/**
 * Why a row says nothing new: one of its problem that was handled tells of a later time. A ticket records that too, but
 * not of an end that found no ticket, nor of each repeated report.
 */
function lateOf(row: InboxRow, others: readonly InboxRow[]): string | null {
	const own = timedOf(row);
	if (own === null) return null;
	for (const other of others.filter(wasHandled)) {
		const known = timedOf(other);
		if (known === null || !isLate(own, known.time)) continue;
		const what = known.status === 'resolved' ? 'the end' : 'a report';
		return `Row ${other.id} told ${what} of ${known.time} before; this one of ${own.time} is older and changes nothing.`;
	}
	return null;
}

/** What is known about the problem of a row. */
interface Around {
	/** The other rows of its problem that are not of this run, oldest first. */
	others: InboxRow[];
	/** The rows of its problem that are of this run. */
	together: InboxRow[];
}

/** The decision that can be made without the nodes; null when the event has to go on, 'later' when it stays as it is. */
function decisionOf(row: InboxRow, { others, together }: Around): JsonRecord | 'later' | null {
	const older = others.find(({ id, state }) => id < row.id && state !== 'done' && state !== 'dead');
	if (older !== undefined) {
		// It becomes due when the older one does; a new row stays new, for the next run.
		if (older.state === 'new') return 'later';
		return {
			decision: older.decision || 'failed',
			reason: wholeCharacters(
				`Waits behind row ${older.id} of the same problem, which is ${older.state}: ${older.reason}`,
				LONGEST_REASON,
			),
			behind: { state: older.state, notBefore: older.notBefore, cause: older.cause },
		};
	}
	const late = lateOf(row, others);
	if (late !== null) return { decision: 'unchanged', reason: late };
	const later = others.find(
		({ id, state, decision }) => id > row.id && state === 'done' && NEWER.includes(decision),
	);
	if (row.state === 'failed' && later !== undefined) {
		return {
			decision: 'unchanged',
			reason: `Row ${later.id} of the same problem was handled in between and holds the newer state.`,
		};
	}
	const resolved = together.some(({ id, event }) => id > row.id && event?.status === 'resolved');
	if (row.state === 'waiting' && row.event?.status === 'open' && resolved) {
		return {
			decision: 'skipped_maintenance',
			over: true,
			reason: 'It was resolved before the maintenance window ended; no ticket.',
		};
	}
	return null;
}

function byProblem(rows: readonly InboxRow[]): Map<string, InboxRow[]> {
	const groups = new Map<string, InboxRow[]>();
	for (const row of rows) {
		if (row.problem === null) continue;
		groups.set(row.problem, [...(groups.get(row.problem) ?? []), row]);
	}
	return groups;
}

/**
 * Decides what is clear already: repeated deliveries, damaged rows, rows that must wait behind an older one of their
 * problem, and retries that a newer row has overtaken. Rows of one problem are those of one integration, one company as
 * the source names it, and one dedup key.
 * @param batch rows of this run, oldest first
 * @param related other rows of their problems
 */
export function takeRows(batch: readonly InboxRow[], related: readonly InboxRow[]): Taken {
	const taken: Taken = { events: [], decided: [] };
	const inBatch = new Set(batch.map(({ id }) => id));
	const others = byProblem(related.filter(({ id }) => !inBatch.has(id)));
	const together = byProblem(batch);
	const seen = new Set([...others.values()].flat().filter(wasHandled).map(deliveryOf));
	for (const row of batch) {
		const stamp = stampOf(row);
		if (row.event === null) {
			taken.decided.push({
				...stamp,
				source: row.source,
				damaged: true,
				decision: 'failed',
				reason: `The column event of row ${row.id} in halo_inbox ${row.damage}. Correct it there and set state to new, or delete the row.`,
			});
			continue;
		}
		const delivery = deliveryOf(row);
		if (delivery !== null && seen.has(delivery)) {
			const reason = `The delivery ${row.deliveryId} was handled before; the sender repeated it.`;
			taken.decided.push({ ...row.event, ...stamp, decision: 'skipped_replay', reason });
			continue;
		}
		seen.add(delivery);
		const problem = row.problem ?? '';
		const decision = decisionOf(row, {
			others: others.get(problem) ?? [],
			together: together.get(problem) ?? [],
		});
		if (decision === 'later') continue;
		if (decision === null) taken.events.push({ ...row.event, ...stamp });
		else taken.decided.push({ ...row.event, ...stamp, ...decision });
	}
	return taken;
}
