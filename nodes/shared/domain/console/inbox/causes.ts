import { entryOf } from '../../values/json';

/** What a cause means, and what to correct before the findings are handled again. */
export interface CauseWords {
	means: string;
	correct: string;
}

const CAUSES: Readonly<Record<string, CauseWords>> = {
	halo_refused: {
		means: 'Halo refused it',
		correct:
			'What the reason names, e.g. a required field of the ticket type; then handle it again.',
	},
	halo_rights: {
		means: 'credential or rights',
		correct:
			'The credential, its scopes, or the rights of the API agent; the check page of setup names them.',
	},
	halo_down: {
		means: 'Halo did not answer',
		correct: 'Nothing: it is tried again by itself.',
	},
	set_up: {
		means: 'profile, event set or mapping',
		correct: 'The row that the reason names, in halo_profiles, halo_event_sets or the mapping.',
	},
	damaged: {
		means: 'the row cannot be read',
		correct: 'The column event of the row in halo_inbox, under Data tables in n8n.',
	},
};

const UNKNOWN: CauseWords = {
	means: 'see the reason',
	correct: 'What the reason says.',
};

export function causeWords(cause: string): CauseWords {
	return entryOf(CAUSES, cause) ?? UNKNOWN;
}

const STATES: Readonly<Record<string, string>> = {
	new: 'Taken by the next run of process-inbox.',
	failed: 'Tried again by itself, after growing pauses, for 7 days.',
	held: 'Its company has no mapping, or two clients may be meant. It is taken up once that is decided.',
	waiting: 'A maintenance window is open; taken up when it ends.',
	dead: 'Not tried again by itself: Halo refused it, it cannot be read, or it was tried for 7 days.',
	done: 'Handled.',
	sending: 'A call to the source is under way.',
};

/** What becomes of a row in this state. */
export function stateWords(state: string): string {
	return (
		entryOf(STATES, state) ??
		'Not a state that the bridge knows: set it to new under Data tables in n8n.'
	);
}
