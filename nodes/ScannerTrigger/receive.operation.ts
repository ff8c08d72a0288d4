import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { EventInputError } from '../shared/domain/values/input-error';
import { parsePayload } from '../shared/domain/sources/parse-payload';
import { readPayload, SourceMismatchError } from '../shared/domain/sources/read-payload';
import type { SourceContext, SourceResult } from '../shared/domain/sources/common/source';
import { deliveryIdOf, isAuthentic } from '../shared/domain/webhook/authentication';
import { usableSecrets } from '../shared/domain/webhook/signature';
import { resultItems } from '../shared/n8n/event-items';
import { readRawBody, Refusal, refuseDelivery } from '../shared/n8n/raw-webhook';
import { readSourceSettings } from '../shared/n8n/source-fields';
import { CREDENTIAL, readAuthentication, secretsOf } from './authentication';

/** Null when the request may be taken. Says nothing about what was wrong with a secret. */
async function refusalOf(context: IWebhookFunctions, body: Buffer): Promise<Refusal | null> {
	const authentication = readAuthentication(context);
	const none = { user: '', secret: '', previousSecret: '' };
	let secrets = none;
	if (authentication.kind !== 'none') {
		try {
			secrets = secretsOf(await context.getCredentials(CREDENTIAL));
		} catch (error) {
			context.logger.error(`Scanner Trigger has no usable credential: ${String(error)}`);
		}
		if (usableSecrets(secrets.secret, secrets.previousSecret).length === 0) {
			// A fault on this side: the sender may try again once it is mended.
			return new Refusal(503, 'This webhook has no secret yet and takes nothing.');
		}
	}
	const request = { headers: context.getHeaderData(), body };
	if (isAuthentic(authentication, request, secrets, Date.now())) return null;
	context.logger.warn(
		`Scanner Trigger refused a delivery: its ${authentication.kind} authentication is missing or wrong`,
		{ node: context.getNode().name },
	);
	return new Refusal(401, 'Unauthorized');
}

function parseBody(body: Buffer, sourceId: string): unknown {
	const text = body.toString('utf8').replace(/^\uFEFF/, '');
	if (text.trim() === '') return new Refusal(400, 'The body is empty.', 'Send JSON.');
	try {
		return parsePayload(text, sourceId);
	} catch (error) {
		if (error instanceof EventInputError) {
			return new Refusal(400, `${error.message}.`, error.nextStep);
		}
		return new Refusal(400, 'The body could not be read.');
	}
}

function companyInPath(context: IWebhookFunctions): string | null {
	const params = context.getParamsData();
	const segment: unknown =
		typeof params === 'object' && params !== null ? Reflect.get(params, 'company') : undefined;
	return typeof segment === 'string' && segment.trim() !== '' ? segment.trim() : null;
}

function sourceContext(context: IWebhookFunctions): SourceContext & { sourceId: string } {
	const settings = readSourceSettings(
		(name) => context.getNodeParameter(name, undefined),
		companyInPath(context),
	);
	return {
		...settings,
		receivedAt: new Date().toISOString(),
		deliveryId: deliveryIdOf(context.getHeaderData()),
	};
}

function readEvents(
	payload: unknown,
	settings: SourceContext & { sourceId: string },
): SourceResult | Refusal {
	try {
		return readPayload(settings.sourceId, payload, settings);
	} catch (error) {
		if (error instanceof SourceMismatchError)
			return new Refusal(400, error.message, error.nextStep);
		return new Refusal(400, error instanceof Error ? error.message : String(error));
	}
}

/**
 * Takes one delivery: bytes, sender, JSON, events, in this order, each with its own refusal and none with an
 * execution. A payload that holds no record is answered and starts nothing.
 */
export async function receiveScannerWebhook(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const bytes = await readRawBody(context);
	if (bytes instanceof Refusal) return refuseDelivery(context, bytes);
	const unauthorised = await refusalOf(context, bytes);
	if (unauthorised !== null) return refuseDelivery(context, unauthorised);
	const settings = sourceContext(context);
	const payload = parseBody(bytes, settings.sourceId);
	if (payload instanceof Refusal) return refuseDelivery(context, payload);
	const result = readEvents(payload, settings);
	if (result instanceof Refusal) return refuseDelivery(context, result);
	const answer = { received: result.events.length, failed: result.failures.length };
	const items = resultItems(result, settings);
	if (items.length === 0) return { webhookResponse: { ...answer, ping: result.ping } };
	return {
		webhookResponse: answer,
		workflowData: [items.map((json) => ({ json }))],
	};
}
