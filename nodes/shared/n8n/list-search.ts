import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { type HaloApi, isOf } from '../halo/api';
import { isRecord } from '../domain/values/json';
import { LookupCache } from '../halo/http/cache';
import { LOOKUP_IDS } from '../halo/lookups';
import { type ListPosition, onePage, PAGE_SIZE, type ReadPage } from '../halo/records/pages';
import type { NamedRow } from '../halo/records/records';
import { createHaloApi, credentialOptions } from './create-halo-api';
import { toNodeError } from './errors';
import { readOtherField } from './list-parameters';
import { HaloTicketReads, type TicketListFilter } from '../halo/ticket-reads';
import { readInteger } from '../domain/values/read';

/** Tickets by number or by words of the summary, newest first, each with its client. */
export const searchTickets = listSearch('tickets', [], async ({ api, search, position }) => {
	const reads = new HaloTicketReads(api.sending);
	const toItem = ({
		id,
		row,
	}: {
		id: number;
		row: { summary: string; client_name: string | null };
	}) => ({
		name: [`${id} ${row.summary}`, row.client_name].filter((part) => part !== null).join(', '),
		value: String(id),
	});
	if (search !== undefined && /^#?\d+$/.test(search)) {
		const ticket = await reads.get(Number(search.replace('#', '')));
		return { results: ticket === null ? [] : [toItem(ticket)] };
	}
	const filter: TicketListFilter = { state: 'any', newestFirst: true, summary: search };
	const page = await onePage(reads.pages(filter, position));
	return paged(page, page.rows.map(toItem));
});

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

interface Asked {
	api: HaloApi;
	context: ILoadOptionsFunctions;
	/** What was typed into the search box; undefined when nothing was. */
	search: string | undefined;
	/** Where the editor reads on; undefined at the beginning. */
	position: ListPosition | undefined;
}

/** Long enough to open and search a list, short enough that a change in Halo is seen after a cup of tea. */
const KEEP_MS = 60_000;

/** Clients 0 and 1 are Halo's "none" and "Unknown"; a ticket must never land there. */
const LAST_PSEUDO_CLIENT = 1;

/** Agent 1 is Halo's "Unassigned". */
const UNASSIGNED_AGENT = 1;

const kept = new LookupCache<INodeListSearchResult>();

