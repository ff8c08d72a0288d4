import { wholeCharacters } from '../values/cut';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import { type ErrorRow, LONGEST_MESSAGE } from './error-rows';

/** The row of halo_sync_status of a flow that works without the inbox; only what changes. */
export type FlowRow = { integration: '(all)'; flow: string; enabled: true; lastSync?: string };

/** What a run leaves behind that makes its tickets at once, without rows of halo_inbox. */
export interface Report {
	status: FlowRow;
	/** One for each event that needs a person. */
	errors: ErrorRow[];
	/** Words of those among them that whoever sent them has to send again. */
	failed: string[];
}

/** What was decided about an event; an item without a decision comes out of a node that failed as a whole. */
export function decisionOf(json: JsonRecord): string {
	return memberText(json, 'decision') ?? 'failed';
}

/** True for what failed or is held. What a mapping or an event set leaves out on purpose is no failure. */
export function needsPerson(json: JsonRecord): boolean {
	const decision = decisionOf(json);
	return decision === 'failed' || decision.startsWith('held_');
}

/** Why it was decided so, in words. */
export function reasonOf(json: JsonRecord): string {
	const error = isRecord(json.error) ? json.error : {};
	const said = memberText(error, 'message') ?? memberText(json, 'error');
	return memberText(json, 'reason') ?? said ?? 'A node before this one gave no decision.';
}

/** The same words for the same event however often it comes, so that its row is found again. */
function wordsOf(json: JsonRecord): string {
	const user = isRecord(json.user) ? json.user : {};
	const about = [memberText(json, 'title'), memberText(user, 'email')];
	const parts = [...about.filter((part) => part !== null), reasonOf(json)];
	return wholeCharacters(parts.join('; '), LONGEST_MESSAGE);
}

/**
 * The row of halo_errors about an event that needs a person.
 * @param workflow name of the workflow, without what all of them begin with
 * @param at ISO 8601
 */
export function rowAbout(json: JsonRecord, workflow: string, at: string): ErrorRow {
	const cause = decisionOf(json);
	const node = cause === 'failed' ? 'Halo Ticket' : 'Halo Map Company';
	return { workflow, node, direction: 'incoming', cause, message: wordsOf(json), at };
}

/**
 * What is to be written about events that became tickets, or did not. Last Sync moves when one became a ticket, or found
 * its own.
 * @param decided what Halo Map Company, Halo Evaluate Event Set and Halo Ticket gave out
 * @param workflow name of the workflow, without what all of them begin with
 * @param at ISO 8601
 */
export function reportOn(
	decided: readonly JsonRecord[],
	{ workflow, at }: { workflow: string; at: string },
): Report {
	const told = decided.filter(needsPerson);
	const worked = decided.some(
		(json) => decisionOf(json) !== 'failed' && readInteger(json.ticketId) !== null,
	);
	return {
		status: {
			integration: '(all)',
			flow: workflow,
			enabled: true,
			...(worked ? { lastSync: at } : {}),
		},
		errors: told.map((json) => rowAbout(json, workflow, at)),
		failed: told.filter((json) => decisionOf(json) === 'failed').map(wordsOf),
	};
}
