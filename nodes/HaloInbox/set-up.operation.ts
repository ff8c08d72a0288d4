import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { TableError } from '../shared/domain/inbox/tables';
import { faultsInWords, firstRowsOf, planTables } from '../shared/domain/set-up/plan-tables';
import { BRIDGE_TABLES } from '../shared/domain/set-up/tables';
import { inputRows, itemsFor } from '../shared/n8n/rows';

/**
 * An output for each table of the bridge, with one item when it is to be made; on the last output one item with all that
 * a person has to correct.
 */
export function setUpTables(context: IExecuteFunctions): INodeExecutionData[][] {
	const { missing, faults } = planTables(inputRows(context, 0));
	const byHand = faults.length === 0 ? [] : [{ message: faultsInWords(faults), faults }];
	return [
		...BRIDGE_TABLES.map(({ name }) => itemsFor(missing.includes(name) ? [{ table: name }] : [])),
		itemsFor(byHand),
	];
}

/**
 * The first rows of tables that were just made; `id` is that of the table, which the Data Table node leaves out when it
 * writes an item's columns, since each row has an id of its own (`DATA_TABLE_SYSTEM_COLUMNS` of n8n-workflow).
 * @throws TableError for an item that is no table of the bridge
 */
export function giveFirstRows(context: IExecuteFunctions): INodeExecutionData[][] {
	return [
		context.getInputData(0).flatMap(({ json: { id, name } }, item) => {
			const rows = firstRowsOf(String(name));
			if (rows === null) {
				throw new TableError(
					`First Rows got the item ${JSON.stringify({ id, name })}, which is no table of the bridge`,
					'Wire it behind the Data Table nodes that make the tables of the template setup.',
				);
			}
			return rows.map((row) => ({ json: { ...row, id }, pairedItem: { item } }));
		}),
	];
}
