import { cleanName } from '../values/text';

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
