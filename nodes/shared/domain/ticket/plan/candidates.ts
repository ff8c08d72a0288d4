import type { Actual, Need } from './types';
import { isNoted, recordedState } from '../noted-state';
import { madeByApplication, OPENING } from '../touch';
import { answers, belongsTo, isAbout, type TicketView } from '../view';

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
	/** Open tickets of ours on other clients: the company was mapped there before. */
	elsewhere: TicketView[];
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

/** Tickets that only claim a reference, and are looked at all the same: people may have rewritten one of ours. */
const MOST_CLAIMANTS = 3;

/** True when an application made the ticket, as its opening says; null when that was not read. */
function openedByApplication(ticket: TicketView, actual: Actual): boolean | null {
	const actions = actual.actions.get(ticket.id);
	if (actions === undefined) return null;
	return madeByApplication(actions);
}

/** Whether a ticket is ours, or what must be read to know it. */
function whose(ticket: TicketView, actual: Actual): 'ours' | 'not ours' | Need {
	const { claims, doubtful, id, read, reference } = ticket;
	const { wanted } = actual;
	if (reference !== null) {
		if (!isAbout(ticket, wanted)) return 'not ours';
		const opened = doubtful ? openedByApplication(ticket, actual) : true;
		if (opened === null) return { kind: 'actions', ticketId: id };
		return opened ? 'ours' : 'not ours';
	}
	if (!claims.some((claim) => answers(wanted, claim))) return 'not ours';
	// A list may cut the details, and people may rewrite them: then the ticket's opening still has our block.
	if (!read) return { kind: 'ticket', ticketId: id };
	const actions = actual.actions.get(id);
	if (actions === undefined) return { kind: 'actions', ticketId: id };
	const opening = actions.find((action) => action.id === OPENING);
	if (opening === undefined || opening.application === null) return 'not ours';
	return opening.reference !== null && answers(wanted, opening.reference) ? 'ours' : 'not ours';
}

/** The ticket with what is recorded of it, or what must be read to know that: its notes, where they hold it. */
export function withRecord(ticket: TicketView, actual: Actual): TicketView | Need {
	const actions = actual.actions.get(ticket.id);
	if (actions === undefined) {
		return isNoted(ticket) ? { kind: 'actions', ticketId: ticket.id } : ticket;
	}
	return { ...ticket, state: recordedState(ticket, actions) };
}

/** Our tickets, oldest (lowest id) first, or what must be read to know them. */
function ownTickets(actual: Actual, clientId: number | null): TicketView[] | Need {
	const own: TicketView[] = [];
	let claimants = 0;
	for (const ticket of [...actual.tickets].sort((a, b) => a.id - b.id)) {
		// A row that does not name its client says nothing about whose the ticket is.
		if (ticket.clientId <= 0 && !ticket.read) return { kind: 'ticket', ticketId: ticket.id };
		if (!belongsTo(ticket, clientId) && !isOpenAbout(ticket, actual)) continue;
		if (ticket.reference === null) claimants += 1;
		if (ticket.reference === null && claimants > MOST_CLAIMANTS) continue;
		const verdict = whose(ticket, actual);
		if (typeof verdict !== 'string') return verdict;
		if (verdict !== 'ours') continue;
		const known = withRecord(ticket, actual);
		if ('kind' in known) return known;
		own.push(known);
	}
	return own;
}

function isOpenAbout(ticket: TicketView, { wanted }: Actual): boolean {
	return isAbout(ticket, wanted) && ticket.open !== false && ticket.mergedIntoId === null;
}

/** A sentence about a ticket that a person moved to another client; empty for any other. */
export function movedWords(
	{ others, tickets }: Actual,
	clientId: number | null,
	ticketId: number | null,
): string {
	const ticket = tickets.find(({ id }) => id === ticketId) ?? others.get(ticketId ?? 0);
	if (ticket == null || clientId === null || ticket.clientId === clientId) return '';
	if (!belongsTo(ticket, clientId)) return '';
	return `Ticket ${ticket.id} was moved to ${ticket.clientName ?? `client ${ticket.clientId}`}; it is followed there.`;
}

/** A sentence about tickets that name the reference and are not ours; empty for none. */
export function ignoredWords(actual: Actual): string {
	const ignored = actual.tickets.filter((ticket) => {
		if (isAbout(ticket, actual.wanted) && !ticket.doubtful) return false;
		return ticket.claims.some((claim) => answers(actual.wanted, claim))
			? whose(ticket, actual) === 'not ours'
			: false;
	});
	if (ignored.length === 0) return '';
	const ids = ignored.map(({ id }) => id).join(', ');
	return `Ticket ${ids} names this reference without a record that this integration wrote; it is ignored.`;
}

/**
 * Sorts tickets into open and closed, merges followed.
 * @param clientId only this client's tickets; null = all
 * @returns a need when a ticket's state can only be told by reading it
 */
export function sortOut(actual: Actual, clientId: number | null): Sorted | Need {
	const sorted: Sorted = { kind: 'sorted', open: [], closed: [], elsewhere: [] };
	const seen = new Set<number>();
	const tickets = ownTickets(actual, clientId);
	if (!Array.isArray(tickets)) return tickets;
	for (const own of tickets) {
		if (!belongsTo(own, clientId)) {
			sorted.elsewhere.push(own);
			continue;
		}
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
export function servesOthers({ claims }: TicketView, references: readonly string[]): boolean {
	return claims.some((claim) => !answers(references, claim));
}
