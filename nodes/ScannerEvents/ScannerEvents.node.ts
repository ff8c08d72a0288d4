import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { readOption } from '../shared/n8n/parameters';
import { createPodCompanies, getPodCompanies } from './companies.operation';
import { SCANNER_OPERATIONS, outputs, properties } from './description';
import { normalise } from './normalise.operation';
import { pollPod } from './poll.operation';

/** Turns what scanners report, or are asked for, into events. */
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
		subtitle:
			'={{ $parameter["operation"] !== "normalise" ? $parameter["operation"] : $parameter["source"] === "detect" ? "any source" : $parameter["source"] }}',
		description:
			'Turns what a scanner reported, polled or read from a file, into one item per event',
		defaults: { name: 'Scanner Events' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials: [
			{
				name: 'connectSecureBridgeApi',
				// Not required: a template whose part about ConnectSecure is off needs none.
				required: false,
				displayOptions: {
					show: {
						operation: [
							'createConnectSecureCompanies',
							'getConnectSecureCompanies',
							'pollConnectSecure',
						],
					},
				},
			},
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		switch (readOption(this, 'operation', 0, SCANNER_OPERATIONS)) {
			case 'createConnectSecureCompanies':
				return await createPodCompanies(this);
			case 'getConnectSecureCompanies':
				return await getPodCompanies(this);
			case 'normalise':
				return await normalise(this);
			case 'pollConnectSecure':
				return await pollPod(this);
		}
	}
}
