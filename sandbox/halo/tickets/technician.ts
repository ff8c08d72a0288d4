import type { Actor } from '../state/ticket-change';
import { logAction } from './action-log';
import type { HaloContext } from '../http/context';
import { textToHtml } from '../state/html';
import type { SimTicket } from '../state/state';
import { blankTicket } from './ticket-create';
import { logSystemChanges, moveToStatus } from './ticket-status';

/** Ids of the seed: Alex Rivera, an Internal Note, Closed, In Progress, Incident. */
const ALEX = 2;
const INTERNAL_NOTE = 7;
const CLOSED = 9;
const IN_PROGRESS = 2;
const INCIDENT = 1;

/** What people do at Halo's screen, so that tests can work on a ticket behind the client's back. */
export class Technician {
	constructor(private readonly context: HaloContext) {}

	/** The ticket as it is stored; throws when there is none. */
	private ticket(id: number): SimTicket {
		const ticket = this.context.state.tickets.find((row) => row.id === id);
		if (ticket === undefined) throw new RangeError(`There is no ticket ${id}.`);
		return ticket;
	}

	private actor(agentId: number): Actor {
		return { agentId, application: '' };
	}

	/** Logs a ticket by hand and gives back its id. */
	create(fields: Partial<SimTicket> & { summary: string; client_id: number }): number {
		const { state } = this.context;
		const type = state.ticketTypes.find(({ id }) => id === (fields.tickettype_id ?? INCIDENT));
		if (type === undefined) throw new RangeError('There is no such ticket type.');
		const client = state.clients.find(({ id }) => id === fields.client_id);
		const ticket: SimTicket = {
			...blankTicket(this.context, type, ''),
			site_id: client?.main_site_id ?? 0,
			details_html: textToHtml(fields.details ?? ''),
			...fields,
			id: state.nextTicketId,
		};
		state.nextTicketId += 1;
		state.tickets.push(ticket);
		const note = ticket.details === '' ? ticket.summary : ticket.details;
		logAction(this.context, ticket, this.actor(ALEX), INTERNAL_NOTE, { note });
		this.context.deliveries.notify({ before: null, ticket, actor: this.actor(ALEX) });
		return ticket.id;
	}

	note(id: number, note: string, agentId = ALEX, hiddenfromuser = true): void {
		const ticket = this.ticket(id);
		const actor = this.actor(agentId);
		const content = { note, hiddenfromuser };
		const action = logAction(this.context, ticket, actor, INTERNAL_NOTE, content);
		this.context.deliveries.notify({ before: ticket, ticket, actor, action });
	}

	/** Books time on a ticket without a word. */
	bookTime(id: number, hours: number, agentId = ALEX): void {
		const ticket = this.ticket(id);
		const actor = this.actor(agentId);
		const content = { note: '', timetaken: hours };
		const action = logAction(this.context, ticket, actor, INTERNAL_NOTE, content);
		this.context.deliveries.notify({ before: ticket, ticket, actor, action });
	}

	/** Changes fields as the screen does; agent, team and status leave a trace among the actions. */
	edit(id: number, change: Partial<SimTicket>, agentId = ALEX): void {
		const ticket = this.ticket(id);
		const before = { status_id: ticket.status_id, agent_id: ticket.agent_id, team: ticket.team };
		const { status_id: status, ...rest } = change;
		Object.assign(ticket, rest);
		if (change.details !== undefined && change.details_html === undefined) {
			ticket.details_html = textToHtml(change.details);
		}
		if (status !== undefined) moveToStatus(this.context, ticket, status, this.actor(agentId));
		logSystemChanges(this.context, ticket, before, this.actor(agentId));
		ticket.lastUpdate = this.context.clock.now();
		this.context.deliveries.notify({ before, ticket, actor: this.actor(agentId) });
	}

	close(id: number, status = CLOSED, agentId = ALEX): void {
		this.edit(id, { status_id: status, agent_id: agentId }, agentId);
	}

	reopen(id: number, agentId = ALEX): void {
		this.edit(id, { status_id: IN_PROGRESS }, agentId);
	}

	/** Merges a ticket into another: it is closed and points there. */
	merge(id: number, intoId: number, agentId = ALEX): void {
		this.ticket(intoId);
		this.edit(id, { merged_into_id: intoId, status_id: CLOSED }, agentId);
	}

	delete(id: number): void {
		const ticket = this.ticket(id);
		ticket.deleted = true;
		ticket.lastUpdate = this.context.clock.now();
		const actor = this.actor(ALEX);
		this.context.deliveries.notify({ before: ticket, ticket, actor, deleted: true });
	}

	/** Renames a team; tickets that hold the old name get the new one, as in Halo. */
	renameTeam(from: string, to: string): void {
		const { teams, tickets } = this.context.state;
		for (const team of teams) if (team.name === from) team.name = to;
		for (const ticket of tickets) if (ticket.team === from) ticket.team = to;
	}
}
