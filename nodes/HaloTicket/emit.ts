import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { TicketDecision } from '../shared/domain/ticket-outcome';
import { withEvent } from '../shared/n8n/decide-items';
import { failedItem } from '../shared/n8n/failed-item';
import type { InputItem } from './read-input';

/**
 * The items out: each event with its decision, paired with the item it came from; what a node before has decided about
 * passes untouched. With an error output set, n8n moves the failed ones there, with the reason alone: an item that
 * carries an error loses its json in the engine, so elsewhere none is set.
 */
export function emit(
	context: IExecuteFunctions,
	input: readonly InputItem[],
	decisions: ReadonlyMap<number, TicketDecision>,
): INodeExecutionData[] {
	const source = context.getInputData(0);
	return source.map(({ json }, index) => {
		const pairedItem = { item: index };
		const item = input[index];
		const decision = decisions.get(index);
		if (decision === undefined) return { json, pairedItem };
		const event = item?.kind === 'event' ? withEvent(json, item.event) : json;
		const out = { json: { ...event, ...decision, ...errorOf(decision) }, pairedItem };
		if (decision.decision !== 'failed') return out;
		const words = new NodeOperationError(context.getNode(), decision.reason, { itemIndex: index });
		return failedItem(context, out, words);
	});
}

function errorOf({ error }: TicketDecision): { error?: Record<string, string | number | null> } {
	return error === undefined ? {} : { error: { ...error } };
}
