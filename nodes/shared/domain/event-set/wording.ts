import type { Severity } from '../event/event';
import { SEVERITIES } from '../event/event';
import { describe } from '../values/input-error';
import { EventSetError } from './event-set';
import type { JsonRecord } from '../values/json';

export const NEXT_STEP = 'Correct the event set there; nothing is evaluated until it is right.';

/** @param where set and setting, e.g. `Event set "Alerts" (row 3), column grouping` */
export function refuseRule(where: string, problem: string): EventSetError {
	return new EventSetError(`${where}: ${problem}`, NEXT_STEP);
}

/** What was written in a cell or a member; undefined when nothing was. */
export function cell(record: JsonRecord, key: string): unknown {
	const value = Object.hasOwn(record, key) ? record[key] : undefined;
	return value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;
}

/** @throws EventSetError when it is neither text nor number */
export function textCell(record: JsonRecord, key: string, where: string): string | null {
	const value = cell(record, key);
	if (value === undefined) return null;
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw refuseRule(`${where}, ${key}`, `expected a text, got ${describe(value)}`);
}

/** @throws EventSetError when it is no truth value in any of the usual spellings */
export function flagCell(record: JsonRecord, key: string, where: string): boolean | null {
	const value = cell(record, key);
	if (value === undefined) return null;
	const word = String(value).trim().toLowerCase();
	if (['true', '1', 'yes'].includes(word)) return true;
	if (['false', '0', 'no'].includes(word)) return false;
	throw refuseRule(`${where}, ${key}`, `expected true or false, got ${describe(value)}`);
}

/** One word of a list, in any case. @throws EventSetError listing the allowed words */
export function wordCell<Word extends string>(
	record: JsonRecord,
	key: string,
	allowed: readonly Word[],
	where: string,
): Word | null {
	const value = textCell(record, key, where);
	if (value === null) return null;
	const found = allowed.find((word) => word === value.toLowerCase());
	if (found !== undefined) return found;
	throw refuseRule(`${where}, ${key}`, `"${value}" is none of ${allowed.join(', ')}`);
}

export function severityCell(record: JsonRecord, key: string, where: string): Severity | null {
	return wordCell(record, key, SEVERITIES, where);
}

/** A list of texts; one text is a list of one. @throws EventSetError when an entry is no text */
export function listCell(record: JsonRecord, key: string, where: string): string[] {
	const value = cell(record, key);
	if (value === undefined) return [];
	const list: unknown[] = Array.isArray(value) ? value : [value];
	return list.map((entry) => {
		if (typeof entry === 'string' || typeof entry === 'number') return String(entry).trim();
		throw refuseRule(`${where}, ${key}`, `expected a list of texts, got ${describe(entry)} in it`);
	});
}

/** A cell that holds JSON as text, or the value itself. @throws EventSetError when the text is no JSON */
export function jsonCell(record: JsonRecord, key: string, where: string): unknown {
	const value = cell(record, key);
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch {
		throw refuseRule(`${where}, ${key}`, `expected JSON, got ${describe(value)}`);
	}
}

/** Refuses a member that no one reads: usually a typing error that would change what the set does. */
export function allowOnly(record: JsonRecord, allowed: readonly string[], where: string): void {
	const unknown = Object.keys(record).find((key) => !allowed.includes(key));
	if (unknown === undefined) return;
	throw refuseRule(where, `"${unknown}" is no setting; allowed: ${allowed.join(', ')}`);
}
