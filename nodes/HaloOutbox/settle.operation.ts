import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { ownName } from '../shared/domain/inbox/error-rows';
import { settleCalls } from '../shared/domain/outbox/settle-calls';
import { readObjectOf, readString } from '../shared/n8n/parameters';
import { itemsFor } from '../shared/n8n/rows';
import { OUTPUTS } from './description';

/**
 * What is to be written when calls were tried; either output of the node that calls leads here.
 * @throws ParameterError, NoCallError when the parameter Call is no call
 */
export function settleOutcomes(context: IExecuteFunctions): INodeExecutionData[][] {
	const tried = context.getInputData(0).map(({ json }, item) => ({
		answer: json,
		call: readObjectOf(context, 'call', item),
	}));
	const settled = settleCalls(tried, {
		flow: ownName(context.getWorkflow().name ?? ''),
		node: readString(context, 'calledBy', 0),
		now: Date.now(),
	});
	const out: INodeExecutionData[][] = [[], [], []];
	out[OUTPUTS.settle.rows] = settled.rows.map((json, item) => ({ json, pairedItem: { item } }));
	out[OUTPUTS.settle.status] = itemsFor(settled.status);
	out[OUTPUTS.settle.errors] = itemsFor(settled.errors);
	return out;
}
