import type { JsonRecord } from '../domain/values/json';
import { decodeTicket, type RowDecoder } from './records/decode-rows';
import { HaloReader } from './records/reader';
import type { ListPosition, ReadPage } from './records/pages';
import type { TicketRow } from './records/records';
import type { HaloSender } from './http/sender';
import type { HaloQuery } from './http/transport';

/** A ticket as Halo sent it, beside what the pack knows of it. */
export interface TicketRecord {
	id: number;
	row: TicketRow;
	/** Every member, in Halo's own spelling. */
	raw: JsonRecord;
}

/** What a list of tickets is narrowed to. Halo ignores filters that it does not know, so rows are checked again. */
export interface TicketListFilter {
	clientId?: number | undefined;
	statusId?: number | undefined;
	ticketTypeId?: number | undefined;
	agentId?: number | undefined;
	/** Text that the summary holds. */
	summary?: string | undefined;
	state: 'open' | 'closed' | 'any';
	/** ISO 8601 in UTC. */
	updatedSince?: string | undefined;
	/** Ids of custom fields that rows carry; list rows have none otherwise. */
	customFieldIds?: readonly number[] | undefined;
	/** Newest first; oldest first where all are read, so that what is made meanwhile shifts no page. */
	newestFirst: boolean;
}

const decodeRecord: RowDecoder<TicketRecord> = (raw) => {
	const row = decodeTicket(raw);
	return row === null ? null : { id: row.id, row, raw };
};

function queryOf(filter: TicketListFilter): HaloQuery {
	const fields = filter.customFieldIds ?? [];
	return {
		search_summary: filter.summary,
		client_id: filter.clientId,
		status_id: filter.statusId,
		// Halo's word for the ticket type in filters.
		requesttype_id: filter.ticketTypeId,
		agent_id: filter.agentId,
		...(filter.state === 'open' ? { open_only: true } : {}),
		...(filter.state === 'closed' ? { closed_only: true } : {}),
		lastupdatefromdate: filter.updatedSince,
		...(fields.length === 0 ? {} : { include_custom_fields: fields.join(',') }),
		includeagent: true,
		order: 'id',
		orderdesc: filter.newestFirst,
	};
}

/** Tickets with all their members, for people and workflows that read them. */
export class HaloTicketReads {
	private readonly reader: HaloReader;

	/** @param sending of the `HaloApi` of the run, so that requests are counted once */
	constructor(sending: HaloSender) {
		this.reader = new HaloReader(sending);
	}

	/** Tickets page by page, 100 rows each. @param start where to begin; the first page when left out */
	pages(filter: TicketListFilter, start?: ListPosition): AsyncIterable<ReadPage<TicketRecord>> {
		const query = queryOf(filter);
		return this.reader.pages(
			{ path: '/Tickets', query, key: 'tickets', decode: decodeRecord },
			start,
		);
	}

	/** One ticket with its details; null when there is none, when it was deleted, or when the agent may not see it. */
	async get(id: number): Promise<TicketRecord | null> {
		const ticket = await this.reader.getOne(
			`/Tickets/${id}`,
			{ includedetails: true },
			'tickets',
			decodeRecord,
		);
		return ticket === null || ticket.raw.deleted === true ? null : ticket;
	}
}
