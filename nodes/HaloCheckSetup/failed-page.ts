import type { INode, INodeExecutionData } from 'n8n-workflow';

import { failurePage } from '../shared/domain/pages/failure-page';

/**
 * An item that failed gets a page too, so that whoever waits in a browser reads what failed. It is no failed item for n8n
 * then, which would leave nothing of it but the message; where failed items have an output of their own it stays one.
 */
export function withFailurePage(item: INodeExecutionData, node: INode): INodeExecutionData {
	const { error: failure, ...rest } = item;
	const { error, details } = item.json;
	if (failure === undefined || node.onError === 'continueErrorOutput') return item;
	const page = failurePage(String(error), typeof details === 'string' ? details : null);
	return { ...rest, json: { ...item.json, page } };
}
