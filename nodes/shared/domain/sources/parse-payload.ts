import { EventInputError } from '../values/input-error';
import { repairJson } from '../values/repair-json';
import { isRecord, withoutUnsafeKeys } from '../values/json';
import { readsLines, repairsBodies } from './index';
import { refuseLongPayload, refuseTooMany } from './record-limit';

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
function parsedLines(text: string, mostRecords: number | null): { value: unknown } | null {
	const lines = text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines.length < 2) return null;
	if (!isRecord(parsed(lines[0] ?? '')?.value)) return null;
	refuseTooMany(lines.length, mostRecords);
	const records = lines.map((line) => parsed(line));
	return { value: records.map((record, index) => record?.value ?? lines[index]) };
}

/**
 * JSON text as a payload, without unsafe keys. A body of a source whose senders fill templates without escaping is
 * mended when it is no JSON, and one that holds a record a line is a list where its source writes so.
 * @param mostRecords most records that it may hold; null = any number
 * @throws TooManyRecordsError before anything is copied
 * @throws EventInputError when it is no JSON, or nested too deep
 */
export function parsePayload(
	text: string,
	sourceId: string,
	mostRecords: number | null = null,
): unknown {
	const found =
		parsed(text) ??
		(repairsBodies(sourceId) ? parsed(repairJson(text)) : null) ??
		(readsLines(sourceId) ? parsedLines(text, mostRecords) : null);
	if (found !== null) {
		refuseLongPayload(sourceId, found.value, mostRecords);
		return withoutUnsafeKeys(found.value);
	}
	throw new EventInputError(
		'the body',
		'JSON',
		'a text that is none',
		'Send JSON, with quotes inside texts escaped.',
	);
}
