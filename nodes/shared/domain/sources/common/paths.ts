import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { namesNoZone, toIsoTime } from '../../values/time';
import type { SourceContext, SourceTime } from './source';

/**
 * The value at a dotted path, own members only; undefined when there is none. A key that itself holds dots, as labels
 * of Kubernetes do, is found too.
 */
export function valueAt(value: unknown, path: string): unknown {
	if (!isRecord(value)) return undefined;
	if (Object.hasOwn(value, path)) return value[path];
	for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
		const head = path.slice(0, dot);
		if (!Object.hasOwn(value, head)) continue;
		const found = valueAt(value[head], path.slice(dot + 1));
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The object at a path; `{}` when there is none, so that reading on from it is safe. */
export function recordAt(value: unknown, path: string): JsonRecord {
	const found = valueAt(value, path);
	return isRecord(found) ? found : {};
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, path: string): unknown[] {
	const found = valueAt(value, path);
	return Array.isArray(found) ? found : [];
}

/**
 * A number as text.
 * @param path where it stands
 * @throws EventInputError for an integer beyond 2^53: whoever parsed it has rounded it, and another id is another thing
 */
export function numberText(value: number, path: string): string {
	if (Number.isSafeInteger(value) || !Number.isInteger(value)) return String(value);
	throw new EventInputError(
		path,
		'a number with all its digits',
		`${value}, which was rounded`,
		'Send it in quotes, or give the node the text of the body instead of an object.',
	);
}

/**
 * Text at the first of several paths that has some; numbers count as text, empty text and `-1` ids do not.
 * @throws EventInputError for an integer that was rounded
 */
export function textAt(value: unknown, ...paths: string[]): string | null {
	for (const path of paths) {
		const found = valueAt(value, path);
		if (typeof found === 'number' && Number.isFinite(found)) return numberText(found, path);
		if (typeof found === 'string' && found.trim() !== '') return found;
	}
	return null;
}

/** Number at the first of several paths that has one; digits in a text count, as several scanners quote numbers. */
export function numberAt(value: unknown, ...paths: string[]): number | null {
	for (const path of paths) {
		const found = valueAt(value, path);
		const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
		if (typeof number === 'number' && Number.isFinite(number)) return number;
	}
	return null;
}

/** Flag at a path. The texts "false", "0" and "no" are false, although JavaScript takes any text as true. */
export function flagAt(value: unknown, path: string): boolean {
	const found = valueAt(value, path);
	if (typeof found === 'boolean') return found;
	if (typeof found === 'number') return found !== 0;
	return typeof found === 'string' && /^(true|1|yes|y)$/i.test(found.trim());
}

/** Time at the first of several paths that has one, as ISO 8601 in UTC. */
export function timeAt(value: unknown, context: SourceContext, ...paths: string[]): string | null {
	for (const path of paths) {
		const time = toIsoTime(valueAt(value, path), context.zone);
		if (time !== null) return time;
	}
	return null;
}

/**
 * When a source says that it happened, at the first of several paths that has a time, and whether a zone was assumed.
 * @returns null when it gives no time at any of them
 */
export function momentAt(
	value: unknown,
	context: SourceContext,
	...paths: string[]
): SourceTime | null {
	for (const path of paths) {
		const found = valueAt(value, path);
		const at = toIsoTime(found, context.zone);
		if (at !== null) return { at, from: namesNoZone(found) ? 'zone' : 'source' };
	}
	return null;
}

/** When the problem began, for a source that does not say when it reports it. */
export function beginningAt(
	value: unknown,
	context: SourceContext,
	...paths: string[]
): SourceTime | null {
	const moment = momentAt(value, context, ...paths);
	return moment === null ? null : { ...moment, from: 'start' };
}

/** The record itself. @throws EventInputError when it is no object */
export function asRecord(value: unknown, what: string): JsonRecord {
	if (isRecord(value)) return value;
	throw new EventInputError('the record', what, describe(value), 'Send one object per record.');
}

/**
 * Text that a record must have.
 * @param why what it is needed for, as the next step: `It names the rule; send the alert as it is.`
 * @throws EventInputError naming the first path
 */
export function neededText(value: unknown, why: string, path: string, ...others: string[]): string {
	const text = textAt(value, path, ...others);
	if (text !== null) return text;
	const expected = others.length === 0 ? 'a text' : `a text (or ${others.join(', ')})`;
	throw new EventInputError(path, expected, describe(valueAt(value, path)), why);
}

/** The members of a list that are texts, and the parts of a comma-separated text. */
export function textsAt(value: unknown, path: string): string[] {
	const found = valueAt(value, path);
	const list: unknown[] =
		typeof found === 'string' ? found.split(',') : Array.isArray(found) ? found : [];
	return list
		.filter((entry): entry is string => typeof entry === 'string')
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

/** The text itself where it is an IPv4 or IPv6 address; null for a name. */
export function addressOf(text: string | null): string | null {
	const isAddress =
		text !== null && /^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)$/i.test(text.trim());
	return isAddress ? text : null;
}
