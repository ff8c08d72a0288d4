const HOUR_MS = 3_600_000;

/** What an integration brought of late: `bytes` at the time `at`, milliseconds since the epoch. */
export interface Brought {
	bytes: number;
	at: number;
}

/** What is left of it now: a share's worth is forgotten in an hour, evenly. */
function leftOf(before: Brought | undefined, share: number, now: number): number {
	if (before === undefined) return 0;
	return Math.max(0, before.bytes - (share * Math.max(0, now - before.at)) / HOUR_MS);
}

/**
 * Whether a sender that used up its share must wait.
 * @param share bytes an hour
 * @param now milliseconds since the epoch
 * @returns seconds until its share has room again; 0 = it has room now. A delivery that begins within the share may end
 * above it: what comes next waits longer then
 */
export function waitForShare(before: Brought | undefined, share: number, now: number): number {
	const over = leftOf(before, share, now) - share;
	return over < 0 ? 0 : Math.floor((over / share) * (HOUR_MS / 1000)) + 1;
}

/** What an integration has brought with one more delivery. */
export function withDelivery(
	before: Brought | undefined,
	share: number,
	now: number,
	bytes: number,
): Brought {
	return { bytes: leftOf(before, share, now) + bytes, at: now };
}
