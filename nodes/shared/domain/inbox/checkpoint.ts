import { statusRowOf } from '../event/sync-status';
import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';

/** Where a poll begins. */
export type PollWindow = {
	/** Everything that changed from then on is read, ISO 8601. */
	since: string;
	/** When the poll began: the checkpoint of the next one, because what changes while it reads is read again. */
	startedAt: string;
};

/**
 * Where a poll goes on: at the checkpoint of the last one that ended well, less an overlap.
 * @param status rows of halo_sync_status; those of other flows do not count
 * @param overlapMinutes clocks differ, and the other side may show a change late
 * @param firstLookBackHours how far the first poll looks back, and one whose checkpoint is no date
 * @param now milliseconds since the epoch
 * @throws TwoRowsError
 */
export function pollWindow(
	status: readonly JsonRecord[],
	{
		integration,
		flow,
		overlapMinutes,
		firstLookBackHours,
		now,
	}: {
		integration: string;
		flow: string;
		overlapMinutes: number;
		firstLookBackHours: number;
		now: number;
	},
): PollWindow {
	const row = statusRowOf(status, integration, flow) ?? {};
	const last = Date.parse(memberText(row, 'checkpoint') ?? '');
	const since = Number.isNaN(last)
		? now - firstLookBackHours * 3_600_000
		: last - overlapMinutes * 60_000;
	return { since: new Date(since).toISOString(), startedAt: new Date(now).toISOString() };
}
