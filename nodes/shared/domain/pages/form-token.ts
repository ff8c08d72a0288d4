import { createHmac, timingSafeEqual } from 'node:crypto';

/** A form that was left open over lunch is still sent; one of yesterday is asked for again. */
const HOUR_MS = 3_600_000;

function tokenOf(key: string, hour: number): string {
	return createHmac('sha256', key).update(`form of ${hour}`).digest('hex');
}

/**
 * Stands in a form that writes, so that another page cannot send it in the name of somebody who is signed in.
 * @param key known to this n8n alone @param now milliseconds since the epoch
 */
export function formToken(key: string, now: number): string {
	return tokenOf(key, Math.floor(now / HOUR_MS));
}

/** True for a token of this hour or the one before. */
export function isFormToken(key: string, token: string, now: number): boolean {
	const hour = Math.floor(now / HOUR_MS);
	return [hour, hour - 1].some((one) => {
		const wanted = Buffer.from(tokenOf(key, one));
		const given = Buffer.from(token);
		return given.length === wanted.length && timingSafeEqual(given, wanted);
	});
}
