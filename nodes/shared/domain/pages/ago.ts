const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, as people say it: `just now`, `12 min ago`, `3 h ago`, `5 days ago`. @param ageMs milliseconds */
export function ago(ageMs: number): string {
	if (ageMs < MINUTE_MS) return 'just now';
	if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`;
	if (ageMs < 2 * DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ago`;
	return `${Math.floor(ageMs / DAY_MS)} days ago`;
}

/** `2026-05-04 09:12 UTC`; what is no time comes back as it is. @param iso ISO 8601 */
export function minuteOf(iso: string): string {
	const time = Date.parse(iso);
	if (Number.isNaN(time)) return iso;
	return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 min ago`; what is no time comes back as it is. @param now milliseconds since the epoch */
export function sinceOf(iso: string, now: number): string {
	const time = Date.parse(iso);
	return Number.isNaN(time) ? iso : ago(now - time);
}
