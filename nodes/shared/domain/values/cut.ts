const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** More units than any sign of a script or any emoji has; what goes on longer was made to be cut. */
const LONGEST_CHARACTER = 64;

/**
 * The beginning of a text, without half a character at its end: no single surrogate, no letter without its accents, no
 * part of a flag.
 * @param longest in UTF-16 units
 */
export function wholeCharacters(text: string, longest: number): string {
	if (text.length <= longest) return text;
	// Only the surroundings of the cut are looked at: where a character begins is known within its greatest length.
	const from = Math.max(0, longest - LONGEST_CHARACTER);
	const near = text.slice(from, longest + LONGEST_CHARACTER);
	const start = characters.segment(near).containing(longest - from)?.index ?? 0;
	if (start > 0) return text.slice(0, from + start);
	const isHalf = /[\uD800-\uDBFF]$/.test(text.slice(longest - 1, longest));
	return text.slice(0, isHalf ? longest - 1 : longest);
}
