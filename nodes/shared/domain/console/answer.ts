import { forHtml } from '../values/escape';
import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { consolePage } from './layout';

/** What is sent back, as the node Respond to Webhook takes it. */
export type ConsoleAnswer = {
	status: number;
	contentType: string;
	/** Address that the browser goes to; '' = none. */
	location: string;
	disposition: string;
	body: string;
};

/** Rows that are written before it is answered, by the node that writes them. */
export interface ConsoleWrites {
	/** New rows of the table `into`. */
	insert: JsonRecord[];
	/** Rows of the table `into` that change, each with its id. */
	update: JsonRecord[];
	/** New rows of halo_companies. */
	insertCompanies: JsonRecord[];
	/** Rows of halo_companies that change, each with its id. */
	updateCompanies: JsonRecord[];
	/** Rows that go: `{ table, id }`. */
	remove: JsonRecord[];
}

export const NO_WRITES: Readonly<ConsoleWrites> = {
	insert: [],
	update: [],
	insertCompanies: [],
	updateCompanies: [],
	remove: [],
};

/** What a page, or what was sent to it, comes to. */
export interface ConsoleOutcome {
	answer: ConsoleAnswer;
	/** Id of the table that `insert` and `update` of the writes mean; '' when nothing is written. */
	into: string;
	writes: ConsoleWrites;
}

/** A page that is shown and changes nothing. @param html the whole page */
export function shown(html: string, status = 200): ConsoleOutcome {
	return {
		answer: {
			status,
			contentType: 'text/html; charset=utf-8',
			location: '',
			disposition: 'inline',
			body: html,
		},
		into: '',
		writes: NO_WRITES,
	};
}

/** Why something could not be done, as a page of its own. */
export function refusalPage(status: number, message: string): ConsoleOutcome {
	const title = status === 404 ? 'There is no such page' : 'Not done';
	const body = `<div class="banner bad"><p>${forHtml(message)}</p></div>`;
	return shown(consolePage(title, body, null), status);
}

/** The words of an item that stands for a node of the console that failed; null for any other item. */
export function failedStep(json: JsonRecord): string | null {
	const error = memberText(json, 'error');
	if (error === null) return null;
	return [error, memberText(json, 'nextStep')].filter((part) => part !== null).join('. ');
}

/**
 * Rows are written, then the browser goes to another page, so that a reload repeats nothing.
 * @param into id of the table that `insert` and `update` mean @param location as `consoleAddress` makes it
 */
export function written(into: string, writes: ConsoleWrites, location: string): ConsoleOutcome {
	const { answer } = shown('', 303);
	return { answer: { ...answer, location }, into, writes };
}

/** The browser goes to another page, and nothing is written. */
export function sentOn(location: string): ConsoleOutcome {
	return written('', NO_WRITES, location);
}
