export type AccessLevel = 'none' | 'read' | 'modify';

/** What Halo lets an agent do, by role. Named after Halo's own permission screen. */
export interface AgentRights {
	administrator: boolean;
	ticketsAccess: AccessLevel;
	customersAccess: AccessLevel;
	usersAccess: AccessLevel;
	assetsAccess: AccessLevel;
	addTickets: boolean;
	deleteTickets: boolean;
	viewUnassigned: boolean;
	viewOthersTickets: boolean;
	editOthersTickets: boolean;
	reassign: boolean;
	updateStatusOutsideActions: boolean;
	editClosedTickets: boolean;
	changeTicketType: boolean;
	/** Ids of the clients the agent is held to; null = "Allow use of all Customers". */
	onlyClients: number[] | null;
	/** Ids of the ticket types the agent is held to; null = "Allow use of all Ticket Types". */
	onlyTicketTypes: number[] | null;
	/** An API agent without a role gets empty look-ups. */
	hasRole: boolean;
	/** An API agent without a default team sees no other agent. */
	hasDefaultTeam: boolean;
}

/** The API agent as the set-up guide recommends it: all that tickets need, nothing of administration. */
export const DEFAULT_RIGHTS: Readonly<AgentRights> = {
	administrator: false,
	ticketsAccess: 'modify',
	customersAccess: 'modify',
	usersAccess: 'modify',
	assetsAccess: 'modify',
	addTickets: true,
	deleteTickets: true,
	viewUnassigned: true,
	viewOthersTickets: true,
	editOthersTickets: true,
	reassign: true,
	updateStatusOutsideActions: true,
	editClosedTickets: true,
	changeTicketType: true,
	onlyClients: null,
	onlyTicketTypes: null,
	hasRole: true,
	hasDefaultTeam: true,
};

/** What a token carries: frozen when it was issued. */
export interface Access {
	scopes: readonly string[];
	rights: AgentRights;
	agentId: number;
	applicationName: string;
}
