import { setTimeout as delay } from 'node:timers/promises';

import axios from 'axios';

import type { JsonRecord } from '../../../sandbox/host';
import type { Webhook } from '../../../sandbox/run-samples';

/** One webhook request, with the id that stays the same when it is sent again. */
export interface Delivery {
	id: string;
	events: JsonRecord[];
}

/** Scanners wait minutes; n8n starts in seconds. */
const PAUSE_MS = 500;

/** An intake that answers takes a second; a machine under load several. */
const ANSWER_LIMIT_MS = 60_000;

/**
 * While n8n starts, between its database and its migrations, it answers everything 200 with this text: no webhook saw
 * the request.
 */
const START_PAGE = 'n8n is starting up';

/**
 * A scanner that sends every delivery until its webhook answers 200, as scanners do. n8n's start page is not that
 * answer: in front of a real n8n a proxy keeps requests back until `/healthz/readiness` is 200.
 */
export class Scanner {
	readonly accepted = new Set<string>();

	/** Answers and broken connections by status or error code. */
	readonly answers = new Map<string, number>();

	private readonly open = new Set<string>();

	private readonly sending: Array<Promise<void>> = [];

	private stopped = false;

	constructor(private readonly webhook: Webhook) {}

	/** Requests that wait for an answer now. */
	get inFlight(): number {
		return this.open.size;
	}

	/** Sends all of these at once; each promise resolves when its delivery was answered 200. */
	send(deliveries: Delivery[]): Array<Promise<void>> {
		const sent = deliveries.map(async (delivery) => await this.deliver(delivery));
		this.sending.push(...sent);
		return sent;
	}

	/** Resolves when `count` of these were answered 200. */
	async answered(sent: ReadonlyArray<Promise<void>>, count: number): Promise<void> {
		let left = count;
		await new Promise<void>((resolve) => {
			if (left === 0) resolve();
			for (const one of sent) {
				void one.then(() => {
					left -= 1;
					if (left === 0) resolve();
				});
			}
		});
	}

	/** Resolves when every delivery was accepted. */
	async done(): Promise<void> {
		await Promise.all(this.sending);
	}

	/** Sends nothing again. */
	stop(): void {
		this.stopped = true;
	}

	private async deliver(delivery: Delivery): Promise<void> {
		while (!this.stopped) {
			const answer = await this.post(delivery);
			this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
			if (answer === '200') {
				this.accepted.add(delivery.id);
				return;
			}
			await delay(PAUSE_MS);
		}
	}

	private async post({ id, events }: Delivery): Promise<string> {
		this.open.add(id);
		try {
			const { data, status } = await axios.post<unknown>(
				this.webhook.url,
				{ events },
				{
					headers: { ...this.webhook.headers, 'X-Delivery-Id': id },
					validateStatus: () => true,
					proxy: false,
					timeout: ANSWER_LIMIT_MS,
				},
			);
			return String(data).includes(START_PAGE) ? `${status} (start page)` : String(status);
		} catch (error) {
			if (!axios.isAxiosError(error)) throw error;
			return error.code ?? error.message;
		} finally {
			this.open.delete(id);
		}
	}
}
