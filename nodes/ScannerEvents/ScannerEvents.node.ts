import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { additionalFields } from '../shared/n8n/source-additional-fields';
import { companyFields, integrationField, sourceField } from '../shared/n8n/source-fields';
import { normalise } from './normalise.operation';

/** Turns payloads of scanners into events. */
export class ScannerEvents implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scanner Events',
		name: 'scannerEvents',
		icon: {
			light: 'file:../shared/icons/scanner.svg',
			dark: 'file:../shared/icons/scanner.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["source"] === "detect" ? "any source" : $parameter["source"] }}',
		description:
			'Turns what a scanner reported, polled or read from a file, into one item per event',
		defaults: { name: 'Scanner Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			sourceField,
			{
				displayName: 'Payload',
				name: 'payload',
				type: 'json',
				default: '={{ $json }}',
				required: true,
				description:
					'What the source reported, as an object or as text. Behind a Webhook node it is the body.',
			},
			integrationField,
			...companyFields(false),
			additionalFields(false),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await normalise(this);
	}
}
