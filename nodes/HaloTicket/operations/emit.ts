import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { TicketDecision } from '../../shared/domain/ticket/outcome';
import { failedItem, withEvent } from '../../shared/n8n/decide-items';
import type { ScanFinding } from '../run/run-scan';
import type { InputItem } from '../read/input';

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
	return source.flatMap(({ json }, index): INodeExecutionData[] => {
		const pairedItem = { item: index };
		const item = input[index];
		const decision = decisions.get(index);
		if (decision === undefined) {
			// n8n's placeholder for no items at all is no event.
			return Object.keys(json).length === 0 ? [] : [{ json, pairedItem }];
		}
		const event = item?.kind === 'event' ? withEvent(json, item.event) : json;
		// Object.assign, since V8 keeps what is made by three spreads as a slow object, of five times the size.
		const out = { json: Object.assign({}, event, decision, errorOf(decision)), pairedItem };
		if (decision.decision !== 'failed') return [out];
		const words = new NodeOperationError(context.getNode(), decision.reason, { itemIndex: index });
		return [failedItem(context, out, words)];
	});
}

/** Items for what a scan's silence led to: they come from the scan as a whole, so they are paired with its first item. */
export function emitFindings(
	context: IExecuteFunctions,
	findings: readonly ScanFinding[],
): INodeExecutionData[] {
	return findings.map(({ decision, event }) => {
		const pairedItem = { item: 0 };
		const json = { ...event, raw: null, ...decision, ...errorOf(decision) };
		if (decision.decision !== 'failed') return { json, pairedItem };
		const words = new NodeOperationError(context.getNode(), decision.reason);
		return failedItem(context, { json, pairedItem }, words);
	});
}

function errorOf({ error }: TicketDecision): { error?: Record<string, string | number | null> } {
	return error === undefined ? {} : { error: { ...error } };
}
