import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import type {
	WebhookAuthentication,
	WebhookSecrets,
} from '../shared/domain/webhook/authentication';
import { ParameterError } from '../shared/n8n/parameters';

export const CREDENTIAL = 'webhookSecretApi';

const KINDS = ['headerToken', 'basic', 'bearer', 'hmac', 'pagerDuty', 'svix', 'none'] as const;

/** Kinds that need the credential: all but none. */
export const KINDS_WITH_SECRET = KINDS.filter((kind) => kind !== 'none');

export const authenticationFields: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'headerToken',
		description: 'How the sender shows that it is allowed to send',
		options: [
			{ name: 'Basic Auth', value: 'basic', description: 'User and password' },
			{ name: 'Bearer Token', value: 'bearer', description: 'Authorization: Bearer …' },
			{
				name: 'Header Token',
				value: 'headerToken',
				description: 'A secret in a header of your choice',
			},
			{
				name: 'HMAC Signature',
				value: 'hmac',
				description: 'SHA-256 over the body in a header, as Snyk and GitHub send it',
			},
			{ name: 'None', value: 'none', description: 'Anyone who knows the address can send' },
			{ name: 'PagerDuty Signature', value: 'pagerDuty', description: 'V3 webhooks of PagerDuty' },
			{
				name: 'Svix Signature',
				value: 'svix',
				description: 'Standard webhooks, as Huntress sends them',
			},
		],
	},
	{
		displayName:
			'Anyone who knows the address can make tickets. Use it only behind a proxy that checks senders.',
		name: 'noAuthenticationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
	{
		displayName: 'Header',
		name: 'headerName',
		type: 'string',
		default: 'X-Webhook-Token',
		required: true,
		displayOptions: { show: { authentication: ['headerToken'] } },
		description: 'Name of the header that holds the secret',
	},
	{
		displayName: 'Signature Header',
		name: 'signatureHeader',
		type: 'string',
		default: 'X-Hub-Signature-256',
		required: true,
		displayOptions: { show: { authentication: ['hmac'] } },
		description: 'Name of the header that holds the signature',
	},
	{
		displayName: 'Signature Encoding',
		name: 'signatureEncoding',
		type: 'options',
		default: 'hex',
		displayOptions: { show: { authentication: ['hmac'] } },
		options: [
			{ name: 'Base64', value: 'base64' },
			{ name: 'Hex', value: 'hex' },
		],
	},
	{
		displayName: 'Signature Prefix',
		name: 'signaturePrefix',
		type: 'string',
		default: 'sha256=',
		displayOptions: { show: { authentication: ['hmac'] } },
		description: 'What stands before the signature in its header. Blank when nothing does.',
	},
];

function textOf(context: IWebhookFunctions, name: string): string {
	const value = context.getNodeParameter(name, '');
	if (typeof value !== 'string') throw new ParameterError(name, 'a text', value);
	return value.trim();
}

function headerName(context: IWebhookFunctions, name: string): string {
	const header = textOf(context, name);
	if (!/^[\w-]+$/.test(header)) throw new ParameterError(name, 'the name of a header', header);
	return header;
}

/** The authentication that the node is set to. @throws ParameterError naming the field */
export function readAuthentication(context: IWebhookFunctions): WebhookAuthentication {
	const chosen = textOf(context, 'authentication');
	const kind = KINDS.find((known) => known === chosen);
	switch (kind) {
		case undefined:
			throw new ParameterError('authentication', `one of ${KINDS.join(', ')}`, chosen);
		case 'headerToken':
			return { kind, header: headerName(context, 'headerName') };
		case 'hmac':
			return {
				kind,
				header: headerName(context, 'signatureHeader'),
				scheme: {
					encoding: textOf(context, 'signatureEncoding') === 'base64' ? 'base64' : 'hex',
					prefix: textOf(context, 'signaturePrefix'),
				},
			};
		default:
			return { kind };
	}
}

/** What the credential holds, blank where it holds nothing. */
export function secretsOf(credential: object): WebhookSecrets {
	const member = (name: string): string => {
		const value: unknown = Reflect.get(credential, name);
		return typeof value === 'string' ? value : '';
	};
	return {
		user: member('user'),
		secret: member('secret'),
		previousSecret: member('previousSecret'),
	};
}
