import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { checkWebhookSecret } from '../shared/n8n/webhook-secret-test';
import { claimCalls } from './claim.operation';
import { inputs, OUTBOX_OPERATIONS, outputs, properties, SECRET } from './description';
import { settleOutcomes } from './settle.operation';
import { writeCallbacks, writeJitCalls } from './write.operation';

/** Tells other tools what happened in Halo: each change once, and again when they did not answer. */
export class HaloOutbox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Outbox',
		name: 'haloOutbox',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Decide which calls to other tools are made. The nodes around it read and write rows, and call.',
		defaults: { name: 'Halo Outbox' },
		usableAsTool: true,
		inputs,
		outputs,
		requiredInputs: 1,
		credentials: [
			{
				name: SECRET,
				required: true,
				testedBy: 'checkWebhookSecret',
				displayOptions: { show: { operation: ['claim'], signature: ['hmacSha256'] } },
			},
		],
		properties,
	};

	methods = { credentialTest: { checkWebhookSecret } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			switch (readOption(this, 'operation', 0, OUTBOX_OPERATIONS)) {
				case 'callbacks':
					return writeCallbacks(this);
				case 'claim':
					return await claimCalls(this);
				case 'jitAccounts':
					return writeJitCalls(this);
				case 'settle':
					return settleOutcomes(this);
			}
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	}
}
