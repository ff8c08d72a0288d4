import {
	PROFILE_FIELDS,
	type IntegrationProfile,
	type ProfileField,
} from '../../shared/domain/profile/profile';
import {
	CATEGORY_LEVELS,
	neededForClosing,
	type OwnClosingField,
} from '../../shared/domain/profile/closing-fields';
import type { NamedId, ProfileLists } from '../../shared/domain/profile/resolve';
import type { AgentChoice } from '../../shared/domain/ticket/plan/closing-agent';
import type { HaloApi } from '../../shared/halo/api';
import { HaloNotFoundError, HaloPermissionError } from '../../shared/halo/http/errors';
import { LOOKUP_IDS } from '../../shared/halo/lookups';
import { ticketFields } from '../../shared/halo/ticket-fields';

/** Halo's lists for one run. They are kept in the process for 15 minutes, so most runs send nothing for them. */
export interface HaloLists {
	profile: ProfileLists;
	agents: readonly AgentChoice[];
	openStatusIds: ReadonlySet<number>;
	statusIds: ReadonlySet<number>;
}

/**
 * Fetches the lists that a run needs, one after the other.
 * @param needsAgents true when an event names an approver
 */
export async function loadLists(
	api: HaloApi,
	profiles: readonly IntegrationProfile[],
	needsAgents: boolean,
): Promise<HaloLists> {
	const fields = filledFields(profiles);
	const statuses = await api.statuses();
	const openStatusIds = new Set(await api.openStatusIds());
	const agents = needsAgents || fields.has('agent') ? await api.agents() : [];
	const priorities = fields.has('priority') ? await api.priorities() : [];
	const clients = await namedClients(api, profiles);
	const missingClients = await missingClientIds(api, profiles);
	const categories = fields.has('category') ? await api.categories(1) : [];
	return {
		openStatusIds,
		statusIds: new Set(statuses.map(({ id }) => id)),
		agents: agents.map(({ id, email, isdisabled }) => ({ id, email, disabled: isdisabled })),
		profile: {
			statuses: await api.allStatuses(),
			openStatusIds,
			ticketTypes: fields.has('ticketType')
				? (await api.ticketTypes()).map((row) => ({ ...row, defaultSla: row.default_sla }))
				: [],
			slas: fields.has('sla') ? await api.slas() : [],
			priorities: priorities.map((row) => ({
				priorityId: row.priorityid,
				slaId: row.slaid,
				name: row.name,
				hidden: row.ishidden,
			})),
			teams: fields.has('team') ? await api.teams() : [],
			agents: agents.filter(({ isdisabled }) => !isdisabled),
			clients,
			missingClients,
			categories: categories.map(({ id, value }) => ({ id, name: value })),
			urgencies: fields.has('urgency') ? await api.lookup(LOOKUP_IDS.urgency) : [],
			impacts: fields.has('impact') ? await api.lookup(LOOKUP_IDS.impact) : [],
			...(await closingLists(api, profiles)),
		},
	};
}

/** Lists behind fields on closing, where a profile fills any. */
async function closingLists(
	api: HaloApi,
	profiles: readonly IntegrationProfile[],
): Promise<Pick<ProfileLists, 'closing'>> {
	const { custom, own: fields } = neededForClosing(profiles);
	if (!custom && fields.size === 0) return {};
	const own = new Map<OwnClosingField, readonly NamedId[]>();
	for (const field of fields) own.set(field, await pickable(api, field));
	return { closing: { own, customFields: custom ? await ticketFields(api) : [] } };
}

async function pickable(api: HaloApi, field: OwnClosingField): Promise<NamedId[]> {
	if (field === 'impact' || field === 'urgency') return await api.lookup(LOOKUP_IDS[field]);
	const rows = await api.categories(CATEGORY_LEVELS[field]);
	return rows.map(({ id, value }) => ({ id, name: value }));
}

/** Clients that profiles name by name: Halo's list may be long, so each name is searched. */
async function namedClients(
	api: HaloApi,
	profiles: readonly IntegrationProfile[],
): Promise<NamedId[]> {
	const names = new Set(
		profiles.flatMap(({ client }) => client ?? []).filter((name) => !/^-?\d+$/.test(name)),
	);
	const clients = new Map<number, NamedId>();
	for (const search of names) {
		for await (const { rows } of api.listClients({ search })) {
			for (const { id, name } of rows) clients.set(id, { id, name });
		}
	}
	return [...clients.values()];
}

/** Ids of clients that profiles name and Halo does not have. Where the agent may not see clients, Halo itself decides. */
async function missingClientIds(
	api: HaloApi,
	profiles: readonly IntegrationProfile[],
): Promise<Set<number>> {
	const ids = new Set(
		profiles
			.flatMap(({ client }) => client ?? [])
			.filter((client) => /^\d+$/.test(client) && Number(client) > 1)
			.map(Number),
	);
	const missing = new Set<number>();
	for (const id of ids) if (!(await hasClient(api, id))) missing.add(id);
	return missing;
}

async function hasClient(api: HaloApi, id: number): Promise<boolean> {
	try {
		return (await api.record({ method: 'GET', path: `/Client/${id}` }, 'clients')) !== null;
	} catch (error) {
		if (error instanceof HaloNotFoundError) return false;
		if (error instanceof HaloPermissionError) return true;
		return await Promise.reject(error);
	}
}

/** Fields that any of the profiles fills: only their lists are worth a request. */
function filledFields(profiles: readonly IntegrationProfile[]): Set<ProfileField> {
	return new Set(
		PROFILE_FIELDS.map(([field]) => field).filter((field) =>
			profiles.some((profile) => profile[field] !== null),
		),
	);
}
