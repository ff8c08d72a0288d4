import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { EventInputError } from '../shared/domain/values/input-error';
import { parsePayload } from '../shared/domain/sources/parse-payload';
import { readPayload, SourceMismatchError } from '../shared/domain/sources/read-payload';
import type { SourceContext, SourceResult } from '../shared/domain/sources/common/source';
import { TooManyRecordsError } from '../shared/domain/sources/record-limit';
import { type Brought, waitForShare, withDelivery } from '../shared/domain/webhook/share';
import { deliveryIdOf } from '../shared/domain/webhook/authentication';
import { readAdmittedBody } from '../shared/n8n/admitted-body';
import { integrationKey } from '../shared/domain/event/integration';
import { resultItems } from '../shared/n8n/event-items';
import { Refusal, refuseDelivery } from '../shared/n8n/raw-webhook';
import type { SourceSettings } from '../shared/n8n/source-fields';
import { readSourceSettings } from '../shared/n8n/source-fields';
import { CREDENTIAL, readAuthentication, secretsOf } from './authentication';

function parseBody(text: string, { sourceId, mostRecords }: SourceSettings): unknown {
	if (text.trim() === '') return new Refusal(400, 'The body is empty.', 'Send JSON.');
	try {
		return parsePayload(text, sourceId, mostRecords);
	} catch (error) {
		if (error instanceof TooManyRecordsError)
			return new Refusal(413, error.message, error.nextStep);
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

function sourceContext(context: IWebhookFunctions): SourceContext & SourceSettings {
	const settings = readSourceSettings((name) => context.getNodeParameter(name, undefined), {
		company: companyInPath(context),
	});
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
		if (error instanceof TooManyRecordsError)
			return new Refusal(413, error.message, error.nextStep);
		if (error instanceof SourceMismatchError)
			return new Refusal(400, error.message, error.nextStep);
		return new Refusal(400, error instanceof Error ? error.message : String(error));
	}
}

const MEGABYTE = 1_000_000;

/** What each integration brought of late. No result depends on it but when a sender that floods may go on. */
const brought = new Map<string, Brought>();

function overShare({ integration, mostMegabytes }: SourceSettings): Refusal | null {
	const wait = waitForShare(
		brought.get(integrationKey(integration)),
		mostMegabytes * MEGABYTE,
		Date.now(),
	);
	if (wait === 0) return null;
	return new Refusal(
		429,
		`The integration ${integration} brought more than ${mostMegabytes} megabytes of events within an hour.`,
		`Send this again in ${wait} seconds, or raise Most Megabytes per Hour in the node.`,
		wait,
	);
}

/** @param items counted as they are stored, whatever form the sender wrote them in */
function countShare({ integration, mostMegabytes }: SourceSettings, items: unknown): void {
	const key = integrationKey(integration);
	const bytes = Buffer.byteLength(JSON.stringify(items));
	const share = mostMegabytes * MEGABYTE;
	brought.set(key, withDelivery(brought.get(key), share, Date.now(), bytes));
}

/**
 * Takes one delivery: sender, bytes, share, JSON, number of records, events, in this order, each with its own refusal and none with an
 * execution. A payload that holds no record is answered and starts nothing.
 */
export async function receiveScannerWebhook(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const text = await readAdmittedBody(context, {
		node: 'Scanner Trigger',
		authentication: readAuthentication(context),
		readSecrets: async () => secretsOf(await context.getCredentials(CREDENTIAL)),
	});
	if (text instanceof Refusal) return refuseDelivery(context, text);
	const settings = sourceContext(context);
	const over = overShare(settings);
	if (over !== null) {
		context.logger.warn(over.message, { node: context.getNode().name });
		return refuseDelivery(context, over);
	}
	const payload = parseBody(text, settings);
	if (payload instanceof Refusal) return refuseDelivery(context, payload);
	const result = readEvents(payload, settings);
	if (result instanceof Refusal) return refuseDelivery(context, result);
	const answer = { received: result.events.length, failed: result.failures.length };
	const items = resultItems(result, settings);
	if (items.length === 0) return { webhookResponse: { ...answer, ping: result.ping } };
	countShare(settings, items);
	return {
		webhookResponse: answer,
		workflowData: [items.map((json) => ({ json }))],
	};
}
