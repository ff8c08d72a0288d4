import { EventInputError } from '../values/input-error';
import { repairJson } from '../values/repair-json';
import { withoutUnsafeKeys } from '../values/json';
import { repairsBodies } from './index';

function parsed(text: string): { value: unknown } | null {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return null;
	}
}

/**
 * JSON text as a payload, without unsafe keys. A body of a source whose senders fill templates without escaping is
 * mended when it is no JSON.
 * @throws EventInputError when it is no JSON, or nested too deep
 */
export function parsePayload(text: string, sourceId: string): unknown {
	const found = parsed(text) ?? (repairsBodies(sourceId) ? parsed(repairJson(text)) : null);
	if (found !== null) return withoutUnsafeKeys(found.value);
	throw new EventInputError(
		'the body',
		'JSON',
		'a text that is none',
		'Send JSON, with quotes inside texts escaped.',
	);
}
