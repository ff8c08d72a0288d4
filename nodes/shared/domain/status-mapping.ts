import { parseMappingRow } from './company-mapping';
import type { CompanyMapping } from './company-mapping';
import { createCompanyResolver } from './resolve-company';
import type { StatusCompany, StatusInput } from './status-input';

/** How many of the known companies have a Halo client, and which have none. */
export interface MappingCoverage {
	total: number;
	/** Those with the most findings waiting first. */
	unmapped: StatusCompany[];
	/** Rows of halo_company_mappings that cannot be used, and why. */
	refusals: string[];
}

/** Decides for each company as Halo Map Company would, with its options untouched. */
export function mappingCoverage({
	mappings: rows,
	companies,
}: Pick<StatusInput, 'mappings' | 'companies'>): MappingCoverage {
	const mappings = rows
		.map((row, index) => parseMappingRow(row, index + 1))
		.filter((mapping): mapping is CompanyMapping => mapping !== null);
	const resolve = createCompanyResolver(mappings, { referenceFirst: false, integration: null });
	const unmapped = companies.filter(({ source, id, name }) => {
		const company = { id, name, displayName: name, reference: null, domain: null };
		return resolve(source, company).kind !== 'mapped';
	});
	return {
		total: companies.length,
		unmapped: unmapped.sort(
			(left, right) =>
				right.held - left.held || (left.name ?? '').localeCompare(right.name ?? ''),
		),
		refusals: mappings.flatMap(({ refusal }) => refusal ?? []),
	};
}
