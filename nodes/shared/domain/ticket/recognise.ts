import { blockText, type BlockKind, lastBlock, withBlock } from './block';
import { referenceKey, referenceOfKey, referencesIn } from './reference';
import type { Seal } from './seal';
import { STATE_BLOCK, stateOfWords, type TicketState } from './state';

/** What of a ticket's texts is our own. */
export interface Recognised {
	/** The reference that our own block vouches for; null = nothing here shows that the ticket is ours. */
	reference: string | null;
	/** What is recorded; null without a block of ours. */
	state: TicketState | null;
	/** Every reference that the texts name, whoever wrote it. */
	claims: readonly string[];
}

/** A ticket of ours names one reference, one that two were merged into a few; more is nobody's honest ticket. */
const MOST_CLAIMS = 8;

function stateContent(reference: string, words: readonly string[]): string {
	return `state|${reference}|${words.join(' ')}`;
}

/**
 * Tells whose ticket it is. A marker alone says nothing, since anybody can write one into a title or a mail: only the
 * last block of the details counts, and only when its check value was made of its words and one of the references.
 */
export function recognise(
	{ details, summary }: { summary: string; details: string },
	seal: Seal,
): Recognised {
	const claims = [...new Set([...referencesIn(summary), ...referencesIn(details)])];
	const block = claims.length === 0 ? null : lastBlock(details, STATE_BLOCK);
	const check = block?.check ?? null;
	if (block === null || check === null) return { reference: null, state: null, claims };
	const reference = claims
		.slice(0, MOST_CLAIMS)
		.find((claim) => seal.verifies(stateContent(claim, block.words), check));
	if (reference === undefined) return { reference: null, state: null, claims };
	return { reference, state: stateOfWords(block.words), claims };
}

/** Puts the check value into the last block of details that this run made. */
export function sealDetails(detailsHtml: string, reference: string, seal: Seal): string {
	const block = lastBlock(detailsHtml, STATE_BLOCK);
	if (block === null) return detailsHtml;
	const check = seal.check(stateContent(reference, block.words));
	return withBlock(detailsHtml, block, blockText(STATE_BLOCK, block.words, check));
}

/** The block of our own words in a private note. */
const NOTE_BLOCK: BlockKind = { start: 'scanroster', end: 'endroster' };

/** Our own words in a note: what they are about, and on which ticket. */
export interface NoteWords {
	/** Reference of the ticket that they were written for. */
	reference: string;
	verb: string;
	words: readonly string[];
}

/** Our own words for a private note: `scanroster add kqzvwmtrbhxd:: for abcdefghijkl check … endroster`. */
export function noteBlock(
	reference: string,
	[verb, ...words]: readonly [string, ...string[]],
	seal: Seal,
): string {
	const content = [verb, referenceKey(reference), ...words];
	return blockText(NOTE_BLOCK, content, seal.check(`note|${content.join(' ')}`));
}

/** Reads our own words out of a note; null when it has none, or when somebody else wrote them. */
export function readNote(note: string, seal: Seal): NoteWords | null {
	const block = lastBlock(note, NOTE_BLOCK);
	if (block === null || block.check === null) return null;
	const [verb, reference, ...words] = block.words;
	if (verb === undefined || reference === undefined) return null;
	if (!seal.verifies(`note|${block.words.join(' ')}`, block.check)) return null;
	return { reference: referenceOfKey(reference), verb, words };
}
