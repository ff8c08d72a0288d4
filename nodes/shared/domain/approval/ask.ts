import type { ErrorRow } from '../inbox/error-rows';
import { decisionOf, needsPerson, reasonOf, rowAbout } from '../inbox/report';
import { ELEVATION_ID_MEMBERS } from '../sources/idemeum';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { memberText, readReference } from '../values/read';
import type { Question } from './question';

const HOUR_MS = 3_600_000;

/** Whom and how long to ask. */
export interface AskSettings {
	/** Where the source takes decisions; '' = they are taken in its own portal only. */
	callbackUrl: string;
	/** Hours until a request expires. */
	waitHours: number;
	/** True when the requester may decide. */
	ownAllowed: boolean;
	/** The workflow, as `halo_errors` names it. */
	workflow: string;
	/** Milliseconds since the epoch. */
	now: number;
}

/** What the source hears at once, before anybody decides. */
export type SourceAnswer = {
	/** Requests and decisions that came. */
	received: number;
	/** Those that wait for a person: nothing was made of them. */
	failed: number;
	requests: Array<{
		title: string | null;
		decision: string;
		reason: string;
		ticketId: number | null;
	}>;
};

/** What follows from one request that came. */
export type AfterRequest =
	| { kind: 'question'; question: Question }
	| { kind: 'error'; row: ErrorRow }
	| { kind: 'other' };

/** What was decided about a ticket so far, and the source's own record, are no part of the request. */
const BESIDE_REQUEST = ['decision', 'reason', 'ticketId', 'ticketUrl', 'raw'];

function requestIn(json: JsonRecord): JsonRecord {
	return Object.fromEntries(
		Object.entries(json).filter(([name]) => !BESIDE_REQUEST.includes(name)),
	);
}

/**
 * What follows from one request, once it is a ticket, held, or refused.
 * @param json item of Halo Ticket, or one that Halo Map Company or Halo Evaluate Event Set decided about
 */
export function afterRequest(json: JsonRecord, settings: AskSettings): AfterRequest {
	const at = new Date(settings.now).toISOString();
	if (needsPerson(json)) return { kind: 'error', row: rowAbout(json, settings.workflow, at) };
	const ticketId = readReference(json.ticketId);
	if (decisionOf(json) !== 'created' || settings.callbackUrl === '' || ticketId === null) {
		return { kind: 'other' };
	}
	const { raw, ticketUrl } = json;
	const requestId = isRecord(raw) ? memberText(raw, ...ELEVATION_ID_MEMBERS) : null;
	if (requestId === null) {
		const message = `Ticket ${ticketId} was made, but its request has no id to answer to. Switch on Keep the Source Record in the trigger; decide this one in the portal.`;
		const row = rowAbout(json, settings.workflow, at);
		return { kind: 'error', row: { ...row, cause: 'set_up', message } };
	}
	return {
		kind: 'question',
		question: {
			requestId,
			ticketId,
			ticketUrl: typeof ticketUrl === 'string' ? ticketUrl : '',
			event: requestIn(json),
			expiresAt: new Date(settings.now + settings.waitHours * HOUR_MS).toISOString(),
			callbackUrl: settings.callbackUrl,
			ownAllowed: settings.ownAllowed,
		},
	};
}

/** The answer to the source: what became of each request of its delivery. */
export function sourceAnswerOf(items: readonly JsonRecord[]): SourceAnswer {
	const requests = items.map((json) => ({
		title: memberText(json, 'title'),
		decision: decisionOf(json),
		reason: reasonOf(json),
		ticketId: readReference(json.ticketId),
	}));
	return { received: requests.length, failed: items.filter(needsPerson).length, requests };
}
