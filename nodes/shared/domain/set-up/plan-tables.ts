import type { JsonRecord } from '../values/json';
import { memberText, recordsIn } from '../values/read';
import { BRIDGE_TABLES, type BridgeTable, type FirstRow } from './tables';

/** What a person has to correct in a table that exists. */
export type TableFault = {
	table: string;
	/** Null when it is the table itself. */
	column: string | null;
	problem: string;
	nextStep: string;
};

/** What is to be done about the list of tables. */
export interface TablePlan {
	/** Tables to make, in order. */
	missing: string[];
	/** Columns and tables that only a person can correct. */
	faults: TableFault[];
}

/** n8n's editor calls a column of type date by another name. */
function shownType(type: string): string {
	return type === 'date' ? 'datetime' : type;
}

/** Columns that the table of an older version lacks, or that another kind of values goes into. */
function columnFaults(
	{ name: table, columns }: BridgeTable,
	listed: readonly JsonRecord[],
): TableFault[] {
	const types = new Map(listed.map((column) => [memberText(column, 'name'), column.type]));
	return Object.entries(columns).flatMap(([column, type]): TableFault[] => {
		const found = types.get(column);
		if (found === type) return [];
		const wanted = shownType(type);
		if (found === undefined) {
			return [
				{
					table,
					column,
					problem: `${table} has no column ${column}`,
					nextStep: `Open ${table} under Data tables, Add Column: name ${column}, type ${wanted}. Its rows stay.`,
				},
			];
		}
		return [
			{
				table,
				column,
				problem: `The column ${column} of ${table} is of type ${shownType(String(found))}, not ${wanted}`,
				nextStep: `Open ${table} under Data tables, rename that column and Add Column: name ${column}, type ${wanted}. Copy over what you need.`,
			},
		];
	});
}

/**
 * Compares the tables that are there with those that the bridge needs, by exact name. Columns of one's own are left alone.
 * n8n's Data Table node makes tables and no columns, so a column is for a person.
 * @param listed what the Data Table node lists: `name`, and `columns` with `name` and `type` each
 */
export function planTables(listed: readonly JsonRecord[]): TablePlan {
	const missing: string[] = [];
	const faults: TableFault[] = [];
	for (const table of BRIDGE_TABLES) {
		const found = listed.filter(({ name }) => name === table.name);
		const [only] = found;
		if (only === undefined) missing.push(table.name);
		else if (found.length > 1) {
			faults.push({
				table: table.name,
				column: null,
				problem: `${found.length} Data Tables are called ${table.name}`,
				nextStep: 'Rename or delete all but one under Data tables.',
			});
		} else faults.push(...columnFaults(table, recordsIn(only.columns)));
	}
	return { missing, faults };
}

/** Faults as one text for a person. @param faults at least one */
export function faultsInWords(faults: readonly TableFault[]): string {
	const lines = faults.map(({ problem, nextStep }) => `${problem}. ${nextStep}`);
	return `${lines.join(' ')} Then run "Halo Bridge: setup" again.`;
}

/** What a table that was just made holds; null for a table that is not of the bridge. */
export function firstRowsOf(name: string): readonly FirstRow[] | null {
	return BRIDGE_TABLES.find((table) => table.name === name)?.firstRows ?? null;
}
