import type { JsonRecord } from '../domain/values/json';
import { readFlag, readText } from './records/decode';
import type { RowDecoder } from './records/decode-rows';
import { HaloNotFoundError } from './http/errors';
import { decodeKnown, decodeOne, decodePage, rawRows } from './records/answers';
import { HaloSender } from './http/sender';
import type { HaloRequest, HaloRuntime, HaloTransport } from './http/transport';
import { readInteger, readReference } from '../domain/values/read';

/** A webhook of the tenant. Halo reads no secret out. */
export interface WebhookRow {
	/** A GUID. */
	id: string;
	name: string;
	url: string;
	active: boolean;
}

/** An event that a webhook is told of; Halo calls it a notification. */
export interface NotificationRow {
	id: number;
	webhook_id: string | null;
	eventno: number | null;
}

/** A webhook to write, in Halo's own spelling. Without an id it is made new. */
export interface WebhookDraft {
	id?: string | undefined;
	name: string;
	note: string;
	url: string;
	/** 1 basic, 3 signature; others are not published. */
	authentication_type: number;
	/** Header of the signature. */
	authentication_header?: string | undefined;
	basic_username?: string | undefined;
	/** Password, token or signing key. */
	basic_password: string;
	signature_prefix?: string | undefined;
	algorithm?: number | undefined;
	digest?: number | undefined;
	payload_type?: number | undefined;
	batch_method?: number | undefined;
	batch_delay_seconds?: number | undefined;
	batch_limit?: number | undefined;
}

/** "Ticket updated": Halo wants to be told by a condition which updates are meant. */
const UPDATED = 61;
/** Events go to a webhook. */
const TO_WEBHOOK = 6;
/** Events of tickets; both numbers as production clients send them. */
const TICKET_EVENTS = -2;
const ALL_TICKETS = 2;

/** "The summary is not empty": holds for every ticket. */
const ALWAYS = [
	{
		tablename: 'faults',
		fieldname: 'symptom',
		type: 1,
		change_context: 0,
		value_type: 'string',
		value_string: '""',
	},
];

const decodeWebhook: RowDecoder<WebhookRow> = (row) => {
	const id = readText(row.id);
	if (id === null) return null;
	const active = row.active === undefined ? true : readFlag(row.active);
	return {
		id,
		name: readText(row.name) ?? '',
		url: readText(row.url) ?? '',
		active: active && !readFlag(row.disabled),
	};
};

const decodeNotification: RowDecoder<NotificationRow> = (row) => {
	const id = readReference(row.id);
	if (id === null) return null;
	return { id, webhook_id: readText(row.webhook_id), eventno: readInteger(row.eventno) };
};

function notificationOf(webhookId: string, eventno: number): JsonRecord {
	return {
		webhook_id: webhookId,
		type: TICKET_EVENTS,
		delivery_method: TO_WEBHOOK,
		name: `n8n: event ${eventno}`,
		eventno,
		filter_type: ALL_TICKETS,
		restriction_type: 0,
		agent_id: 0,
		interval: 0,
		useworkinghours: 0,
		conditions: eventno === UPDATED ? ALWAYS : [],
	};
}

/**
 * Webhooks of a tenant and the events that they are told of. Paths and members: Halo's published description; values:
 * what production clients send. Reading and writing them takes the scope `admin` and an administrator's role; without,
 * every method rejects with HaloPermissionError.
 */
export class HaloWebhooks {
	private readonly sender: HaloSender;

	/** @param options as for `HaloApi`; the request budget is shared with it by `cacheKey` */
	constructor(
		transport: HaloTransport,
		runtime: HaloRuntime,
		options: { cacheKey?: string; maxRequestsPerWindow?: number } = {},
	) {
		this.sender = HaloSender.shared(transport, runtime, options);
	}

	/** Requests sent so far, tries included. */
	get requests(): number {
		return this.sender.requests;
	}

	/** All webhooks that the agent may see; runbooks may be among them. */
	async list(): Promise<WebhookRow[]> {
		const request: HaloRequest = { method: 'GET', path: '/Webhook' };
		const response = await this.sender.send(request);
		return decodePage(request, response, 'webhooks', decodeWebhook).rows;
	}

	/**
	 * Makes a webhook, or writes an existing one anew.
	 * @param findLost finds what an unanswered try stored; asked before it is sent again
	 * @returns its id
	 */
	async save(draft: WebhookDraft, findLost: () => Promise<WebhookRow | null>): Promise<string> {
		const fixed = { active: true, type: 0, method: 0, content_type: 'application/json' };
		const body = [{ ...draft, ...fixed }];
		const request: HaloRequest = { method: 'POST', path: '/Webhook', body };
		const result = await this.sender.sendOnce(request, findLost);
		if (result.kind === 'found') return result.record.id;
		return decodeOne(request, result.response, 'webhooks', decodeWebhook).id;
	}

	/** Removes a webhook; one that is gone already is no error. */
	async remove(id: string): Promise<void> {
		await this.removeAt(`/Webhook/${encodeURIComponent(id)}`);
	}

	/** The events of a webhook. Halo may ignore the filter, so rows of others are left out here. */
	async events(webhookId: string): Promise<NotificationRow[]> {
		const query = { webhook_id: webhookId };
		const request: HaloRequest = { method: 'GET', path: '/Notification', query };
		const rows = rawRows(request, await this.sender.send(request), 'notifications');
		return decodeKnown(rows, decodeNotification).filter(
			({ webhook_id }) => webhook_id?.toLowerCase() === webhookId.toLowerCase(),
		);
	}

	/** Attaches events to a webhook, in one request. @param events Halo's numbers, e.g. 3 = new ticket logged */
	async attach(webhookId: string, events: readonly number[]): Promise<void> {
		const body = events.map((eventno) => notificationOf(webhookId, eventno));
		const request: HaloRequest = { method: 'POST', path: '/Notification', body };
		await this.sender.sendOnce(request, async () => {
			const there = new Set((await this.events(webhookId)).map(({ eventno }) => eventno));
			return events.every((eventno) => there.has(eventno)) ? true : null;
		});
	}

	/** Removes an event from its webhook; one that is gone already is no error. */
	async detach(notificationId: number): Promise<void> {
		await this.removeAt(`/Notification/${notificationId}`);
	}

	private async removeAt(path: string): Promise<void> {
		try {
			await this.sender.send({ method: 'DELETE', path });
		} catch (error) {
			if (!(error instanceof HaloNotFoundError)) await Promise.reject(error);
		}
	}
}
