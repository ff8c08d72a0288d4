import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runBatch } from './events.operation';

/** Makes or updates the ticket of each open event; resolved ones are left alone. */
export async function create(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runBatch(context, 'create');
}
