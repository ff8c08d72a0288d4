import { localCompanyKey } from '../../company/match/auto-map';
import { type CompanyMapping, parseMappingRow } from '../../company/mapping';
import { parseLocalCompany } from '../../company/import-items';
import { type CompanyMatch, createCompanyResolver } from '../../company/resolve';
import type { LocalCompany } from '../../company/types';
import { isRecord, type JsonRecord } from '../../values/json';
import { jsonRecordIn, memberText, readInteger } from '../../values/read';
import { markOf } from '../row-mark';
import type { RowsByTable } from '../rows';

/** A row of halo_company_mappings, as it stands and as it is understood. */
export interface MappingLine {
	id: number;
	row: JsonRecord;
	mapping: CompanyMapping;
}

export type CompanyState = 'mapped' | 'review' | 'unmapped';

/** A company with what is known about its client. */
export interface CompanyLine {
	/** Stands for it in addresses and forms. */
	mark: string;
	company: LocalCompany;
	/** Its row in halo_companies; null when it is known by a mapping or by findings alone. */
	companyRowId: number | null;
	state: CompanyState;
	/** Why a person has to look; '' when nobody has. */
	review: string;
	/** The row that maps it, or that waits for its client; null when there is none. */
	mapping: MappingLine | null;
	/** Name of its client, as halo_companies keeps it. */
	psaName: string;
	/** Findings that wait for its mapping. */
	held: readonly number[];
}

/** Rows that the template setup puts in to show what a row looks like. */
const EXAMPLE = 'example';

/** Made once: comparing 5,000 names by `localeCompare` makes one for each pair. */
const BY_NAME = new Intl.Collator('en');

/** Name of a company for people. */
export function companyLabel({ displayName, name, id }: LocalCompany): string {
	return displayName ?? name ?? id ?? '(no name)';
}

export function mappingLines(rows: readonly JsonRecord[]): MappingLine[] {
	return rows.flatMap((row, index) => {
		const id = readInteger(row.id);
		const mapping = row.method === EXAMPLE ? null : parseMappingRow(row, index + 1);
		return id === null || mapping === null ? [] : [{ id, row, mapping }];
	});
}

/** The company that a row of the mapping names. */
export function companyOfMapping({ mapping }: MappingLine): LocalCompany {
	const { companyId, companyName, integration, origin, reference, source } = mapping;
	return {
		origin,
		integration,
		source,
		id: companyId,
		name: companyName,
		displayName: null,
		reference,
		domain: null,
	};
}

function companyOfFinding(row: JsonRecord): LocalCompany | null {
	const event = jsonRecordIn(row.event);
	if (!isRecord(event.company)) return null;
	const { id, name, displayName, reference, domain } = event.company;
	const source = memberText(event, 'source') ?? memberText(row, 'source');
	const integration = memberText(row, 'integration');
	const company = parseLocalCompany(
		{ integration, source, companyId: id, name, displayName, reference, domain },
		readInteger(row.id) ?? 0,
	);
	return company.id === null && company.name === null && company.displayName === null
		? null
		: company;
}

interface Known {
	company: LocalCompany;
	row: JsonRecord | null;
	held: number[];
}

function nameKeys(company: LocalCompany): string[] {
	const { displayName, name } = company;
	const names = [displayName, name].filter((one) => one !== null);
	return names.map((one) =>
		localCompanyKey({ ...company, integration: null, id: null, name: one, displayName: null }),
	);
}

/** Companies by the names that they go by in their source; null for a name that two have. */
function byName(companies: Iterable<Known>): Map<string, Known | null> {
	const named = new Map<string, Known | null>();
	for (const one of companies) {
		for (const key of new Set(nameKeys(one.company))) {
			named.set(key, named.has(key) ? null : one);
		}
	}
	return named;
}

/** The one company of that name, for a finding that names no id. */
function namesake(
	company: LocalCompany,
	named: ReadonlyMap<string, Known | null>,
): Known | undefined {
	if (company.id !== null) return undefined;
	const found = nameKeys(company).flatMap((key) => named.get(key) ?? []);
	return found[0];
}

