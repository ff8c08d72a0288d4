import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

/**
 * An item that carries the decision `failed`, as n8n needs it. With an error output the error is set, which is how n8n
 * knows what belongs there. Elsewhere none is: n8n replaces the json of an item that carries an error by the error's
 * text, and the event with its decision would be lost.
 */
export function failedItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	error: NodeApiError | NodeOperationError,
): INodeExecutionData {
	return context.getNode().onError === 'continueErrorOutput' ? { ...item, error } : item;
}
