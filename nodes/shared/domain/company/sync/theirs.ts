import type { JsonRecord } from '../../values/json';
import { memberText, readInteger } from '../../values/read';
import { plainName } from '../../values/text';
import { type MappingRow, mappingRow, type NewRowSettings } from '../match/mapping-row';
import type { HaloClient } from '../types';
import { CONNECTSECURE, type NewCompanyRow } from './company-rows';
import type { ComparedCompany } from './outcome';
import type { SyncPlan } from './plan';

/** A company of ConnectSecure. */
export interface TheirCompany {
	companyId: string;
	name: string;
	domain: string;
	/** The client of Halo that it was made for; 0 = none. */
	haloClientId: number;
}

/** The companies of ConnectSecure, or why they could not be read. */
export type Theirs = { companies: TheirCompany[]; problem: string };

/** A company to be made in ConnectSecure: columns of both tables, and what it is made of. */
export type CompanyToCreate = NewCompanyRow & MappingRow;

/** How a mapping row says that its company was made from the client. */
const CREATED = 'created';

/** Enough to see whether the list is right; the rest is counted. */
const MOST_NAMES = 50;

/** A node that is deactivated hands its input on, in place of what it would read or make. */
export const DEACTIVATED =
	'the node is deactivated. Activate the two nodes that speak with ConnectSecure, and choose their credential';

/** @param items one for each company, or one that holds the error */
export function readTheirs(items: readonly JsonRecord[]): Theirs {
	const failed = items.find((item) => item.error !== undefined && item.companyId === undefined);
	if (failed !== undefined) {
		const parts = [memberText(failed, 'error'), memberText(failed, 'details')];
		return { companies: [], problem: parts.filter((part) => part !== null).join('. ') };
	}
	const companies = items.flatMap((item) => {
		const companyId = memberText(item, 'companyId');
		const name = memberText(item, 'name');
		if (companyId === null || name === null) return [];
		const haloClientId = readInteger(item.haloClientId) ?? 0;
		return [{ companyId, name, domain: memberText(item, 'domain') ?? '', haloClientId }];
	});
	return { companies, problem: companies.length < items.length ? DEACTIVATED : '' };
}

/** A company of ConnectSecure as a row, so that it is mapped as any other. */
export function theirCompany(
	{ companyId, name, domain }: TheirCompany,
	integration: string,
): NewCompanyRow {
	return {
		integration,
		source: CONNECTSECURE,
		companyId,
		displayName: '',
		name,
		reference: '',
		domain,
		psaName: '',
		review: '',
	};
}

/** Clients that ConnectSecure has, by a mapping, by matching, or by the mark on the company. */
function presentClients(
	theirs: readonly TheirCompany[],
	compared: readonly ComparedCompany[],
	mappings: readonly JsonRecord[],
): Set<number> {
	return new Set([
		...compared.flatMap(({ result: { client } }) => client?.id ?? []),
		...mappings.flatMap((row) => readInteger(row.haloClientId) ?? []),
		...theirs.map(({ haloClientId }) => haloClientId),
	]);
}

/**
 * Clients of Halo that ConnectSecure lacks. What a person still has to decide is not created: a client that a company
 * there is nearly called like or has the name of, and two clients of one name, who could not be told apart there.
 * @param settings what new mapping rows get
 * @param now ISO 8601
 * @returns what is to be created now, and what the run says of it
 */
export function missingThere(
	plan: SyncPlan,
	{
		clients,
		theirs,
		compared,
		mappings,
	}: {
		clients: readonly HaloClient[];
		theirs: readonly TheirCompany[];
		compared: readonly ComparedCompany[];
		/** Rows of halo_company_mappings. */
		mappings: readonly JsonRecord[];
	},
	settings: NewRowSettings,
	now: string,
): { create: CompanyToCreate[]; counts: JsonRecord } {
	const own = compared.filter(({ result }) => result.company.source === CONNECTSECURE);
	const has = presentClients(
		theirs,
		own,
		mappings.filter(({ source }) => source === CONNECTSECURE),
	);
	const waits = new Set(
		own.flatMap(({ result }) => result.candidates.map(({ haloClientId }) => haloClientId)),
	);
	const names = new Set(theirs.map(({ name }) => plainName(name)));
	const active = plan.importAsCompanies
		? clients.filter(({ inactive, mergedInto }) => !inactive && mergedInto === null)
		: [];
	const used = new Map<string, number>();
	for (const { name } of active) used.set(plainName(name), (used.get(plainName(name)) ?? 0) + 1);
	const missing = active.filter(({ id }) => !has.has(id));
	const wanted = missing.filter(
		({ id, name }) =>
			!waits.has(id) && !names.has(plainName(name)) && (used.get(plainName(name)) ?? 0) <= 1,
	);
	const creates = !plan.dryRun && plan.connectSecure === 'create';
	const chosen = creates ? wanted.slice(0, plan.createAtMost) : [];
	const shown = wanted.slice(0, MOST_NAMES).map(({ name }) => name);
	const would = { wouldCreate: wanted.length, names: shown, more: wanted.length - shown.length };
	const counts = {
		companies: theirs.length,
		waiting: missing.length - wanted.length,
		...(chosen.length > 0 ? {} : would),
		left: wanted.length - chosen.length,
	};
	const create = chosen.map((client): CompanyToCreate => {
		const { id, name, reference, domain } = client;
		const company = { companyId: '', name, domain: domain ?? '', haloClientId: id };
		const row = {
			...theirCompany(company, plan.integration),
			reference: reference ?? '',
			psaName: name,
		};
		const local = { ...row, id: null, displayName: null, reference: null };
		return { ...row, ...mappingRow(local, client, CREATED, settings, now) };
	});
	return { create, counts };
}
