import { DEFAULT_REQUESTS_PER_WINDOW } from './budget';
import { HaloConnectionError, toCancelledError, toHaloError } from './errors';
import type { HaloError } from './errors';
import { type ProcessState, processStateFor } from './process-state';
import type { Attempt } from './retry';
import { decideRetry, isLost } from './retry';
import type { HaloRequest, HaloResponse, HaloRuntime, HaloTransport } from './transport';

/** What became of a write that must not be sent twice. */
export type WriteResult<Found> =
	| { kind: 'answered'; response: HaloResponse }
	| { kind: 'found'; record: Found };

/** A run seldom meets more records in a row that its agent may not see. */
const MOST_REFUSALS = 5;

type Try = { outcome: Attempt } & ({ response: HaloResponse } | { error: HaloError });

/** Sends requests: within the budget, again where that is right, never after the run was stopped. */
export class HaloSender {
	private sent = 0;
	/** Answers of 401 since the last good one; null = none was good yet. */
	private refusals: number | null = null;

	constructor(
		private readonly transport: HaloTransport,
		private readonly runtime: HaloRuntime,
		private readonly state: Pick<ProcessState, 'budget' | 'counts'>,
		private readonly maxRequestsPerWindow: number,
	) {}

	/**
	 * A sender that shares the request budget of its process.
	 * @param options `cacheKey` names the tenant and its application; `maxRequestsPerWindow` is this process's share of
	 * Halo's limit, per 5 minutes
	 */
	static shared(
		transport: HaloTransport,
		runtime: HaloRuntime,
		options: { cacheKey?: string; maxRequestsPerWindow?: number },
	): HaloSender {
		const limit = options.maxRequestsPerWindow ?? DEFAULT_REQUESTS_PER_WINDOW;
		return new HaloSender(transport, runtime, processStateFor(options.cacheKey), limit);
	}

	/** What was learnt about the counts of a list; the same object for all who ask. */
	countsOf(path: string): { areOfLists: boolean } {
		const known = this.state.counts.get(path);
		if (known !== undefined) return known;
		const counts = { areOfLists: false };
		this.state.counts.set(path, counts);
		return counts;
	}

	/** Requests sent so far, tries included. */
	get requests(): number {
		return this.sent;
	}

	/**
	 * Sends a request that may be sent twice: a read, or an update by id.
	 * @returns the answer, its status is 2xx
	 * @throws HaloError for anything else
	 */
	async send(request: HaloRequest): Promise<HaloResponse> {
		const result = await this.run(request, null);
		// Without a look-up nothing is ever "found".
		if (result.kind === 'found') throw toCancelledError(request);
		return result.response;
	}

	/**
	 * Sends a write that must not be stored twice. When its answer is lost (no answer, 408, 5xx) it is looked up before
	 * it is sent again, and once more before the error is given out.
	 * @param findLost finds what the write stored; null when it stored nothing
	 * @throws HaloError for a status that is not 2xx, when nothing was stored
	 */
	async sendOnce<Found>(
		request: HaloRequest,
		findLost: () => Promise<Found | null>,
	): Promise<WriteResult<Found>> {
		return await this.run(request, findLost);
	}

	private async run<Found>(
		request: HaloRequest,
		findLost: (() => Promise<Found | null>) | null,
	): Promise<WriteResult<Found>> {
		const retryable = { method: request.method, repeatable: findLost === null };
		for (let attempt = 1; ; attempt++) {
			const made = await this.attempt(request);
			if ('response' in made && isGood(made.response)) {
				this.refusals = 0;
				return { kind: 'answered', response: made.response };
			}
			const failure =
				'error' in made ? made.error : toHaloError(request, made.response, this.tokenIsGood(made));
			const { runtime } = this;
			const decision = decideRetry(
				retryable,
				made.outcome,
				attempt,
				runtime.now(),
				runtime.random(),
			);
			if (decision.retry) await runtime.sleep(decision.delayMs);
			if (runtime.cancelled()) throw failure;
			if (findLost !== null && (decision.retry ? decision.lookUpFirst : isLost(made.outcome))) {
				const record = await findLost();
				if (record !== null) return { kind: 'found', record };
			}
			if (!decision.retry) throw failure;
		}
	}

	/** Some tenants say 401 for a ticket that the agent may not see; many in a row mean the token. */
	private tokenIsGood({ response: { status } }: { response: HaloResponse }): boolean {
		if (status !== 401 || this.refusals === null) return false;
		this.refusals += 1;
		return this.refusals <= MOST_REFUSALS;
	}

	private async attempt(request: HaloRequest): Promise<Try> {
		await this.waitForBudget(request);
		this.sent += 1;
		this.state.budget.take(this.runtime.now());
		try {
			const response = await this.transport.send(request);
			return { response, outcome: { kind: 'answer', ...response } };
		} catch (error) {
			if (error instanceof HaloConnectionError) return { error, outcome: { kind: 'no answer' } };
			return await Promise.reject(error);
		}
	}

	private async waitForBudget(request: HaloRequest): Promise<void> {
		for (;;) {
			if (this.runtime.cancelled()) throw toCancelledError(request);
			const wait = this.state.budget.waitFor(this.runtime.now(), this.maxRequestsPerWindow);
			if (wait <= 0) return;
			await this.runtime.sleep(wait);
		}
	}
}

function isGood({ status }: HaloResponse): boolean {
	return status >= 200 && status < 300;
}
