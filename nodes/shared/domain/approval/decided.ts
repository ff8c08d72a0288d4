import type { EventResolution } from '../event/event';
import type { ErrorRow } from '../inbox/error-rows';
import { EventInputError } from '../values/input-error';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { cleanTitle } from '../values/text';
import { signHmac } from '../webhook/signature';
import type { Choice, Decision, Scope } from './choice';
import { type Question, readQuestion } from './question';

/** A decision, and the call that tells the source. */
export type Decided = Question & {
	decision: Decision;
	scope: Scope;
	/** Name of the agent in Halo. */
	approver: string;
	email: string;
	/** JSON text, exactly as it is signed and sent. */
	body: string;
	/** Header `X-Signature`: HMAC-SHA256 over the body, hex. */
	signature: string;
	/** Header `Idempotency-Key`: the same for every try of one decision. */
	key: string;
};

/**
 * A decision as the source is told it.
 * @param decidedAt ISO 8601 @param secret signs it
 */
export function decidedBy(
	question: Question,
	{ decision, email, scope }: Choice,
	approver: string,
	{ decidedAt, secret }: { decidedAt: string; secret: string },
): Decided {
	const { requestId, ticketId } = question;
	const body = JSON.stringify({
		elevationRequestId: requestId,
		decision,
		scope,
		approver: { name: approver, email },
		ticketId,
		decidedAt,
	});
	return {
		...question,
		decision,
		scope,
		approver,
		email,
		body,
		signature: signHmac(body, secret, { encoding: 'hex', prefix: 'sha256=' }),
		// A header holds ASCII alone; by way of bytes, since half a character cannot be encoded.
		key: `elevation|${encodeURIComponent(Buffer.from(requestId).toString())}|${decision}`,
	};
}

/**
 * A decision as it came from another node.
 * @throws EventInputError naming what is missing
 */
export function readDecided(json: JsonRecord): Omit<Decided, 'body' | 'signature' | 'key'> {
	const decision =
		json.decision === 'approved' || json.decision === 'denied' ? json.decision : null;
	const scope = json.scope === 'user' || json.scope === 'tenant' ? json.scope : null;
	if (decision === null || scope === null) {
		throw new EventInputError(
			'Decided',
			'the item that Decide gave out on Decided',
			'another one',
			"Put {{ $('…').first(0).json }} of the node with the operation Decide into the field.",
		);
	}
	return {
		...readQuestion(json),
		decision,
		scope,
		approver: memberText(json, 'approver') ?? '',
		email: memberText(json, 'email') ?? '',
	};
}

/** The request itself, as over: Halo Ticket finds its ticket by the reference and closes it. */
function over(event: JsonRecord, time: string, resolution: EventResolution): JsonRecord {
	return { ...event, status: 'resolved', time, resolution };
}

/** @param at ISO 8601 */
export function closedByDecision(
	{ approver, decision, email, event, scope }: ReturnType<typeof readDecided>,
	at: string,
): JsonRecord {
	return over(event, at, {
		reason: decision,
		byName: approver,
		byEmail: email,
		scope: scope === 'tenant' ? 'whole tenant' : 'this user',
		note: 'Decided from this ticket, with a login to n8n.',
	});
}

/** @param at ISO 8601 */
export function closedAsExpired({ event }: Question, at: string): JsonRecord {
	const nobody = { byName: null, byEmail: null, scope: null };
	return over(event, at, { reason: 'expired', ...nobody, note: 'Nobody decided in time.' });
}

/** What went wrong, in the words of n8n's HTTP Request node. */
function failureIn({ error }: JsonRecord): string {
	const said = isRecord(error) ? memberText(error, 'message') : error;
	return (typeof said === 'string' ? cleanTitle(said) : null) ?? 'no answer';
}

/** What is left behind when the source did not take a decision: a row for *notices*, and a private note. */
export type NotTaken = { row: ErrorRow; note: { ticketId: number; note: string } };

/**
 * @param failure item of the error output of the node that told the source
 * @param workflow as `halo_errors` names it @param at ISO 8601
 */
export function notTaken(
	{ approver, decision, ticketId }: Pick<Decided, 'approver' | 'decision' | 'ticketId'>,
	failure: JsonRecord,
	{ at, workflow }: { at: string; workflow: string },
): NotTaken {
	return {
		row: {
			workflow,
			node: 'Tell the source',
			direction: 'outgoing',
			cause: 'the source did not take a decision',
			message: `Ticket ${ticketId}: ${failureIn(failure)}`,
			at,
		},
		note: {
			ticketId,
			note: `${approver} decided: ${decision}. The source did not take it, so nothing was carried out and this ticket stays open. Decide in the source's portal, or open the link above again.`,
		},
	};
}
