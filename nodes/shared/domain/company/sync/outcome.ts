import type { JsonRecord } from '../../values/json';
import { memberText, readInteger } from '../../values/read';
import { wholeCharacters } from '../../values/cut';
import type { AutoMapResult } from '../match/auto-map';
import {
	type MappingRow,
	mappingRow,
	type NewRowSettings,
	rowChangeOf,
} from '../match/mapping-row';
import { type CompanyUpdate, CONNECTSECURE, type NewCompanyRow } from './company-rows';

/** A company that was compared with Halo's clients. */
export interface ComparedCompany {
	result: AutoMapResult;
	/** Its row in halo_companies; null when it has none yet. */
	stored: JsonRecord | null;
	/** What the source says of it now; null when it says nothing in this run. */
	news: NewCompanyRow | null;
	/** The row of halo_company_mappings that names the company; null when there is none. */
	mapping: JsonRecord | null;
}

/** Columns of a mapping row that gets its client. */
export type MappingUpdate = { id: number } & Pick<
	MappingRow,
	'haloClientId' | 'haloClientName' | 'method' | 'mappedAt'
>;

/** What matching comes to. */
export interface SyncOutcome {
	insertMappings: MappingRow[];
	updateMappings: MappingUpdate[];
	insertCompanies: NewCompanyRow[];
	updateCompanies: CompanyUpdate[];
	counts: JsonRecord;
}

/** A cell is no place for thousands: every reason stands in halo_companies, column review. */
const MOST_REASONS = 50;

/** Enough for a sentence and the names in it. */
const LONGEST_REVIEW = 1_000;

/**
 * Some feeds of ConnectSecure name a company by its id alone, so that a row for every source, by name, is not enough.
 */
function needsOwnRow({ company, existing, outcome }: AutoMapResult): boolean {
	return (
		outcome === 'already_mapped' &&
		company.source === CONNECTSECURE &&
		company.id !== null &&
		existing?.source === null &&
		existing.companyId !== company.id
	);
}

function mappingOf(
	{ result, mapping }: ComparedCompany,
	settings: NewRowSettings,
	now: string,
): { insert?: MappingRow; update?: MappingUpdate } {
	const { client, company, existing, method } = result;
	if (client === null) return {};
	const how = method ?? 'name';
	if (needsOwnRow(result) && existing !== null) {
		const { createTicket, noNotification, eventSet, profile } = existing;
		const own = { createTicket, noNotification, eventSet: eventSet ?? '', profile: profile ?? '' };
		const row = mappingRow(company, client, how, { ...settings, ...own }, now);
		return { insert: { ...row, flags: memberText(mapping ?? {}, 'flags') ?? row.flags } };
	}
	const change = rowChangeOf(result);
	if (change === 'insert') return { insert: mappingRow(company, client, how, settings, now) };
	const id = readInteger(mapping?.id);
	if (change !== 'update' || id === null) return {};
	const { id: haloClientId, name: haloClientName } = client;
	return { update: { id, haloClientId, haloClientName, method: how, mappedAt: now } };
}

/** Who the company is in Halo, or why nobody can say: only what changed is written. */
function companyOf({ result, stored, news }: ComparedCompany): {
	insert?: NewCompanyRow;
	update?: CompanyUpdate;
} {
	const psaName = result.client?.name ?? '';
	const review = psaName === '' ? wholeCharacters(result.reason, LONGEST_REVIEW) : '';
	const said = { psaName, review };
	const id = readInteger(stored?.id);
	if (stored === null || id === null) return news === null ? {} : { insert: { ...news, ...said } };
	const wanted: Partial<NewCompanyRow> =
		news === null ? said : { ...said, name: news.name, domain: news.domain };
	const changed = Object.entries(wanted).filter(
		([column, value]) => (memberText(stored, column) ?? '') !== value.trim(),
	);
	return changed.length === 0 ? {} : { update: { id, ...Object.fromEntries(changed) } };
}

function countsOf(compared: readonly ComparedCompany[]): JsonRecord {
	const counts = { inserted: 0, updated: 0, kept: 0, needsReview: 0, unmapped: 0 };
	const review: string[] = [];
	for (const { result } of compared) {
		const change = needsOwnRow(result) ? 'insert' : rowChangeOf(result);
		if (change === 'insert') counts.inserted += 1;
		else if (change === 'update') counts.updated += 1;
		else if (change === 'keep') counts.kept += 1;
		else if (result.outcome === 'unmatched') counts.unmapped += 1;
		else {
			counts.needsReview += 1;
			review.push(result.reason);
		}
	}
	const more = review.length - MOST_REASONS;
	const rest = `${more} more: see halo_companies, column review`;
	return { ...counts, review: [...review.slice(0, MOST_REASONS), ...(more > 0 ? [rest] : [])] };
}

/**
 * What is to be written after matching, and what the run says of it.
 * @param settings what new mapping rows get
 * @param now ISO 8601
 */
export function outcomeOf(
	compared: readonly ComparedCompany[],
	settings: NewRowSettings,
	now: string,
): SyncOutcome {
	const outcome: SyncOutcome = {
		insertMappings: [],
		updateMappings: [],
		insertCompanies: [],
		updateCompanies: [],
		counts: countsOf(compared),
	};
	for (const one of compared) {
		const mapping = mappingOf(one, settings, now);
		const company = companyOf(one);
		if (mapping.insert !== undefined) outcome.insertMappings.push(mapping.insert);
		if (mapping.update !== undefined) outcome.updateMappings.push(mapping.update);
		if (company.insert !== undefined) outcome.insertCompanies.push(company.insert);
		if (company.update !== undefined) outcome.updateCompanies.push(company.update);
	}
	return outcome;
}
