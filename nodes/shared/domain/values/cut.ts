const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** More units than any sign of a script or any emoji has; what goes on longer was made to be cut. */
const LONGEST_CHARACTER = 64;

/** What browsers and mail programs carry of an address; a longer run of characters is none. */
const LONGEST_ADDRESS = 2_000;

/** Where a text of whole characters ends, at the most. */
function endOfCharacters(text: string, longest: number): number {
	// Only the surroundings of the cut are looked at: where a character begins is known within its greatest length.
	const from = Math.max(0, longest - LONGEST_CHARACTER);
	const near = text.slice(from, longest + LONGEST_CHARACTER);
	const start = characters.segment(near).containing(longest - from)?.index ?? 0;
	if (start > 0) return from + start;
	const isHalf = /[\uD800-\uDBFF]$/.test(text.slice(longest - 1, longest));
	return isHalf ? longest - 1 : longest;
}

/** Where an address begins that would be cut at this place; the place itself where none would. */
function beforeAddress(text: string, end: number): number {
	if (/\s/.test(text.charAt(end))) return end;
	const from = Math.max(0, end - LONGEST_ADDRESS);
	const word = text.slice(from, end).split(/\s/).at(-1) ?? '';
	// A text that is nothing but an address is shown in part: there is nothing else to show.
	return end > word.length && /:\/\/|^www\./i.test(word) ? end - word.length : end;
}

/**
 * The beginning of a text, without half a character at its end (no single surrogate, no letter without its accents, no
 * part of a flag) and without half an address, which whoever shows it would make a link that leads nowhere.
 * @param longest in UTF-16 units
 */
export function wholeCharacters(text: string, longest: number): string {
	if (text.length <= longest) return text;
	return text.slice(0, beforeAddress(text, endOfCharacters(text, longest)));
}

/** A text that is shown in a sentence or a list: cut where it is longer, with a mark that says so. */
export function shortened(text: string, longest: number): string {
	return text.length > longest ? `${wholeCharacters(text, longest)}…` : text;
}
