import { isRecord, type JsonRecord } from './json';

/**
 * Readers of what comes from outside: rows of Halo and of tables, bodies of webhooks, settings of nodes. None throws;
 * whoever needs the value says what is missing, with its own next step.
 */

/** Whole number from a number or numeric text: Halo sends some ids as `21.0` or `"21"`. Null when it is none. */
export function readInteger(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** As `readInteger`, null for 0 and below: that is how Halo says that a record refers to nothing. */
export function readReference(value: unknown): number | null {
	const id = readInteger(value);
	return id === null || id <= 0 ? null : id;
}

/** The first member that is there: lists, details and webhooks of Halo spell some names differently. */
export function member(row: JsonRecord, ...names: string[]): unknown {
	for (const name of names) {
		const value = Object.hasOwn(row, name) ? row[name] : null;
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** Trimmed text, or the digits of a number, at the first of several members that has some; null when none has. */
export function memberText(row: JsonRecord, ...names: string[]): string | null {
	for (const name of names) {
		const value = Object.hasOwn(row, name) ? row[name] : null;
		const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (text !== '') return text;
	}
	return null;
}

/** The objects of a list; none when it is no list. */
export function recordsIn(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The object in a column or member that holds JSON; an empty one where it holds none. */
export function jsonRecordIn(value: unknown): JsonRecord {
	if (isRecord(value)) return value;
	if (typeof value !== 'string' || value === '') return {};
	try {
		const parsed: unknown = JSON.parse(value);
		return isRecord(parsed) ? parsed : {};
	} catch {
		return {};
	}
}

/** An error of whatever was thrown. */
export function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What was thrown, when it is of the kind that the caller answers. @throws it again when it is another: a defect is not hidden */
export function expectedError<Kind extends Error>(
	thrown: unknown,
	kind: abstract new (...given: never[]) => Kind,
): Kind {
	if (thrown instanceof kind) return thrown;
	throw thrown;
}
