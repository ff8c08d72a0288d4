import type { ProbeRequest } from '../../domain/set-up/probe-line';
import { HaloCancelledError } from '../http/errors';
import type { HaloRequest, HaloResponse, HaloRuntime, HaloTransport } from '../http/transport';

/** A tenant that does everything otherwise takes about 70; beyond that a step goes round in circles. */
export const MOST_PROBE_REQUESTS = 90;

/** Kept back for closing the ticket: find it, read it, two ways of closing, each read afterwards and tried again once. */
const CLOSING_REQUESTS = 14;

/** A page waits for the answer; n8n and proxies in front of it give up after some minutes. */
const MOST_PROBE_MS = 150_000;

/** Sends requests, keeps what was sent, and stops the test where it takes too many or too long. */
export class ProbeRecorder implements HaloTransport {
	readonly requests: ProbeRequest[] = [];

	/** The answer to the last write that Halo accepted, as it came. */
	lastWrite: HaloResponse | null = null;

	private closing = false;

	private readonly startedAt: number;

	constructor(
		private readonly transport: HaloTransport,
		private readonly runtime: HaloRuntime,
	) {
		this.startedAt = runtime.now();
	}

	/** From now on only the ticket is closed: whoever stopped the run still wants that. */
	beginClosing(): void {
		this.closing = true;
	}

	/** Time as the test has it: stopped runs and limits count until the ticket is to be closed. */
	get time(): HaloRuntime {
		const cancelled = (): boolean => !this.closing && this.runtime.cancelled();
		return { ...this.runtime, cancelled };
	}

	async send(request: HaloRequest): Promise<HaloResponse> {
		this.refuseTooMuch(request);
		const sentAt = this.runtime.now();
		const query = new URLSearchParams();
		for (const [name, value] of Object.entries(request.query ?? {})) {
			if (value !== undefined) query.set(name, String(value));
		}
		const search = query.toString();
		const made: ProbeRequest = {
			method: request.method,
			path: search === '' ? request.path : `${request.path}?${search}`,
			status: 0,
			ms: 0,
		};
		this.requests.push(made);
		try {
			const response = await this.transport.send(request);
			made.status = response.status;
			if (request.method === 'POST' && response.status < 300) this.lastWrite = response;
			return response;
		} finally {
			made.ms = this.runtime.now() - sentAt;
		}
	}

	private refuseTooMuch({ method, path }: HaloRequest): void {
		const most = MOST_PROBE_REQUESTS + (this.closing ? CLOSING_REQUESTS : 0);
		const late = !this.closing && this.runtime.now() - this.startedAt > MOST_PROBE_MS;
		if (this.requests.length < most && !late) return;
		const why = late ? `${MOST_PROBE_MS / 1000} seconds are over` : `${most} requests are used up`;
		throw new HaloCancelledError(`Not sent, the test's ${why}`, {
			status: null,
			method,
			path,
			haloMessage: null,
			nextStep: 'Try again when Halo answers faster.',
		});
	}
}
