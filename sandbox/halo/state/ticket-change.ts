import type { SimAction, SimTicket } from './state';

/** Who acts: an agent by way of an application, or an agent at the screen ('' as application). */
export interface Actor {
	agentId: number;
	application: string;
}

/** What happened to a ticket. */
export interface TicketChange {
	/** The ticket as it was; null when it is new. */
	before: Pick<SimTicket, 'status_id'> | null;
	/** The ticket as it is now. */
	ticket: SimTicket;
	actor: Actor;
	deleted?: boolean;
	/** The action that came with it. */
	action?: SimAction;
}
