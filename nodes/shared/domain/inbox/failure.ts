import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';

/**
 * What an item of an error output says. n8n's own nodes give an object with `message`, the pack's nodes a text.
 * @returns '' when the item is no failure
 */
export function failureOf(json: JsonRecord): string {
	const error: unknown = json.error;
	if (typeof error === 'object' && error !== null) {
		return memberText({ ...error }, 'message', 'description') ?? 'No message.';
	}
	return memberText(json, 'error') ?? '';
}
