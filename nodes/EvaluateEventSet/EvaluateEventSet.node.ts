import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { inputs, properties } from './description';
import { evaluate } from './evaluate.operation';

/** Decides which events make a ticket, and how they are grouped. */
export class EvaluateEventSet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Evaluate Event Set',
		name: 'evaluateEventSet',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle:
			'={{ $parameter["eventSetFrom"] === "rows" ? "sets of a table" : ($parameter["events"] === "all" ? "all events" : "chosen categories") + ", " + $parameter["minSeverity"] + " and above" }}',
		description: 'Decide which events make a ticket, and how they are grouped',
		defaults: { name: 'Halo Evaluate Event Set' },
		usableAsTool: true,
		inputs,
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Ticket', 'Ignored'],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return evaluate(this);
	}
}
