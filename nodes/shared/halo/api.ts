import { DEFAULT_REQUESTS_PER_WINDOW } from './budget';
import { isRecord, readReference, readSingle, readText } from './decode';
import {
	decodeAction,
	decodeClient,
	decodeSite,
	decodeTicket,
	decodeTicketDetail,
	decodeUser,
} from './decode-rows';
import type { RowDecoder } from './decode-rows';
import type { ActionDraft, TicketChange, TicketDraft } from './drafts';
import {
	HaloNotFoundError,
	HaloResponseError,
	HaloValidationError,
	toResponseError,
} from './errors';
import { decodePage } from './lists';
import { HaloLookups, LOOKUP_KEEP_MS } from './lookups';
import { PAGE_SIZE, readPages } from './paging';
import type { ProcessState } from './process-state';
import { processStateFor } from './process-state';
import type {
	ActionRow,
	ClientPage,
	ClientRow,
	Page,
	SiteRow,
	TicketDetail,
	TicketPage,
	TicketRow,
	UserRow,
} from './records';
import { HaloSender } from './sender';
import type { HaloQuery, HaloRequest, HaloResponse, HaloRuntime, HaloTransport } from './transport';
import { actionBody, ticketBody } from './write-bodies';

export interface HaloApiOptions {
	/** Names the credential for lists, budget and the queue of creates; never holds a secret. */
	cacheKey?: string;
	/** Requests that this process may send in any 5 minutes; 250 when left out. */
	maxRequestsPerWindow?: number;
	/** Milliseconds for which lists of the tenant's set-up are kept; 15 minutes when left out. */
	keepListsMs?: number;
}

export interface TicketFilter {
	/** Text that the summary holds. */
	summary?: string | undefined;
	/** Text that the details hold. */
	details?: string | undefined;
	clientIds?: number[] | undefined;
	state: 'open' | 'closed' | 'any';
	/** ISO 8601 in UTC. */
	updatedSince?: string | undefined;
}

export interface ClientFilter {
	search?: string | undefined;
	includeInactive?: boolean | undefined;
	/** ISO 8601 in UTC. */
	updatedSince?: string | undefined;
}

/** `/Actions` has no paging; a ticket with more notes than this is read to its newest ones. */
const MOST_ACTIONS = 500;

/**
 * Halo as the nodes use it. Every method rejects with a `HaloError` (errors.ts) when Halo cannot be reached, refuses,
 * or answers something else than its path does. Filters that Halo does not know it ignores: check rows again.
 */
export class HaloApi extends HaloLookups {
	private readonly client: HaloSender;
	private readonly shared: ProcessState;

	constructor(transport: HaloTransport, runtime: HaloRuntime, options: HaloApiOptions = {}) {
		const shared = processStateFor(options.cacheKey);
		const limit = options.maxRequestsPerWindow ?? DEFAULT_REQUESTS_PER_WINDOW;
		const sender = new HaloSender(transport, runtime, shared.budget, limit);
		super(sender, shared, runtime, options.keepListsMs ?? LOOKUP_KEEP_MS);
		this.client = sender;
		this.shared = shared;
	}

	/** Requests sent so far by this instance, tries included; tokens are not counted. */
	get requests(): number {
		return this.client.requests;
	}

	/** Tickets page by page, 100 rows each, oldest id first. */
	searchTickets(filter: TicketFilter): AsyncIterable<TicketPage> {
		const { clientIds = [] } = filter;
		const query: HaloQuery = {
			search_summary: filter.summary,
			search_details: filter.details,
			...(clientIds.length === 1 ? { client_id: clientIds[0] } : {}),
			...(clientIds.length > 1 ? { client_ids: clientIds.join(',') } : {}),
			...(filter.state === 'open' ? { open_only: true } : {}),
			...(filter.state === 'closed' ? { closed_only: true } : {}),
			lastupdatefromdate: filter.updatedSince,
			order: 'id',
			orderdesc: false,
		};
		return this.pages('/Tickets', query, 'tickets', decodeTicket);
	}

