import type { CompanyMapping } from '../mapping';
import { companyIdKey, companyNameKeys } from '../name';
import { createCompanyMatcher, describeLocalCompany } from './match';
import type { CompanyVerdict, HaloClient, LocalCompany, MatchOptions, Suggestion } from '../types';

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
	/** The row that maps the company already, or that names it and waits for a client; null when there is none. */
	existing: CompanyMapping | null;
	candidates: Suggestion[];
}

/** Two companies with one key are the same company: integration, source, and the id, or the name where there is none. */
export function localCompanyKey(company: LocalCompany): string {
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
		const { client, existing, method, toFill } = verdict;
		const to = `Halo client ${client.name} (${client.id})`;
		return existing === null
			? {
					company,
					outcome: 'mapped',
					reason: `Company ${named} has the ${method} of ${to}.`,
					client,
					method,
					existing: toFill,
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

function sameSide(one: string | null, other: string | null): boolean {
	return (one ?? '').trim().toLowerCase() === (other ?? '').trim().toLowerCase();
}

/** A row that gives the client to a company of the same source, or of every source. */
function holds(row: CompanyMapping, company: LocalCompany): boolean {
	return (
		row.refusal === null &&
		(row.source === null || sameSide(row.source, company.source)) &&
		(row.integration === null || sameSide(row.integration, company.integration))
	);
}

function groupBy<Key, Value>(
	values: readonly Value[],
	keyFor: (value: Value) => Key | null,
): Map<Key, Value[]> {
	const groups = new Map<Key, Value[]>();
	for (const value of values) {
		const key = keyFor(value);
		if (key === null) continue;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [value]);
		else group.push(value);
	}
	return groups;
}

/** Takes back what was newly mapped to a client that another company of the same source has, or would get. */
function withoutSharing(
	results: readonly AutoMapResult[],
	mappings: readonly CompanyMapping[],
): AutoMapResult[] {
	const rowsOf = groupBy(mappings, ({ haloClientId }) => haloClientId);
	const newOnes = groupBy(results, ({ company, client, outcome }) =>
		client === null || outcome !== 'mapped' ? null : shareKey(company, client.id),
	);
	return results.map((result) => {
		const { client, company } = result;
		if (client === null || result.outcome !== 'mapped') return result;
		const row = rowsOf.get(client.id)?.find((candidate) => holds(candidate, company));
		if (row !== undefined) {
			const name = row.companyName ?? row.companyId ?? '';
			return shared(result, client, `company "${name}" by ${row.origin}`);
		}
		const group = newOnes.get(shareKey(company, client.id)) ?? [];
		const other = group.find((one) => one !== result);
		if (other === undefined) return result;
		const more = group.length > 2 ? ` and ${group.length - 2} more` : '';
		return shared(result, client, `company ${describeLocalCompany(other.company)}${more}`);
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
export function matchCompanies(
	companies: readonly LocalCompany[],
	clients: readonly HaloClient[],
	mappings: readonly CompanyMapping[],
	options: AutoMapOptions,
): AutoMapResult[] {
	const match = createCompanyMatcher(clients, mappings, options);
	const seen = new Map<string, LocalCompany>();
	const results = companies.map((company): AutoMapResult => {
		const key = localCompanyKey(company);
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
	return options.manyToOne ? results : withoutSharing(results, mappings);
}
