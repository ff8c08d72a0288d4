import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../domain/values/json';

/**
 * True when a parameter, or anything in it, is written as an expression, which may give another value for every item.
 * @param parameter as the node keeps it, unresolved
 */
export function hasExpression(parameter: unknown): boolean {
	return (JSON.stringify(parameter) ?? '').includes('"=');
}

/** A parameter holds something else than its type says: usually an expression that gave nothing. */
export class ParameterError extends Error {
	readonly nextStep: string;

	constructor(name: string, expected: string, got: unknown) {
		const shown = got === undefined ? 'nothing' : (JSON.stringify(got) ?? typeof got).slice(0, 80);
		super(`Parameter "${name}" needs ${expected}, got ${shown}`);
		this.name = 'ParameterError';
		this.nextStep = 'Open the node and correct the field, or the expression in it.';
	}
}

/** What a resource locator holds: the id, and the name when it was picked from the list. */
export interface PickedRow {
	id: string;
	name: string | null;
}

function read(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	return context.getNodeParameter(name, itemIndex, undefined);
}

/** Text of a parameter, trimmed; '' when it is empty. @throws ParameterError when it is no text or number */
export function readString(context: IExecuteFunctions, name: string, itemIndex: number): string {
	const value = read(context, name, itemIndex);
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new ParameterError(name, 'a text', value);
}

/** Number of a parameter; numeric text is taken. @throws ParameterError when there is none */
export function readNumber(context: IExecuteFunctions, name: string, itemIndex: number): number {
	const value = read(context, name, itemIndex);
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw new ParameterError(name, 'a number', value);
	}
	return number;
}

/** Switch of a parameter; the texts true and false of an expression are taken. @throws ParameterError otherwise */
export function readBoolean(context: IExecuteFunctions, name: string, itemIndex: number): boolean {
	const value = read(context, name, itemIndex);
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false' || value === undefined || value === '') return false;
	throw new ParameterError(name, 'true or false', value);
}

/** One of the values of an options parameter. @throws ParameterError naming the allowed values */
export function readOption<Value extends string>(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	allowed: readonly Value[],
): Value {
	const value = read(context, name, itemIndex);
	const option = allowed.find((candidate) => candidate === value);
	if (option === undefined) throw new ParameterError(name, `one of ${allowed.join(', ')}`, value);
	return option;
}

function asLocator(value: unknown): { value: unknown; cachedResultName?: unknown } | null {
	return typeof value === 'object' && value !== null && '__rl' in value && 'value' in value
		? value
		: null;
}

/**
 * What was picked in a resource locator, as text; null when nothing was.
 * Works for lists, ids and expressions, and inside collections where n8n does not take the value out by itself:
 * give the value itself to `pickedRow` there.
 * @throws ParameterError when the value is no text or number
 */
export function readLocator(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): PickedRow | null {
	return pickedRow(name, read(context, name, itemIndex));
}

/** As `readLocator`, for a value that was already read. */
export function pickedRow(name: string, value: unknown): PickedRow | null {
	const locator = asLocator(value);
	const id = locator === null ? value : locator.value;
	if (id === undefined || id === null || id === '') return null;
	if (typeof id !== 'string' && typeof id !== 'number') {
		throw new ParameterError(name, 'an id or a name', id);
	}
	const text = String(id).trim();
	const cached = locator?.cachedResultName;
	return text === ''
		? null
		: { id: text, name: typeof cached === 'string' && cached !== '' ? cached : null };
}

/** As `readLocator`, as an integer id. @throws ParameterError when what was typed is no whole number */
export function readLocatorId(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): number | null {
	const picked = readLocator(context, name, itemIndex);
	if (picked === null) return null;
	const id = Number(picked.id);
	if (!Number.isSafeInteger(id)) throw new ParameterError(name, 'a whole number as id', picked.id);
	return id;
}

/** Members of a collection; empty when it holds none. */
export function readCollection(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): JsonRecord {
	const value: unknown = context.getNodeParameter(name, itemIndex, {});
	return isRecord(value) ? value : {};
}

function parsed(value: unknown): unknown {
	try {
		return JSON.parse(String(value));
	} catch {
		// What is no JSON is refused with its own words by whoever asked.
		return null;
	}
}

/** Object of a parameter, which an expression gives, or JSON. @throws ParameterError when it is none */
export function readObjectOf(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): JsonRecord {
	const value: unknown = context.getNodeParameter(name, itemIndex, {});
	const object = isRecord(value) ? value : parsed(value);
	if (!isRecord(object)) throw new ParameterError(name, 'an object', value);
	return object;
}

/** The same, of a parameter that is about the whole run. @throws ParameterError when it is none */
export function readObject(context: IExecuteFunctions, name: string): JsonRecord {
	return readObjectOf(context, name, 0);
}

/** Names in a text with commas between them, or in a list that an expression gave. @throws ParameterError without any */
export function readNames(context: IExecuteFunctions, name: string): string[] {
	const value: unknown = context.getNodeParameter(name, 0, '');
	const list: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	const names = list.map((entry) => String(entry).trim()).filter((entry) => entry !== '');
	if (names.length === 0) throw new ParameterError(name, 'at least one name', value);
	return [...new Set(names)];
}
