import {
	faultsInWords,
	firstRowsOf,
	planTables,
} from '../../../nodes/shared/domain/set-up/plan-tables';
import { BRIDGE_TABLES } from '../../../nodes/shared/domain/set-up/tables';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';

/** What n8n lists of a table that setup made. */
function listed(name: string, without: string[] = []): JsonRecord {
	const columns = BRIDGE_TABLES.find((table) => table.name === name)?.columns ?? {};
	return {
		id: `id of ${name}`,
		name,
		columns: Object.entries(columns)
			.filter(([column]) => !without.includes(column))
			.map(([column, type], index) => ({ id: `c${index}`, name: column, type, index })),
	};
}

const all = (): JsonRecord[] => BRIDGE_TABLES.map(({ name }) => listed(name));
const others = (name: string): JsonRecord[] => all().filter((table) => table.name !== name);

test('an n8n without tables gets all, those that decide first', () => {
	expect(planTables([])).toEqual({ missing: BRIDGE_TABLES.map(({ name }) => name), faults: [] });
	expect(planTables([]).missing.slice(0, 2)).toEqual(['halo_event_sets', 'halo_profiles']);
});

test('where all is there, nothing is to be done', () => {
	expect(planTables(all())).toEqual({ missing: [], faults: [] });
});

test('a table whose name only contains ours is not ours', () => {
	const old = { ...listed('halo_errors'), name: 'halo_errors_old' };
	expect(planTables([...others('halo_errors'), old]).missing).toEqual(['halo_errors']);
});

test('a table of an earlier version: each column that it lacks is named, with its type as n8n shows it', () => {
	const earlier = listed('halo_company_mappings', ['flags', 'mappedAt']);
	const plan = planTables([...others('halo_company_mappings'), earlier]);
	expect(plan.missing).toEqual([]);
	expect(plan.faults.map(({ problem }) => problem)).toEqual([
		'halo_company_mappings has no column flags',
		'halo_company_mappings has no column mappedAt',
	]);
	expect(plan.faults[1]?.nextStep).toBe(
		'Open halo_company_mappings under Data tables, Add Column: name mappedAt, type datetime. Its rows stay.',
	);
});

test('a column of another type is named with both types', () => {
	const table = listed('halo_errors', ['at']);
	const columns = [...(Array.isArray(table.columns) ? table.columns : [])];
	columns.push({ name: 'at', type: 'string' });
	const { faults } = planTables([...others('halo_errors'), { ...table, columns }]);
	expect(faults).toMatchObject([
		{
			table: 'halo_errors',
			column: 'at',
			problem: 'The column at of halo_errors is of type string, not datetime',
		},
	]);
});

test('columns of your own are left alone', () => {
	const table = listed('halo_companies');
	const columns = [...(Array.isArray(table.columns) ? table.columns : [])];
	columns.push({ name: 'ownNotes', type: 'string' });
	expect(planTables([...others('halo_companies'), { ...table, columns }]).faults).toEqual([]);
});

test('two tables of one name are for a person, and the other tables are made all the same', () => {
	const plan = planTables([listed('halo_inbox'), listed('halo_inbox')]);
	expect(plan.missing).toHaveLength(BRIDGE_TABLES.length - 1);
	expect(plan.missing).not.toContain('halo_inbox');
	expect(faultsInWords(plan.faults)).toBe(
		'2 Data Tables are called halo_inbox. Rename or delete all but one under Data tables. Then run "Halo Bridge: setup" again.',
	);
});

test('every first row fits the columns of its table', () => {
	for (const { name, columns, firstRows } of BRIDGE_TABLES) {
		for (const row of firstRows) {
			for (const [column, value] of Object.entries(row)) {
				expect([name, column, columns[column]]).toEqual([name, column, typeof value]);
			}
		}
	}
	expect(BRIDGE_TABLES.flatMap(({ firstRows }) => firstRows)).toHaveLength(8);
});

test('the examples among the mappings ticket nobody', () => {
	const rows = firstRowsOf('halo_company_mappings') ?? [];
	expect(rows.map(({ createTicket, haloClientId }) => [createTicket, haloClientId])).toEqual([
		[false, undefined],
		[false, undefined],
	]);
	expect(firstRowsOf('halo_inbox')).toEqual([]);
	expect(firstRowsOf('anything')).toBeNull();
});
