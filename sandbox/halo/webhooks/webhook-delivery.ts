import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import type { Deliveries, HaloContext } from '../http/context';
import type { TicketChange } from '../state/ticket-change';
import { conditionsHold, eventsOf } from './notification-events';
import type { SimWebhook, SimWebhookEvent } from '../state/webhook-state';
import { type DeliveryBody, deliveryBody, testBody } from './webhook-payload';

/** One event on its way to one webhook. */
interface Waiting {
	hook: SimWebhook;
	body: DeliveryBody;
}

/** A log is read by people; a page of HTML is cut. */
const LONGEST_RESPONSE = 2_000;

/** Headers by which the receiver knows that a delivery is Halo's. Type 3 signs the bytes of the body. */
export function authenticationHeaders(hook: SimWebhook, text: string): Record<string, string> {
	const { authentication_type: type, basic_username: user, basic_password: secret } = hook;
	if (type === 1) {
		return { Authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
	}
	if (type === 2) return { Authorization: `Bearer ${secret}` };
	if (type !== 3) return {};
	const signature = createHmac('sha256', secret).update(text).digest('base64');
	return { [hook.authentication_header]: `${hook.signature_prefix}${signature}` };
}

/** Events that belong into one delivery have the same key. */
function batchKey({ hook, body }: Waiting): string {
	const kind = String(body.event);
	if (hook.batch_method === 1) return `${kind} ${String(body.object_id)}`;
	if (hook.batch_method === 2) return kind;
	return hook.batch_method === 3 ? '' : body.id;
}

/** Tells webhooks what happened, in real time, as the tenant's switches say. */
export class WebhookDeliveries implements Deliveries {
	private waiting: Waiting[] = [];

	private readonly timers = new Set<NodeJS.Timeout>();

	private readonly running = new Set<Promise<void>>();

	/** The last batch of each webhook: the next one is sent after it. */
	private readonly last = new Map<string, Promise<void>>();

	private stopping = new AbortController();

	constructor(
		private readonly context: HaloContext,
		private readonly onFailure: (message: string) => void,
	) {}

	/** Puts into the queue what the webhooks have asked to be told of a change. */
	notify(change: TicketChange): void {
		const { webhooks, notifications } = this.context.state.hooks;
		if (notifications.length === 0) return;
		const snapshot = { ...change, ticket: structuredClone(change.ticket) };
		for (const event of eventsOf(this.context, change)) {
			for (const { id, webhook_id, eventno, conditions } of notifications) {
				const hook = webhooks.find((row) => row.id === webhook_id);
				if (hook === undefined || eventno !== event || !hook.active || hook.disabled) continue;
				if (!conditionsHold(conditions, change.ticket)) continue;
				this.enqueue({ hook, body: deliveryBody(this.context, hook, id, event, snapshot) });
			}
		}
	}

	/** Sends a test delivery, as `_test` asks. */
	test(hook: SimWebhook): void {
		this.enqueue({ hook, body: testBody(this.context, hook) });
	}

	/** Sends a logged delivery once more, with the bytes that it had. */
	resend(deliveryId: string): void {
		const { log, webhooks } = this.context.state.hooks;
		const entry = log.find(({ id }) => id === deliveryId);
		const hook = webhooks.find(({ id }) => id === entry?.webhook_id);
		if (entry === undefined || hook === undefined) {
			throw new RangeError(`There is no delivery ${deliveryId} of a webhook that still exists.`);
		}
		this.track(this.attempt(hook, entry));
	}

	/** Resolves when nothing waits and nothing is under way. */
	async idle(): Promise<void> {
		while (this.waiting.length > 0 || this.running.size > 0 || this.timers.size > 0) {
			await Promise.allSettled(this.running);
			// Long enough not to spin, short enough for a test.
			await sleep(5);
		}
	}

	/** Forgets what waits and cuts what is under way. */
	clear(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.waiting = [];
		this.last.clear();
		this.stopping.abort();
		this.stopping = new AbortController();
	}

	private enqueue(entry: Waiting): void {
		this.waiting.push(entry);
		const { webhookDelayMs } = this.context.switches;
		const batching = entry.hook.batch_method > 0 ? entry.hook.batch_delay_seconds * 1000 : 0;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			this.flush(entry.hook.id);
		}, webhookDelayMs + batching);
		this.timers.add(timer);
	}

	private flush(hookId: string): void {
		const { webhookOrder, webhookDuplicates, webhooksLost } = this.context.switches;
		const due = this.waiting.filter(({ hook }) => hook.id === hookId);
		this.waiting = this.waiting.filter(({ hook }) => hook.id !== hookId);
		if (webhooksLost) return;
		const batches = new Map<string, Waiting[]>();
		for (const entry of due) {
			batches.set(batchKey(entry), [...(batches.get(batchKey(entry)) ?? []), entry]);
		}
		const parts = [...batches.values()].flatMap(limited);
		if (webhookOrder === 'reversed') parts.reverse();
		const sent = webhookDuplicates ? parts.flatMap((part) => [part, part]) : parts;
		const before = this.last.get(hookId) ?? Promise.resolve();
		const work = before.then(async () => await this.sendAll(sent));
		// A batch that failed is reported where it is tracked; the next one goes out all the same.
		this.last.set(
			hookId,
			work.catch(() => undefined),
		);
		this.track(work);
	}

	private track(work: Promise<void>): void {
		const { signal } = this.stopping;
		const guarded = work
			.catch((error: unknown) => {
				if (!signal.aborted) this.onFailure(error instanceof Error ? error.message : String(error));
			})
			.finally(() => this.running.delete(guarded));
		this.running.add(guarded);
	}

	private async sendAll(parts: Waiting[][]): Promise<void> {
		for (const part of parts) {
			const [first] = part;
			if (first === undefined) continue;
			const bodies = part.map(({ body }) => body);
			const text = JSON.stringify(first.hook.batch_method > 0 ? bodies : first.body);
			const entry = this.logEntry(first, text);
			this.context.state.hooks.log.push(entry);
			await this.attempt(first.hook, entry);
		}
	}

	private logEntry({ hook, body }: Waiting, text: string): SimWebhookEvent {
		return {
			id: body.id,
			webhook_id: hook.id,
			notification_id: Number(body.notification_id),
			timestamp: String(body.timestamp),
			entity_id: Number(body.object_id),
			requestheaders: {
				'content-type': 'application/json',
				...authenticationHeaders(hook, text),
			},
			requestbody: text,
			responsestatus: 0,
			responsebody: '',
			error: '',
			attempts: 0,
			delivered: false,
		};
	}

	private async attempt(hook: SimWebhook, entry: SimWebhookEvent): Promise<void> {
		const { webhookRetries, webhookRetryMs, webhookTimeoutMs, webhookDisableAfter } =
			this.context.switches;
		const { signal } = this.stopping;
		for (let left = webhookRetries; ; left--) {
			entry.attempts += 1;
			await send(hook.url, entry, webhookTimeoutMs, signal);
			if (signal.aborted) return;
			if (entry.delivered || left <= 0) break;
			await sleep(webhookRetryMs, undefined, { signal });
		}
		hook.failures = entry.delivered ? 0 : hook.failures + 1;
		if (webhookDisableAfter > 0 && hook.failures >= webhookDisableAfter) hook.disabled = true;
	}
}

function limited(entries: Waiting[]): Waiting[][] {
	const limit = entries[0]?.hook.batch_limit ?? 0;
	if (limit <= 0) return [entries];
	return Array.from({ length: Math.ceil(entries.length / limit) }, (_, index) =>
		entries.slice(index * limit, (index + 1) * limit),
	);
}

async function send(
	url: string,
	entry: SimWebhookEvent,
	timeout: number,
	signal: AbortSignal,
): Promise<void> {
	try {
		const answer = await axios.post<unknown>(url, Buffer.from(entry.requestbody), {
			headers: entry.requestheaders,
			timeout,
			signal,
			maxRedirects: 0,
			proxy: false,
			validateStatus: () => true,
			responseType: 'text',
			transformResponse: (data: unknown) => data,
		});
		entry.responsestatus = answer.status;
		entry.responsebody = String(answer.data).slice(0, LONGEST_RESPONSE);
		entry.error = '';
		entry.delivered = answer.status >= 200 && answer.status < 300;
	} catch (error) {
		entry.responsestatus = 0;
		entry.responsebody = '';
		entry.error = error instanceof Error ? error.message : String(error);
	}
}
