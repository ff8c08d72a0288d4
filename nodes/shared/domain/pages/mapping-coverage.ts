import { parseMappingRow } from '../company/mapping';
import type { CompanyMapping } from '../company/mapping';
import { createCompanyResolver } from '../company/resolve';
import type { StatusCompany, StatusInput } from './status-input';

/** How many of the known companies have a Halo client, and which have none. */
export interface MappingCoverage {
	total: number;
	/** Those with the most findings waiting first. */
	unmapped: StatusCompany[];
	/** Rows of halo_company_mappings that cannot be used, and why. */
	refusals: string[];
}

/** Rows that the template setup puts in to show what a row looks like. */
const EXAMPLE = 'example';

const keyOf = ({ source, id, name }: Pick<StatusCompany, 'source' | 'id' | 'name'>): string =>
	JSON.stringify([source, id, id === null ? name?.toLowerCase() : null]);

/** Companies that have a row in the mapping and no client in it yet. */
function namedOnly(mappings: readonly CompanyMapping[]): StatusCompany[] {
	return mappings
		.filter(({ haloClientId, refusal }) => haloClientId === null && refusal === null)
		.map(({ source, companyId, companyName }) => ({
			source: source ?? '',
			id: companyId,
			name: companyName,
			held: 0,
		}));
}

/** Decides for each company as Halo Map Company would, with its options untouched. */
export function mappingCoverage({
	mappings: rows,
	companies: seen,
}: Pick<StatusInput, 'mappings' | 'companies'>): MappingCoverage {
	const mappings = rows
		.map((row, index) => (row.method === EXAMPLE ? null : parseMappingRow(row, index + 1)))
		.filter((mapping): mapping is CompanyMapping => mapping !== null);
	const resolve = createCompanyResolver(mappings, { referenceFirst: false });
	const companies = [
		...new Map(
			[...namedOnly(mappings), ...seen].map((company) => [keyOf(company), company]),
		).values(),
	];
	const used = new Set<CompanyMapping>();
	const unmapped = companies.filter(({ source, id, name }) => {
		const company = { id, name, displayName: name, reference: null, domain: null };
		const match = resolve({ integration: null, source }, company);
		if (match.kind === 'mapped') used.add(match.mapping);
		return match.kind !== 'mapped';
	});
	// Most companies are known from their mapping alone: no list of the source was imported.
	const others = mappings.filter(
		(mapping) => mapping.haloClientId !== null && mapping.refusal === null && !used.has(mapping),
	);
	return {
		total: companies.length + others.length,
		unmapped: unmapped.sort(
			(left, right) => right.held - left.held || (left.name ?? '').localeCompare(right.name ?? ''),
		),
		refusals: mappings.flatMap(({ refusal }) => refusal ?? []),
	};
}
