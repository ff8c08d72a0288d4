import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { checkWebhookSecret } from '../shared/n8n/webhook-secret-test';
import { answerForm } from './answer.operation';
import { ask } from './ask.operation';
import { decide } from './decide.operation';
import { inputs, outputs, properties } from './description';
import { handOverForm } from './hand-over.operation';
import { APPROVAL_OPERATIONS } from './operations';
import { recordDecision } from './record.operation';
import { wordQuestion } from './word.operation';

/** Asks people about requests, and lets nobody but them decide. */
export class HaloApproval implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Approval',
		name: 'haloApproval',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Ask for decisions about elevation requests. The nodes around it make the ticket, wait, and tell the source.',
		defaults: { name: 'Halo Approval' },
		usableAsTool: true,
		inputs,
		outputs,
		requiredInputs: 1,
		credentials: [
			{
				name: 'haloPsaBridgeApi',
				required: true,
				displayOptions: { show: { operation: ['decide'] } },
			},
			{
				name: 'webhookSecretApi',
				required: true,
				testedBy: 'checkWebhookSecret',
				displayOptions: { show: { operation: ['decide', 'handOver'] } },
			},
		],
		properties,
	};

	methods = { credentialTest: { checkWebhookSecret } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			switch (readOption(this, 'operation', 0, APPROVAL_OPERATIONS)) {
				case 'answer':
					return await answerForm(this);
				case 'ask':
					return await ask(this);
				case 'decide':
					return await decide(this);
				case 'handOver':
					return await handOverForm(this);
				case 'record':
					return recordDecision(this);
				case 'word':
					return wordQuestion(this);
			}
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	}
}
