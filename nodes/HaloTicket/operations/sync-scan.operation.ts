import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runBatch } from './events.operation';

/** Makes the tickets of all findings of one scan true, and closes what the scan no longer names within its scope. */
export async function syncScan(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runBatch(context, 'createOrClose', { isScan: true });
}
