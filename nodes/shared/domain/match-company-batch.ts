import type { CompanyMapping } from './company-mapping';
import { companyIdKey, companyNameKeys } from './company-name';
import { createCompanyMatcher, describeLocalCompany } from './match-company';
import type {
	CompanyVerdict,
	HaloClient,
	LocalCompany,
	MatchOptions,
	Suggestion,
} from './match-company-types';

export interface AutoMapOptions extends MatchOptions {
	/** Several companies of one source may be matched to one client without a person's approval. */
	manyToOne: boolean;
}

/** What auto-mapping did with a company; exactly one per company in. */
export type AutoMapOutcome =
	| 'mapped'
	| 'already_mapped'
	| 'ambiguous'
	| 'suggested'
	| 'shared_client'
	| 'refused'
	| 'duplicate'
	| 'unmatched';

export interface AutoMapResult {
	company: LocalCompany;
	outcome: AutoMapOutcome;
	/** One sentence for a technician. */
	reason: string;
	/** The client; null unless mapped. */
	client: HaloClient | null;
	/** How it was found; null unless mapped. */
	method: string | null;
	/** The row that names the company already; null when there is none. */
	existing: CompanyMapping | null;
	candidates: Suggestion[];
}

function keyOf(company: LocalCompany): string {
	const { id, displayName, name } = company;
	const side = `${company.integration ?? ''}|${(company.source ?? '').toLowerCase()}`;
	if (id !== null) return `${side}|id ${companyIdKey(id)}`;
	const words = displayName ?? name;
	return words === null
		? `${side}|${company.origin}`
		: `${side}|name ${companyNameKeys(words).full}`;
}

/** One source's companies on one client. */
function shareKey(company: LocalCompany, clientId: number): string {
	return `${company.integration ?? ''}|${(company.source ?? '').toLowerCase()}|${clientId}`;
}

const PASSED_ON = {
	ambiguous: 'ambiguous',
	refused: 'refused',
	suggested: 'suggested',
	unmatched: 'unmatched',
} as const;

function resultOf(company: LocalCompany, verdict: CompanyVerdict): AutoMapResult {
	const named = describeLocalCompany(company);
	if (verdict.kind === 'mapped') {
		const { client, existing, method } = verdict;
		const to = `Halo client ${client.name} (${client.id})`;
		return existing === null
			? {
					company,
					outcome: 'mapped',
					reason: `Company ${named} has the ${method} of ${to}.`,
					client,
					method,
					existing,
					candidates: [],
				}
			: {
					company,
					outcome: 'already_mapped',
					reason: `Company ${named} is mapped to ${to} by ${existing.origin}.`,
					client,
					method,
					existing,
					candidates: [],
				};
	}
	const candidates = 'candidates' in verdict ? verdict.candidates : [];
	return {
		company,
		outcome: PASSED_ON[verdict.kind],
		reason: verdict.reason,
		client: null,
		method: null,
		existing: null,
		candidates,
	};
}

function shared(result: AutoMapResult, client: HaloClient, others: string): AutoMapResult {
	const { id, name } = client;
	const reason = `Company ${describeLocalCompany(result.company)} has the ${result.method} of Halo client ${name} (${id}), as has ${others}. Approve it with Link when both belong to this client.`;
	const candidates = [
		{ haloClientId: id, haloClientName: name, score: 1, reasons: [`same ${result.method}`] },
	];
	return { ...result, outcome: 'shared_client', reason, client: null, method: null, candidates };
}

/** Companies of one source that meet on one client, where at least one of them has no row yet. */
function withoutSharing(results: readonly AutoMapResult[]): AutoMapResult[] {
	const onClient = new Map<string, AutoMapResult[]>();
	for (const result of results) {
		if (result.client === null) continue;
		const key = shareKey(result.company, result.client.id);
		onClient.set(key, [...(onClient.get(key) ?? []), result]);
	}
	return results.map((result) => {
		const { client, company } = result;
		if (client === null || result.outcome !== 'mapped') return result;
		const others = (onClient.get(shareKey(company, client.id)) ?? []).filter(
			(one) => one !== result,
		);
		const [first] = others;
		if (first === undefined) return result;
		const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
		return shared(result, client, `company ${describeLocalCompany(first.company)}${more}`);
	});
}

/**
 * Maps companies to Halo's clients where an exact rule names one client, and says for every other company what a person
 * has to decide. Existing rows are kept. Two companies of one source that meet on one client are both left to a person.
 * @param companies in any order; a company that comes twice is reported as a duplicate the second time
 * @param clients every client of the tenant, inactive ones too
 * @param mappings existing rows
 * @returns one result per company, in the order given
 */
export function autoMap(
	companies: readonly LocalCompany[],
	clients: readonly HaloClient[],
	mappings: readonly CompanyMapping[],
	options: AutoMapOptions,
): AutoMapResult[] {
	const match = createCompanyMatcher(clients, mappings, options);
	const seen = new Map<string, LocalCompany>();
	const results = companies.map((company): AutoMapResult => {
		const key = keyOf(company);
		const before = seen.get(key);
		if (before !== undefined) {
			const reason = `${company.origin} names company ${describeLocalCompany(company)} again; ${before.origin} counts.`;
			return {
				company,
				outcome: 'duplicate',
				reason,
				client: null,
				method: null,
				existing: null,
				candidates: [],
			};
		}
		seen.set(key, company);
		return resultOf(company, match(company));
	});
	return options.manyToOne ? results : withoutSharing(results);
}
