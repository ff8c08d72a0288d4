import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runBatch } from './events.operation';

/** Closes the ticket of each event, whatever the event's status: who wires this operation decided so. */
export async function close(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runBatch(context, 'close');
}
