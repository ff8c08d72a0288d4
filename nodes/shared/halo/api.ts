import type { ActionDraft, TicketChange, TicketDraft } from './drafts';
import type {
	ActionRow,
	AgentRow,
	CategoryRow,
	ClientPage,
	ClientRow,
	NamedRow,
	OutcomeRow,
	Page,
	PriorityRow,
	SiteRow,
	StatusRow,
	TicketDetail,
	TicketPage,
	TicketRow,
	UserRow,
} from './records';
import type { HaloRuntime, HaloTransport } from './transport';

export interface HaloApiOptions {
	/** Names the credential for caches, budget and the queue of creates; never holds a secret. */
	cacheKey?: string;
	/** Requests that this process may send in any 5 minutes; 250 when left out. */
	maxRequestsPerWindow?: number;
}

export interface TicketFilter {
	/** Text that the summary holds. */
	summary?: string;
	/** Text that the details hold. */
	details?: string;
	clientIds?: number[];
	state: 'open' | 'closed' | 'any';
	/** ISO 8601 in UTC. */
	updatedSince?: string;
}

export interface ClientFilter {
	search?: string;
	includeInactive?: boolean;
	/** ISO 8601 in UTC. */
	updatedSince?: string;
}

const NOT_BUILT = 'This part of the Halo client is not built yet';

/** Halo as the nodes use it. */
export class HaloApi {
	constructor(
		protected readonly transport: HaloTransport,
		protected readonly runtime: HaloRuntime,
		protected readonly options: HaloApiOptions = {},
	) {}
	get requests(): number {
		return 0;
	}
	searchTickets(_filter: TicketFilter): AsyncIterable<TicketPage> {
		throw new Error(NOT_BUILT);
	}
	async getTicket(_id: number): Promise<TicketDetail | null> {
		throw new Error(NOT_BUILT);
	}
	async createTicket(_draft: TicketDraft, _findLost: () => Promise<TicketRow | null>): Promise<TicketRow> {
		throw new Error(NOT_BUILT);
	}
	async updateTicket(_change: TicketChange): Promise<TicketRow> {
		throw new Error(NOT_BUILT);
	}
	async addAction(_action: ActionDraft, _alreadyThere: () => Promise<boolean>): Promise<void> {
		throw new Error(NOT_BUILT);
	}
	async listActions(_ticketId: number): Promise<ActionRow[]> {
		throw new Error(NOT_BUILT);
	}
	listClients(_filter: ClientFilter = {}): AsyncIterable<ClientPage> {
		throw new Error(NOT_BUILT);
	}
	async getClient(_id: number): Promise<ClientRow | null> {
		throw new Error(NOT_BUILT);
	}
	async ticketTypes(): Promise<NamedRow[]> {
		throw new Error(NOT_BUILT);
	}
	async statuses(): Promise<StatusRow[]> {
		throw new Error(NOT_BUILT);
	}
	async priorities(): Promise<PriorityRow[]> {
		throw new Error(NOT_BUILT);
	}
	async slas(): Promise<NamedRow[]> {
		throw new Error(NOT_BUILT);
	}
	async teams(): Promise<NamedRow[]> {
		throw new Error(NOT_BUILT);
	}
	async agents(): Promise<AgentRow[]> {
		throw new Error(NOT_BUILT);
	}
	async categories(_typeId: 1 | 2 | 3 | 4): Promise<CategoryRow[]> {
		throw new Error(NOT_BUILT);
	}
	async lookup(_lookupId: 12 | 22 | 27): Promise<NamedRow[]> {
		throw new Error(NOT_BUILT);
	}
	async outcomes(): Promise<OutcomeRow[]> {
		throw new Error(NOT_BUILT);
	}
	async users(_filter: { clientId?: number; search?: string }): Promise<UserRow[]> {
		throw new Error(NOT_BUILT);
	}
	async sites(_filter: { clientId?: number }): Promise<SiteRow[]> {
		throw new Error(NOT_BUILT);
	}
	async firstPageOfClients(_filter: ClientFilter): Promise<Page<ClientRow>> {
		throw new Error(NOT_BUILT);
	}
}