/** Makes a list of the editor: one request, kept for a minute, its errors shown and never an empty list instead. */
export function listSearch(
	name: string,
	dependsOn: string[],
	load: (asked: Asked) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (filter, paginationToken) {
		try {
			const search = filter?.trim() === '' ? undefined : filter?.trim();
			const position = readPosition(paginationToken);
			const others = dependsOn.map((field) => readOtherField(this, field));
			const { cacheKey } = await credentialOptions(this);
			const key = JSON.stringify([cacheKey, name, search, position, others]);
			return await kept.get(key, KEEP_MS, Date.now(), async () => {
				const api = await createHaloApi(this, 0, { keepListsMs: KEEP_MS });
				return await load({ api, context: this, search, position });
			});
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	};
}

function toItem({ id, name }: NamedRow): INodeListSearchItems {
	return { name, value: String(id) };
}

/** Rows whose name holds the search text, in Halo's order. */
function matching(rows: NamedRow[], search: string | undefined): INodeListSearchResult {
	const wanted = search?.toLowerCase();
	const found =
		wanted === undefined ? rows : rows.filter(({ name }) => name.toLowerCase().includes(wanted));
	return { results: found.map(toItem) };
}

/** Where the editor goes on, as `paged` wrote it. */
function readPosition(token: string | undefined): ListPosition | undefined {
	if (token === undefined || token === '') return undefined;
	const value: unknown = JSON.parse(token);
	const { firstId, page, pageSize, total } = isRecord(value) ? value : {};
	return {
		page: readInteger(page) ?? 1,
		pageSize: readInteger(pageSize) ?? PAGE_SIZE,
		firstId: readInteger(firstId),
		total: readInteger(total),
	};
}

/** One page of results, with what the editor needs to ask for the next one. */
export function paged(
	{ next }: ReadPage<unknown>,
	results: INodeListSearchItems[],
): INodeListSearchResult {
	return { results, ...(next === null ? {} : { paginationToken: JSON.stringify(next) }) };
}

function wholeList(name: string, load: (api: HaloApi) => Promise<NamedRow[]>): ListSearch {
	return listSearch(name, [], async ({ api, search }) => matching(await load(api), search));
}

export const searchClients = listSearch('clients', [], async ({ api, search, position }) => {
	const page = await onePage(api.listClients({ search }, position));
	const rows = page.rows.filter(({ id }) => id > LAST_PSEUDO_CLIENT);
	return paged(page, rows.map(toItem));
});

export const searchTicketTypes = wholeList('ticket types', async (api) => await api.ticketTypes());
export const searchStatuses = wholeList('statuses', async (api) => await api.statuses());
export const searchSlas = wholeList('SLAs', async (api) => await api.slas());
export const searchTeams = wholeList('teams', async (api) => await api.teams());
export const searchOutcomes = wholeList('outcomes', async (api) =>
	(await api.outcomes()).filter(({ hidden }) => !hidden),
);

export const searchAgents = wholeList('agents', async (api) =>
	(await api.agents()).filter(({ id, isdisabled }) => id !== UNASSIGNED_AGENT && !isdisabled),
);

export const searchCategories = wholeList('categories', async (api) =>
	(await api.categories(1)).map(({ id, value }) => ({ id, name: value })),
);

export const searchImpacts = wholeList(
	'impacts',
	async (api) => await api.lookup(LOOKUP_IDS.impact),
);
export const searchUrgencies = wholeList(
	'urgencies',
	async (api) => await api.lookup(LOOKUP_IDS.urgency),
);

export const searchRequestSources = wholeList(
	'request sources',
	async (api) => await api.lookup(LOOKUP_IDS.source),
);

/** The SLA in the node as an id; null when there is none, or when only a run can know it. */
async function slaOf({ api, context }: Asked): Promise<number | null> {
	const field = readOtherField(context, 'sla');
	if (field.kind !== 'text') return null;
	const id = Number(field.text);
	if (Number.isSafeInteger(id)) return id;
	const wanted = field.text.toLowerCase();
	return (await api.slas()).find(({ name }) => name.toLowerCase() === wanted)?.id ?? null;
}

/** Priorities of the SLA in the node. Without one, each number once, with the names that it has, and said so. */
export const searchPriorities = listSearch('priorities', ['sla'], async (asked) => {
	const sla = await slaOf(asked);
	const rows = (await asked.api.priorities()).filter(
		({ ishidden, slaid }) => !ishidden && (sla === null || slaid === sla),
	);
	const names = new Map<number, Set<string>>();
	for (const { priorityid, name } of rows) {
		names.set(priorityid, (names.get(priorityid) ?? new Set<string>()).add(name));
	}
	const unfiltered = sla === null ? ' (of all SLAs)' : '';
	return matching(
		[...names].map(([id, found]) => ({ id, name: `${[...found].join(' / ')}${unfiltered}` })),
		asked.search,
	);
});

/** Contacts of the client in the node. Without one, all of them, each with its client. */
export const searchUsers = listSearch(
	'users',
	['client'],
	async ({ api, context, search, position }) => {
		const field = readOtherField(context, 'client');
		const id = field.kind === 'text' ? Number(field.text) : Number.NaN;
		const clientId = Number.isSafeInteger(id) ? id : undefined;
		const page = await onePage(api.listUsers({ clientId, search }, position));
		const results = page.rows
			.filter(({ client_id, inactive }) => !inactive && isOf(client_id, clientId))
			.map((user) => ({
				name: [user.name, clientId === undefined ? user.client_name : user.emailaddress]
					.filter((part) => part !== null)
					.join(', '),
				value: String(user.id),
			}));
		return paged(page, results);
	},
);

/** All searchable lists; a node takes the ones that its fields name. */
export const haloListSearch = {
	searchAgents,
	searchCategories,
	searchClients,
	searchImpacts,
	searchOutcomes,
	searchPriorities,
	searchRequestSources,
	searchSlas,
	searchStatuses,
	searchTeams,
	searchTicketTypes,
	searchUrgencies,
	searchUsers,
};
