import type { ImportedRow } from './records/company-rows';
import { importedAsset, importedClient, importedSite, importedUser } from './records/company-rows';
import type { JsonRecord } from '../domain/values/json';
import { readSingle } from './records/decode';
import { HaloNotFoundError, toResponseError } from './http/errors';
import { firstPosition, type ListPosition, type ReadPage } from './records/pages';
import { type HaloList, HaloReader } from './records/reader';
import type { Page } from './records/records';
import { HaloSender } from './http/sender';
import type { HaloQuery, HaloRequest, HaloRuntime, HaloTransport } from './http/transport';

export interface CompanyListFilter {
	search?: string | undefined;
	includeInactive: boolean;
	/** ISO 8601 in UTC; null = all. */
	since: string | null;
	/** Only records of this client. */
	clientId?: number | undefined;
	/** Id of the custom field that stands for the client's reference; null = Halo's own. */
	referenceField: number | null;
}

/** Clocks of two servers that nobody looks after differ by less. */
const CLOCK_SKEW_MS = 5 * 60_000;

export type CompanyListName = 'clients' | 'sites' | 'users' | 'assets';

interface ListDefinition {
	path: string;
	query: HaloQuery;
	decode: (row: JsonRecord, referenceField: number | null) => ImportedRow | null;
}

/** Paths and names of Halo's lists; each answers `{ record_count, <name>: […] }`. */
const LISTS: Readonly<Record<CompanyListName, ListDefinition>> = {
	clients: { path: '/Client', query: {}, decode: importedClient },
	sites: { path: '/Site', query: {}, decode: importedSite },
	// Each site has a pseudo contact "General User", and agents are contacts too; neither is a person of the client.
	users: {
		path: '/Users',
		query: { exclude_generaluser: true, exclude_agents: true },
		decode: importedUser,
	},
	assets: { path: '/Asset', query: {}, decode: importedAsset },
};

function listOf(list: CompanyListName, filter: CompanyListFilter): HaloList<ImportedRow> {
	const { path, query, decode } = LISTS[list];
	const { referenceField } = filter;
	return {
		path,
		key: list,
		decode: (row) => decode(row, referenceField),
		query: {
			...query,
			search: filter.search,
			client_id: filter.clientId,
			includeactive: true,
			...(filter.includeInactive ? { includeinactive: true } : {}),
			lastupdatefromdate: filter.since ?? undefined,
			...(list === 'clients' && referenceField !== null
				? { include_custom_fields: String(referenceField) }
				: {}),
		},
	};
}

/** Halo's lists of clients and what belongs to them, readable from any page. */
export class HaloCompanyLists {
	private readonly sender: HaloSender;
	private readonly reader: HaloReader;

	/** @param options as for `HaloApi`; the request budget is shared with it by `cacheKey` */
	constructor(
		transport: HaloTransport,
		private readonly runtime: HaloRuntime,
		options: { cacheKey?: string; maxRequestsPerWindow?: number } = {},
	) {
		this.sender = HaloSender.shared(transport, runtime, options);
		this.reader = new HaloReader(this.sender);
	}

	/** Requests sent so far, tries included. */
	get requests(): number {
		return this.sender.requests;
	}

	/**
	 * Reads a list from a position to its end, each row once. A row that Halo changed after the reading began means that
	 * others may have slipped from page to page: then the list is read once more. Clients that tell no time may always be
	 * such, and one that is skipped would count as deleted.
	 * @throws HaloError for anything but a readable page
	 */
	read(
		list: CompanyListName,
		filter: CompanyListFilter,
		start: ListPosition = firstPosition(),
	): AsyncIterable<ReadPage<ImportedRow>> {
		const begun = new Date(this.runtime.now() - CLOCK_SKEW_MS).toISOString();
		const isNewer = ({ entity, updatedAt }: ImportedRow): boolean =>
			updatedAt === null ? entity === 'client' : updatedAt > begun;
		return this.reader.pages({ ...listOf(list, filter), isNewer }, start);
	}

	/** One page: one request. @param page from 1 */
	async page(
		list: CompanyListName,
		filter: CompanyListFilter,
		page: number,
		pageSize: number,
	): Promise<Page<ImportedRow>> {
		return await this.reader.page(listOf(list, filter), page, pageSize);
	}

	/** One client; null when there is none, or when the agent may not see it. */
	async client(id: number, referenceField: number | null): Promise<ImportedRow | null> {
		const query = referenceField === null ? {} : { includedetails: true };
		const request: HaloRequest = { method: 'GET', path: `/Client/${id}`, query };
		try {
			const { body, status } = await this.sender.send(request);
			const record = readSingle(body, 'clients');
			const row = record === null ? null : importedClient(record, referenceField);
			if (row !== null) return row;
			return await Promise.reject(
				toResponseError(request, status, 'one client with an id', 'something else'),
			);
		} catch (error) {
			if (error instanceof HaloNotFoundError) return null;
			return await Promise.reject(error);
		}
	}
}
