import { EventInputError } from './input-error';
import { isSecretName } from './secrets';

/** Deeper than any scanner nests; a deeper one would only exhaust the stack. */
export const DEEPEST = 64;

/** Keys that reach an object's prototype when they are copied. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type JsonRecord = Record<string, unknown>;

/** True for an object with members, so neither null nor a list. */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a table of words says of a word from outside. Every object has words by inheritance, `constructor` among them,
 * which no table means.
 */
export function entryOf<Entry>(
	table: Readonly<Record<string, Entry>>,
	word: string,
): Entry | undefined {
	return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** The refusal of what is nested deeper than any record. */
export function tooDeep(): EventInputError {
	return new EventInputError(
		'the payload',
		`at most ${DEEPEST} levels of nesting`,
		'more',
		'Send the record itself, not a structure around it.',
	);
}

function copy(value: unknown, depth: number, hide: boolean): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) throw tooDeep();
	if (Array.isArray(value)) return value.map((entry) => copy(entry, depth + 1, hide));
	const safe: JsonRecord = {};
	for (const [key, member] of Object.entries(value)) {
		if (UNSAFE_KEYS.has(key)) continue;
		safe[key] = hide && isSecretName(key) ? '[hidden]' : copy(member, depth + 1, hide);
	}
	return safe;
}

/** A deep copy with every text inside it changed. @throws EventInputError when it is nested deeper than 64 levels */
export function withTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return change(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth >= DEEPEST) throw tooDeep();
	if (Array.isArray(value)) return value.map((entry) => withTexts(entry, change, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([key, member]) => [key, withTexts(member, change, depth + 1)]),
	);
}

/**
 * A deep copy without the keys `__proto__`, `constructor` and `prototype`.
 * @param value parsed JSON
 * @throws EventInputError when it is nested deeper than 64 levels
 */
export function withoutUnsafeKeys(value: unknown): unknown {
	return copy(value, 0, false);
}

/**
 * A deep copy for keeping beside an event: without unsafe keys, and with the values of members that hold credentials
 * (`routing_key`, `password`, `token` …) hidden.
 * @throws EventInputError when it is nested deeper than 64 levels
 */
export function withoutSecrets(value: unknown): unknown {
	return copy(value, 0, true);
}
