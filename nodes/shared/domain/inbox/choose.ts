import type { JsonRecord } from '../values/json';
import { type Asking, askForLease, type Lease } from './lease';
import { relatedLookUps, type ValueLookUp } from './look-up';
import { type InboxRow, inboxRowsIn } from './row';

/** What a run is going to do. */
export interface ChosenRows {
	lease: Lease;
	/** Oldest first. */
	batch: InboxRow[];
	related: ValueLookUp[];
}

/** When a mapping was changed last; null without any. */
function newestMapping(rows: readonly JsonRecord[]): number | null {
	const times = rows
		.filter((row) => 'haloClientId' in row)
		.map(({ updatedAt }) => Date.parse(String(updatedAt)))
		.filter((time) => Number.isFinite(time));
	return times.length === 0 ? null : Math.max(...times);
}

/**
 * Which rows are handled now: the oldest, whatever state they come from. Held rows only when a mapping is newer than
 * the last look at them.
 * @param rows of halo_sync_status, halo_company_mappings and halo_inbox; they are told apart by their columns
 * @param rowsPerRun most rows of one run
 * @returns null when there is nothing to do, or another run is at work
 * @throws BusyError, NoRunRowError as `askForLease`
 */
export function chooseRows(
	rows: readonly JsonRecord[],
	{
		tables,
		rowsPerRun,
		asking,
	}: { tables: Record<string, string>; rowsPerRun: number; asking: Asking },
): ChosenRows | null {
	const stamp = newestMapping(rows);
	const released = ({ state, doneAt }: InboxRow): boolean =>
		state !== 'held' || (stamp !== null && Date.parse(doneAt ?? '') < stamp);
	const batch = inboxRowsIn(rows).filter(released).slice(0, rowsPerRun);
	const status = rows.filter((row) => 'flow' in row);
	const lease = askForLease(status, asking, batch.length);
	if (lease === null || batch.length === 0) return null;
	return { lease, batch, related: relatedLookUps(tables, batch) };
}
