import {
	decodeAction,
	decodeClient,
	decodeSite,
	decodeTicket,
	decodeTicketDetail,
	decodeUser,
} from './records/decode-rows';
import type { ActionDraft, TicketChange, TicketDraft } from './records/drafts';
import { HaloResponseError } from './http/errors';
import {
	type ClientFilter,
	clientQuery,
	type TicketFilter,
	ticketQuery,
	type UserFilter,
} from './records/filters';
import type { ListPosition, ReadPage } from './records/pages';
import { checkWarning, decodeOne, decodePage } from './records/answers';
import { HaloLookups, LOOKUP_KEEP_MS } from './lookups';
import { type ProcessState, processStateFor } from './http/process-state';
import { HaloReader } from './records/reader';
import type {
	ActionRow,
	ClientRow,
	SiteRow,
	TicketDetail,
	TicketRow,
	UserRow,
} from './records/records';
import { HaloSender } from './http/sender';
import type { HaloRequest, HaloRuntime, HaloTransport } from './http/transport';
import { actionBody, keptFrom, ticketBody } from './records/write-bodies';

export type { ClientFilter, TicketFilter } from './records/filters';

export interface HaloApiOptions {
	/** Names the credential for lists, budget and the queue of creates: a hash of all its fields. */
	cacheKey?: string;
	/** Requests that this process may send in any 5 minutes; 250 when left out. */
	maxRequestsPerWindow?: number;
	/** Milliseconds for which lists of the tenant's set-up are kept; 15 minutes when left out. */
	keepListsMs?: number;
}

/** `/Actions` has no paging; a ticket with more notes than this is read to its newest ones. */
const MOST_ACTIONS = 500;

/**
 * Halo as the nodes use it. Every method rejects with a `HaloError` (errors.ts) when Halo cannot be reached, refuses,
 * or answers something else than its path does. Filters that Halo does not know it ignores: check rows again.
 */
export class HaloApi extends HaloLookups {
	/** What sends; files that add paths of their own (assets, attachments, fields) use it, so that requests are counted once. */
	readonly sending: HaloSender;
	private readonly shared: ProcessState;
	private readonly reader: HaloReader;

	constructor(transport: HaloTransport, runtime: HaloRuntime, options: HaloApiOptions = {}) {
		const shared = processStateFor(options.cacheKey);
		const sender = HaloSender.shared(transport, runtime, options);
		super(sender, shared, runtime, options.keepListsMs ?? LOOKUP_KEEP_MS);
		this.sending = sender;
		this.shared = shared;
		this.reader = new HaloReader(sender);
	}

	/** Requests sent so far by this instance, tries included; tokens are not counted. */
	get requests(): number {
		return this.sending.requests;
	}

	/** Requests that this process sent with the credential in the last 5 minutes. */
	get requestsInWindow(): number {
		return this.shared.budget.used(this.runtime.now());
	}

	/** Words about the cheapest way to ask, for the callers that put them there; shared in the process, lost with it. */
	get hints(): Set<string> {
		return this.shared.hints;
	}

	/** Tickets page by page, 100 rows each, oldest id first. */
	searchTickets(filter: TicketFilter): AsyncIterable<ReadPage<TicketRow>> {
		const query = ticketQuery(filter);
		return this.reader.pages({ path: '/Tickets', query, key: 'tickets', decode: decodeTicket });
	}

	/** One ticket with its details; null when there is none, or when the agent may not see it. */
	async getTicket(id: number): Promise<TicketDetail | null> {
		return await this.reader.getOne(
			`/Tickets/${id}`,
			{ includedetails: true },
			'tickets',
			decodeTicketDetail,
		);
	}

	/**
	 * Creates a ticket, one at a time per process and credential.
	 * @param findLost finds the ticket that an unanswered try may have stored; asked before it is sent again
	 */
	async createTicket(
		draft: TicketDraft,
		findLost: () => Promise<TicketRow | null>,
	): Promise<TicketRow> {
		const request: HaloRequest = { method: 'POST', path: '/Tickets', body: ticketBody(draft) };
		return await this.shared.creates.run(async () => {
			const result = await this.sending.sendOnce(request, findLost);
			if (result.kind === 'found') return result.record;
			try {
				return decodeOne(request, result.response, 'tickets', decodeTicket);
			} catch (error) {
				// A good status with an unreadable body: Halo may have stored it all the same.
				const stored = error instanceof HaloResponseError ? await findLost() : null;
				return stored ?? (await Promise.reject(error));
			}
		});
	}

