import type { ScannerEvent, TimeOrigin } from './event';
import { EVENT_STATUSES, RESOLUTION_REASONS, SEVERITIES, TIME_ORIGINS } from './event';
import { DEFAULT_INTEGRATION, readIntegration } from './integration';
import { wholeCharacters } from '../values/cut';
import { describe, EventInputError } from '../values/input-error';
import type { JsonRecord } from '../values/json';
import { isRecord, withoutUnsafeKeys } from '../values/json';

export { EventInputError } from '../values/input-error';

const NEXT_STEP =
	'Put a Scanner Trigger or Scanner Events node before this one, and pass its items on unchanged.';
/** As `LONGEST_TEXT` in text.ts with room: an event that was built here never reaches it. */
const LONGEST = 25_000;
/** Control characters other than tab and line feed. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

function fail(field: string, expected: string, got: unknown): EventInputError {
	return new EventInputError(field, expected, describe(got), NEXT_STEP);
}

function own(record: JsonRecord, key: string): unknown {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

function text(record: JsonRecord, key: string, field = key): string | null {
	const value = own(record, key);
	if (value === undefined || value === null || value === '') return null;
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') throw fail(field, 'a text or null', value);
	const clean = value.replace(CONTROL, '');
	return wholeCharacters(clean, LONGEST);
}

function required(record: JsonRecord, key: string): string {
	const value = text(record, key)?.trim() ?? '';
	if (value === '') throw fail(key, 'a text', own(record, key));
	return value;
}

function oneOf<Value extends string>(
	record: JsonRecord,
	key: string,
	allowed: readonly Value[],
	field = key,
): Value {
	const value = own(record, key);
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) throw fail(field, `one of ${allowed.join(', ')}`, value);
	return found;
}

function number(record: JsonRecord, key: string): number | null {
	const value = own(record, key);
	if (value === undefined || value === null) return null;
	if (typeof value !== 'number' || !Number.isFinite(value))
		throw fail(key, 'a number or null', value);
	return value;
}

function flag(record: JsonRecord, key: string, field = key): boolean {
	const value = own(record, key);
	if (value === undefined || value === null) return false;
	// The text "false" is true in JavaScript: only a real boolean may mark a simulation or an exploited CVE.
	if (typeof value !== 'boolean') throw fail(field, 'true or false', value);
	return value;
}

function time(record: JsonRecord, key: string): string | null {
	const value = text(record, key);
	if (value === null) return null;
	const milliseconds = Date.parse(value);
	if (Number.isNaN(milliseconds)) throw fail(key, 'a time like 2026-05-04T09:12:33.000Z', value);
	return new Date(milliseconds).toISOString();
}

function part(record: JsonRecord, key: string): JsonRecord {
	const value = own(record, key);
	if (value === undefined || value === null) return {};
	if (!isRecord(value)) throw fail(key, 'an object or null', value);
	return value;
}

function texts(record: JsonRecord, key: string): string[] {
	const value = own(record, key);
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw fail(key, 'a list of texts', value);
	return value.map((entry: unknown, index) => {
		if (typeof entry !== 'string') throw fail(`${key}[${index}]`, 'a text', entry);
		return entry;
	});
}

function resolution(record: JsonRecord): ScannerEvent['resolution'] {
	if (own(record, 'resolution') === undefined || own(record, 'resolution') === null) return null;
	const value = part(record, 'resolution');
	return {
		reason: oneOf(value, 'reason', RESOLUTION_REASONS, 'resolution.reason'),
		byName: text(value, 'byName', 'resolution.byName'),
		byEmail: text(value, 'byEmail', 'resolution.byEmail'),
		scope: text(value, 'scope', 'resolution.scope'),
		note: text(value, 'note', 'resolution.note'),
	};
}

function scan(record: JsonRecord): ScannerEvent['scan'] {
	if (own(record, 'scan') === undefined || own(record, 'scan') === null) return null;
	const value = part(record, 'scan');
	return {
		id: text(value, 'id', 'scan.id') ?? '',
		scope: text(value, 'scope', 'scan.scope') ?? '',
		complete: flag(value, 'complete', 'scan.complete'),
	};
}

function timeFrom(record: JsonRecord): TimeOrigin {
	const value = own(record, 'timeFrom');
	if (value === undefined || value === null) return 'source';
	return oneOf(record, 'timeFrom', TIME_ORIGINS);
}

function integration(record: JsonRecord): string {
	const value = text(record, 'integration');
	if (value === null) return DEFAULT_INTEGRATION;
	const name = readIntegration(value);
	if (name === null) throw fail('integration', 'the name of an integration', value);
	return name;
}

/**
 * Reads the json of an item as an event. Members that are missing become null, members that no event has are left out,
 * and `__proto__`, `constructor` and `prototype` are never copied.
 * @param input the json of one item, as a Scanner Trigger or Scanner Events node gave it out
 * @throws EventInputError naming the field, what it needs and what came
 */
export function parseEvent(input: unknown): ScannerEvent {
	if (!isRecord(input)) throw fail('the item', 'an event', input);
	const company = part(input, 'company');
	const asset = part(input, 'asset');
	const user = part(input, 'user');
	const happened = time(input, 'time');
	if (happened === null) throw fail('time', 'a time like 2026-05-04T09:12:33.000Z', input.time);
	return {
		source: required(input, 'source'),
		integration: integration(input),
		deliveryId: text(input, 'deliveryId'),
		dedupKey: required(input, 'dedupKey'),
		recurrenceKey: text(input, 'recurrenceKey'),
		groupKey: text(input, 'groupKey'),
		status: oneOf(input, 'status', EVENT_STATUSES),
		category: text(input, 'category'),
		event: text(input, 'event'),
		title: required(input, 'title'),
		description: text(input, 'description'),
		url: text(input, 'url'),
		severity: oneOf(input, 'severity', SEVERITIES),
		rawSeverity: text(input, 'rawSeverity'),
		cvss: number(input, 'cvss'),
		epss: number(input, 'epss'),
		kev: flag(input, 'kev'),
		cves: texts(input, 'cves'),
		company: {
			id: text(company, 'id', 'company.id'),
			name: text(company, 'name', 'company.name'),
			displayName: text(company, 'displayName', 'company.displayName'),
			reference: text(company, 'reference', 'company.reference'),
			domain: text(company, 'domain', 'company.domain'),
		},
		companyBound: flag(input, 'companyBound'),
		asset: {
			id: text(asset, 'id', 'asset.id'),
			name: text(asset, 'name', 'asset.name'),
			ip: text(asset, 'ip', 'asset.ip'),
			mac: text(asset, 'mac', 'asset.mac'),
			serial: text(asset, 'serial', 'asset.serial'),
		},
		user: { name: text(user, 'name', 'user.name'), email: text(user, 'email', 'user.email') },
		application: text(input, 'application'),
		product: text(input, 'product'),
		remediation: text(input, 'remediation'),
		time: happened,
		timeFrom: timeFrom(input),
		firstSeen: time(input, 'firstSeen'),
		lastSeen: time(input, 'lastSeen'),
		resolution: resolution(input),
		scan: scan(input),
		simulation: flag(input, 'simulation'),
		raw: withoutUnsafeKeys(own(input, 'raw') ?? null),
	};
}
