import { EventInputError } from '../values/input-error';
import { repairJson } from '../values/repair-json';
import { isRecord, withoutUnsafeKeys } from '../values/json';
import { readsLines, repairsBodies } from './index';

function parsed(text: string): { value: unknown } | null {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return null;
	}
}

/**
 * Text with one record a line as a list. A line that is no JSON stays a text, so that it fails by itself and the others
 * are read; null when it is no such text at all.
 */
function parsedLines(text: string): { value: unknown } | null {
	const lines = text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines.length < 2) return null;
	const records = lines.map((line) => parsed(line));
	if (!isRecord(records[0]?.value)) return null;
	return { value: records.map((record, index) => record?.value ?? lines[index]) };
}

/**
 * JSON text as a payload, without unsafe keys. A body of a source whose senders fill templates without escaping is
 * mended when it is no JSON, and one that holds a record a line is a list where its source writes so.
 * @throws EventInputError when it is no JSON, or nested too deep
 */
export function parsePayload(text: string, sourceId: string): unknown {
	const found =
		parsed(text) ??
		(repairsBodies(sourceId) ? parsed(repairJson(text)) : null) ??
		(readsLines(sourceId) ? parsedLines(text) : null);
	if (found !== null) return withoutUnsafeKeys(found.value);
	throw new EventInputError(
		'the body',
		'JSON',
		'a text that is none',
		'Send JSON, with quotes inside texts escaped.',
	);
}
