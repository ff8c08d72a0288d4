import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonRecord } from '../shared/domain/values/json';
import { ParameterError, readObject } from '../shared/n8n/parameters';
import { readRows } from '../shared/n8n/rows';

/** Rows of an input; none when it brought nothing. @param inputIndex 0 for the first */
export function inputRows(context: IExecuteFunctions, inputIndex: number): JsonRecord[] {
	return readRows(context, inputIndex).map(({ json }) => json);
}

/** Names in a text with commas between them, or in a list that an expression gave. @throws ParameterError without any */
export function readNames(context: IExecuteFunctions, name: string): string[] {
	const value: unknown = context.getNodeParameter(name, 0, '');
	const list: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	const names = list.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
	if (names.length === 0) throw new ParameterError(name, 'at least one name', value);
	return [...new Set(names)];
}

/** Ids of tables by their names. @throws ParameterError when the parameter holds no object */
export function readIds(context: IExecuteFunctions, name: string): Record<string, string> {
	const ids = Object.entries(readObject(context, name));
	return Object.fromEntries(ids.map(([table, id]) => [table, String(id)]));
}

/** Items of rows about a whole run. */
export function itemsFor(rows: ReadonlyArray<INodeExecutionData['json']>): INodeExecutionData[] {
	return rows.map((json) => ({ json, pairedItem: { item: 0 } }));
}
