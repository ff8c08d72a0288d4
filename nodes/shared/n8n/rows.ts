import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

import type { JsonRecord } from '../domain/values/json';
import { toNodeError } from './errors';

/** One configuration row of a second input, with its place there for error texts. */
export interface ConfigurationRow {
	/** Counts from 1. */
	number: number;
	json: IDataObject;
}

/**
 * Rows that arrive on a further input, e.g. from a Data Table node. An item whose json is `{}` is no row: n8n sends
 * one for an empty table when "Always Output Data" is on. No rows, or an input that is not connected, is a valid answer.
 * @param inputIndex 1 for the second input
 */
export function readRows(context: IExecuteFunctions, inputIndex: number): ConfigurationRow[] {
	return readItems(context, inputIndex)
		.map(({ json }, index) => ({ number: index + 1, json }))
		.filter(({ json }) => Object.keys(json).length > 0);
}

/** All items of a further input, with what n8n put beside them; none when it is not connected or brought nothing. */
export function readItems(context: IExecuteFunctions, inputIndex: number): INodeExecutionData[] {
	try {
		return context.getInputData(inputIndex);
	} catch (error) {
		// How n8n says that the input has no wire, or one that brought nothing in this run.
		if (error instanceof UnexpectedError) return [];
		throw toNodeError(error, context.getNode());
	}
}

/** Rows of an input; none when it brought nothing. @param inputIndex 0 for the first */
export function inputRows(context: IExecuteFunctions, inputIndex: number): JsonRecord[] {
	return readRows(context, inputIndex).map(({ json }) => json);
}

/** Items of rows about a whole run. */
export function itemsFor(rows: ReadonlyArray<INodeExecutionData['json']>): INodeExecutionData[] {
	return rows.map((json) => ({ json, pairedItem: { item: 0 } }));
}
