/**
 * Blocks of plain words that the pack writes for itself: on a ticket's details and in its private notes. Words only, no
 * signs that an HTML editor or a conversion to plain text would change. The last pair is a check value.
 */

/** First and last word of a kind of block. */
export interface BlockKind {
	start: string;
	end: string;
}

export interface Block {
	/** Words between the first and the last one, check value and its name left out. */
	words: string[];
	/** Null on a block without one. */
	check: string | null;
	/** Where it stands in the text. */
	from: number;
	to: number;
}

/**
 * What parts two words of our own on a ticket: white space, and the no-break space that Halo's editor makes of it, as
 * a character or as an entity. No character fits two branches, so a text of nothing but spaces is read in one go.
 */
export const GAP = '(?:\\s|&nbsp;|&#160;|&#[xX][aA]0;)+';
const GAPS = new RegExp(GAP);

const CHECK_NAME = 'check';
const WORD = /^[A-Za-z0-9:.-]+$/;

/**
 * The last block of a text. What stands before it is never looked at, so that nothing that others wrote above ours
 * counts; null when the last one is none of ours in form.
 */
export function lastBlock(text: string, { end, start }: BlockKind): Block | null {
	const from = text.lastIndexOf(start);
	const stop = from < 0 ? -1 : text.indexOf(end, from + start.length);
	if (stop < 0) return null;
	const words = text.slice(from + start.length, stop).split(GAPS);
	// A gap stands at both ends, so that the first and last word stand alone.
	if (words.length < 2 || words.shift() !== '' || words.pop() !== '') return null;
	if (!words.every((word) => WORD.test(word))) return null;
	const signed = words.at(-2) === CHECK_NAME;
	return {
		words: signed ? words.slice(0, -2) : words,
		check: signed ? (words.at(-1) ?? null) : null,
		from,
		to: stop + end.length,
	};
}

/** True when the last blocks of two texts say the same, check values included. */
export function sameBlock(left: string, right: string, kind: BlockKind): boolean {
	const [one, other] = [lastBlock(left, kind), lastBlock(right, kind)];
	return JSON.stringify([one?.words, one?.check]) === JSON.stringify([other?.words, other?.check]);
}

/** A block as text. @param check null = without a check value */
export function blockText(
	{ end, start }: BlockKind,
	words: readonly string[],
	check: string | null,
): string {
	const signed = check === null ? [] : [CHECK_NAME, check];
	return [start, ...words, ...signed, end].join(' ');
}

/** The text with another block in the place of its last one. */
export function withBlock(text: string, { from, to }: Pick<Block, 'from' | 'to'>, block: string) {
	return `${text.slice(0, from)}${block}${text.slice(to)}`;
}
