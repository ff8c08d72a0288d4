import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { closedByDecision, notTaken, readDecided } from '../shared/domain/approval/decided';
import { ownName } from '../shared/domain/inbox/error-rows';
import { readObject } from '../shared/n8n/parameters';
import { readItems } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';
import { oneOut, oneItem } from './read';

/** How the ticket is closed, once the source took the decision; else what is reported and noted. */
export function recordDecision(context: IExecuteFunctions): INodeExecutionData[][] {
	const decided = readDecided(readObject(context, 'decided'));
	const at = new Date().toISOString();
	const out: INodeExecutionData[][] = [[], [], []];
	if (readItems(context, INPUTS.record.notTold).length === 0) {
		out[OUTPUTS.record.close] = oneOut(closedByDecision(decided, at));
		return out;
	}
	const failure = oneItem(context, INPUTS.record.notTold);
	const workflow = ownName(context.getWorkflow().name ?? '');
	const { note, row } = notTaken(decided, failure, { workflow, at });
	out[OUTPUTS.record.errors] = oneOut(row);
	out[OUTPUTS.record.note] = oneOut(note);
	return out;
}
