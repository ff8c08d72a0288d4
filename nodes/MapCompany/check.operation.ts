import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	checkMappings,
	missingClients,
	type KnownNames,
	nameKey,
	type StaleValue,
	staleProfileValues,
} from '../shared/domain/company/match/drift';
import { isUsable } from '../shared/domain/company/match/candidates';
import type { HaloClient } from '../shared/domain/company/types';
import type { IntegrationProfile } from '../shared/domain/profile/profile';
import { parseProfileRow } from '../shared/domain/profile/parse';
import type { ProfileLists } from '../shared/domain/profile/resolve';
import type { HaloApi } from '../shared/halo/api';
import { LOOKUP_IDS } from '../shared/halo/lookups';
import { createCompanyLists, createHaloApi } from '../shared/n8n/create-halo-api';
import { readBoolean } from '../shared/n8n/parameters';
import { type ConfigurationRow, readRows } from '../shared/n8n/rows';
import { OUTPUTS } from './description';
import { createClientVerifier, readClientsById } from '../shared/halo/verify-client';
import { readHaloClients, readMappings } from './sync-parameters';
import { memberText } from '../shared/domain/values/read';

/** Numbers of the inputs. */
const INPUTS = { mappings: 0, clients: 1, profiles: 2, eventSets: 3 } as const;

function namesOf(rows: readonly ConfigurationRow[]): ReadonlySet<string> | null {
	if (rows.length === 0) return null;
	return new Set(rows.flatMap(({ json }) => memberText(json, 'name') ?? []).map(nameKey));
}

async function loadLists(
	api: HaloApi,
	profiles: readonly IntegrationProfile[],
): Promise<ProfileLists> {
	const uses = (field: keyof IntegrationProfile): boolean =>
		profiles.some((profile) => profile[field] !== null);
	const usesPriority = uses('priority');
	return {
		ticketTypes: (await api.ticketTypes()).map((row) => ({ ...row, defaultSla: row.default_sla })),
		statuses: await api.statuses(),
		slas: uses('sla') || usesPriority ? await api.slas() : [],
		priorities: usesPriority
			? (await api.priorities()).map((row) => ({
					priorityId: row.priorityid,
					slaId: row.slaid,
					name: row.name,
					hidden: row.ishidden,
				}))
			: [],
		teams: uses('team') ? await api.teams() : [],
		agents: uses('agent') ? (await api.agents()).filter(({ isdisabled }) => !isdisabled) : [],
		clients: [],
		categories: uses('category')
			? (await api.categories(1)).map(({ id, value }) => ({ id, name: value }))
			: [],
		urgencies: uses('urgency') ? await api.lookup(LOOKUP_IDS.urgency) : [],
		impacts: uses('impact') ? await api.lookup(LOOKUP_IDS.impact) : [],
	};
}

/**
 * Clients of profiles that get no ticket, or should get none: gone, merged, inactive, or of another name today. Only
 * those that the list on the input does not show as usable are read in Halo.
 * @throws HaloError when Halo refuses or fails
 */
async function staleClients(
	context: IExecuteFunctions,
	profiles: readonly IntegrationProfile[],
	clients: readonly HaloClient[],
): Promise<StaleValue[]> {
	const usable = clients.filter(isUsable);
	const open = profiles.flatMap(({ client: value, name: profile, origin }) => {
		const known = usable.some(
			({ id, name }) => value === String(id) || nameKey(value ?? '') === nameKey(name),
		);
		return value === null || known ? [] : [{ profile, origin, value }];
	});
	if (open.length === 0) return [];
	const wanted = open.map(({ value }) => ({ text: value, byName: !/^-?\d+$/.test(value) }));
	const verify = createClientVerifier(await createCompanyLists(context), wanted);
	const stale: StaleValue[] = [];
	for (const [at, { origin, profile, value }] of open.entries()) {
		const { byName = false, text = value } = wanted[at] ?? {};
		const found = await verify({ text, byName });
		const other =
			'client' in found && byName && nameKey(found.client.name) !== nameKey(value)
				? `"${value}" is called ${found.client.name} (${found.client.id}) in Halo`
				: null;
		const problem = 'problem' in found ? found.problem : other;
		if (problem === null) continue;
		const message = `Profile ${origin}: ${problem}`;
		stale.push({ profile, origin, field: 'client', value, message });
	}
	return stale;
}

async function checkProfiles(
	context: IExecuteFunctions,
	rows: readonly ConfigurationRow[],
	clients: readonly HaloClient[],
): Promise<IDataObject[]> {
	const broken: IDataObject[] = [];
	const profiles = rows.flatMap((row) => {
		try {
			return [parseProfileRow(row)];
		} catch (error) {
			broken.push({
				kind: 'stale_profile',
				message: error instanceof Error ? error.message : String(error),
			});
			return [];
		}
	});
	if (profiles.length === 0) return broken;
	const lists = await loadLists(await createHaloApi(context), profiles);
	const stale = [
		...staleProfileValues(profiles, lists),
		...(await staleClients(context, profiles, clients)),
	];
	return [...broken, ...stale.map((value) => ({ kind: 'stale_profile_value', ...value }))];
}

/** Clients of mappings that the list on the input does not have: before one is called deleted, it is read by its id. */
async function readUnlisted(
	context: IExecuteFunctions,
	ids: ReadonlySet<number>,
): Promise<HaloClient[]> {
	const found = await readClientsById(await createCompanyLists(context), ids);
	return [...found.values()];
}

/**
 * Compares mapping rows, and the values of profiles, with Halo of today. Rows that are right come out on Mapped, rows
 * with drift on Needs Review, rows without a client on Unmapped. Writes nothing.
 * @throws HaloError, ParameterError or CompanyInputError
 */
export async function checkMapping(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const read = readMappings(context, INPUTS.mappings);
	const clients = readHaloClients(context, INPUTS.clients);
	const profileRows = readRows(context, INPUTS.profiles);
	const known: KnownNames = {
		profiles: namesOf(profileRows),
		eventSets: namesOf(readRows(context, INPUTS.eventSets)),
	};
	const mappings = read.map(({ mapping }) => mapping);
	const unlisted = missingClients(mappings, clients);
	const others = unlisted.size === 0 ? [] : await readUnlisted(context, unlisted);
	const all = [...clients, ...others];
	const drifts = checkMappings(mappings, all, known);
	const outputs: INodeExecutionData[][] = [[], [], []];
	for (const [at, { row, mapping }] of read.entries()) {
		const drift = drifts[at] ?? [];
		const reason = drift.map(({ message }) => message).join('. ');
		const isUnmapped = mapping.haloClientId === null && mapping.refusal === null;
		const output =
			drift.length > 0 ? OUTPUTS.review : isUnmapped ? OUTPUTS.unmapped : OUTPUTS.mapped;
		const outcome = drift.length > 0 ? 'drift' : isUnmapped ? 'unmapped' : 'in_order';
		const json = { ...row.json, outcome, reason, drift: drift.map((one) => ({ ...one })) };
		outputs[output]?.push({ json, pairedItem: { item: row.number - 1 } });
	}
	if (profileRows.length > 0 && readBoolean(context, 'checkProfileValues', 0)) {
		for (const finding of await checkProfiles(context, profileRows, all)) {
			const json = {
				outcome: 'drift',
				reason: finding.message,
				drift: [finding],
				profile: finding.profile ?? null,
			};
			outputs[OUTPUTS.review]?.push({ json, pairedItem: { item: 0, input: INPUTS.profiles } });
		}
	}
	return outputs;
}
