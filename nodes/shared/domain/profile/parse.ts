import { SEVERITIES, type Severity } from '../event/event';
import type { IntegrationProfile, ProfileValue } from './profile';
import { PROFILE_FIELDS, ProfileError } from './profile';
import { isRecord, withoutUnsafeKeys } from '../values/json';
import { isSeverity } from '../event/severity';

/** One row of `halo_profiles`, with its place for error texts. */
export interface ProfileRow {
	/** Counts from 1. */
	number: number;
	json: Readonly<Record<string, unknown>>;
}

const FIX_ROW = 'Correct the row in the table halo_profiles.';

/** @throws ProfileError when the value is neither text nor number */
function valueOf(origin: string, column: string, value: unknown): ProfileValue {
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new ProfileError(
			`Profile ${origin}, column ${column}: expected a name or an id, got ${JSON.stringify(value)}`,
			FIX_ROW,
		);
	}
	const text = String(value).trim();
	return text === '' ? null : text;
}

/**
 * Severities as people write them: `critical, high`, a JSON list, or a list.
 * @throws ProfileError naming the word that is no severity
 */
export function parseSeverities(origin: string, value: unknown): Severity[] {
	const words = (Array.isArray(value) ? value : String(value ?? '').split(/[\s,;"[\]]+/))
		.map((word) => String(word).trim().toLowerCase())
		.filter((word) => word !== '');
	return words.map((word) => {
		if (isSeverity(word)) return word;
		throw new ProfileError(
			`Profile ${origin}, column severities: "${word}" is no severity; allowed: ${SEVERITIES.join(', ')}`,
			FIX_ROW,
		);
	});
}

function flagOf(origin: string, column: string, value: unknown): boolean {
	if (value === undefined || value === null || value === '') return false;
	const word = String(value).trim().toLowerCase();
	if (['true', '1', 'yes'].includes(word)) return true;
	if (['false', '0', 'no'].includes(word)) return false;
	throw new ProfileError(
		`Profile ${origin}, column ${column}: expected true or false, got "${word}"`,
		FIX_ROW,
	);
}

function parsed(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}

/** What the columns that hold fields look like, for error texts. */
const FIELDS_EXAMPLE = {
	fields: '{"CFscannerReference": "{reference}"}',
	fieldsClose: '{"category_1": "Security>Patching"}',
} as const;

/** A column of fields: an object, as JSON or as it is. @throws ProfileError when it is something else */
function fieldsOf(
	origin: string,
	column: keyof typeof FIELDS_EXAMPLE,
	value: unknown,
): Pick<IntegrationProfile, 'fields' | 'fieldsClose'> {
	if (value === undefined || value === null || value === '') return {};
	const fields = withoutUnsafeKeys(typeof value === 'string' ? parsed(value) : value);
	if (isRecord(fields)) return Object.keys(fields).length === 0 ? {} : { [column]: fields };
	throw new ProfileError(
		`Profile ${origin}, column ${column}: expected JSON like ${FIELDS_EXAMPLE[column]}, got ${(JSON.stringify(value) ?? '').slice(0, 80)}`,
		FIX_ROW,
	);
}

/** @throws ProfileError naming row and column */
export function parseProfileRow(row: ProfileRow): IntegrationProfile {
	const { json, number } = row;
	const name = valueOf(`row ${number}`, 'name', json.name);
	if (name === null) {
		throw new ProfileError(
			`Profile row ${number}, column name: expected a name, got nothing`,
			FIX_ROW,
		);
	}
	const origin = `row ${number} (${name})`;
	const values = Object.fromEntries(
		PROFILE_FIELDS.map(([field]) => [field, valueOf(origin, field, json[field])]),
	);
	const pick = (field: string): ProfileValue => values[field] ?? null;
	return {
		name,
		origin,
		isDefault: flagOf(origin, 'isDefault', json.isDefault),
		integration: valueOf(origin, 'integration', json.integration),
		eventSet: valueOf(origin, 'eventSet', json.eventSet),
		severities: parseSeverities(origin, json.severities),
		sla: pick('sla'),
		priority: pick('priority'),
		ticketType: pick('ticketType'),
		statusCreate: pick('statusCreate'),
		statusClose: pick('statusClose'),
		team: pick('team'),
		agent: pick('agent'),
		client: pick('client'),
		user: pick('user'),
		category: pick('category'),
		urgency: pick('urgency'),
		impact: pick('impact'),
		...fieldsOf(origin, 'fields', json.fields),
		...fieldsOf(origin, 'fieldsClose', json.fieldsClose),
	};
}

/**
 * All rows of `halo_profiles`.
 * @throws ProfileError naming row and column of the first fault, or that there is no row
 */
export function parseProfileRows(rows: readonly ProfileRow[]): IntegrationProfile[] {
	if (rows.length === 0) {
		throw new ProfileError(
			'No integration profile arrived on the second input',
			'Connect a node that reads halo_profiles to the input Profiles and add a row there, or set Profile to Typed In.',
		);
	}
	return rows.map(parseProfileRow);
}
