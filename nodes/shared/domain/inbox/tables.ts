import type { JsonRecord } from '../values/json';

/** The Data Tables cannot be used as they are; `nextStep` says what to do. */
export class TableError extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'TableError';
	}
}

/**
 * The id of each wanted table, by exact name: n8n's own look-up by name also finds a table whose name only contains the
 * one that was asked for.
 * @param tables what the Data Table node lists, each with `id` and `name`
 * @param wanted names, at least one
 * @throws TableError when there is none of that name, or several
 */
export function findTables(
	tables: readonly JsonRecord[],
	wanted: readonly string[],
): Record<string, string> {
	return Object.fromEntries(
		wanted.map((name) => {
			const ids = tables.filter((table) => table.name === name).map(({ id }) => String(id));
			const [id] = ids;
			if (id === undefined) {
				throw new TableError(
					`There is no Data Table called ${name}`,
					'Run the workflow "Halo Bridge: setup" once, then try again.',
				);
			}
			if (ids.length > 1) {
				throw new TableError(
					`${ids.length} Data Tables are called ${name}`,
					'Rename or delete all but one under Data tables.',
				);
			}
			return [name, id];
		}),
	);
}

/**
 * Refuses tables that n8n would take for one that a node names: a node with a literal name inserts in bulk, and n8n gives
 * it the table that was changed last among all whose names contain the name (`getManyAndCount` of n8n's data-table module).
 * @param named names that nodes of the template hold literally
 * @throws TableError naming the other table
 */
export function refuseLookAlikes(tables: readonly JsonRecord[], named: readonly string[]): void {
	for (const name of named) {
		const other = tables
			.map((table) => String(table.name))
			.find((found) => found !== name && found.toLowerCase().includes(name));
		if (other === undefined) continue;
		throw new TableError(
			`The Data Table ${other} has the name ${name} in its own, and n8n cannot tell the two apart`,
			`Rename ${other} under Data tables, so that "${name}" is no part of its name.`,
		);
	}
}
