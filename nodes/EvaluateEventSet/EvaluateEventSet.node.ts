import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { description } from './description';
import { evaluate } from './evaluate.operation';

/** Decides which events make a ticket, and how they are grouped. */
export class EvaluateEventSet implements INodeType {
	description = description;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return evaluate(this);
	}
}
