import type { HaloContext } from '../http/context';
import type { SimTicket } from '../state/state';
import type { TicketChange } from '../state/ticket-change';
import { isClosedStatus } from '../http/visibility';
import type { SimCondition } from '../state/webhook-state';

/** Numbers and words of Halo's events about tickets, as far as public sources name them. */
export const TICKET_EVENTS = {
	3: { name: 'new ticket logged', message: 'A new Ticket has been logged' },
	61: { name: 'ticket updated', message: 'The Ticket has been updated' },
	76: { name: 'ticket status changed', message: 'The status has been changed' },
	39: { name: 'ticket closed', message: 'The Ticket has been closed' },
	1072: { name: 'ticket deleted', message: 'The Ticket has been deleted' },
} as const;

export type TicketEventNumber = keyof typeof TICKET_EVENTS;

export function isTicketEvent(eventno: number): eventno is TicketEventNumber {
	return Object.hasOwn(TICKET_EVENTS, eventno);
}

/** The events that a change is, in the order in which Halo's rules would see them. */
export function eventsOf(context: HaloContext, change: TicketChange): TicketEventNumber[] {
	const { before, ticket, deleted } = change;
	if (deleted === true) return [1072];
	if (before === null) return [3];
	if (before.status_id === ticket.status_id) return [61];
	const closes =
		isClosedStatus(context, ticket.status_id) && !isClosedStatus(context, before.status_id);
	return closes ? [61, 76, 39] : [61, 76];
}

/** Columns of the table of tickets under the names that conditions use; others are not simulated. */
const COLUMNS: Readonly<Record<string, (ticket: SimTicket) => string>> = {
	symptom: ({ summary }) => summary,
	status: ({ status_id }) => String(status_id),
	requesttypenew: ({ tickettype_id }) => String(tickettype_id),
};

/** True when all conditions hold; one about a column that is not simulated holds. */
export function conditionsHold(conditions: readonly SimCondition[], ticket: SimTicket): boolean {
	return conditions.every(({ fieldname, type, value_string: value }) => {
		const column = COLUMNS[fieldname.toLowerCase()];
		if (column === undefined) return true;
		const equal = column(ticket) === value.replace(/^"(.*)"$/, '$1');
		return type === 1 ? !equal : equal;
	});
}
