import { type PodList, totalIn } from './answer';
import { isRecord, type JsonRecord } from '../../values/json';
import { memberText, readInteger } from '../../values/read';
import { plainName } from '../../values/text';

/** Where companies are read, and where they are made. */
export const COMPANY_PATHS = {
	list: '/r/company/companies',
	create: '/w/company/companies',
} as const;

/** A company as ConnectSecure lists it. */
export type PodCompany = {
	companyId: string;
	name: string;
	domain: string;
	/** The client of Halo whose company it was made as; 0 = none. */
	haloClientId: number;
};

/** A company to be made. */
export interface WantedCompany {
	haloClientId: number;
	name: string;
	domain: string;
	reference: string;
}

/** What became of a company to be made. */
export type CreatedCompany = {
	/** '' when it was not made. */
	companyId: string;
	/** Why it was not made, or what a person has to put right; '' when nothing. */
	reason: string;
};

/** Words that this pack writes into the description of a company that it makes, before the number of the client. */
const MARK = 'HaloPSA client ';

function clientIn(description: string): number {
	const at = description.indexOf(MARK);
	const number = at === -1 ? NaN : Number.parseInt(description.slice(at + MARK.length), 10);
	return Number.isNaN(number) ? 0 : number;
}

/**
 * The companies of a list that was read to its end; those that are deleted, or have no name, are left out.
 * @returns why the list cannot be used, in place of the companies
 */
export function podCompanies({ rows, problem }: PodList): PodCompany[] | string {
	if (problem !== null) return problem;
	const total = totalIn(rows);
	if (total > rows.length) {
		return `${rows.length} of ${total} companies were given; its pages are smaller than asked for`;
	}
	return rows.flatMap((row) => {
		if (!isRecord(row) || row.is_deleted === true) return [];
		const companyId = memberText(row, 'id');
		const name = memberText(row, 'name');
		if (companyId === null || name === null) return [];
		const haloClientId = clientIn(memberText(row, 'description') ?? '');
		return [{ companyId, name, domain: memberText(row, 'domain') ?? '', haloClientId }];
	});
}

/** A company to be made, from an item; null when it names no client or has no name. */
export function wantedCompany(item: JsonRecord): WantedCompany | null {
	const haloClientId = readInteger(item.haloClientId) ?? 0;
	const name = memberText(item, 'name') ?? '';
	if (haloClientId <= 0 || name === '') return null;
	const domain = memberText(item, 'domain') ?? '';
	return { haloClientId, name, domain, reference: memberText(item, 'reference') ?? '' };
}

/**
 * What is sent to make a company (ConnectSecure's API documentation, `POST /w/company/companies`). The mark in the
 * description tells a later run that the company is there, even when somebody renames it.
 */
export function companyBody({ haloClientId, name, domain, reference }: WantedCompany): {
	data: Record<string, string>;
} {
	const more = reference === '' ? '' : ` (reference ${reference})`;
	return { data: { name, description: `${MARK}${haloClientId}${more}`, domain } };
}

/** The company that was made for the client, or one that has its name; null when there is neither. */
export function presentCompany(
	wanted: WantedCompany,
	listed: readonly PodCompany[],
): PodCompany | null {
	const marked = listed.find(({ haloClientId }) => haloClientId === wanted.haloClientId);
	return marked ?? listed.find(({ name }) => plainName(name) === plainName(wanted.name)) ?? null;
}

/** One of that client is used; whether one that only has the name belongs to the client is for a person to say. */
function ofPresent(present: PodCompany, wanted: WantedCompany): CreatedCompany {
	const { companyId, haloClientId } = present;
	if (haloClientId === wanted.haloClientId) return { companyId, reason: '' };
	return { companyId: '', reason: `a company of that name is there already (${companyId})` };
}

/**
 * What became of a company that was asked for: what the list shows afterwards counts, not the answer, which may be lost
 * although the company was made.
 * @param before the list as it was
 * @param after the list as it is; a text says why it could not be read
 * @param refusal what the answer said against it; null when nothing
 */
export function createdCompany(
	wanted: WantedCompany,
	before: readonly PodCompany[],
	after: readonly PodCompany[] | string,
	refusal: string | null,
): CreatedCompany {
	const present = presentCompany(wanted, before);
	if (present !== null) return ofPresent(present, wanted);
	const ids = (typeof after === 'string' ? [] : after)
		.filter(
			({ haloClientId, name }) =>
				haloClientId === wanted.haloClientId || plainName(name) === plainName(wanted.name),
		)
		.map(({ companyId }) => companyId)
		.sort((one, other) => Number(one) - Number(other));
	const [companyId] = ids;
	if (companyId === undefined) {
		const unseen = typeof after === 'string' ? after : 'it is not in the list afterwards';
		return { companyId: '', reason: refusal ?? unseen };
	}
	const twice = `was made twice, as ${ids.join(' and ')}: delete the last`;
	return { companyId, reason: ids.length > 1 ? twice : '' };
}
