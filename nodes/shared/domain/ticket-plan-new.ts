import { noteMark } from './ticket-note-mark';
import type { Actual, Desired, Plan, TicketWrite } from './ticket-plan-types';
import { newState } from './ticket-state';
import { detailsHtml, summaryText } from './ticket-text';

/**
 * Plan for a new ticket. Tickets of the same problem on other clients (the company was mapped elsewhere before) stay
 * as they are and get a private note.
 * @param earlierId the ticket that was closed too long ago to open it again; null when there is none
 */
export function planCreate(desired: Desired, actual: Actual, earlierId: number | null): Plan {
	const { event, reference } = desired;
	const elsewhere = actual.tickets.filter(
		({ clientId, open, mergedIntoId }) =>
			clientId !== desired.clientId && open !== false && mergedIntoId === null,
	);
	const client = desired.clientName ?? `client ${desired.clientId}`;
	const notes: TicketWrite[] = elsewhere.map(({ id }) => ({
		kind: 'note',
		ticketId: id,
		text: `The company is now mapped to ${client}: new reports of this problem go to a ticket there. This ticket is left as it is.`,
		mark: noteMark(desired, `moved to ${desired.clientId}`),
	}));
	const moved = elsewhere
		.map(({ id, clientName, clientId }) => `ticket ${id} on ${clientName ?? `client ${clientId}`}`)
		.join(', ');
	const followed =
		earlierId === null ? '' : ` Ticket ${earlierId} was closed too long ago to open it again.`;
	return {
		kind: 'plan',
		decision: 'created',
		reason: `New on ${client}.${followed}${moved === '' ? '' : ` The company was mapped elsewhere before: ${moved} stays open.`}`,
		ticketId: null,
		writes: [
			{
				kind: 'create',
				summary: summaryText(event.title, reference),
				detailsHtml: detailsHtml({
					event,
					reference,
					state: newState(event.severity),
					remarks: earlierId === null ? [] : [`Follows ticket ${earlierId}.`],
				}),
				createdFromId: earlierId,
			},
			...notes,
		],
	};
}
