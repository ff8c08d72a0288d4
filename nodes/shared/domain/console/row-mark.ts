import { createHash } from 'node:crypto';

import type { JsonRecord } from '../values/json';

/** Enough letters that no two rows of one table share a mark by chance, and few in a form of 300 rows. */
const LETTERS = 16;

function short(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, LETTERS);
}

/** Stands for a thing in addresses and forms, in place of names from outside. @param key what tells it from others */
export function markOf(key: string): string {
	return short(key);
}

/**
 * What a row held when its form was made: another mark means that somebody changed it since. Times that n8n keeps itself
 * do not count.
 * @param row null for a row that is not there
 */
export function rowMark(row: JsonRecord | null): string {
	if (row === null) return 'none';
	const own = Object.entries(row)
		.filter(([column]) => column !== 'createdAt' && column !== 'updatedAt')
		.map(([column, value]): [string, unknown] => [column, value ?? ''])
		.sort(([left], [right]) => (left < right ? -1 : 1));
	return short(JSON.stringify(own));
}