	/** One ticket with its details; null when there is none, or when the agent may not see it. */
	async getTicket(id: number): Promise<TicketDetail | null> {
		return await this.getOne(
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
			const result = await this.client.sendOnce(request, findLost);
			if (result.kind === 'found') return result.record;
			try {
				return one(request, result.response, 'tickets', decodeTicket);
			} catch (error) {
				// A good status with an unreadable body: Halo may have stored it all the same.
				const stored = error instanceof HaloResponseError ? await findLost() : null;
				return stored ?? (await Promise.reject(error));
			}
		});
	}

	/** Changes a ticket; members that are left out keep their value in Halo. Safe to repeat. */
	async updateTicket(change: TicketChange): Promise<TicketRow> {
		const request: HaloRequest = { method: 'POST', path: '/Tickets', body: ticketBody(change) };
		return one(request, await this.client.send(request), 'tickets', decodeTicket);
	}

	/**
	 * Adds a note to a ticket: private, without mail, with outcome 7 (Internal Note), unless the draft says otherwise.
	 * @param alreadyThere tells whether an unanswered try stored the note; asked before it is sent again
	 */
	async addAction(action: ActionDraft, alreadyThere: () => Promise<boolean>): Promise<void> {
		const request: HaloRequest = { method: 'POST', path: '/Actions', body: actionBody(action) };
		const result = await this.client.sendOnce(request, async () =>
			(await alreadyThere()) ? true : null,
		);
		if (result.kind === 'answered') checkWarning(request, result.response);
	}

	/** Notes of a ticket, the newest 500, as Halo orders them. */
	async listActions(ticketId: number): Promise<ActionRow[]> {
		const query = { ticket_id: ticketId, count: MOST_ACTIONS };
		const request: HaloRequest = { method: 'GET', path: '/Actions', query };
		const { rows } = decodePage(request, await this.client.send(request), 'actions', (row) =>
			decodeAction({ ticket_id: ticketId, ...row }),
		);
		return rows.filter(({ ticket_id }) => ticket_id === ticketId);
	}

	/** Clients page by page, 100 rows each. Only active ones unless told otherwise. */
	listClients(filter: ClientFilter = {}): AsyncIterable<ClientPage> {
		return this.pages('/Client', clientQuery(filter), 'clients', decodeClient);
	}

	/** One page of 100 clients that match: one request. @param pageNumber from 1 */
	async clientPage(filter: ClientFilter, pageNumber = 1): Promise<ClientPage> {
		return await this.page('/Client', clientQuery(filter), 'clients', decodeClient, pageNumber);
	}

	/** One client; null when there is none, or when the agent may not see it. */
	async getClient(id: number): Promise<ClientRow | null> {
		return await this.getOne(`/Client/${id}`, {}, 'clients', decodeClient);
	}

	/** Contacts of a client, all pages. Not kept: a new contact must be found at once. */
	async users(filter: {
		clientId?: number | undefined;
		search?: string | undefined;
	}): Promise<UserRow[]> {
		const query = { client_id: filter.clientId, search: filter.search };
		const rows = await gather(this.pages('/Users', query, 'users', decodeUser));
		return rows.filter(({ client_id }) => isOf(client_id, filter.clientId));
	}

	/** One page of 100 contacts that match: one request. @param pageNumber from 1 */
	async userPage(
		filter: { clientId?: number | undefined; search?: string | undefined },
		pageNumber = 1,
	): Promise<Page<UserRow>> {
		const query = { client_id: filter.clientId, search: filter.search };
		const { rows, total } = await this.page('/Users', query, 'users', decodeUser, pageNumber);
		return { total, rows: rows.filter(({ client_id }) => isOf(client_id, filter.clientId)) };
	}

	/** Sites of a client, all pages. */
	async sites(filter: { clientId?: number | undefined }): Promise<SiteRow[]> {
		const rows = await gather(
			this.pages('/Site', { client_id: filter.clientId }, 'sites', decodeSite),
		);
		return rows.filter(({ client_id }) => isOf(client_id, filter.clientId));
	}

	private pages<Row extends { id: number }>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
	): AsyncIterable<Page<Row>> {
		const fetch = async (pageNumber: number): Promise<Page<Row>> =>
			await this.page(path, query, key, decode, pageNumber);
		const tooMany = (): Error =>
			toResponseError({ method: 'GET', path }, 200, 'a list that ends', 'more than 1,000 pages');
		return readPages(fetch, tooMany);
	}

	private async page<Row>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
		pageNumber: number,
	): Promise<Page<Row>> {
		const paging = { pageinate: true, page_no: pageNumber, page_size: PAGE_SIZE };
		const request: HaloRequest = { method: 'GET', path, query: { ...query, ...paging } };
		return decodePage(request, await this.client.send(request), key, decode);
	}

	private async getOne<Row>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
	): Promise<Row | null> {
		const request: HaloRequest = { method: 'GET', path, query };
		try {
			return one(request, await this.client.send(request), key, decode);
		} catch (error) {
			if (error instanceof HaloNotFoundError) return null;
			return await Promise.reject(error);
		}
	}
}

function clientQuery(filter: ClientFilter): HaloQuery {
	return {
		search: filter.search,
		includeactive: true,
		...(filter.includeInactive === true ? { includeinactive: true } : {}),
		lastupdatefromdate: filter.updatedSince,
	};
}

/** Halo ignores filters that it does not know; rows without a client are left to the caller. */
function isOf(clientId: number | null, wanted: number | undefined): boolean {
	return wanted === undefined || clientId === null || clientId === wanted;
}

async function gather<Row>(pages: AsyncIterable<Page<Row>>): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const page of pages) rows.push(...page.rows);
	return rows;
}

/**
 * Halo can answer 200 with a warning and not save until the warning is confirmed; we confirm none. The answer to a
 * create that bears an id was saved all the same.
 */
function checkWarning(request: HaloRequest, { status, body }: HaloResponse): void {
	const row =
		request.method === 'POST' ? readSingle(body, request.path.slice(1).toLowerCase()) : null;
	const warning = row === null ? null : readText(row._warning);
	if (row === null || warning === null || row._warning_is_error === false) return;
	if (!isUpdate(request) && readReference(row.id) !== null) return;
	throw new HaloValidationError('Halo warned and did not save', {
		status,
		method: request.method,
		path: request.path,
		haloMessage: warning,
		nextStep: 'Do the same by hand in Halo once: it shows the warning and the setting behind it.',
	});
}

function isUpdate({ body }: HaloRequest): boolean {
	const record: unknown = Array.isArray(body) ? body[0] : null;
	return isRecord(record) && readReference(record.id) !== null;
}

function one<Row>(
	request: HaloRequest,
	response: HaloResponse,
	key: string,
	decode: RowDecoder<Row>,
): Row {
	checkWarning(request, response);
	const record = readSingle(response.body, key);
	const row = record === null ? null : decode(record);
	if (row !== null) return row;
	const got = typeof response.body === 'string' ? response.body : 'something without an id';
	throw toResponseError(request, response.status, 'one record with an id', got);
}
