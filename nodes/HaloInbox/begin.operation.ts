import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { integrationKey } from '../shared/domain/event/integration';
import { INBOX_TABLES, openLookUps } from '../shared/domain/inbox/look-up';
import { findTables, refuseLookAlikes } from '../shared/domain/inbox/tables';
import { readNames, readNumber } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';

/**
 * Tables that templates name literally. process-inbox looks for all of them, because it runs wherever the templates do and
 * an error of its own is told to people.
 */
const NAMED_LITERALLY = ['halo_errors', 'halo_sync_status', 'halo_company_mappings'];

/** Later than any row may be due: a person who runs it wants every failed row tried now. */
const ALL_ARE_DUE = '9999-12-31T00:00:00.000Z';

/**
 * One item for each look-up of a run's first rows.
 * @throws TableError when a table is missing, or cannot be told from another
 */
export function begin(context: IExecuteFunctions): INodeExecutionData[][] {
	const listed = inputRows(context, 0);
	const tables = findTables(listed, INBOX_TABLES);
	refuseLookAlikes(listed, NAMED_LITERALLY);
	const now = new Date().toISOString();
	const lookUps = openLookUps(tables, {
		integrations: [...new Set(readNames(context, 'integrations').map(integrationKey))],
		rowsPerRun: readNumber(context, 'rowsPerRun', 0),
		due: context.getMode() === 'manual' ? ALL_ARE_DUE : now,
		now,
	});
	return [itemsFor(lookUps)];
}
