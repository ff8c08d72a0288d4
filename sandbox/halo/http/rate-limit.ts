import { HaloRefusal } from './answers';
import type { HaloContext } from './context';

/** Halo's window: 300 requests per rolling five minutes, on hosted tenants. */
export const WINDOW_MS = 5 * 60 * 1000;

/** Counts one request; throws the 429 when the window is full. Refused requests do not count. */
export function countRequest(context: HaloContext): void {
	const now = context.clock.now();
	const recent = context.state.requestTimes.filter((at) => at > now - WINDOW_MS && at <= now);
	context.state.requestTimes = recent;
	const { enforceRateLimit, rateLimit, retryAfter } = context.switches;
	if (enforceRateLimit && recent.length >= rateLimit) {
		const oldest = recent[0] ?? now;
		throw tooMany(oldest + WINDOW_MS, now, retryAfter);
	}
	recent.push(now);
}

/** The 429 of a full window; `freeAt` and `now` in milliseconds. */
export function tooMany(
	freeAt: number,
	now: number,
	retryAfter: 'none' | 'seconds' | 'date',
): HaloRefusal {
	const seconds = Math.max(1, Math.ceil((freeAt - now) / 1000));
	const header = retryAfter === 'seconds' ? String(seconds) : new Date(freeAt).toUTCString();
	return new HaloRefusal({
		status: 429,
		raw: {
			contentType: 'text/plain; charset=utf-8',
			text: 'Rate Limit Reached - 300 Requests per rolling 5 minute window',
		},
		...(retryAfter === 'none' ? {} : { headers: { 'Retry-After': header } }),
	});
}
