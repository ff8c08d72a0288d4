import { referencesIn } from '../reference';
import type { Actual, Need } from './types';
import type { TicketView } from '../view';

/** A ticket to act on, and the one that holds our state: they differ when ours was merged into another. */
export interface Candidate {
	ticket: TicketView;
	own: TicketView;
}

export interface Sorted {
	kind: 'sorted';
	/** Oldest (lowest id) first. */
	open: Candidate[];
	closed: Candidate[];
}

/** A chain of merges longer than this is taken as a ring. */
const LONGEST_CHAIN = 5;

/** Follows `merged_into_id`. @returns null when the ticket at the end is gone */
function follow(ticket: TicketView, actual: Actual): TicketView | null | Need {
	let current = ticket;
	for (let step = 0; step < LONGEST_CHAIN && current.mergedIntoId !== null; step += 1) {
		const next = actual.others.get(current.mergedIntoId);
		if (next === undefined) return { kind: 'ticket', ticketId: current.mergedIntoId };
		if (next === null) return null;
		current = next;
	}
	return current;
}

/**
 * Sorts tickets into open and closed, merges followed.
 * @param clientId only this client's tickets; null = all
 * @returns a need when a ticket's state can only be told by reading it
 */
export function sortOut(actual: Actual, clientId: number | null): Sorted | Need {
	const sorted: Sorted = { kind: 'sorted', open: [], closed: [] };
	const seen = new Set<number>();
	for (const own of [...actual.tickets].sort((a, b) => a.id - b.id)) {
		if (clientId !== null && own.clientId !== clientId) continue;
		const ticket = follow(own, actual);
		// A merge into another client's ticket is nothing that may be written to.
		if (ticket === null || ('clientId' in ticket && ticket.clientId !== own.clientId)) continue;
		if ('kind' in ticket) return ticket;
		if (ticket.open === null && !ticket.read) return { kind: 'ticket', ticketId: ticket.id };
		if (seen.has(ticket.id)) continue;
		seen.add(ticket.id);
		(ticket.open === false ? sorted.closed : sorted.open).push({ ticket, own });
	}
	return sorted;
}

/** True when the ticket is also that of another problem of ours, so that it must not end with this one. */
export function servesOthers(ticket: TicketView, reference: string): boolean {
	return [...referencesIn(ticket.summary), ...referencesIn(ticket.details)].some(
		(other) => other !== reference,
	);
}
