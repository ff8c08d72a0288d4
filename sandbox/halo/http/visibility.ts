import { names } from '../state/variants';
import { HaloRefusal } from './answers';
import type { HaloContext } from './context';
import type { Access } from '../state/rights';
import type { SimClient, SimTicket } from '../state/state';

/** May the agent see tickets and records of this client at all? */
export function seesClient(access: Access, clientId: number): boolean {
	const { onlyClients } = access.rights;
	return onlyClients === null || onlyClients.includes(clientId);
}

/** Some tenants answer 401 for a record that the agent may not read, while the token is good everywhere else. */
export function refuseUnauthorised(context: HaloContext, ticketId: number): void {
	if (names(context.switches.unauthorisedTickets, ticketId)) {
		throw new HaloRefusal({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
	}
}

/** A ticket that the agent may not see is left out of lists and is "Record not found" by id. */
export function seesTicket(access: Access, ticket: SimTicket): boolean {
	const { rights, agentId } = access;
	if (rights.ticketsAccess === 'none') return false;
	if (!seesClient(access, ticket.client_id)) return false;
	if (rights.onlyTicketTypes !== null && !rights.onlyTicketTypes.includes(ticket.tickettype_id)) {
		return false;
	}
	if (ticket.agent_id === agentId) return true;
	return ticket.agent_id <= 1 ? rights.viewUnassigned : rights.viewOthersTickets;
}

/** The client's record; the Unknown client (1) when there is none. */
export function clientOf(context: HaloContext, clientId: number): SimClient | undefined {
	return context.state.clients.find((client) => client.id === clientId);
}

export function isClosedStatus(context: HaloContext, statusId: number): boolean {
	return context.state.statuses.some((status) => status.id === statusId && status.closed);
}

export function agentName(context: HaloContext, agentId: number): string {
	return context.state.agents.find((agent) => agent.id === agentId)?.name ?? '';
}
