import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { pollWindow } from '../shared/domain/inbox/checkpoint';
import { readNumber, readString } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';

/** One item: since when to read, and the checkpoint to write when all went well. @throws TwoRowsError */
export function findCheckpoint(context: IExecuteFunctions): INodeExecutionData[][] {
	const window = pollWindow(inputRows(context, 0), {
		integration: readString(context, 'integration', 0),
		flow: readString(context, 'flow', 0),
		overlapMinutes: readNumber(context, 'overlapMinutes', 0),
		firstLookBackHours: readNumber(context, 'firstLookBackHours', 0),
		now: Date.now(),
	});
	return [itemsFor([window])];
}
