import { carriesReference } from './reference';

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

/** True when the ticket carries exactly this reference, in its summary or (a person edited that) in its details. */
export function isAbout(
	ticket: Pick<TicketView, 'summary' | 'details'>,
	reference: string,
): boolean {
	return carriesReference(ticket.summary, reference) || carriesReference(ticket.details, reference);
}
