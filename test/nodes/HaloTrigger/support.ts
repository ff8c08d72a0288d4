import { createHmac } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { HaloTrigger } from '../../../nodes/HaloTrigger/HaloTrigger.node';
import type { HaloSimulator } from '../../../sandbox/halo';
import type { HookAnswer, HookCall, WebhookAnswer, WebhookCall } from '../../support/engine';
import { callHook, callWebhook, haloCredentialOf } from '../../support/engine';

export const SECRET = 'a secret between Halo and n8n';

type Credentials = NonNullable<WebhookCall['credentials']>;

export function credentialsFor(simulator: HaloSimulator, secret = SECRET): Credentials {
	return {
		haloPsaBridgeApi: { ...haloCredentialOf(simulator), scopePreset: 'all' },
		webhookSecretApi: { user: 'halo', secret, previousSecret: '' },
	};
}

/** One of the methods that n8n calls on publishing and unpublishing. */
export async function hook(
	name: 'checkExists' | 'create' | 'delete',
	simulator: HaloSimulator,
	call: Partial<HookCall> = {},
): Promise<HookAnswer> {
	const credentials = credentialsFor(simulator);
	return await callHook(name, { node: new HaloTrigger(), credentials, ...call });
}

export const signatureOf = (text: string, secret = SECRET): string =>
	createHmac('sha256', secret).update(text).digest('base64');

/** Sends a body as Halo would, signed unless headers are given. */
export async function deliver(
	simulator: HaloSimulator,
	body: unknown,
	call: Partial<WebhookCall> & { parameters?: INodeParameters } = {},
): Promise<WebhookAnswer> {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return await callWebhook({
		node: new HaloTrigger(),
		credentials: credentialsFor(simulator),
		headers: { 'X-Halo-Signature': signatureOf(text) },
		body: text,
		...call,
	});
}

/** A delivery in the shape of Halo's, with ids of its own. */
export function delivery(change: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		id: '3f0c0000-0000-4000-8000-000000000001',
		webhook_id: '7b6c0000-0000-4000-8000-000000000002',
		notification_id: 118,
		escmsg_id: '91aa0000-0000-4000-8000-000000000003',
		event: 'ticket closed',
		message: 'The Ticket has been closed for Ticket ID: 0001001.',
		object_id: 1001,
		agent_id: 2,
		timestamp: '2026-09-25T06:41:08.7895915Z',
		...change,
	};
}

export const jsonOf = (answer: WebhookAnswer) => (answer.items[0] ?? []).map(({ json }) => json);
