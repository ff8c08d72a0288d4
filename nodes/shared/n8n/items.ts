import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toErrorItem, toNodeError } from './errors';

/** One item that a handler gives out. `output` 0 is the first one. */
export interface Emission {
	json: IDataObject;
	output?: number;
}

/**
 * Runs a handler once per item of input 0, in order, and gathers what it gives out, paired with the item.
 * With "On Error: Continue" a failed item comes out on the first output with its error, and the next one is taken;
 * otherwise the run stops with the error that names the item.
 * @param outputCount how many outputs the node has
 */
export async function forEachItem(
	context: IExecuteFunctions,
	outputCount: number,
	handle: (item: INodeExecutionData, itemIndex: number) => Promise<Emission | Emission[]>,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = Array.from({ length: outputCount }, () => []);
	for (const [itemIndex, item] of context.getInputData(0).entries()) {
		try {
			for (const emission of [await handle(item, itemIndex)].flat()) {
				outputs[emission.output ?? 0]?.push({
					json: emission.json,
					pairedItem: { item: itemIndex },
				});
			}
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(error, context.getNode(), itemIndex);
			outputs[0]?.push(toErrorItem(error, context.getNode(), itemIndex));
		}
	}
	return outputs;
}
