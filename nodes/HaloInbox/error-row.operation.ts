import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorRowOf } from '../shared/domain/inbox/error-rows';
import { readOption } from '../shared/n8n/parameters';

/** A row of halo_errors for each run that failed. */
export function writeErrorRow(context: IExecuteFunctions): INodeExecutionData[][] {
	const at = new Date().toISOString();
	const workflow = context.getWorkflow().name ?? '';
	return [
		context.getInputData(0).map(({ json }, item) => {
			const otherwise = readOption(context, 'direction', item, ['incoming', 'outgoing'] as const);
			return { json: errorRowOf(json, { workflow, otherwise, at }), pairedItem: { item } };
		}),
	];
}