	/**
	 * Changes a ticket; members that are left out keep their value in Halo. Safe to repeat. Tenants answer with the
	 * ticket, with nothing (201), in an envelope, or with the ticket as it was: an answer that does not hold what was sent
	 * is read back, once.
	 * @returns the ticket as Halo has it afterwards; `keptFrom` tells what it did not take
	 */
	async updateTicket(change: TicketChange): Promise<TicketRow> {
		const request: HaloRequest = { method: 'POST', path: '/Tickets', body: ticketBody(change) };
		const response = await this.sending.send(request);
		try {
			const row = decodeOne(request, response, 'tickets', decodeTicket);
			if (keptFrom(change, row).length === 0) return row;
			return (await this.getTicket(change.id)) ?? row;
		} catch (error) {
			const stored = error instanceof HaloResponseError ? await this.readBack(change.id) : null;
			return stored ?? (await Promise.reject(error));
		}
	}

	/** A ticket after a write whose answer said nothing; null when that cannot be read either: the write's error tells more. */
	private async readBack(id: number): Promise<TicketRow | null> {
		try {
			return await this.getTicket(id);
		} catch (error) {
			if (error instanceof HaloResponseError) return null;
			return await Promise.reject(error);
		}
	}

	/**
	 * Adds a note to a ticket: private, without mail, with outcome 7 (Internal Note), unless the draft says otherwise.
	 * @param alreadyThere tells whether an unanswered try stored the note; asked before it is sent again
	 */
	async addAction(action: ActionDraft, alreadyThere: () => Promise<boolean>): Promise<void> {
		const request: HaloRequest = { method: 'POST', path: '/Actions', body: actionBody(action) };
		const result = await this.sending.sendOnce(request, async () =>
			(await alreadyThere()) ? true : null,
		);
		if (result.kind === 'answered') checkWarning(request, result.response);
	}

	/** Notes of a ticket, the newest 500, as Halo orders them. */
	async listActions(ticketId: number): Promise<ActionRow[]> {
		const query = { ticket_id: ticketId, count: MOST_ACTIONS };
		const request: HaloRequest = { method: 'GET', path: '/Actions', query };
		const { rows } = decodePage(request, await this.sending.send(request), 'actions', (row) =>
			decodeAction({ ticket_id: ticketId, ...row }),
		);
		return rows.filter(({ ticket_id }) => ticket_id === ticketId);
	}

	/** Clients page by page, 100 rows each. Only active ones unless told otherwise. */
	listClients(filter: ClientFilter = {}, start?: ListPosition): AsyncIterable<ReadPage<ClientRow>> {
		const query = clientQuery(filter);
		return this.reader.pages(
			{ path: '/Client', query, key: 'clients', decode: decodeClient },
			start,
		);
	}

	/** One client; null when there is none, or when the agent may not see it. */
	async getClient(id: number): Promise<ClientRow | null> {
		return await this.reader.getOne(`/Client/${id}`, {}, 'clients', decodeClient);
	}

	/** Contacts of a client, all pages. Not kept: a new contact must be found at once. */
	async users(filter: UserFilter): Promise<UserRow[]> {
		const rows = await gather(this.listUsers(filter));
		return rows.filter(({ client_id }) => isOf(client_id, filter.clientId));
	}

	/** Contacts page by page; Halo may ignore the client, so rows are to be checked. */
	listUsers(
		{ clientId, search }: UserFilter,
		start?: ListPosition,
	): AsyncIterable<ReadPage<UserRow>> {
		const query = { client_id: clientId, search };
		return this.reader.pages({ path: '/Users', query, key: 'users', decode: decodeUser }, start);
	}

	/** Sites of a client, all pages. */
	async sites({ clientId }: { clientId?: number | undefined }): Promise<SiteRow[]> {
		const query = { client_id: clientId };
		const rows = await gather(
			this.reader.pages({ path: '/Site', query, key: 'sites', decode: decodeSite }),
		);
		return rows.filter(({ client_id }) => isOf(client_id, clientId));
	}
}

/** Halo ignores filters that it does not know; rows without a client are left to the caller. */
export function isOf(clientId: number | null, wanted: number | undefined): boolean {
	return wanted === undefined || clientId === null || clientId === wanted;
}

async function gather<Row>(pages: AsyncIterable<{ rows: Row[] }>): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const page of pages) rows.push(...page.rows);
	return rows;
}
