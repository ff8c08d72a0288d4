import type { Actor } from '../state/ticket-change';
import { logAction } from './action-log';
import { refuse } from '../http/answers';
import type { HaloContext } from '../http/context';
import { SYSTEM_OUTCOMES } from '../state/seed-lookups';
import type { SimTicket } from '../state/state';
import { isClosedStatus } from '../http/visibility';

/** Halo's own words, slip included, when a ticket without an agent is to be closed. */
export const ASSIGN_FIRST = 'Please assign this Ticket these before closing it.';

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '' || value === 0;
}

/** Refuses a ticket of which a member or a custom field is empty. @param needed as the switch names them */
export function checkFilled(ticket: SimTicket, needed: string): void {
	const blank = needed.split(',').filter((name) => {
		const field = ticket.customfields.find(({ id }) => String(id) === name);
		return name !== '' && isBlank(field === undefined ? Reflect.get(ticket, name) : field.value);
	});
	if (blank.length > 0) throw refuse(`Please complete the following fields: ${blank.join(', ')}`);
}

/** Throws unless the status is one of a ticket's and the ticket may go there. */
export function checkStatus(context: HaloContext, ticket: SimTicket, statusId: number): void {
	if (!context.state.statuses.some((row) => row.id === statusId && row.type === 0)) {
		throw refuse('Please select a valid Status.');
	}
	const closes = isClosedStatus(context, statusId) && !isClosedStatus(context, ticket.status_id);
	if (closes) checkFilled(ticket, context.switches.neededToClose);
	if (closes && ticket.agent_id <= 1 && !context.switches.closeUnassigned) {
		throw refuse(ASSIGN_FIRST);
	}
}

/** Moves a ticket to a status and keeps its closing date; true when this closed it. */
export function moveToStatus(
	context: HaloContext,
	ticket: SimTicket,
	statusId: number,
	actor: Actor,
): boolean {
	const wasClosed = isClosedStatus(context, ticket.status_id);
	const isClosed = isClosedStatus(context, statusId);
	if (isClosed) ticket.everClosed = true;
	if (isClosed && !wasClosed) {
		ticket.dateClosed = context.clock.now();
		if (ticket.closure_agent_id <= 1) ticket.closure_agent_id = actor.agentId;
	}
	if (!isClosed) ticket.dateClosed = null;
	ticket.status_id = statusId;
	ticket.lastUpdate = context.clock.now();
	return isClosed && !wasClosed;
}

/** Writes what Halo notes by itself when a ticket is changed outside of an action. @param timetaken hours of a close */
export function logSystemChanges(
	context: HaloContext,
	ticket: SimTicket,
	before: Pick<SimTicket, 'status_id' | 'agent_id' | 'team'>,
	actor: Actor,
	timetaken = 0,
): void {
	const name = (id: number) => context.state.statuses.find((row) => row.id === id)?.name ?? '';
	if (before.agent_id !== ticket.agent_id || before.team !== ticket.team) {
		logAction(context, ticket, actor, SYSTEM_OUTCOMES.reassigned, { note: 'Re-assigned' });
	}
	if (before.status_id !== ticket.status_id) {
		logAction(context, ticket, actor, SYSTEM_OUTCOMES.statusChanged, {
			note: `${name(before.status_id)} to ${name(ticket.status_id)}`,
			old_status: before.status_id,
			timetaken,
		});
	}
}
