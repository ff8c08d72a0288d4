import { readInteger } from '../values/read';
import type { JsonRecord } from '../values/json';

/** A flow has two rows in halo_sync_status, so that nobody can say where it stands. */
export class TwoRowsError extends Error {
	readonly nextStep = 'Delete all but one under Data tables.';

	constructor(count: number, integration: string, flow: string) {
		super(`halo_sync_status has ${count} rows for ${integration}, flow ${flow}`);
		this.name = 'TwoRowsError';
	}
}

/**
 * The row of a flow in halo_sync_status; null when it has none yet.
 * @param rows rows of the table; those of other flows do not count
 * @throws TwoRowsError
 */
export function statusRowOf(
	rows: readonly JsonRecord[],
	integration: string,
	flow: string,
): JsonRecord | null {
	const own = rows.filter(
		(row) => readInteger(row.id) !== null && row.integration === integration && row.flow === flow,
	);
	if (own.length > 1) throw new TwoRowsError(own.length, integration, flow);
	return own[0] ?? null;
}
