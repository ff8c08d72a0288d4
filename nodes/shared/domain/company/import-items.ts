import type { HaloClient, LocalCompany } from './types';
import { isRecord } from '../values/json';

/** An item that cannot be read as what it should be. */
export class CompanyInputError extends Error {
	readonly nextStep: string;

	constructor(message: string, nextStep: string) {
		super(message);
		this.name = 'CompanyInputError';
		this.nextStep = nextStep;
	}
}

type Row = Readonly<Record<string, unknown>>;

function textOf(row: Row, ...names: string[]): string | null {
	for (const name of names) {
		const value = Object.hasOwn(row, name) ? row[name] : null;
		const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (text !== '') return text;
	}
	return null;
}

function isYes(value: unknown): boolean {
	return (
		value === true || value === 1 || (typeof value === 'string' && /^(true|1|yes)$/i.test(value))
	);
}

function integerOf(value: unknown): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
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
		integration: textOf(record, 'integration'),
		source: textOf(record, 'source'),
		id: hasOwnId ? textOf(record, 'id') : textOf(record, 'companyId'),
		name: textOf(record, 'name', 'companyName'),
		displayName: textOf(record, 'displayName'),
		reference: textOf(record, 'reference'),
		domain: textOf(record, 'domain'),
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
	const id = integerOf(record.id);
	const name = textOf(record, 'name');
	if (id === null || name === null) {
		const member = id === null ? 'id' : 'name';
		const got = JSON.stringify(record[member]) ?? 'nothing';
		throw new CompanyInputError(
			`Halo client ${number}: expected ${member === 'id' ? 'a whole number in id' : 'a text in name'}, got ${got.slice(0, 60)}`,
			'Connect the output Companies of Halo Import Companies to the input Halo Clients.',
		);
	}
	const mergedInto = integerOf(record.mergedInto ?? record.merged_into_id);
	return {
		id,
		name,
		reference: textOf(record, 'reference', 'ref'),
		domain: textOf(record, 'domain', 'website'),
		inactive: isYes(record.inactive),
		deleted: isYes(record.deleted),
		mergedInto: mergedInto === null || mergedInto <= 0 ? null : mergedInto,
	};
}
