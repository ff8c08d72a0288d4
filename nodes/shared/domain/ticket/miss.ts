import { lettersOf } from './reference';

/**
 * How often in a row complete scans did not name a problem that an open ticket stands for. It stands on the ticket
 * itself, because nothing else outlives a run.
 */
export interface Miss {
	/** Key of the member; of a ticket for one problem its reference. */
	key: string;
	count: number;
	/** The scan that was counted last, see `scanMark`: the same scan run again is no further miss. */
	scan: string;
}

const ENTRY = /^([a-z.-]+):(\d{1,4}):([a-z]+)$/;

/** One word: `kqzvwmtrbhxd:1:abcdefghijkl`. */
export function encodeMiss({ count, key, scan }: Miss): string {
	return `${key}:${count}:${scan}`;
}

/** @returns null for a word that is no miss */
export function decodeMiss(word: string): Miss | null {
	const [, key, count, scan] = ENTRY.exec(word) ?? [];
	if (key === undefined || scan === undefined) return null;
	return { key, count: Number(count), scan };
}

/**
 * Tells scans apart. Some sources use one id for all runs of a scan, so the time of its latest finding counts too; a scan
 * without an id is taken as a new one each time.
 * @param latest time of its latest finding; null when it has none
 * @param now milliseconds since the epoch
 */
export function scanMark(id: string | null, latest: string | null, now: number): string {
	return lettersOf(id === null ? `scan|at|${now}` : `scan|${id}|${latest ?? ''}`);
}

/** The count after a scan did not name the problem. @param before null when it was named the last time */
export function missedAgain(key: string, scan: string, before: Miss | null): Miss {
	if (before === null) return { key, count: 1, scan };
	return before.scan === scan ? before : { key, count: before.count + 1, scan };
}
