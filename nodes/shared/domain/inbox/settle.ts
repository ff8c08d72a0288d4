import { ACTED } from '../event/decision';
import { readHaloCause } from '../event/halo-cause';
import { wholeCharacters } from '../values/cut';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import type { Lease } from './lease';

/** Seconds between two tries; the last one repeats. */
const PAUSES = [30, 60, 120, 240, 480, 600];

const DAY_MS = 86_400_000;

/** A window of maintenance whose end is not known is looked at again after the longest pause. */
const UNKNOWN_END = PAUSES.length - 1;

/** Longer than any reason, short enough for a table. */
const LONGEST_REASON = 2_000;

/** What becomes of one row of halo_inbox; the members are columns. */
export type RowUpdate = {
	id: number;
	state: string;
	decision: string;
	reason: string;
	cause: string;
	tries: number;
	ticketId: number | null;
	notBefore: string | null;
	/** When the run began, so that a mapping made meanwhile is newer. */
	doneAt: string;
};

/** A row's update, and what the rows about the run count of it. */
export interface SettledRow {
	update: RowUpdate;
	source: string;
	receivedAt: string | null;
	requests: number;
	/** False for a row that was not tried itself: it waits behind another. */
	tried: boolean;
	/** True when Halo Map Company gave it out for review: there is a mapping, but none that can be used. */
	review: boolean;
}

/** What a run did, as a whole. */
export interface Settled {
	rows: SettledRow[];
	/** Halo took something. */
	worked: boolean;
	/** Halo did not answer, or refused the credential. */
	broke: boolean;
	/** How often in a row Halo did nothing at all. */
	failures: number;
	/** Until when everything waits, ISO 8601; '' when nothing has to. */
	gate: string;
}

/**
 * Why an event failed, for the column cause.
 * - `damaged`: the row cannot be read
 * - `set_up`: refused before Halo was asked
 * - or why Halo did not do it
 */
export function causeOf(decided: JsonRecord): string {
	if (decided.decision !== 'failed') return '';
	if (decided.damaged === true) return 'damaged';
	const error = isRecord(decided.error) ? decided.error : {};
	// Halo Ticket says it on the item; a node that failed as a whole, in what n8n keeps of its error.
	const context = isRecord(error.context) ? error.context : {};
	return readHaloCause(error.cause) ?? readHaloCause(context.haloCause) ?? 'set_up';
}

/** One decision as it came in. */
interface Decided {
	json: JsonRecord;
	cause: string;
	/** What the older row is, behind which it waits; null for a row that was tried. */
	behind: JsonRecord | null;
}

/** An item without a decision comes out of a node that failed as a whole: its row is tried again, never done. */
function withDecision(json: JsonRecord): JsonRecord {
	if (memberText(json, 'decision') !== null) return json;
	const error = isRecord(json.error) ? json.error : {};
	const said = memberText(error, 'message') ?? memberText(json, 'error');
	return {
		...json,
		decision: 'failed',
		reason: said ?? 'A node before this one gave no decision.',
	};
}

function afterPause(now: number, count: number): string {
	const seconds = PAUSES[Math.min(count, PAUSES.length - 1)] ?? 0;
	return new Date(now + seconds * 1_000).toISOString();
}

type End = Pick<RowUpdate, 'state' | 'notBefore'>;

interface Circumstances {
	now: number;
	gate: string;
	keepTryingDays: number;
}

function endOf(
	{ json, cause, behind }: Decided,
	{ now, gate, keepTryingDays }: Circumstances,
): End {
	if (behind !== null) {
		return {
			state: memberText(behind, 'state') ?? 'failed',
			notBefore: memberText(behind, 'notBefore'),
		};
	}
	const { decision } = json;
	if (json.over === true) return { state: 'done', notBefore: null };
	if (decision === 'held_unmapped' || decision === 'held_ambiguous') {
		return { state: 'held', notBefore: null };
	}
	if (decision === 'skipped_maintenance') {
		const notBefore = memberText(json, 'notBefore') ?? afterPause(now, UNKNOWN_END);
		return { state: 'waiting', notBefore };
	}
	if (decision !== 'failed') return { state: 'done', notBefore: null };
	const old = now - Date.parse(String(json.receivedAt ?? '')) > keepTryingDays * DAY_MS;
	if (cause === 'damaged' || cause === 'halo_refused' || old) {
		return { state: 'dead', notBefore: null };
	}
	const tries = readInteger(json.tries) ?? 0;
	return { state: 'failed', notBefore: gate === '' ? afterPause(now, tries) : gate };
}

/**
 * What becomes of each row. While Halo does nothing at all, every row waits for the same moment: then they go on in
 * order.
 * @param decisions what Take, Halo Map Company, Halo Evaluate Event Set and Halo Ticket gave out; others are left alone
 * @param keepTryingDays a row that came in longer ago and still fails is given up
 * @param now milliseconds since the epoch
 */
export function settleRows(
	decisions: readonly JsonRecord[],
	{ lease, keepTryingDays, now }: { lease: Lease; keepTryingDays: number; now: number },
): Settled {
	const decided = decisions
		.filter(({ inboxId }) => readInteger(inboxId) !== null)
		.map(withDecision)
		.map((json): Decided => {
			const behind = isRecord(json.behind) ? json.behind : null;
			const cause = behind === null ? causeOf(json) : (memberText(behind, 'cause') ?? '');
			return { json, cause, behind };
		});
	const worked = decided.some(
		({ json }) => readInteger(json.ticketId) !== null && ACTED.some((one) => one === json.decision),
	);
	const broke = decided.some(
		({ cause, behind }) => behind === null && ['halo_down', 'halo_rights'].includes(cause),
	);
	const failures = broke && !worked ? lease.failures + 1 : 0;
	const gate = failures > 0 ? afterPause(now, failures - 1) : '';
	const rows = decided.map((one): SettledRow => {
		const { json, cause, behind } = one;
		const update: RowUpdate = {
			id: readInteger(json.inboxId) ?? 0,
			...endOf(one, { now, gate, keepTryingDays }),
			decision: memberText(json, 'decision') ?? 'failed',
			reason: wholeCharacters(String(json.reason ?? ''), LONGEST_REASON),
			cause,
			tries: (readInteger(json.tries) ?? 0) + (behind === null ? 1 : 0),
			ticketId: readInteger(json.ticketId),
			doneAt: lease.began,
		};
		return {
			update,
			source: memberText(json, 'inboxSource') ?? '',
			receivedAt: memberText(json, 'receivedAt'),
			requests: readInteger(json.requests) ?? 0,
			tried: behind === null,
			review: Array.isArray(json.candidates),
		};
	});
	return { rows, worked, broke, failures, gate };
}
