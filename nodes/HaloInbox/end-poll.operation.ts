import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { pollStatus } from '../shared/domain/inbox/poll-end';
import { memberText } from '../shared/domain/values/read';
import { ParameterError, readObject, readString } from '../shared/n8n/parameters';
import { inputRows, itemsFor, readRows } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';

/**
 * What is written at the end of a poll: the rows that remember what was given out, then the row with the checkpoint. A
 * poll that failed has its row on Failed, too, so that its run can be ended red.
 * @throws ParameterError when the window did not come in
 */
export function endPoll(context: IExecuteFunctions): INodeExecutionData[][] {
	const [window = {}] = inputRows(context, INPUTS.endPoll.window);
	const startedAt = memberText(window, 'startedAt');
	if (startedAt === null) throw new ParameterError('Window', 'the item of Checkpoint', window);
	const failed = inputRows(context, INPUTS.endPoll.failed);
	const rows = readRows(context, INPUTS.endPoll.rows);
	const status = pollStatus(failed, {
		integration: readString(context, 'integration', 0),
		flow: readString(context, 'flow', 0),
		startedAt,
		counts: { ...readObject(context, 'counts'), new: rows.length },
		now: Date.now(),
	});
	const out: INodeExecutionData[][] = [[], [], []];
	out[OUTPUTS.endPoll.rows] = rows.map(({ json, number }) => ({
		json,
		pairedItem: { item: number - 1, input: INPUTS.endPoll.rows },
	}));
	out[OUTPUTS.endPoll.status] = itemsFor([status]);
	if (failed.length > 0) out[OUTPUTS.endPoll.failed] = itemsFor([status]);
	return out;
}
