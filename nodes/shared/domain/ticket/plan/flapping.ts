import type { TicketState } from '../state';

const DAY = 86_400_000;

/** A problem that came back more often than this within the window comes and goes. */
const MOST_RETURNS = 3;
const WINDOW_DAYS = 7;
/** Each stands in the details of the ticket, which Halo cuts where they get too long; the record is at their end. */
const MOST_RECORDED = 20;

export interface Return {
	/** The state to record, with this return in it. */
	state: TicketState;
	/** True when people are to be told now that the problem comes and goes: once per window. */
	tell: boolean;
	/** True when people know it already, so that a further return is no news. */
	known: boolean;
	/** Returns within the window, this one included; 20 = that many or more. */
	count: number;
}

/** Counts a return of the problem. @param now milliseconds since the epoch */
export function countReturn(state: TicketState, now: number): Return {
	const since = now - WINDOW_DAYS * DAY;
	const at = new Date(now).toISOString();
	const within = state.reopened.filter((time) => Date.parse(time) > since);
	const reopened = [...within, at].slice(-MOST_RECORDED);
	const flapping = reopened.length > MOST_RETURNS;
	const known = flapping && state.flappingAt !== null && Date.parse(state.flappingAt) > since;
	const tell = flapping && !known;
	return {
		state: {
			...state,
			reopened,
			flappingAt: tell ? at : known ? state.flappingAt : null,
		},
		tell,
		known,
		count: reopened.length,
	};
}

/** Words for people about a problem that comes and goes. */
export function flappingWords(count: number): string {
	const times = count < MOST_RECORDED ? `${count} times` : `${count} times or more`;
	return `It came back ${times} within ${WINDOW_DAYS} days: it comes and goes. Further returns open this ticket without a note.`;
}
