import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { guardMassChange } from '../shared/domain/company/match/drift';
import { parseLocalCompany } from '../shared/domain/company/import-items';
import type { AutoMapResult } from '../shared/domain/company/match/auto-map';
import { matchCompanies as autoMapCompanies } from '../shared/domain/company/match/auto-map';
import type { NewRowSettings } from '../shared/domain/company/match/mapping-row';
import { rowChangeOf, mappingRow } from '../shared/domain/company/match/mapping-row';
import { ParameterError, readCollection } from '../shared/n8n/parameters';
import { readRows } from '../shared/n8n/rows';
import { DEFAULT_GUARD_PERCENT } from './auto-map-fields';
import { OUTPUTS } from './description';
import type { ReadMapping } from './sync-parameters';
import {
	switchOf,
	readHaloClients,
	readMappings,
	readNewRows,
	tableRowId,
	without,
} from './sync-parameters';
import { memberText } from '../shared/domain/values/read';

/** Columns that a Data Table fills itself. */
const TABLE_COLUMNS = ['id', 'createdAt', 'updatedAt'];

/** Numbers of the inputs. */
const INPUTS = { companies: 0, clients: 1, mappings: 2 } as const;

function outputOf({ outcome }: AutoMapResult): number {
	if (outcome === 'mapped' || outcome === 'already_mapped') return OUTPUTS.mapped;
	return outcome === 'unmatched' ? OUTPUTS.unmapped : OUTPUTS.review;
}

function toJson(
	result: AutoMapResult,
	settings: NewRowSettings,
	rows: ReadonlyMap<unknown, ReadMapping>,
	mappedAt: string,
	companyRowId: number | null,
): IDataObject {
	const { company, outcome, reason, candidates, client, method, existing } = result;
	const change = rowChangeOf(result);
	const read = existing === null ? undefined : rows.get(existing);
	const rowId = tableRowId(read?.row);
	const { id, name, displayName, integration, source } = company;
	const of = { rowId: companyRowId, id, name, displayName, integration, source };
	const decided = { outcome, reason, change, rowId, company: of };
	if (client === null || method === null) {
		const known = without({ ...company }, ['origin']);
		const named = {
			companyId: company.id ?? '',
			companyName: company.displayName ?? company.name ?? '',
		};
		return { ...decided, ...known, ...named, candidates: candidates.map((one) => ({ ...one })) };
	}
	if (change === 'keep') {
		return { ...without(read?.row.json ?? {}, TABLE_COLUMNS), ...decided };
	}
	// A row that waited for its client keeps what a person wrote into it.
	const kept = existing ?? settings;
	const { createTicket, noNotification } = kept;
	const own = {
		createTicket,
		noNotification,
		eventSet: kept.eventSet ?? '',
		profile: kept.profile ?? '',
	};
	return { ...decided, ...mappingRow(company, client, method, { ...settings, ...own }, mappedAt) };
}

function readGuard(value: unknown): number {
	if (value === undefined || value === null || value === '') return DEFAULT_GUARD_PERCENT;
	const percent = Number(value);
	if (percent >= 0 && percent <= 100) return percent;
	throw new ParameterError('Mass-Change Guard (%)', 'a number from 0 to 100', value);
}

/**
 * Maps the companies of the first input by exact rules; see `autoMap` of the domain. Writes nothing: Mapped carries the
 * rows, with what to do with each.
 * @throws ParameterError, CompanyInputError or MassChangeError
 */
export function autoMap(context: IExecuteFunctions): INodeExecutionData[][] {
	const options = readCollection(context, 'autoMapOptions', 0);
	const integration = memberText(options, 'integration');
	const source = memberText(options, 'source');
	const settings = readNewRows(context, 0);
	const read = readMappings(context, INPUTS.mappings);
	const mappings = read.map(({ mapping }) => mapping);
	const rows = new Map(read.map((one) => [one.mapping, one]));
	const clients = readHaloClients(context, INPUTS.clients);
	guardMassChange(mappings, clients, readGuard(options.guardPercent), integration);

	const items = readRows(context, INPUTS.companies);
	const companies = items.map(({ json, number }) => {
		const company = parseLocalCompany(json, number);
		return {
			...company,
			integration: company.integration ?? integration,
			source: company.source ?? source,
		};
	});
	const results = autoMapCompanies(companies, clients, mappings, {
		integration,
		referenceFirst: switchOf(options, 'referenceFirst', false),
		accentsDoNotCount: switchOf(options, 'accentsDoNotCount', false),
		manyToOne: switchOf(options, 'manyToOne', false),
	});
	const mappedAt = new Date().toISOString();
	const outputs: INodeExecutionData[][] = [[], [], []];
	for (const [at, result] of results.entries()) {
		const row = items[at];
		const item = (row?.number ?? 1) - 1;
		// Where a row has no companyId, its id is the company's own, not the table's.
		const companyRowId = row?.json.companyId === undefined ? null : tableRowId(row);
		const json = toJson(result, settings, rows, mappedAt, companyRowId);
		outputs[outputOf(result)]?.push({ json, pairedItem: { item } });
	}
	return outputs;
}
