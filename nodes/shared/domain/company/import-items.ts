import type { HaloClient, LocalCompany } from './types';
import { isRecord } from '../values/json';
import { readInteger, memberText } from '../values/read';

/** An item that cannot be read as what it should be. */
export class CompanyInputError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(message);
		this.name = 'CompanyInputError';
		this.nextStep = nextStep;
	}
}

function isYes(value: unknown): boolean {
	return (
		value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes)$/i.test(value))
	);
}

/**
 * A company of the source: a row of `halo_companies`, or an item of the source's own list. A table's own `id` is the
 * row's number, so it is the company's id only where there is no `companyId`.
 * @param number its place, counting from 1
 */
export function parseLocalCompany(row: unknown, number: number): LocalCompany {
	const record = isRecord(row) ? row : {};
	const hasOwnId = !Object.hasOwn(record, 'companyId');
	return {
		origin: `company ${number}`,
		integration: memberText(record, 'integration'),
		source: memberText(record, 'source'),
		id: hasOwnId ? memberText(record, 'id') : memberText(record, 'companyId'),
		name: memberText(record, 'name', 'companyName'),
		displayName: memberText(record, 'displayName'),
		reference: memberText(record, 'reference'),
		domain: memberText(record, 'domain'),
	};
}

/**
 * A Halo client: an item of Import Companies, or a row as Halo's API gives it.
 * @param number its place, counting from 1
 * @returns null for an imported site, contact or asset
 * @throws CompanyInputError naming the item and the member
 */
export function parseHaloClient(row: unknown, number: number): HaloClient | null {
	const record = isRecord(row) ? row : {};
	const { entity } = record;
	if (entity !== undefined && entity !== null && entity !== 'client') return null;
	const id = readInteger(record.id);
	const name = memberText(record, 'name');
	if (id === null || name === null) {
		const member = id === null ? 'id' : 'name';
		const got = JSON.stringify(record[member]) ?? 'nothing';
		throw new CompanyInputError(
			`Halo client ${number}: expected ${member === 'id' ? 'a whole number in id' : 'a text in name'}, got ${got.slice(0, 60)}`,
			'Connect the output Companies of Halo Import Companies to the input Halo Clients.',
		);
	}
	const mergedInto = readInteger(record.mergedInto ?? record.merged_into_id);
	return {
		id,
		name,
		reference: memberText(record, 'reference', 'ref'),
		domain: memberText(record, 'domain', 'website'),
		inactive: isYes(record.inactive),
		deleted: isYes(record.deleted),
		mergedInto: mergedInto === null || mergedInto <= 0 ? null : mergedInto,
	};
}
