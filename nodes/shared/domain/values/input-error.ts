import { shortened } from './cut';
import { withShownCharacters } from './invisible';

/** Got values are quoted up to this length: enough to recognise them, too short to carry a payload into an error. */
const LONGEST_QUOTE = 80;

/** How a wrong value is named in an error: its text when it is short and plain, else its kind. */
export function describe(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (value === null) return 'null';
	if (typeof value === 'string') {
		if (value.trim() === '') return 'an empty text';
		return `"${withShownCharacters(shortened(value, LONGEST_QUOTE))}"`;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return `a list of ${value.length}`;
	return 'an object';
}

/** Something that came in is not what it has to be. The message names the field, what it needs and what came. */
export class EventInputError extends Error {
	constructor(
		/** Path of the field inside the record, e.g. `rule.id`. */
		readonly field: string,
		/** What the field needs, in words. */
		readonly expected: string,
		/** What came, in words; see `describe`. */
		readonly got: string,
		/** What to do about it. */
		readonly nextStep: string,
	) {
		super(`${field}: expected ${expected}, got ${got}`);
		this.name = 'EventInputError';
	}
}
