import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchClients, searchStatuses, searchTicketTypes } from '../shared/n8n/list-search';
import { checkWebhookSecret } from '../shared/n8n/webhook-secret-test';
import { properties } from './description';
import { receiveHaloWebhook } from './receive.operation';
import { addRegistration, removeRegistration } from './register.operation';

/** Starts the workflow when something happens to a ticket in Halo. */
export class HaloTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Trigger',
		name: 'haloTrigger',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a ticket is made, changed, closed or deleted in HaloPSA',
		eventTriggerDescription: 'Waiting for something to happen to a ticket in Halo',
		activationMessage: 'Halo now tells this workflow about its tickets.',
		defaults: { name: 'Halo Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'haloPsaBridgeApi', required: true },
			{ name: 'webhookSecretApi', required: true, testedBy: 'checkWebhookSecret' },
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{ $parameter["responseMode"] }}',
				responseData: '={{ $parameter["responseMode"] === "lastNode" ? "noData" : "" }}',
				path: 'halo',
			},
		],
		triggerPanel: {
			header: 'Let Halo tell about its tickets',
			executionsHelp: {
				inactive:
					'Click <b>Listen for test event</b> and change a ticket in Halo. With the registration by hand, enter the test URL in the webhook in Halo first. Publish the workflow to go on without listening.',
				active:
					'Click <b>Listen for test event</b> and change a ticket in Halo. What comes to the production URL stands under <a data-key="executions">executions</a>.',
			},
			activationHint:
				'Publishing registers the webhook in Halo, when the registration is automatic.',
		},
		properties,
	};

	methods = {
		credentialTest: { checkWebhookSecret },
		listSearch: { searchClients, searchStatuses, searchTicketTypes },
	};

	webhookMethods = {
		default: {
			// Halo does not tell whether its copy of the secret is the right one: `create` finds what is there and writes
			// it anew, so that publishing twice leaves one webhook, and a true one.
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await addRegistration(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await removeRegistration(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveHaloWebhook(this);
	}
}
