import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { JsonRecord } from '../shared/domain/values/json';
import { ParameterError } from '../shared/n8n/parameters';
import { readItems } from '../shared/n8n/rows';

/** A run is about one request; with two, a decision about one could reach the other. */
export class SeveralRequestsError extends Error {
	readonly nextStep =
		'Start a run of its own for each request, as the template elevation-approval does.';

	constructor(count: number) {
		super(`A run is about one request; ${count} came`);
		this.name = 'SeveralRequestsError';
	}
}

/** The one item of an input. @throws SeveralRequestsError for none or several */
export function oneItem(context: IExecuteFunctions, inputIndex = 0): JsonRecord {
	const items = readItems(context, inputIndex);
	const [item] = items;
	if (item === undefined || items.length > 1) throw new SeveralRequestsError(items.length);
	return item.json;
}

/** Who sends the form, or the delivery, gets this answer. Nothing happens when nobody waits for one. */
export async function respond(context: IExecuteFunctions, body: object): Promise<void> {
	await context.sendResponse({ body, headers: {}, statusCode: 200 });
}

/** One item about the one request of a run. */
export function oneOut(members: object): INodeExecutionData[] {
	const json: IDataObject = {};
	return [{ json: Object.assign(json, members), pairedItem: { item: 0 } }];
}

const SECRET_CREDENTIAL = 'webhookSecretApi';

/**
 * What signs, and what is taken as signed: the secret first, then the previous one while it is being changed.
 * @throws ParameterError when the credential holds no secret
 */
export async function signingSecrets(
	context: IExecuteFunctions,
): Promise<[secret: string, ...previous: string[]]> {
	const credential: object = await context.getCredentials(SECRET_CREDENTIAL);
	const texts = ['secret', 'previousSecret'].map((name): unknown => Reflect.get(credential, name));
	const [secret, previous] = texts.map((text) => (typeof text === 'string' ? text.trim() : ''));
	if (secret === undefined || secret === '') {
		throw new ParameterError('Secret', 'a secret in the credential Webhook Secret API', '');
	}
	return previous === undefined || previous === '' ? [secret] : [secret, previous];
}