/** Companies of halo_companies, and those whose findings wait, each once. */
function knownCompanies({ halo_companies: rows, halo_inbox: inbox }: RowsByTable): Known[] {
	const known = new Map<string, Known>();
	rows.forEach((row, index) => {
		const company = parseLocalCompany(row, index + 1);
		const key = localCompanyKey(company);
		if (!known.has(key)) known.set(key, { company, row, held: [] });
	});
	const named = byName(known.values());
	for (const row of inbox) {
		const company = row.state === 'held' ? companyOfFinding(row) : null;
		const id = readInteger(row.id);
		if (company === null || id === null) continue;
		// A list of companies mostly names no integration, the finding always does.
		const own = localCompanyKey(company);
		const of =
			known.get(own) ??
			known.get(localCompanyKey({ ...company, integration: null })) ??
			namesake(company, named);
		if (of === undefined) known.set(own, { company, row: null, held: [id] });
		else of.held.push(id);
	}
	return [...known.values()];
}

function judged(match: CompanyMatch): {
	state: CompanyState;
	review: string;
	mapping: CompanyMapping | null;
} {
	switch (match.kind) {
		case 'mapped':
			return { state: 'mapped', review: '', mapping: match.mapping };
		case 'refused':
			return { state: 'review', review: match.refusal, mapping: match.mapping };
		case 'ambiguous': {
			const rows = match.candidates.map(
				({ haloClientId, haloClientName, origin }) =>
					`${haloClientName ?? ''} (${haloClientId ?? ''}) by ${origin}`,
			);
			// A row that names another id is another company's, and must not be changed for this one.
			return match.sameNameOtherId
				? {
						state: 'review',
						review: `Its name stands in the mapping with another id: ${rows.join(', ')}.`,
						mapping: null,
					}
				: {
						state: 'review',
						review: `Its rows name several clients: ${rows.join(', ')}. Keep one.`,
						mapping: match.candidates[0] ?? null,
					};
		}
		case 'unmapped':
			return { state: 'unmapped', review: '', mapping: match.known };
	}
}

/** Every company once, with its mapping; rows of the mapping that no company uses stand for one of their own. */
export function companyLines(rows: RowsByTable): CompanyLine[] {
	const mappings = mappingLines(rows.halo_company_mappings);
	const lineOf = new Map(mappings.map((line) => [line.mapping, line]));
	const resolve = createCompanyResolver([...lineOf.keys()], { referenceFirst: false });
	const used = new Set<CompanyMapping>();
	const lines = knownCompanies(rows).map(({ company, row, held }): CompanyLine => {
		const origin = { integration: company.integration, source: company.source ?? '' };
		const { state, review, mapping } = judged(resolve(origin, company));
		if (mapping !== null) used.add(mapping);
		const noted = state === 'unmapped' ? (memberText(row ?? {}, 'review') ?? '') : '';
		return {
			mark: markOf(localCompanyKey(company)),
			company,
			companyRowId: row === null ? null : readInteger(row.id),
			state: noted === '' ? state : 'review',
			review: review === '' ? noted : review,
			mapping: mapping === null ? null : (lineOf.get(mapping) ?? null),
			psaName: memberText(row ?? {}, 'psaName') ?? '',
			held,
		};
	});
	const marks = new Set(lines.map(({ mark }) => mark));
	const others = mappings
		.filter(({ mapping }) => !used.has(mapping))
		.map((line): CompanyLine => {
			const { haloClientId, haloClientName, refusal } = line.mapping;
			const company = companyOfMapping(line);
			const own = markOf(localCompanyKey(company));
			const isMapped = haloClientId !== null && refusal === null;
			return {
				// A second row of one company is a line of its own, so that it can be seen and deleted.
				mark: marks.has(own) ? markOf(`row ${line.id}`) : own,
				company,
				companyRowId: null,
				state: refusal !== null ? 'review' : isMapped ? 'mapped' : 'unmapped',
				review: refusal ?? '',
				mapping: line,
				psaName: isMapped ? (haloClientName ?? '') : '',
				held: [],
			};
		});
	return [...lines, ...others].sort((left, right) =>
		BY_NAME.compare(companyLabel(left.company), companyLabel(right.company)),
	);
}
