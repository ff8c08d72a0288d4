import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { usableSecrets } from '../shared/domain/webhook/signature';
import { checkWebhookSecret } from '../shared/n8n/webhook-secret-test';
import { CREDENTIAL, KINDS_WITH_SECRET, secretsOf } from './authentication';
import { properties } from './description';
import { receiveScannerWebhook } from './receive.operation';

/** Receives what scanners report and starts the workflow with one item per event. */
export class ScannerTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scanner Trigger',
		name: 'scannerTrigger',
		icon: {
			light: 'file:../shared/icons/scanner.svg',
			dark: 'file:../shared/icons/scanner.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["source"] === "detect" ? "any source" : $parameter["source"] }}',
		description: 'Starts the workflow when a scanner or monitoring tool reports something',
		eventTriggerDescription: 'Waiting for the scanner to call the test URL',
		activationMessage: 'The scanner can now call the production URL.',
		defaults: { name: 'Scanner Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'webhookSecretApi',
				required: true,
				testedBy: 'checkWebhookSecret',
				displayOptions: { show: { authentication: KINDS_WITH_SECRET } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{ $parameter["responseMode"] }}',
				responseData: '={{ $parameter["responseMode"] === "lastNode" ? "noData" : "" }}',
				path: '={{ $parameter["path"].replace(/^\\/+|\\/+$/g, "") + ($parameter["companyFrom"] === "path" ? "/:company" : "") }}',
				isFullPath: true,
			},
		],
		triggerPanel: {
			header: 'Let the scanner send its webhook',
			executionsHelp: {
				inactive:
					'Click <b>Listen for test event</b> and send something to the test URL. Pick a source in the node to get a line that sends a sample. Publish the workflow to use the production URL.',
				active:
					'Click <b>Listen for test event</b> and send something to the test URL. What comes to the production URL stands under <a data-key="executions">executions</a>.',
			},
			activationHint: 'Publish the workflow, and the scanner can use the production URL.',
		},
		properties,
	};

	methods = { credentialTest: { checkWebhookSecret } };

	webhookMethods = {
		default: {
			// Nothing is registered at a sender: it is told the address by hand.
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				if (this.getNodeParameter('authentication', 'headerToken') === 'none') return true;
				const { secret, previousSecret } = secretsOf(await this.getCredentials(CREDENTIAL));
				if (usableSecrets(secret, previousSecret).length > 0) return true;
				throw new NodeOperationError(this.getNode(), 'The webhook credential has no secret', {
					description:
						'Open the credential of this node and fill in Secret, or choose Authentication: None.',
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveScannerWebhook(this);
	}
}
