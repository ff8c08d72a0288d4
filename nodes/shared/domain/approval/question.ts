import { EventInputError } from '../values/input-error';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readReference } from '../values/read';

/** What one run asks about: a request, and the ticket that was made of it. */
export type Question = {
	/** Id of the request at its source, which hears the decision. */
	requestId: string;
	ticketId: number;
	ticketUrl: string;
	/** The request as an event, without the source's own record. */
	event: JsonRecord;
	/** ISO 8601; afterwards the request is closed as expired. */
	expiresAt: string;
	/** Where the source takes decisions. */
	callbackUrl: string;
	/** True when the requester may decide. */
	ownAllowed: boolean;
};

const NEXT_STEP =
	'Pass on what the operation Ask gave out, unchanged; see the wires of the template elevation-approval.';

function needed<Value>(field: string, expected: string, value: Value | null): Value {
	if (value !== null) return value;
	throw new EventInputError(field, expected, 'none', NEXT_STEP);
}

/**
 * A question as it came from another node.
 * @param json item of the operation Ask, or of Word Question
 * @throws EventInputError naming the member that is missing
 */
export function readQuestion(json: JsonRecord): Question {
	const expiresAt = needed('expiresAt', 'a time', memberText(json, 'expiresAt'));
	if (Number.isNaN(Date.parse(expiresAt))) {
		throw new EventInputError('expiresAt', 'a time in ISO 8601', `"${expiresAt}"`, NEXT_STEP);
	}
	return {
		requestId: needed('requestId', "the request's id", memberText(json, 'requestId')),
		ticketId: needed('ticketId', "a ticket's number", readReference(json.ticketId)),
		ticketUrl: memberText(json, 'ticketUrl') ?? '',
		event: needed('event', 'the request as an event', isRecord(json.event) ? json.event : null),
		expiresAt,
		callbackUrl: needed('callbackUrl', 'an address', memberText(json, 'callbackUrl')),
		ownAllowed: json.ownAllowed === true,
	};
}
