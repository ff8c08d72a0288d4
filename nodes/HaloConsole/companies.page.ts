import { type ConsoleOutcome, sentOn, shown, written } from '../shared/domain/console/answer';
import {
	type CompanyLine,
	companyLines,
	mappingLines,
} from '../shared/domain/console/companies/lines';
import {
	companiesPage,
	COMPANY_FILTERS,
	type DriftOf,
} from '../shared/domain/console/companies/list-page';
import { releaseWrites } from '../shared/domain/console/companies/release';
import { valueOf, valuesOf } from '../shared/domain/console/fields';
import { consoleAddress } from '../shared/domain/console/links';
import { saying } from '../shared/domain/console/said';
import { fieldsOfState, tableStateIn } from '../shared/domain/console/table-state';
import { checkMappings, nameKey } from '../shared/domain/company/match/drift';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText } from '../shared/domain/values/read';
import { knownClients } from './halo-clients';
import { type PageCall, tableOf } from './page-call';

function namesIn(rows: readonly JsonRecord[]): ReadonlySet<string> {
	return new Set(rows.flatMap((row) => memberText(row, 'name') ?? []).map(nameKey));
}

/** What has changed in Halo since the rows were written; Halo is asked only when the page is to show it. */
async function driftFor(call: PageCall): Promise<{ drift: DriftOf; faults: string[] }> {
	const { asked, context, rows } = call;
	if (tableStateIn(asked.query, COMPANY_FILTERS).filter !== 'drift') {
		return { drift: null, faults: [] };
	}
	const known = await knownClients(context);
	if ('problem' in known) return { drift: new Map(), faults: [known.problem] };
	const lines = mappingLines(rows.halo_company_mappings);
	const found = checkMappings(
		lines.map(({ mapping }) => mapping),
		known.clients,
		{ eventSets: namesIn(rows.halo_event_sets), profiles: namesIn(rows.halo_profiles) },
	);
	return { drift: new Map(lines.map(({ id }, at) => [id, found[at] ?? []])), faults: [] };
}

async function list(
	call: PageCall,
	lines: readonly CompanyLine[],
	refused: string | null,
): Promise<ConsoleOutcome> {
	const { drift, faults } = await driftFor(call);
	const page = companiesPage(call.asked, lines, drift, {
		faults: [...call.asked.faults, ...faults],
		refused,
	});
	return shown(page, refused === null ? 200 : 422);
}

/** The table of all companies; its form deletes mappings or releases findings. */
export async function companies(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, now, rows } = call;
	const lines = companyLines(rows);
	if (!asked.isPost) return await list(call, lines, null);
	const ticked = new Set(valuesOf(asked.form, 'c'));
	const chosen = lines.filter(({ mark }) => ticked.has(mark));
	if (chosen.length === 0) {
		return await list(call, lines, 'Nothing is ticked: tick the companies that you mean.');
	}
	if (valueOf(asked.form, 'do') === 'release') {
		const { count, writes } = releaseWrites(chosen, new Date(now).toISOString());
		if (count === 0) return await list(call, lines, 'No finding of these companies is held.');
		const state = fieldsOfState(tableStateIn(asked.query, COMPANY_FILTERS));
		const to = consoleAddress('companies', { ...state, ...saying('released', count) });
		return written(tableOf(asked, 'halo_inbox'), writes, to);
	}
	const ids = chosen.flatMap(({ mapping }) => (mapping === null ? [] : [mapping.id]));
	if (ids.length === 0) return await list(call, lines, 'None of these companies has a mapping.');
	return sentOn(consoleAddress('delete', { rows: ids.join('.') }));
}
