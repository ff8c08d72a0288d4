import { isRecord } from '../values/json';
import { ProfileError } from './profile';

/** A field that people added to Halo's tickets. */
export interface CustomField {
	id: number;
	/** Halo's name for it, `CF…`; fixed once it was made. */
	name: string;
	/** What people see. */
	label: string;
	kind: CustomFieldKind;
	/** What may be picked; empty for fields that are not picked from. */
	options: ReadonlyArray<{ id: number; name: string }>;
}

/** Halo's types of custom fields; `unknown` is left to Halo. */
export type CustomFieldKind =
	| 'text'
	| 'memo'
	| 'single'
	| 'multiple'
	| 'date'
	| 'time'
	| 'checkbox'
	| 'table'
	| 'rich text'
	| 'unknown';

/** A custom field as Halo's tickets take it. */
export interface CustomFieldWrite {
	id: number;
	value: string | boolean | number | Array<{ id: number; label: string }>;
}

/** Text of a custom field's row, for errors. Halo shows labels, its API knows names. */
export function shownField({ label, name }: CustomField): string {
	return label === '' || label === name ? name : `${label} (${name})`;
}

/** More values than this in an error text help nobody. */
const SHOWN_VALUES = 15;

function listed(names: readonly string[]): string {
	const rest = names.length - SHOWN_VALUES;
	return (
		[...names.slice(0, SHOWN_VALUES), ...(rest > 0 ? [`${rest} more`] : [])].join(', ') || 'none'
	);
}

function refusal(where: string, field: CustomField, problem: string, expected: string): Error {
	return new ProfileError(
		`${where}, custom field ${shownField(field)}: ${problem}. ${expected}`,
		'Correct the value. Halo lists the fields under Configuration > Custom Objects > Custom Fields.',
	);
}

function shown(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : value;
	return (JSON.stringify(text) ?? typeof value).slice(0, 80);
}

function isBlank(value: unknown): boolean {
	return (
		value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
	);
}

/**
 * The field that a key means: its id, its name with or without `CF`, or its label.
 * @throws ProfileError naming what is allowed
 */
export function findCustomField(
	where: string,
	key: string,
	fields: readonly CustomField[],
): CustomField {
	const wanted = key.trim().toLowerCase();
	const byId = fields.find(({ id }) => String(id) === wanted);
	const byName = fields.find(({ name }) => {
		const known = name.toLowerCase();
		return known === wanted || known === `cf${wanted}`;
	});
	const byLabel = fields.filter(({ label }) => label.trim().toLowerCase() === wanted);
	const found = byId ?? byName ?? byLabel[0];
	if (found !== undefined && (byId ?? byName) === undefined && byLabel.length > 1) {
		throw new ProfileError(
			`${where}, custom field "${key}": several fields carry this label (${byLabel.map(({ name }) => name).join(', ')})`,
			'Write the name of the field instead.',
		);
	}
	if (found !== undefined) return found;
	throw new ProfileError(
		`${where}, custom field "${key}": Halo has no such field on tickets. Allowed: ${listed(fields.map(shownField))}`,
		'Correct the name. Halo lists the fields under Configuration > Custom Objects > Custom Fields.',
	);
}

function option(where: string, field: CustomField, value: unknown): { id: number; name: string } {
	const wanted = String(value).trim().toLowerCase();
	const found =
		field.options.find(({ name }) => name.trim().toLowerCase() === wanted) ??
		field.options.find(({ id }) => String(id) === wanted);
	if (found !== undefined) return found;
	throw refusal(
		where,
		field,
		`${shown(value)} cannot be picked`,
		`Allowed: ${listed(field.options.map(({ name }) => name))}`,
	);
}

function several(where: string, field: CustomField, value: unknown): CustomFieldWrite['value'] {
	const parts: unknown[] = Array.isArray(value) ? value : String(value).split(/[,;]/);
	return parts
		.filter((part) => !isBlank(part))
		.map((part) => {
			const picked = isRecord(part) ? (part.id ?? part.label) : part;
			const { id, name } = option(where, field, picked);
			return { id, label: name };
		});
}

function flag(where: string, field: CustomField, value: unknown): boolean {
	const word = String(value).trim().toLowerCase();
	if (['true', '1', 'yes', 'on'].includes(word)) return true;
	if (['false', '0', 'no', 'off'].includes(word)) return false;
	throw refusal(where, field, `${shown(value)} is neither on nor off`, 'Allowed: true, false');
}

function moment(where: string, field: CustomField, value: unknown): string {
	const text = value instanceof Date ? value.toISOString() : String(value).trim();
	const time = Date.parse(text);
	if (Number.isNaN(time)) {
		throw refusal(
			where,
			field,
			`${shown(value)} is no date`,
			'Expected: 2026-05-04 or 2026-05-04T09:12:33Z',
		);
	}
	return /^\d{4}-\d\d-\d\d$/.test(text) ? text : new Date(time).toISOString();
}

function plain(where: string, field: CustomField, value: unknown): string | number | boolean {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw refusal(where, field, `${shown(value)} is no text`, 'Expected: a text');
}

function valueOf(where: string, field: CustomField, value: unknown): CustomFieldWrite['value'] {
	switch (field.kind) {
		case 'single':
			return option(where, field, isRecord(value) ? (value.id ?? value.label) : value).id;
		case 'multiple':
			return several(where, field, value);
		case 'checkbox':
			return flag(where, field, value);
		case 'date':
			return moment(where, field, value);
		case 'table':
			throw refusal(where, field, 'it is a table, which is not filled from here', 'Leave it out');
		default:
			return plain(where, field, value);
	}
}

/**
 * Custom fields in Halo's form: picked values as ids, several as `{id, label}`, dates in UTC.
 * Blank values are left out, so Halo keeps its own.
 * @param where names the profile or node, for error texts
 * @param values by id, name (with or without `CF`) or label of the field
 * @throws ProfileError naming the field, the value and what is allowed
 */
export function customFieldWrites(
	where: string,
	values: Readonly<Record<string, unknown>>,
	fields: readonly CustomField[],
): CustomFieldWrite[] {
	const writes = new Map<number, CustomFieldWrite>();
	for (const [key, value] of Object.entries(values)) {
		if (isBlank(value) || (Array.isArray(value) && value.length === 0)) continue;
		const field = findCustomField(where, key, fields);
		writes.set(field.id, { id: field.id, value: valueOf(where, field, value) });
	}
	return [...writes.values()];
}
