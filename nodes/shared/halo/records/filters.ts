import type { HaloQuery } from '../http/transport';

export interface TicketFilter {
	/** Text that the summary holds. */
	summary?: string | undefined;
	/** Text that the details hold. */
	details?: string | undefined;
	clientIds?: number[] | undefined;
	state: 'open' | 'closed' | 'any';
	/** ISO 8601 in UTC. */
	updatedSince?: string | undefined;
	/** Newest id first; only for a first page, since what is made meanwhile shifts the others. */
	newestFirst?: boolean | undefined;
}

export interface ClientFilter {
	search?: string | undefined;
	includeInactive?: boolean | undefined;
	/** Halo is told so; a tenant that does not listen lists active ones all the same. */
	onlyInactive?: boolean | undefined;
	/** ISO 8601 in UTC. */
	updatedSince?: string | undefined;
}

export interface UserFilter {
	clientId?: number | undefined;
	search?: string | undefined;
}

/** Query of a ticket search, by ascending id: what is created meanwhile comes last and shifts no page. */
export function ticketQuery(filter: TicketFilter): HaloQuery {
	const { clientIds = [] } = filter;
	return {
		search_summary: filter.summary,
		search_details: filter.details,
		...(clientIds.length === 1 ? { client_id: clientIds[0] } : {}),
		...(clientIds.length > 1 ? { client_ids: clientIds.join(',') } : {}),
		...(filter.state === 'open' ? { open_only: true } : {}),
		...(filter.state === 'closed' ? { closed_only: true } : {}),
		lastupdatefromdate: filter.updatedSince,
		order: 'id',
		orderdesc: filter.newestFirst === true,
	};
}

/** Query of a client list. */
export function clientQuery(filter: ClientFilter): HaloQuery {
	return {
		search: filter.search,
		includeactive: filter.onlyInactive !== true,
		...(filter.onlyInactive === true || filter.includeInactive === true
			? { includeinactive: true }
			: {}),
		lastupdatefromdate: filter.updatedSince,
	};
}
