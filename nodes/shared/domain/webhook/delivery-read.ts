import { cleanName } from '../values/text';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';

/** The first member that is there: answers and webhooks of Halo spell some names differently. */
export function deliveryMember(row: JsonRecord, ...names: string[]): unknown {
	for (const name of names) {
		const value = row[name];
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** A whole number; Halo sends some as `21.0` or `"21"`. Null when it is none. */
export function integerOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** An id; null for 0 and below, by which Halo says "none". */
export function idOf(value: unknown): number | null {
	const id = integerOf(value);
	return id !== null && id > 0 ? id : null;
}

/** A short text on one line without control characters; null when there is none. */
export function nameOf(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? cleanName(value) : null;
}

/** True or false in any of Halo's spellings; null when it is neither. */
export function deliveryFlag(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	if (value === 1 || value === 0) return value === 1;
	return typeof value === 'string' && /^(true|false)$/i.test(value) ? /true/i.test(value) : null;
}

export function recordsOf(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
