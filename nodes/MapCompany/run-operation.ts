import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { OUTPUTS } from './description';

const OPERATIONS = ['resolve', 'autoMap', 'link', 'check', 'sync', 'endSync'] as const;

type Operation = (
	context: IExecuteFunctions,
) => INodeExecutionData[][] | Promise<INodeExecutionData[][]>;

/**
 * Runs the operation that was chosen. Resolve and Link deal with their errors per item; what stops the others is about
 * the whole list, and comes out as one item on Needs Review when the node is set to continue.
 * @throws NodeOperationError or NodeApiError
 */
export async function runOperation(
	context: IExecuteFunctions,
	operations: Record<(typeof OPERATIONS)[number], Operation>,
): Promise<INodeExecutionData[][]> {
	const name = readOption(context, 'operation', 0, OPERATIONS);
	if (name === 'resolve' || name === 'link') return await operations[name](context);
	try {
		return await operations[name](context);
	} catch (error) {
		const failure = toNodeError(error, context.getNode());
		// The parts of a sync say in their status what went wrong; the rest is a mistake in the workflow.
		const isSync = name === 'sync' || name === 'endSync';
		if (isSync || !context.continueOnFail()) throw failure;
		const outputs: INodeExecutionData[][] = [[], [], []];
		const json = {
			outcome: 'failed',
			reason: failure.message,
			nextStep: failure.description ?? null,
		};
		outputs[OUTPUTS.review]?.push({ json, pairedItem: { item: 0 } });
		return outputs;
	}
}
