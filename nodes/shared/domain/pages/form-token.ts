import { createHmac, timingSafeEqual } from 'node:crypto';

/** A form that was left open over lunch is still sent; one of yesterday is asked for again. */
const HOUR_MS = 3_600_000;

function tokenOf(key: string, hour: number, user: string): string {
	return createHmac('sha256', key).update(`form of ${hour} for ${user}`).digest('hex');
}

/**
 * Stands in a form that writes, so that another page cannot send it in the name of somebody who is signed in.
 * @param key known to this n8n alone @param now milliseconds since the epoch
 * @param user whose form it is; '' where everybody is the same one
 */
export function formToken(key: string, now: number, user = ''): string {
	return tokenOf(key, Math.floor(now / HOUR_MS), user);
}

/** True for a token of this hour or the one before, made for this user. */
export function isFormToken(key: string, token: string, now: number, user = ''): boolean {
	const hour = Math.floor(now / HOUR_MS);
	return [hour, hour - 1].some((one) => {
		const wanted = Buffer.from(tokenOf(key, one, user));
		const given = Buffer.from(token);
		return given.length === wanted.length && timingSafeEqual(given, wanted);
	});
}
