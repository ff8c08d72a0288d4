import type { ScannerEvent } from '../../event/event';
import type { TicketState } from '../state';
import { inOtherWords } from '../text-record';

/** What a report in other words than before leaves on its ticket. */
export interface Retold {
	/** With the counter, and the newest words. */
	state: TicketState;
	/** For people; null while the last note is too young. */
	note: string | null;
	/** One sentence. */
	reason: string;
}

/** What the note says of the report itself. */
const LONGEST_SHOWN = 500;

/**
 * What is to be recorded, or told, of reports of a known problem in other words.
 * @param due true when people may be told again
 * @returns null when there is nothing
 */
export function retold(
	state: TicketState | null,
	event: ScannerEvent,
	summary: string,
	due: boolean,
): Retold | null {
	if (state === null || state.text === null) return null;
	const other = inOtherWords(state.text, event, summary);
	const text = other ?? state.text;
	const untold = text.count - text.told;
	if (untold === 0 || (other === null && !due)) return null;
	const times = untold === 1 ? 'once' : `${untold} times`;
	const said = other === null ? text.newest : wordsOf(event);
	return {
		state: { ...state, text: due ? { ...text, told: text.count } : text },
		note: due
			? `${event.source} reported this problem ${times} in other words than before. It may be another finding under the same key. The newest, reported ${event.time}:\n${said}`
			: null,
		reason: due
			? 'It came in other words than before; noted.'
			: `It came in other words than before: recorded${untold > 1 ? ` (${times} now)` : ''}, told with the next note.`,
	};
}

function wordsOf({ description, title }: ScannerEvent): string {
	return [title, description ?? ''].join('\n').trim().slice(0, LONGEST_SHOWN);
}
