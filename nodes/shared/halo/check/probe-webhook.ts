import type { WebhookSeen } from '../../domain/set-up/probe-webhook';
import { webhookLine } from '../../domain/set-up/probe-webhook';
import { isRecord, type JsonRecord } from '../../domain/values/json';
import { parseDeliveries } from '../../domain/webhook/delivery-parse';
import { HaloAuthenticationError, HaloNotFoundError, HaloPermissionError } from '../http/errors';
import type { HaloRequest } from '../http/transport';
import { rawRows } from '../records/answers';
import { readText } from '../records/decode';
import { readInteger } from '../../domain/values/read';
import type { ProbeRun } from './probe-run';

/** Begins the name of every webhook that Halo Trigger registers. */
const TRIGGER_NAME = 'n8n Halo Trigger';

/** More triggers than a tenant has; each costs a request. */
const MOST_WEBHOOKS = 3;

async function rows(run: ProbeRun, path: string, webhookId?: string): Promise<JsonRecord[]> {
	const query = webhookId === undefined ? {} : { webhook_id: webhookId };
	const request: HaloRequest = { method: 'GET', path, query };
	const key = `${path.slice(1).toLowerCase()}s`;
	return rawRows(request, await run.api.sending.send(request), key);
}

/** A body as JSON; null when it is none. */
function parsed(body: unknown): unknown {
	const text = readText(body);
	if (text === null) return isRecord(body) ? body : null;
	try {
		return JSON.parse(text);
	} catch {
		// Counted as unreadable by the caller.
		return null;
	}
}

function readLog(run: ProbeRun, log: readonly JsonRecord[], registered: number): WebhookSeen {
	const seen: WebhookSeen = { registered, deliveries: [], batches: 0, unreadable: 0 };
	for (const row of log) {
		const body = parsed(row.requestbody);
		const isAbout = readInteger(row.entity_id) === run.ticketId;
		const deliveries = body === null ? [] : parseDeliveries(body).deliveries;
		const ours = deliveries.filter(({ ticketId }) => ticketId === run.ticketId);
		if (isAbout && ours.length === 0) seen.unreadable += 1;
		if (ours.length > 0 && Array.isArray(body)) seen.batches += 1;
		seen.deliveries.push(
			...ours.map(({ agentId, event, ticket }) => ({
				event,
				hasTicket: ticket !== null && ticket.status_id !== null,
				hasAgent: agentId !== null,
			})),
		);
	}
	return seen;
}

/** What Halo's own log holds of deliveries about the test ticket; nothing is registered for it. Two requests. */
export async function readWebhook(run: ProbeRun): Promise<void> {
	try {
		const ours = (await rows(run, '/Webhook')).filter(({ name }) =>
			(readText(name) ?? '').startsWith(TRIGGER_NAME),
		);
		const log: JsonRecord[] = [];
		for (const { id } of ours.slice(0, MOST_WEBHOOKS)) {
			log.push(...(await rows(run, '/WebhookEvent', String(id))));
		}
		run.tell(webhookLine(readLog(run, log, ours.length)));
	} catch (error) {
		const isRight =
			error instanceof HaloPermissionError ||
			error instanceof HaloAuthenticationError ||
			error instanceof HaloNotFoundError;
		if (!isRight) return await Promise.reject(error);
		run.tell(webhookLine(null));
	}
}
