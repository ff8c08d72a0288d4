import type { EventCategory } from '../event/catalogue';
import { EVENT_CATALOGUE, EVENT_CATEGORIES } from '../event/catalogue';

/** Codes that begin so are the user's own and need not stand in the catalogue. */
const OWN_CODES = 'custom.';

const BY_LABEL: ReadonlyMap<string, string> = new Map(
	EVENT_CATALOGUE.map(({ code, label }) => [label.toLowerCase(), code]),
);
const CODES: ReadonlySet<string> = new Set(EVENT_CATALOGUE.map(({ code }) => code));
const OPEN_ENDED: readonly string[] = [...CODES]
	.filter((code) => code.endsWith('.*'))
	.map((code) => code.slice(0, -1));

/** A test for a code with `*` in it, which stands for any text. Each part is looked for once, from the left. */
export function patternTest(pattern: string): (code: string) => boolean {
	const [first = '', ...rest] = pattern.split('*');
	const last = rest.pop();
	if (last === undefined) return (code) => code === first;
	return (code) => {
		if (!code.startsWith(first)) return false;
		let from = first.length;
		for (const part of rest) {
			const at = code.indexOf(part, from);
			if (at === -1) return false;
			from = at + part.length;
		}
		return code.length - last.length >= from && code.endsWith(last);
	};
}

/**
 * Code or pattern for what a person wrote: a code, a label of the catalogue, `*` or `all`, a pattern that holds for at
 * least one code, or a code of their own that begins with `custom.`. Null when no event is called so.
 */
export function eventPattern(written: string): string | null {
	const word = written.trim().toLowerCase();
	if (word === '*' || word === 'all') return '*';
	const code = BY_LABEL.get(word) ?? word;
	if (CODES.has(code) || code.startsWith(OWN_CODES)) return code;
	if (
		OPEN_ENDED.some((beginning) => code.startsWith(beginning) && code.length > beginning.length)
	) {
		return code;
	}
	if (!code.includes('*')) return null;
	const test = patternTest(code);
	return [...CODES].some((known) => test(known)) ? code : null;
}

const CATEGORIES: ReadonlyMap<string, EventCategory> = new Map(
	EVENT_CATEGORIES.map((category) => [category.name.toLowerCase(), category]),
);

/** The category of a name, in any case; null when there is none. */
export function categoryNamed(written: string): EventCategory | null {
	return CATEGORIES.get(written.trim().toLowerCase()) ?? null;
}
