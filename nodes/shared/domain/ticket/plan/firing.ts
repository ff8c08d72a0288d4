import { referenceKey } from '../reference';
import type { TicketState } from '../state';
import type { Desired } from './types';

/** Firings that a ticket remembers: an end that comes late is that of one of the last few. */
const MOST_FIRINGS = 4;

type OneFiring = Pick<Desired, 'firing' | 'references'>;

/** Words of the alert by its own id, the current signing key first. */
function wordsOf({ firing, references }: OneFiring): string[] {
	return (firing ?? references).map(referenceKey);
}

/** The state with the alert as the one that fires now; as it is for a source whose keys stay. */
export function withFiring(state: TicketState, desired: OneFiring): TicketState {
	const [word, ...older] = wordsOf(desired);
	if (desired.firing === undefined || word === undefined) return state;
	const others = state.firing.filter((one) => one !== word && !older.includes(one));
	return { ...state, firing: [...others, word].slice(-MOST_FIRINGS) };
}

/** True when another alert than the one that the ticket knows fires now: the same monitor on the same device, again. */
export function firesAgain(state: TicketState | null, desired: OneFiring): boolean {
	if (desired.firing === undefined || state === null) return false;
	const last = state.firing.at(-1);
	return last === undefined || !wordsOf(desired).includes(last);
}

/** True for the end of an alert after which the same monitor fired again. */
export function isOvertaken(state: TicketState | null, desired: OneFiring): boolean {
	const own = wordsOf(desired);
	const last = state?.firing.at(-1);
	if (state === null || last === undefined || own.includes(last)) return false;
	return state.firing.some((one) => own.includes(one));
}
