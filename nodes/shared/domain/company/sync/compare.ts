import type { JsonRecord } from '../../values/json';
import { parseLocalCompany } from '../import-items';
import type { CompanyMapping } from '../mapping';
import { matchCompanies } from '../match/auto-map';
import { guardMassChange } from '../match/drift';
import type { HaloClient } from '../types';
import { clientCompany, companyRowKey, type NewCompanyRow } from './company-rows';
import type { ComparedCompany } from './outcome';
import type { SyncPlan } from './plan';
import { type TheirCompany, theirCompany } from './theirs';

/** What the sync compares. */
export interface SyncInput {
	/** Rows of halo_companies of this integration. */
	companies: readonly JsonRecord[];
	/** Every client of the tenant, inactive ones too. */
	clients: readonly HaloClient[];
	/** Rows of halo_company_mappings, each with what it says. */
	mappings: ReadonlyArray<{ mapping: CompanyMapping; row: JsonRecord }>;
	/** The companies of ConnectSecure; empty when it is off. */
	theirs: readonly TheirCompany[];
}

/** What the sources say in this run. A dry run stored no client: what it would have stored stands in for the rows. */
function newsOf(plan: SyncPlan, { clients, theirs }: SyncInput): NewCompanyRow[] {
	const imported =
		plan.dryRun && plan.importAsCompanies ? clients.filter(({ inactive }) => !inactive) : [];
	return [
		...imported.map((client) => clientCompany(client, plan.integration)),
		...theirs.map((company) => theirCompany(company, plan.integration)),
	];
}

/**
 * Every company with its client, or why it has none.
 * @throws MassChangeError when more of the mapped clients are gone than the guard allows
 */
export function compareCompanies(plan: SyncPlan, input: SyncInput): ComparedCompany[] {
	const { integration, guardPercent, referenceFirst, manyToOne } = plan;
	const mappings = input.mappings.map(({ mapping }) => mapping);
	guardMassChange(mappings, input.clients, guardPercent, integration);
	const news = new Map(newsOf(plan, input).map((company) => [companyRowKey(company), company]));
	const known = new Set(input.companies.map(companyRowKey));
	const listed = [
		...input.companies.map((stored) => ({ stored, news: news.get(companyRowKey(stored)) ?? null })),
		...[...news]
			.filter(([key]) => !known.has(key))
			.map(([, company]) => ({ stored: null, news: company })),
	];
	const locals = listed.map((one, at) => {
		// A name that changed there counts as it is now; what a person wrote into the row stays.
		const row = { ...one.stored, ...(one.news === null ? {} : sourceColumns(one.news)) };
		const local = parseLocalCompany(row, at + 1);
		return { ...local, integration: local.integration ?? integration };
	});
	const rows = new Map(input.mappings.map(({ mapping, row }) => [mapping, row]));
	const results = matchCompanies(locals, input.clients, mappings, {
		integration,
		referenceFirst,
		manyToOne,
	});
	return results.map((result, at) => ({
		result,
		stored: listed[at]?.stored ?? null,
		news: listed[at]?.news ?? null,
		mapping: result.existing === null ? null : (rows.get(result.existing) ?? null),
	}));
}

function sourceColumns({
	integration,
	source,
	companyId,
	name,
	domain,
}: NewCompanyRow): JsonRecord {
	return { integration, source, companyId, name, domain };
}
