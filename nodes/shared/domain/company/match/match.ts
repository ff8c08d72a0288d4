import type { CompanyMapping } from '../mapping';
import { formsConflict } from '../name-with-form';
import type { ClientIndex, IndexedClient } from './candidates';
import { createClientIndex, isUsable, unusableBecause } from './candidates';
import { profileOfName } from './name-profile';
import type {
	ClientMatchMethod,
	CompanyVerdict,
	HaloClient,
	LocalCompany,
	MatchOptions,
	Suggestion,
} from '../types';
import { createCompanyResolver } from '../resolve';
import { shortName } from '../words';

function describe(client: HaloClient): string {
	return `${shortName(client.name)} (${client.id})`;
}

/** A company as people recognise it, e.g. `"Contoso Ltd" (id 42)`. */
export function describeLocalCompany(company: LocalCompany): string {
	const name = company.displayName ?? company.name;
	if (name === null)
		return company.id === null ? company.origin : `with id ${shortName(company.id)}`;
	return `"${shortName(name)}"${company.id === null ? '' : ` (id ${shortName(company.id)})`}`;
}

function exactly(client: HaloClient, method: string): Suggestion {
	const { id, name } = client;
	return { haloClientId: id, haloClientName: name, score: 1, reasons: [`same ${method}`] };
}

/** What an exact level says; null when no client answers to it, and the next level is asked. */
function judge(
	found: readonly IndexedClient[],
	method: ClientMatchMethod,
	named: string,
): CompanyVerdict | null {
	const [first] = found;
	if (first === undefined) return null;
	const usable = found.filter(({ client }) => isUsable(client));
	const [only, second] = usable;
	if (only === undefined) {
		const reason = `Company ${named} has the ${method} of Halo client ${describe(first.client)}, which ${unusableBecause(first.client)}.`;
		return { kind: 'refused', reason, candidates: [] };
	}
	if (second === undefined)
		return { kind: 'mapped', client: only.client, method, existing: null, toFill: null };
	const candidates = usable.map(({ client }) => exactly(client, method));
	const list = usable.slice(0, 5).map(({ client }) => describe(client));
	const more = usable.length > list.length ? ` and ${usable.length - list.length} more` : '';
	const reason = `Company ${named} has the ${method} of ${usable.length} Halo clients: ${list.join(', ')}${more}. Pick one with Link.`;
	return { kind: 'ambiguous', reason, candidates };
}

function byName(
	index: ClientIndex,
	name: string,
	accentsDoNotCount: boolean,
): readonly IndexedClient[] {
	const profile = profileOfName(name);
	if (profile.full === '') return [];
	const full = index.byFullName(profile);
	if (full.length > 0) return full;
	const same = index.byBareName(profile);
	const bare = same.length === 0 && accentsDoNotCount ? index.byPlainName(profile) : same;
	// One client with another legal form is another company until a person says that it is not.
	const [only, second] = bare;
	return only !== undefined && second === undefined && formsConflict(profile, only.name)
		? []
		: bare;
}

/** What the mapping rows say, checked against Halo's list; the verdict is null when they name no client for it. */
function byRows(
	index: ClientIndex,
	rows: ReturnType<typeof createCompanyResolver>,
	company: LocalCompany,
	named: string,
	scope: string | null,
): { verdict: CompanyVerdict | null; toFill: CompanyMapping | null } {
	const { id, name, displayName, reference, domain } = company;
	const match = rows(
		{ integration: scope, source: company.source ?? '' },
		{ id, name, displayName, reference, domain },
	);
	if (match.kind === 'unmapped') return { verdict: null, toFill: match.known };
	const stop = (
		kind: 'refused' | 'ambiguous',
		reason: string,
		candidates: Suggestion[],
	): { verdict: CompanyVerdict; toFill: null } => ({
		verdict: { kind, reason, candidates },
		toFill: null,
	});
	if (match.kind === 'refused') {
		return stop('refused', `The mapping of company ${named} cannot be used: ${match.refusal}.`, []);
	}
	if (match.kind === 'ambiguous') {
		const candidates = match.candidates.flatMap(({ haloClientId, haloClientName, origin }) =>
			haloClientId === null
				? []
				: [{ haloClientId, haloClientName: haloClientName ?? '', score: 1, reasons: [origin] }],
		);
		const list = candidates.map((one) => `${one.haloClientId} by ${one.reasons.join()}`).join(', ');
		const reason = match.sameNameOtherId
			? `Company ${named} has the name of a mapping whose companyId is another: ${list}. Correct that companyId, or map this company with Link.`
			: `Company ${named} stands in the mapping with several Halo clients: ${list}. Keep one row.`;
		return stop('ambiguous', reason, candidates);
	}
	const { haloClientId, mapping: existing } = match;
	const client = index.byId(haloClientId);
	const problem =
		client === null
			? 'is not among the Halo clients that came in: deleted, merged, or not visible to the agent'
			: unusableBecause(client);
	if (client !== null && problem === null) {
		const method = match.method === 'fixed client' ? 'explicit' : match.method;
		return { verdict: { kind: 'mapped', client, method, existing, toFill: null }, toFill: null };
	}
	const reason = `Company ${named} is mapped to client ${haloClientId} (${existing.origin}), which ${problem ?? ''}.`;
	return stop('refused', reason, index.suggest(company));
}

/**
 * Makes a function that matches companies to Halo's clients. The order: mapping row, reference (when asked for),
 * Display Name, Name, each exact after evening out case, spacing, punctuation, Unicode and legal form (accents count
 * unless told otherwise); the first level at which any client answers decides. Several clients are ambiguous and never decided. What is only alike is suggested.
 * @param clients every client of the tenant, inactive ones too
 * @param mappings existing rows; they are kept whatever the names say
 */
export function createCompanyMatcher(
	clients: readonly HaloClient[],
	mappings: readonly CompanyMapping[],
	options: MatchOptions,
): (company: LocalCompany) => CompanyVerdict {
	const index = createClientIndex(clients);
	const { accentsDoNotCount = false } = options;
	const bySameName = (name: string | null): readonly IndexedClient[] =>
		name === null ? [] : byName(index, name, accentsDoNotCount);
	const rows = createCompanyResolver(mappings, options);

	function byReference(company: LocalCompany): readonly IndexedClient[] {
		if (!options.referenceFirst) return [];
		// Some tools write the company's Display Name into the client's reference field.
		const keys = [company.reference, company.displayName].filter((key) => key !== null);
		return keys.map((key) => index.byReference(key)).find(({ length }) => length > 0) ?? [];
	}

	return (company) => {
		const named = describeLocalCompany(company);
		const { verdict, toFill } = byRows(index, rows, company, named, options.integration);
		const exact =
			verdict ??
			judge(byReference(company), 'reference', named) ??
			judge(bySameName(company.displayName), 'display name', named) ??
			judge(bySameName(company.name), 'name', named);
		if (exact !== null) return exact.kind === 'mapped' ? { ...exact, toFill } : exact;
		const candidates = index.suggest(company);
		const [best] = candidates;
		if (best !== undefined) {
			const reason = `No Halo client has the name of company ${named}; the nearest is ${shortName(best.haloClientName)} (${best.haloClientId}), ${best.reasons[0] ?? ''}. Approve one with Link.`;
			return { kind: 'suggested', reason, candidates };
		}
		const reason =
			company.displayName === null && company.name === null
				? `Company ${named} has no name to match. Give it one, or map it with Link.`
				: `No Halo client is like company ${named}. Create the client in Halo, or map it with Link.`;
		return { kind: 'unmatched', reason };
	};
}
