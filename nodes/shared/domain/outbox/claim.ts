import type { CallRow } from './call';

/** A call to be made. */
export type Call = {
	/** Row of halo_inbox. */
	rowId: number;
	ticketId: number | null;
	key: string;
	body: string;
	/** Before this one. */
	tries: number;
};

/** What is written into a row of halo_inbox that held a call; the members are columns. */
export type CallUpdate = {
	id: number;
	state: 'done' | 'dead';
	decision: 'sent' | 'failed' | 'skipped_replay';
	reason: string;
	tries: number;
	doneAt: string;
};

/** Every 15 minutes for two days; then it is left to a person, and the row stays. */
const MOST_TRIES = 192;

/** A row that is being sent for longer than this was cut off: five tries of a call take two minutes. */
const CUT_OFF_MS = 10 * 60_000;

function callOf({ body, id, key, ticketId, tries }: CallRow): Call {
	return { rowId: id, ticketId, key, body, tries };
}

function isDue({ receivedAt, state, tries }: CallRow, byHand: boolean, now: number): boolean {
	if (!byHand && tries >= MOST_TRIES) return false;
	// A person chose it on the replay form.
	if (state === 'dead' || state === 'failed') return true;
	return state === 'sending' && !(now - receivedAt <= CUT_OFF_MS);
}

function repeated({ id, tries }: CallRow, now: number): CallUpdate {
	return {
		id,
		state: 'done',
		decision: 'skipped_replay',
		reason: 'The same change was told before; nothing was sent.',
		tries,
		doneAt: new Date(now).toISOString(),
	};
}

/**
 * Which calls are made now. Halo tells of one change in several deliveries, and may send each of them again. Every one
 * of them has put a row into halo_inbox; the first row is sent. When that one fails it is sent again by itself.
 * @param claimed rows that this run put in; none = failed calls are tried again
 * @param found rows of the same keys, or those that are not done
 * @param byHand a person who runs it wants those tried, too, that were given up
 * @param now milliseconds since the epoch
 */
export function callsToMake(
	claimed: readonly CallRow[],
	found: readonly CallRow[],
	{ byHand, now }: { byHand: boolean; now: number },
): { calls: Call[]; repeats: CallUpdate[] } {
	const due = claimed.length > 0 ? claimed : found.filter((row) => isDue(row, byHand, now));
	const first = new Map<string, number>();
	for (const { id, key, source } of [...claimed, ...found]) {
		const name = `${source} ${key}`;
		first.set(name, Math.min(id, first.get(name) ?? id));
	}
	const isFirst = ({ id, key, source }: CallRow): boolean => first.get(`${source} ${key}`) === id;
	return {
		calls: due.filter(isFirst).map(callOf),
		repeats: due.filter((row) => !isFirst(row)).map((row) => repeated(row, now)),
	};
}
