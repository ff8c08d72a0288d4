import { wholeCharacters } from './cut';
import { withoutInvisible } from './invisible';
import { hideSecrets } from './secrets';

/** Longest title: Halo keeps 255 characters of a summary, some room is left for telling two titles apart. */
const LONGEST_TITLE = 300;
/** Longest name, address, user or product: longer ones are not names. */
const LONGEST_NAME = 500;
/** Longest description or remediation: what a technician reads; the rest is kept in the source. */
const LONGEST_TEXT = 20_000;

/** Every control character; line feed and tab are dealt with before. */
const CONTROL = /\p{Cc}/gu;
/** Half of a character outside the basic plane, which no database stores. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function cut(text: string, longest: number): string {
	return text.length > longest ? `${wholeCharacters(text, longest - 1).trimEnd()}…` : text;
}

function clean(text: string): string {
	return text.replace(LONE_SURROGATE, '\uFFFD');
}

function oneLine(text: string, longest: number): string {
	// The cut before cleaning keeps a text of megabytes from being searched for secrets.
	const shown = withoutInvisible(text.slice(0, longest * 4));
	return clean(shown.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
}

/** A title on one line, at most 300 characters, without control characters; null when nothing is left. */
export function cleanTitle(text: string): string | null {
	const line = hideSecrets(oneLine(text, LONGEST_TITLE));
	return line === '' ? null : cut(line, LONGEST_TITLE);
}

/** A name, address or product on one line, at most 500 characters; null when nothing is left.
 * Nothing in it is hidden: two companies whose names were hidden in part would be one. */
export function cleanName(text: string): string | null {
	const line = oneLine(text, LONGEST_NAME);
	return line === '' ? null : cut(line, LONGEST_NAME);
}

/** A text of several lines, at most 20,000 characters, without other control characters; null when nothing is left. */
export function cleanText(text: string): string | null {
	const lines = withoutInvisible(text.slice(0, LONGEST_TEXT * 2))
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(CONTROL, (character) => (character === '\n' || character === '\t' ? character : ''));
	const trimmed = hideSecrets(clean(lines)).trim();
	return trimmed === '' ? null : cut(trimmed, LONGEST_TEXT);
}

/** A name as it is compared where nothing but letter case and the form of a character may differ. */
export function plainName(name: string): string {
	return name.normalize('NFKC').trim().toLowerCase();
}
