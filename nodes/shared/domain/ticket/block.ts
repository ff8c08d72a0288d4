/**
 * What parts two words of our own on a ticket: white space, and the no-break space that Halo's editor makes of it, as
 * a character or as an entity. No character fits two branches, so a text of nothing but spaces is read in one go.
 */
export const GAP = '(?:\\s|&nbsp;|&#160;|&#[xX][aA]0;)+';

const NEXT_GAP = new RegExp(GAP, 'y');
const NEXT_WORD = /[A-Za-z0-9:.-]+/y;

/** A run of our own words inside a text. */
export interface Block {
	/** Where the first word begins and where the last one ends, in UTF-16 units. */
	from: number;
	to: number;
	/** Words between the first and the last. */
	words: string[];
}

/** End of what a sticky pattern finds at a place; the place itself when it finds nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(text) ? pattern.lastIndex : at;
}

/** The block that begins at a place; `words` null when other text comes before its end. */
function blockAt(
	text: string,
	from: number,
	start: string,
	end: string,
): { to: number; words: string[] | null } {
	const words: string[] = [];
	let at = from + start.length;
	for (;;) {
		const word = endOf(NEXT_GAP, text, at);
		if (word === at) return { to: at, words: null };
		if (text.startsWith(end, word)) return { to: word + end.length, words };
		at = endOf(NEXT_WORD, text, word);
		if (at === word) return { to: at, words: null };
		words.push(text.slice(word, at));
	}
}

/**
 * Every run of words from `start` to `end`, in order. Each character is looked at a fixed number of times whatever the
 * text holds: where other text stops a run, no later start before that place could have come further.
 * @param start first word of a block, letters only
 * @param end last word of a block, letters only
 */
export function blocksIn(text: string, start: string, end: string): Block[] {
	const blocks: Block[] = [];
	let from = text.indexOf(start);
	while (from !== -1) {
		const { to, words } = blockAt(text, from, start, end);
		if (words !== null) blocks.push({ from, to, words });
		from = text.indexOf(start, to);
	}
	return blocks;
}
