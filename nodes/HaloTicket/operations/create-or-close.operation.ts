import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runBatch } from './events.operation';

/** Makes, updates or closes the ticket of each event, by the event's status. */
export async function createOrClose(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runBatch(context, 'createOrClose');
}
