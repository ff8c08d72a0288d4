import { type ConsoleOutcome, shown, written } from '../shared/domain/console/answer';
import { mappingCsv, readMappingCsv } from '../shared/domain/console/companies/csv-file';
import { csvPage } from '../shared/domain/console/companies/csv-page';
import { csvWrites } from '../shared/domain/console/companies/csv-writes';
import { companyLines } from '../shared/domain/console/companies/lines';
import { valueOf } from '../shared/domain/console/fields';
import { consoleAddress } from '../shared/domain/console/links';
import { saying } from '../shared/domain/console/said';
import { verifiedClients } from './halo-clients';
import { type PageCall, tableOf } from './page-call';

function download({ asked, rows }: PageCall): ConsoleOutcome {
	const separator = valueOf(asked.query, 'get') === 'semicolon' ? ';' : ',';
	// The mark in front tells spreadsheets that the text is UTF-8.
	const text = `\uFEFF${mappingCsv(rows.halo_company_mappings, separator)}`;
	const outcome = shown(text);
	return {
		...outcome,
		answer: {
			...outcome.answer,
			contentType: 'text/csv; charset=utf-8',
			disposition: 'attachment; filename="halo-company-mappings.csv"',
		},
	};
}

async function upload(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, context, now, rows } = call;
	const refused = (problems: string[]): ConsoleOutcome => shown(csvPage(asked, problems), 422);
	const text = valueOf(asked.form, 'csv');
	if (text === '') return refused(['Choose a file, or paste its text.']);
	const file = readMappingCsv(text);
	if (file.problems.length > 0) return refused(file.problems);
	const ids = [...new Set(file.rows.map(({ clientId }) => clientId))];
	const verified = await verifiedClients(
		context,
		ids.map((id) => ({ text: String(id), byName: false })),
	);
	const byId = new Map(ids.map((id, at) => [id, verified[at]]));
	const decided = csvWrites(
		file.rows,
		rows,
		companyLines(rows),
		(id) => byId.get(id) ?? { problem: `Halo client ${id} was not looked up` },
		new Date(now).toISOString(),
	);
	if ('problems' in decided) return refused(decided.problems);
	const to = consoleAddress('companies', saying('read', decided.count));
	return written(tableOf(asked, 'halo_company_mappings'), decided.writes, to);
}

/** The mapping as a file, out and in. */
export async function csv(call: PageCall): Promise<ConsoleOutcome> {
	if (call.asked.isPost) return await upload(call);
	return valueOf(call.asked.query, 'get') === '' ? shown(csvPage(call.asked, [])) : download(call);
}
