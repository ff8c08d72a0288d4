import type { JsonRecord } from '../values/json';
import { readInteger } from '../values/read';
import type { ConsoleTable } from './reads';

/** A column that no other table of the pack has. */
const OWN_COLUMN: ReadonlyArray<readonly [column: string, table: ConsoleTable]> = [
	['dedupKey', 'halo_inbox'],
	['haloClientId', 'halo_company_mappings'],
	['psaName', 'halo_companies'],
	['flow', 'halo_sync_status'],
	['noticedAt', 'halo_errors'],
	['minSeverity', 'halo_event_sets'],
	['ticketType', 'halo_profiles'],
];

/** Rows of several tables in one list, told apart by their columns. */
export type RowsByTable = Readonly<Record<ConsoleTable, readonly JsonRecord[]>>;

/** Sorts rows by the table that they come from; what is no row of a table is left out. */
export function rowsByTable(rows: readonly JsonRecord[]): RowsByTable {
	const sorted: Record<ConsoleTable, JsonRecord[]> = {
		halo_inbox: [],
		halo_company_mappings: [],
		halo_companies: [],
		halo_sync_status: [],
		halo_errors: [],
		halo_event_sets: [],
		halo_profiles: [],
	};
	for (const row of rows) {
		if (readInteger(row.id) === null) continue;
		const table = OWN_COLUMN.find(([column]) => column in row)?.[1];
		if (table !== undefined) sorted[table].push(row);
	}
	return sorted;
}
