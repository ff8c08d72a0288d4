import type { JsonRecord } from '../../values/json';
import { memberText, readInteger } from '../../values/read';
import type { HaloClient } from '../types';

/** The source under which the companies of ConnectSecure stand. */
export const CONNECTSECURE = 'connectsecure';

/** A new row of halo_companies; the members are columns. */
export type NewCompanyRow = {
	integration: string;
	source: string;
	companyId: string;
	displayName: string;
	name: string;
	reference: string;
	domain: string;
	psaName: string;
	review: string;
};

/** Columns of a row of halo_companies that get another value. */
export type CompanyUpdate = { id: number } & Partial<NewCompanyRow>;

/** What is written into halo_companies. */
export interface CompanyWrites {
	insert: NewCompanyRow[];
	update: CompanyUpdate[];
}

/** A client of Halo as a company: with the prefix no scanner's own number can ever be taken for a Halo client. */
export function clientCompany(
	{ id, name, reference, domain }: Pick<HaloClient, 'id' | 'name' | 'reference' | 'domain'>,
	integration: string,
): NewCompanyRow {
	return {
		integration,
		source: '',
		companyId: `halo:${id}`,
		displayName: '',
		name,
		reference: reference ?? '',
		domain: domain ?? '',
		psaName: name,
		review: '',
	};
}

/** What two rows share that are of one company. */
export function companyRowKey(row: JsonRecord): string {
	return JSON.stringify([memberText(row, 'source') ?? '', memberText(row, 'companyId')]);
}

/** Columns that say who a company is. A name that a person gave it, its client and why it has none are not among them. */
const OF_THE_SOURCE = ['name', 'reference', 'domain'] as const;

/**
 * What is to be written so that halo_companies has these companies: new ones, and of known ones what differs, so that a
 * second run changes nothing.
 * @param stored rows of halo_companies of this integration
 */
export function companyWrites(
	companies: readonly NewCompanyRow[],
	stored: readonly JsonRecord[],
): CompanyWrites {
	const known = new Map(stored.map((row) => [companyRowKey(row), row]));
	const writes: CompanyWrites = { insert: [], update: [] };
	for (const company of companies) {
		const before = known.get(companyRowKey(company));
		const id = readInteger(before?.id);
		if (before === undefined || id === null) {
			writes.insert.push(company);
		} else if (OF_THE_SOURCE.some((name) => (memberText(before, name) ?? '') !== company[name])) {
			const { name, reference, domain } = company;
			writes.update.push({ id, name, reference, domain });
		}
	}
	return writes;
}
