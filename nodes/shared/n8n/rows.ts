import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

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
	return itemsOf(context, inputIndex)
		.map((item, index) => ({ number: index + 1, json: item }))
		.filter(({ json }) => Object.keys(json).length > 0);
}

function itemsOf(context: IExecuteFunctions, inputIndex: number): IDataObject[] {
	try {
		return context.getInputData(inputIndex).map(({ json }) => json);
	} catch (error) {
		// How n8n says that the input has no wire, or one that brought nothing in this run.
		if (error instanceof UnexpectedError) return [];
		throw toNodeError(error, context.getNode());
	}
}
