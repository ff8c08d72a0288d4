import { isRecord, type JsonRecord } from '../../domain/values/json';
import { member, readInteger } from '../../domain/values/read';

/** Halo writes "no date" as a day in 1900 or year 1; no ticket is older than this. */
const LAST_YEAR_WITHOUT_DATE = 1980;

const HAS_OFFSET = /(?:z|[+-]\d\d:?\d\d)$/i;

/** Text; numbers become text. Null when there is none or when it is empty. */
export function readText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

export function readFlag(value: unknown): boolean {
	return value === true || value === 1 || (typeof value === 'string' && /^(true|1)$/i.test(value));
}

/**
 * ISO 8601 in UTC with milliseconds. Halo sends dates without an offset and means UTC; its "no date" becomes null.
 */
export function readDate(value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') return null;
	const text = value.trim();
	const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
	const time = Date.parse(isDay || HAS_OFFSET.test(text) ? text : `${text}Z`);
	if (Number.isNaN(time)) return null;
	const date = new Date(time);
	return date.getUTCFullYear() <= LAST_YEAR_WITHOUT_DATE ? null : date.toISOString();
}

/** A list and Halo's count of all rows that match. */
export interface Envelope {
	rows: JsonRecord[];
	total: number;
	/** False where there was no count: the total is then the rows. */
	counted: boolean;
}

/**
 * Takes the rows out of a list answer: a bare array, `{record_count, <key>: […]}` or `{results: […]}`.
 * @returns null when the body is none of them
 */
export function readEnvelope(body: unknown, key: string): Envelope | null {
	if (Array.isArray(body)) return toEnvelope(body, undefined);
	if (!isRecord(body)) return null;
	const rows = member(body, key, 'results');
	return Array.isArray(rows) ? toEnvelope(rows, body.record_count) : null;
}

function toEnvelope(rows: unknown[], count: unknown): Envelope | null {
	if (!rows.every(isRecord)) return null;
	const total = readInteger(count);
	return {
		rows,
		total: Math.max(total ?? rows.length, 0),
		counted: total !== null,
	};
}

/**
 * Takes the record out of the answer to a write or to a single read: the bare object, or an array or envelope of one.
 * @returns null when there is no object in it
 */
export function readSingle(body: unknown, key: string): JsonRecord | null {
	if (Array.isArray(body)) return body.length === 1 ? readSingle(body[0], key) : null;
	if (!isRecord(body)) return null;
	const wrapped = body[key];
	return Array.isArray(wrapped) && readInteger(body.id) === null ? readSingle(wrapped, key) : body;
}
