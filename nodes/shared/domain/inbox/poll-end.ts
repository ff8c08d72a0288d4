import { wholeCharacters } from '../values/cut';
import type { JsonRecord } from '../values/json';
import { failureOf } from './failure';

/** Members of a row of halo_sync_status that a poll writes; the columns that are missing here stay as they are. */
export type PollStatus = {
	integration: string;
	flow: string;
	enabled: true;
	lastSync?: string;
	/** Where the next poll goes on. */
	checkpoint?: string;
	/** JSON: what the poll did. */
	counts?: string;
	lastError?: string;
	lastErrorAt?: string;
};

/** Enough to tell what was refused; halo_errors holds the whole of it. */
const LONGEST_ERROR = 500;

/**
 * The row of halo_sync_status at the end of a poll. A poll that failed keeps its checkpoint, so that the next one begins
 * at the same place. Two polls at one time may move the checkpoint back by the length of one: then something is read
 * twice, and nothing is missed.
 * @param startedAt the checkpoint that `pollWindow` gave
 * @param failed what came out of error outputs; none when the poll went well
 * @param now milliseconds since the epoch
 */
export function pollStatus(
	failed: readonly JsonRecord[],
	{
		integration,
		flow,
		startedAt,
		counts,
		now,
	}: { integration: string; flow: string; startedAt: string; counts: JsonRecord; now: number },
): PollStatus {
	const at = new Date(now).toISOString();
	const own = { integration, flow, enabled: true } as const;
	const [first] = failed;
	if (first === undefined) {
		return { ...own, lastSync: at, checkpoint: startedAt, counts: JSON.stringify(counts) };
	}
	const said = failureOf(first) || 'It failed without a message.';
	return { ...own, lastError: wholeCharacters(said, LONGEST_ERROR), lastErrorAt: at };
}
