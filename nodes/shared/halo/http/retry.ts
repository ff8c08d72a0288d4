import type { HaloRequest } from './transport';

/** What came of one try. `no answer` covers refused, reset, timed out and cut connections. */
export type Attempt =
	| { kind: 'answer'; status: number; headers: Record<string, string> }
	| { kind: 'no answer' };

export type RetryDecision =
	| { retry: false }
	| {
			retry: true;
			delayMs: number;
			/** True when the try may have been stored: look it up before it is sent again. */
			lookUpFirst: boolean;
	  };

/** A request, and whether sending it twice does no harm (a read, or an update by id). */
export type RetryableRequest = Pick<HaloRequest, 'method'> & { repeatable: boolean };

/** Halo's limit counts over this window, so no wait needs to be longer. */
export const LIMIT_WINDOW_MS = 5 * 60_000;

/** Waits of 20, 40, 80 and 160 s add up to the whole window: after them the limit has room again. */
const LIMIT_TRIES = 5;
const LIMIT_FIRST_DELAY_MS = 20_000;

/** Waits of 1, 2 and 4 s: long enough for a restart of a gateway, short enough for a webhook's patience. */
const FAULT_TRIES = 4;
const FAULT_FIRST_DELAY_MS = 1_000;

/** Keeps parallel runs from coming back at the same moment: up to a quarter more than the wait. */
const JITTER_SHARE = 0.25;

/** A server that names a time is believed, but not below this: clocks differ by as much. */
const SHORTEST_NAMED_DELAY_MS = 1_000;

function namedDelay(headers: Record<string, string>, now: number): number | null {
	const value = headers['retry-after']?.trim();
	if (value === undefined || value === '') return null;
	const delay = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
	if (Number.isNaN(delay)) return null;
	return Math.min(Math.max(delay, SHORTEST_NAMED_DELAY_MS), LIMIT_WINDOW_MS);
}

function growing(firstMs: number, attempt: number, random: number): number {
	const delay = firstMs * 2 ** (attempt - 1) * (1 + random * JITTER_SHARE);
	return Math.round(Math.min(delay, LIMIT_WINDOW_MS));
}

/** True when Halo says that it did not take the request up: nothing can have been stored. */
function isUnprocessed(outcome: Attempt): boolean {
	if (outcome.kind === 'no answer') return false;
	return outcome.status === 429 || (outcome.status === 503 && 'retry-after' in outcome.headers);
}

/** True when nobody knows whether the request was stored: no answer, 408, or 5xx. */
export function isLost(outcome: Attempt): boolean {
	if (outcome.kind === 'no answer') return true;
	return (outcome.status === 408 || outcome.status >= 500) && !isUnprocessed(outcome);
}

/**
 * Decides whether a request is sent again. Pure.
 * @param attempt tries made so far, from 1
 * @param now milliseconds since the epoch, for a `Retry-After` that is a date
 * @param random number in [0, 1)
 */
export function decideRetry(
	request: RetryableRequest,
	outcome: Attempt,
	attempt: number,
	now: number,
	random: number,
): RetryDecision {
	const named = outcome.kind === 'answer' ? namedDelay(outcome.headers, now) : null;
	if (outcome.kind === 'answer' && outcome.status === 429) {
		if (attempt >= LIMIT_TRIES) return { retry: false };
		const delayMs = named ?? growing(LIMIT_FIRST_DELAY_MS, attempt, random);
		return { retry: true, delayMs, lookUpFirst: false };
	}
	const lost = isLost(outcome);
	if ((!lost && !isUnprocessed(outcome)) || attempt >= FAULT_TRIES) return { retry: false };
	return {
		retry: true,
		delayMs: named ?? growing(FAULT_FIRST_DELAY_MS, attempt, random),
		lookUpFirst: lost && !request.repeatable,
	};
}
