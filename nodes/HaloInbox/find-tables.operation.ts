import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { findTables } from '../shared/domain/inbox/tables';
import { readNames } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';

/** One item with the id of each table that is named. @throws TableError when there is none, or several */
export function namedTables(context: IExecuteFunctions): INodeExecutionData[][] {
	return [itemsFor([findTables(inputRows(context, 0), readNames(context, 'tableNames'))])];
}
