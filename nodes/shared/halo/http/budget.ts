import { LIMIT_WINDOW_MS } from './retry';

/** Hosted Halo allows 300 in the window, for all integrations of a tenant; 50 are left to the others. */
export const DEFAULT_REQUESTS_PER_WINDOW = 250;

/** Fewer would not see one new ticket through with its lists. */
export const LEAST_REQUESTS_PER_WINDOW = 20;

/** The share of the limit that the credential names; the default for a credential that names none. */
export function readRequestShare(value: unknown): number {
	const share = typeof value === 'number' ? value : Number.NaN;
	return Number.isFinite(share) && share > 0
		? Math.max(LEAST_REQUESTS_PER_WINDOW, Math.floor(share))
		: DEFAULT_REQUESTS_PER_WINDOW;
}

/** Counts requests in Halo's rolling window of 5 minutes, per process and credential. */
export class RequestBudget {
	private sentAt: number[] = [];

	/**
	 * Milliseconds until one more request fits; 0 when it does now.
	 * @param limit requests allowed in the window
	 */
	waitFor(now: number, limit: number): number {
		this.forget(now);
		const freed = this.sentAt[this.sentAt.length - Math.max(limit, 1)];
		return freed === undefined ? 0 : freed + LIMIT_WINDOW_MS - now;
	}

	/** Drops what Halo no longer counts, and what a clock that was set back calls the future. */
	private forget(now: number): void {
		const [first] = this.sentAt;
		if (first === undefined) return;
		const last = this.sentAt[this.sentAt.length - 1] ?? first;
		// In the order of their times, so that the ends say whether there is anything to drop.
		if (first > now - LIMIT_WINDOW_MS && last <= now) return;
		this.sentAt = this.sentAt.filter((at) => at > now - LIMIT_WINDOW_MS && at <= now);
	}

	/** Requests sent in the window that ends now. */
	used(now: number): number {
		return this.sentAt.filter((at) => at > now - LIMIT_WINDOW_MS && at <= now).length;
	}

	/** Records a request that is sent now. */
	take(now: number): void {
		this.sentAt.push(now);
	}
}
