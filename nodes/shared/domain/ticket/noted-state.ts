import { wholeCharacters } from '../values/cut';
import { lastBlock } from './block';
import { referenceMarker } from './reference';
import { STATE_BLOCK, stateOfWords, type TicketState } from './state';
import type { TicketAction } from './touch';
import type { TicketView } from './view';

/**
 * In the summary of a ticket whose details Halo does not let change, or cuts: what is recorded of it stands in the
 * newest private note of ours that says so. Rows of lists carry the summary, so the notes of other tickets are not read.
 */
const NOTED_MARKER = '(scanstate in notes)';

/** First of our own words in a note that holds what is recorded of its ticket. */
const STATE_VERB = 'state';

/** Length of Halo's summary column. */
export const SUMMARY_LENGTH = 255;

/** True when what is recorded of the ticket stands in its notes. */
export function isNoted({ summary }: { summary: string }): boolean {
	return summary.includes(NOTED_MARKER);
}

/** The summary that sends readers to the notes. @returns at most 255 characters, the reference whole where it stood there */
export function notedSummary(summary: string, reference: string): string {
	const marker = referenceMarker(reference);
	const end = summary.includes(marker) ? `${marker} ${NOTED_MARKER}` : NOTED_MARKER;
	const title = summary.replace(marker, '').trim();
	const room = SUMMARY_LENGTH - end.length - 1;
	if (title.length <= room) return `${title} ${end}`;
	return `${wholeCharacters(title, room - 1).trimEnd()}… ${end}`;
}

/** Our own words for the note that holds what details with a block would have held. */
export function stateNoteWords(detailsHtml: string): [string, ...string[]] {
	return [STATE_VERB, ...(lastBlock(detailsHtml, STATE_BLOCK)?.words ?? [])];
}

/** True for a note of ours that holds what is recorded of its ticket. */
export function holdsState({ application, words }: TicketAction): boolean {
	return application !== null && words?.verb === STATE_VERB;
}

/** What our newest note about the ticket's state says, as words; null when there is none. */
export function stateWordsIn(
	actions: readonly TicketAction[],
	reference: string | null,
): readonly string[] | null {
	const newest = actions.reduce<TicketAction | null>((latest, action) => {
		if (!holdsState(action) || action.words?.reference !== reference) return latest;
		return latest === null || action.id > latest.id ? action : latest;
	}, null);
	return newest?.words?.words ?? null;
}

/** What is recorded of a ticket, whichever of the two places holds it; null when its details do and it is not known. */
export function recordedState(
	{ reference, state }: Pick<TicketView, 'reference' | 'state'>,
	actions: readonly TicketAction[],
): TicketState | null {
	const words = stateWordsIn(actions, reference);
	return words === null ? state : stateOfWords(words);
}
