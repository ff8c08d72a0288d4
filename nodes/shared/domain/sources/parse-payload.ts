import { describe, EventInputError } from '../values/input-error';
import { isRecord, withoutUnsafeKeys } from '../values/json';
import { parseJson } from '../values/json-text';
import { repairJson } from '../values/repair-json';
import { readsForms, readsLines, repairsBodies } from './index';
import { refuseLongPayload, refuseTooMany } from './record-limit';

/** A line of several, by itself: what is wrong in it is wrong with this record alone. */
function parsedLine(line: string): unknown {
	try {
		return parseJson(line)?.value ?? line;
	} catch {
		return line;
	}
}

/**
 * Text with one record a line as a list. A line that is no JSON stays a text, so that it fails by itself and the others
 * are read; null when it is no such text at all.
 */
function parsedLines(text: string, mostRecords: number | null): { value: unknown } | null {
	const lines = text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines.length < 2 || !isRecord(parsedLine(lines[0] ?? ''))) return null;
	refuseTooMany(lines.length, mostRecords);
	return { value: lines.map(parsedLine) };
}

/** What a text that is no JSON looks like, by the content type that it would be sent as. */
const LOOKS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^[\w.[\]%-]{1,200}=/, 'form fields (application/x-www-form-urlencoded)'],
	[/^--[^\r\n]{1,200}\r?\nContent-Disposition:/i, 'a form in parts (multipart/form-data)'],
	[/^</, 'markup (text/xml or text/html)'],
];

function looksLike(text: string): string {
	return LOOKS.find(([look]) => look.test(text))?.[1] ?? 'a text that is none';
}

/** The fields of a form, each a text; the JSON of the field `payload` where it is the only one. Null for other text. */
function parsedForm(text: string): { value: unknown } | null {
	if (!(LOOKS[0]?.[0].test(text) ?? false)) return null;
	const fields = new Map<string, string>();
	for (const [name, value] of new URLSearchParams(text)) {
		const before = fields.get(name) ?? value;
		if (before !== value) {
			const two = `two, ${describe(before)} and ${describe(value)}`;
			throw new EventInputError(name, 'one value', two, 'Send each field once.');
		}
		fields.set(name, value);
	}
	const payload = fields.get('payload');
	if (payload !== undefined && fields.size === 1) return parseJson(payload);
	return { value: Object.fromEntries(fields) };
}

/**
 * The text of a body as a payload, without unsafe keys. It is JSON; a body of a source whose senders fill templates
 * without escaping is mended when it is none, and one that holds a record a line, or the fields of a form, is read
 * where its source writes so.
 * @param mostRecords most records that it may hold; null = any number
 * @throws TooManyRecordsError before anything is copied
 * @throws EventInputError when it is none of these, nested too deep, or tells one member twice
 */
export function parsePayload(
	text: string,
	sourceId: string,
	mostRecords: number | null = null,
): unknown {
	const found =
		parseJson(text) ??
		(readsForms(sourceId) ? parsedForm(text) : null) ??
		(repairsBodies(sourceId) ? parseJson(repairJson(text)) : null) ??
		(readsLines(sourceId) ? parsedLines(text, mostRecords) : null);
	if (found !== null) {
		refuseLongPayload(sourceId, found.value, mostRecords);
		return withoutUnsafeKeys(found.value);
	}
	throw new EventInputError(
		'the body',
		'JSON',
		looksLike(text),
		'Send JSON, with quotes inside texts escaped.',
	);
}
