import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { errorRows } from '../shared/domain/inbox/error-rows';
import { readLease } from '../shared/domain/inbox/lease';
import { statusRows } from '../shared/domain/inbox/run-rows';
import { settleRows } from '../shared/domain/inbox/settle';
import { readNumber, readObject } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { OUTPUTS } from './description';

/** Decided by Take; Needs Review and Unmapped of Halo Map Company; Ignored of Halo Evaluate Event Set; Halo Ticket. */
const INPUT_COUNT = 5;

/** What is to be written at the end of a run: one item for each row. */
export function settle(context: IExecuteFunctions): INodeExecutionData[][] {
	const now = Date.now();
	const lease = readLease(readObject(context, 'lease'));
	const decisions = Array.from({ length: INPUT_COUNT }, (_, input) =>
		inputRows(context, input),
	).flat();
	const settled = settleRows(decisions, {
		lease,
		keepTryingDays: readNumber(context, 'keepTryingDays', 0),
		now,
	});
	const out: INodeExecutionData[][] = [[], [], []];
	out[OUTPUTS.settle.rows] = itemsFor(settled.rows.map(({ update }) => update));
	out[OUTPUTS.settle.status] = itemsFor(statusRows(settled, lease, now));
	out[OUTPUTS.settle.errors] = itemsFor(errorRows(settled.rows, new Date(now).toISOString()));
	return out;
}
