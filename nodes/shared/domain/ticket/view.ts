import { ownerWord, problemWord, referenceOfKey } from './reference';
import type { TicketState } from './state';

/** A ticket as Halo has it, as far as planning needs it. Ids of "none" (0, -1) and the agent Unassigned are null. */
export interface TicketView {
	id: number;
	summary: string;
	/** Plain text, with our state at its end. */
	details: string;
	/** HTML; null until the ticket itself was read. */
	detailsHtml: string | null;
	clientId: number;
	clientName: string | null;
	/** User whom the ticket names as its reporter; null when it names nobody. */
	userId: number | null;
	statusId: number;
	ticketTypeId: number;
	priorityId: number | null;
	slaId: number | null;
	agentId: number | null;
	/** ISO 8601 in UTC. */
	occurredAt: string | null;
	closedAt: string | null;
	lastUpdate: string | null;
	/** Ticket that it was merged into; null when it was not. */
	mergedIntoId: number | null;
	/** Null = its status does not tell. */
	open: boolean | null;
	/** The reference that our own block on it vouches for; null = what was read does not show that it is ours. */
	reference: string | null;
	/** What our block records; null without one. */
	state: TicketState | null;
	/** Every reference that its texts name, whoever wrote it. */
	claims: readonly string[];
	/** True when only its opening tells whether an application made it, see `recognise`. */
	doubtful: boolean;
	/** Client that the mapping named when it was last recorded; null when not known. */
	mappedTo: number | null;
	/** True once the ticket itself was read, not only its row in a list. */
	read: boolean;
}

/** What is known of the tenant's statuses. */
export interface StatusKnowledge {
	/** Ticket statuses that Halo says are not closed; empty = Halo did not say. */
	openIds: ReadonlySet<number>;
	/** All ticket statuses. */
	allIds: ReadonlySet<number>;
	/** Statuses that the profiles close with. */
	closeIds: ReadonlySet<number>;
}

/**
 * Whether a ticket with this status is open. List rows do not say it, and a request per ticket would be too many.
 * @returns null when the status does not tell, so that the ticket itself must be read
 */
export function isOpenStatus(statusId: number, known: StatusKnowledge): boolean | null {
	if (known.closeIds.has(statusId)) return false;
	const told = known.openIds.size > 0 && known.openIds.size < known.allIds.size;
	if (!told) return null;
	if (known.openIds.has(statusId)) return true;
	return known.allIds.has(statusId) ? false : null;
}

/**
 * True when a reference is one of those wanted. One without an owner, of an event that names no company, means the
 * problem of every owner.
 */
export function answers(wanted: readonly string[], reference: string): boolean {
	return wanted.some(
		(one) =>
			one === reference || (ownerWord(one) === null && problemWord(one) === problemWord(reference)),
	);
}

/**
 * True when a ticket is where it belongs for a client that the mapping names: on that client, or where a person moved it
 * since while the mapping stayed. Then the record still names that client.
 */
export function belongsTo(
	ticket: Pick<TicketView, 'clientId' | 'mappedTo'>,
	clientId: number | null,
): boolean {
	return clientId === null || ticket.clientId === clientId || ticket.mappedTo === clientId;
}

/** True when our own block says that the ticket is that of a wanted problem, or of an alert that fired for it. */
export function isAbout(ticket: Vouched, wanted: readonly string[]): boolean {
	return vouchedOn(ticket).some((reference) => answers(wanted, reference));
}

/** What a ticket's own block vouches for. */
type Vouched = Pick<TicketView, 'reference' | 'state'>;

/** All references that a ticket's own block vouches for: that of its problem, and those of the alerts that fired for it. */
export function vouchedOn({ reference, state }: Vouched): string[] {
	return reference === null ? [] : [reference, ...(state?.firing ?? []).map(referenceOfKey)];
}
