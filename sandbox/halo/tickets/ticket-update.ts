import { forbidden, notFound, refuse } from '../http/answers';
import type { Draft } from '../http/body';
import type { HaloContext } from '../http/context';
import { closeMails, recordMail } from './mails';
import type { Access } from '../state/rights';
import type { SimTicket } from '../state/state';
import { applyAssignment, applyDetails, applyFields, applyPeople } from './ticket-fields';
import { checkStatus, logSystemChanges, moveToStatus } from './ticket-status';
import { isClosedStatus, refuseUnauthorised, seesTicket } from '../http/visibility';

const MINUTES_PER_HOUR = 60;

/** Changes a ticket by one element of a POST body. Nothing is changed when any part of it is refused. */
export function updateTicket(
	context: HaloContext,
	access: Access,
	draft: Draft,
	id: number,
): SimTicket {
	refuseUnauthorised(context, id);
	const { recordNotFoundStatus, detailsMayChange } = context.switches;
	const index = context.state.tickets.findIndex((row) => row.id === id);
	const stored = context.state.tickets[index];
	if (access.rights.ticketsAccess === 'read') throw forbidden();
	if (stored === undefined || !seesTicket(access, stored)) throw notFound(recordNotFoundStatus);
	if (stored.deleted) {
		if (draft.flag('_recover') !== true) throw notFound(recordNotFoundStatus);
		stored.deleted = false;
		stored.lastUpdate = context.clock.now();
		return stored;
	}
	const others = stored.agent_id > 1 && stored.agent_id !== access.agentId;
	if (others && !access.rights.editOthersTickets) throw notFound(recordNotFoundStatus);
	checkRights(context, access, stored, draft);
	const ticket = structuredClone(stored);
	applyPeople(context, ticket, draft);
	applyFields(context, ticket, draft);
	if (detailsMayChange) applyDetails(context, ticket, draft);
	ticket.tickettype_id = draft.integer('tickettype_id') ?? ticket.tickettype_id;
	applyAssignment(context, ticket, draft);
	const actor = { agentId: access.agentId, application: access.applicationName };
	const status = draft.integer('status_id');
	const closed =
		status !== undefined &&
		applyStatus(context, ticket, draft, status, access) &&
		context.switches.statusSticks === 'always';
	// A rule of the ticket type, after the update: what was checked and accepted is taken back without a word.
	if (context.switches.statusSticks !== 'always') keepStatus(ticket, stored);
	if (closed) ticket.dateClosed = draft.date('dateclosed') ?? ticket.dateClosed;
	ticket.lastUpdate = context.clock.now();
	logSystemChanges(context, ticket, stored, actor, closed ? bookedHours(context, draft) : 0);
	context.state.tickets[index] = ticket;
	if (closed && closeMails(context, draft)) recordMail(context, ticket, 'ticket closed');
	context.deliveries.notify({ before: stored, ticket, actor });
	return ticket;
}

/** What a close books on the action that it leaves, in hours. */
function bookedHours(context: HaloContext, draft: Draft): number {
	const time = draft.decimal('closure_time') ?? 0;
	return context.switches.closureTimeUnit === 'hours' ? time : time / MINUTES_PER_HOUR;
}

function keepStatus(ticket: SimTicket, before: SimTicket): void {
	ticket.status_id = before.status_id;
	ticket.dateClosed = before.dateClosed;
	ticket.everClosed = before.everClosed;
}

function applyStatus(
	context: HaloContext,
	ticket: SimTicket,
	draft: Draft,
	status: number,
	access: Access,
): boolean {
	const closes = isClosedStatus(context, status) && !isClosedStatus(context, ticket.status_id);
	const complete = draft.has('tickettype_id') && draft.has('client_id');
	if (closes && context.switches.strictClose && !complete) {
		throw notFound(context.switches.recordNotFoundStatus);
	}
	checkStatus(context, ticket, status);
	const actor = { agentId: access.agentId, application: access.applicationName };
	return moveToStatus(context, ticket, status, actor);
}

function checkRights(context: HaloContext, access: Access, stored: SimTicket, draft: Draft): void {
	const { rights } = access;
	if (isClosedStatus(context, stored.status_id) && !rights.editClosedTickets) {
		throw refuse('You do not have permission to edit closed Tickets.');
	}
	const type = draft.integer('tickettype_id');
	if (type !== undefined && type !== stored.tickettype_id) {
		if (!context.state.ticketTypes.some((row) => row.id === type)) {
			throw refuse('Please select a valid Ticket Type.');
		}
		if (!rights.changeTicketType) {
			throw refuse('You do not have permission to change the Ticket Type of this Ticket.');
		}
	}
	const status = draft.integer('status_id');
	if (status !== undefined && status !== stored.status_id && !rights.updateStatusOutsideActions) {
		throw refuse('You do not have permission to change the Status of this Ticket.');
	}
	const agent = draft.integer('agent_id');
	if (agent !== undefined && agent !== stored.agent_id && !rights.reassign) {
		throw refuse('You do not have permission to re-assign this Ticket.');
	}
}
