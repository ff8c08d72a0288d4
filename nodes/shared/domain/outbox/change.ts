import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import type { DeliveryTicket } from '../webhook/delivery';
import { readDeliveryTicket } from '../webhook/delivery-ticket';

/** An agent of Halo; null what Halo does not tell. */
export interface ChangeAgent {
	id: number | null;
	name: string | null;
	email: string | null;
}

/** What Halo Trigger says of a ticket. */
export interface HaloChange {
	ticketId: number;
	ticket: DeliveryTicket;
	deliveryId: string;
	reference: string | null;
	time: string | null;
	ownWrite: boolean;
	/** Who caused it. */
	agent: ChangeAgent | null;
	/** Whose ticket it is. */
	ticketAgent: ChangeAgent | null;
}

/** A change of which nobody can be told; `nextStep` says what to do. */
export class ChangeError extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'ChangeError';
	}
}

function agentIn(value: unknown): ChangeAgent | null {
	if (!isRecord(value)) return null;
	return {
		id: readInteger(value.id),
		name: memberText(value, 'name'),
		email: memberText(value, 'email'),
	};
}

/**
 * An item of Halo Trigger.
 * @throws ChangeError when it holds no ticket
 */
export function readHaloChange(json: JsonRecord): HaloChange {
	const ticketId = readInteger(json.ticketId);
	const ticket = isRecord(json.ticket) ? readDeliveryTicket(json.ticket) : null;
	if (ticketId === null || ticket === null) {
		const problem = memberText(json, 'problem');
		throw new ChangeError(
			`Ticket ${ticketId ?? 'without a number'} could not be read, so nobody is told of it${problem === null ? '' : `: ${problem}`}`,
			'Send the delivery again from the tab Deliveries of the webhook in Halo.',
		);
	}
	return {
		ticketId,
		ticket,
		deliveryId: memberText(json, 'deliveryId') ?? '',
		reference: memberText(json, 'reference'),
		time: memberText(json, 'time'),
		ownWrite: json.ownWrite === true,
		agent: agentIn(json.agent),
		ticketAgent: agentIn(json.ticketAgent),
	};
}
