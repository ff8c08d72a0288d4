import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class WebhookSecretApi implements ICredentialType {
	name = 'webhookSecretApi';

	displayName = 'Webhook Secret API';

	icon = {
		light: 'file:../nodes/shared/icons/scanner.svg',
		dark: 'file:../nodes/shared/icons/scanner.dark.svg',
	} as const;

	documentationUrl =
		'https://github.com/n8n-nodes-halopsa-bridge/n8n-nodes-halopsa-bridge/blob/main/docs/webhooks.md';

	properties: INodeProperties[] = [
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			description: 'User name for basic authentication. Not used by the other kinds.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Token, password or signing key that the sender uses',
		},
		{
			displayName: 'Previous Secret',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Also accepted while senders move to a new secret. Empty it when all of them have.',
		},
	];
}
