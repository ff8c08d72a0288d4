/** A member of a grouped ticket that is over, and when that was told: a late report must not list it again. */
export interface Ended {
	key: string;
	/** Time of the newest event that was recorded of it, ISO 8601 in UTC. */
	at: string;
}

const ENTRY = /^([a-z.-]+):([a-z0-9]{1,9})$/;
/**
 * As many as a roster's note names: some 15 kB of details. What ended before the newest 500 of one ticket ended long
 * before any delivery that is still on its way.
 */
const MOST_ENDED = 500;

/** A time as a word: milliseconds since the epoch in base 36, since every member of a ticket has one. */
export function timeWord(at: string): string {
	return Date.parse(at).toString(36);
}

/** @returns ISO 8601 in UTC; null for a word that is no time */
export function timeOfWord(word: string): string | null {
	const time = new Date(Number.parseInt(word, 36));
	return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** One word: `kqzvwmtrbhxd:mhz3k2ab`. */
export function encodeEnded({ at, key }: Ended): string {
	return `${key}:${timeWord(at)}`;
}

/** @returns null for a word that is no such entry */
export function decodeEnded(word: string): Ended | null {
	const [, key, time = ''] = ENTRY.exec(word) ?? [];
	const at = timeOfWord(time);
	return key === undefined || at === null ? null : { key, at };
}

/** What ended, each key once with its newest time, in the order in which it was told; the newest 500. */
export function endedTogether(all: readonly Ended[]): Ended[] {
	const byKey = new Map<string, Ended>();
	for (const ended of all) {
		const before = byKey.get(ended.key);
		if (before === undefined || before.at <= ended.at) {
			byKey.delete(ended.key);
			byKey.set(ended.key, ended);
		}
	}
	const list = [...byKey.values()];
	const oldest = list.map(({ at }) => at).sort()[Math.max(0, list.length - MOST_ENDED)] ?? '';
	return list.filter(({ at }) => at >= oldest).slice(-MOST_ENDED);
}
