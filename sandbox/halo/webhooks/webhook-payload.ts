import { randomUUID } from 'node:crypto';

import type { HaloContext } from '../http/context';
import { haloDate } from '../state/dates';
import type { TicketChange } from '../state/ticket-change';
import { type TicketEventNumber, TICKET_EVENTS } from './notification-events';
import type { SimTicket } from '../state/state';
import { ticketDetail } from '../tickets/ticket-rows';
import type { SimWebhook } from '../state/webhook-state';

/** The body of one delivery, before it is written as JSON. */
export type DeliveryBody = Record<string, unknown> & { id: string };

/** Halo's clock has seven digits after the second; JavaScript's has three. */
function timestamp(context: HaloContext): string {
	return new Date(context.clock.now()).toISOString().replace('Z', '7895Z');
}

function envelope(context: HaloContext, hook: SimWebhook, notificationId: number): DeliveryBody {
	return {
		id: randomUUID(),
		webhook_id: hook.id,
		notification_id: notificationId,
		escmsg_id: randomUUID(),
		timestamp: timestamp(context),
	};
}

/** Key fields only. */
function smallTicket(ticket: SimTicket): Record<string, unknown> {
	const { id, summary, status_id, tickettype_id, client_id, agent_id } = ticket;
	return { id, summary, status_id, tickettype_id, client_id, agent_id };
}

/** The whole ticket; some members are spelt otherwise than in answers of the API. */
function fullTicket(context: HaloContext, ticket: SimTicket): Record<string, unknown> {
	const detail = ticketDetail(context, ticket);
	if (context.switches.webhookSpelling === 'api') return detail;
	const { last_update, category_1, category_2, category_3, category_4, ...same } = detail;
	return {
		...same,
		lastupdate: last_update,
		category1: category_1,
		category2: category_2,
		category3: category_3,
		category4: category_4,
		team_id: context.state.teams.find(({ name }) => name === ticket.team)?.id ?? 0,
	};
}

function fullAction({ action, ticket }: TicketChange): Record<string, unknown> {
	if (action === undefined) return {};
	const { at, ...row } = action;
	return { action: { ...row, ticket_id: ticket.id, datetime: haloDate(at) } };
}

/** What a webhook is told of one event, as its payload type asks. */
export function deliveryBody(
	context: HaloContext,
	hook: SimWebhook,
	notificationId: number,
	event: TicketEventNumber,
	change: TicketChange,
): DeliveryBody {
	const { name, message } = TICKET_EVENTS[event];
	const { ticket, actor } = change;
	const head = {
		...envelope(context, hook, notificationId),
		event: name,
		message: `${message} for Ticket ID: ${String(ticket.id).padStart(7, '0')}.`,
		object_id: ticket.id,
		agent_id: actor.agentId,
	};
	if (hook.payload_type === 2) return head;
	if (hook.payload_type === 1) return { ...head, ticket: smallTicket(ticket) };
	return { ...head, ticket: fullTicket(context, ticket), ...fullAction(change) };
}

/** What `_test` sends: about no ticket. */
export function testBody(context: HaloContext, hook: SimWebhook): DeliveryBody {
	return {
		...envelope(context, hook, 0),
		event: 'test',
		message: 'Test',
		object_id: 0,
		agent_id: 0,
	};
}
