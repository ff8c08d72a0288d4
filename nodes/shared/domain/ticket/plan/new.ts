import { aboutProblem } from './about';
import { noteMark } from './note';
import type { Actual, Desired, Plan, TicketAbout, TicketWrite } from './types';
import { stateOf } from '../state';
import { templated } from './from-template';
import { detailsHtml, summaryText } from '../text/details';
import { isAbout, type TicketView } from '../view';

/** Summary and details of a new ticket. */
export interface TicketText {
	summary: string;
	detailsHtml: string;
}

/** Text of the ticket of one problem. */
function problemText(desired: Desired) {
	const { event, reference } = desired;
	const { bodyHtml, title } = templated(desired, event, [event]);
	return (remarks: readonly string[]): TicketText => ({
		summary: summaryText(title ?? event.title, reference),
		detailsHtml: detailsHtml({ event, reference, state: stateOf(event), remarks, bodyHtml }),
	});
}

/** Open tickets of the same problem on other clients: the company was mapped there before. */
export function ticketsElsewhere(
	{ clientId }: Pick<Desired, 'clientId'>,
	{ tickets, wanted }: Pick<Actual, 'tickets' | 'wanted'>,
): TicketView[] {
	return tickets.filter(
		(ticket) =>
			isAbout(ticket, wanted) &&
			ticket.clientId !== clientId &&
			ticket.open !== false &&
			ticket.mergedIntoId === null,
	);
}

/** Private notes on tickets that are left behind on another client. */
export function movedNotes(desired: Desired, elsewhere: readonly TicketView[]): TicketWrite[] {
	const client = desired.clientName ?? `client ${desired.clientId}`;
	return elsewhere.map(({ id }) => ({
		kind: 'note',
		ticketId: id,
		text: `The company is now mapped to ${client}: new reports of this problem go to a ticket there. This ticket is left as it is.`,
		mark: noteMark(desired, `moved to ${desired.clientId}`),
	}));
}

/** A sentence that names tickets left behind; empty for none. */
export function movedWords(elsewhere: readonly TicketView[]): string {
	if (elsewhere.length === 0) return '';
	const tickets = elsewhere
		.map(({ id, clientName, clientId }) => `ticket ${id} on ${clientName ?? `client ${clientId}`}`)
		.join(', ');
	return ` The company was mapped elsewhere before: ${tickets} stays open.`;
}

/**
 * Plan for a new ticket. Tickets of the same problem on other clients (the company was mapped elsewhere before) stay
 * as they are and get a private note.
 * @param earlierId the ticket that was closed too long ago to open it again; null when there is none
 * @param content its text, given our own lines
 * @param about the problems that it stands for
 */
export function planCreate(
	desired: Desired,
	actual: Actual,
	earlierId: number | null,
	content: (remarks: readonly string[]) => TicketText = problemText(desired),
	about: TicketAbout = aboutProblem(desired),
): Plan {
	const elsewhere = ticketsElsewhere(desired, actual);
	const client = desired.clientName ?? `client ${desired.clientId}`;
	const followed =
		earlierId === null ? '' : ` Ticket ${earlierId} was closed too long ago to open it again.`;
	return {
		kind: 'plan',
		decision: 'created',
		reason: `New on ${client}.${followed}${movedWords(elsewhere)}`,
		ticketId: null,
		writes: [
			{
				kind: 'create',
				...content(earlierId === null ? [] : [`Follows ticket ${earlierId}.`]),
				createdFromId: earlierId,
				about,
			},
			...movedNotes(desired, elsewhere),
		],
	};
}
