import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import type { ScannerEvent } from '../domain/event/event';
import { EventInputError } from '../domain/values/input-error';
import { toNodeError } from './errors';
import type { Emission } from './items';
import { ParameterError } from './parameters';

/**
 * An item that carries the decision `failed`, as n8n needs it. With an error output the error is set, which is how n8n
 * knows what belongs there. Elsewhere none is: n8n replaces the json of an item that carries an error by the error's
 * text, and the event with its decision would be lost.
 */
export function failedItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	error: NodeApiError | NodeOperationError,
): INodeExecutionData {
	return context.getNode().onError === 'continueErrorOutput' ? { ...item, error } : item;
}

export interface DecisionOutputs {
	count: number;
	/** Index of the output for items that carry a decision. */
	decided: number;
}

/** Json of an item with the members of its event, each present; what the workflow added beside them stays. */
export function withEvent(json: IDataObject, event: ScannerEvent): IDataObject {
	return { ...json, ...event, raw: json.raw ?? null };
}

/** True when a node before this one has decided about the item. */
export function isDecided(json: IDataObject): boolean {
	return typeof json.decision === 'string' && json.decision !== '';
}

function stampedItem(
	json: IDataObject,
	error: unknown,
	context: IExecuteFunctions,
	itemIndex: number,
): INodeExecutionData {
	const nodeError = toNodeError(error, context.getNode(), itemIndex);
	const step = typeof nodeError.description === 'string' ? ` ${nodeError.description}` : '';
	const stamped = { ...json, decision: 'failed', reason: `${nodeError.message}.${step}` };
	return failedItem(context, { json: stamped, pairedItem: { item: itemIndex } }, nodeError);
}

/**
 * True when the node before is missing or a setting is wrong, rather than one event damaged. A damaged event never stops
 * a run: it would be stopped again by the same event for ever.
 */
function isWiring(json: IDataObject, error: unknown): boolean {
	const damaged = error instanceof EventInputError && error.field !== 'mapping';
	return !damaged || typeof json.dedupKey !== 'string';
}

/**
 * Runs a pure decision once per item of input 0, in order. An item that carries a decision goes straight to the
 * output for decided items. An item that is no event gets the decision `failed` and the rest is decided; when no item
 * at all comes from the node that must stand before, the run stops with the first error. Any other error stops the run, or
 * becomes a `failed` item when the node is set to continue.
 */
export function decideItems(
	context: IExecuteFunctions,
	outputs: DecisionOutputs,
	decide: (json: IDataObject, itemIndex: number) => Emission,
): INodeExecutionData[][] {
	const sorted: INodeExecutionData[][] = Array.from({ length: outputs.count }, () => []);
	const decided = sorted[outputs.decided];
	let tried = 0;
	let unwired = 0;
	let firstError: unknown = null;
	for (const [itemIndex, { json }] of context.getInputData(0).entries()) {
		if (isDecided(json)) {
			decided?.push({ json, pairedItem: { item: itemIndex } });
			continue;
		}
		tried += 1;
		try {
			const { json: out, output } = decide(json, itemIndex);
			sorted[output ?? 0]?.push({ json: out, pairedItem: { item: itemIndex } });
		} catch (error) {
			const ownFault = error instanceof EventInputError || error instanceof ParameterError;
			if (!ownFault && !context.continueOnFail()) {
				throw toNodeError(error, context.getNode(), itemIndex);
			}
			firstError ??= error;
			if (isWiring(json, error)) unwired += 1;
			decided?.push(stampedItem(json, error, context, itemIndex));
		}
	}
	if (unwired > 0 && unwired === tried && !context.continueOnFail()) {
		throw toNodeError(firstError, context.getNode());
	}
	return sorted;
}
