import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type ConsoleOutcome, failedStep, refusalPage } from '../shared/domain/console/answer';
import { type Asked, askedIn, type ConsolePage } from '../shared/domain/console/asked';
import { rowsByTable } from '../shared/domain/console/rows';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText } from '../shared/domain/values/read';
import { readRows } from '../shared/n8n/rows';
import { autoMapping } from './automap.page';
import { companies } from './companies.page';
import { company } from './company.page';
import { csv } from './csv.page';
import { deleteMappings } from './delete.page';
import { INPUTS, OUTPUTS } from './description';
import { importClients } from './import.page';
import { inbox, inboxRow } from './inbox.page';
import { about } from './items';
import { overview } from './overview.page';
import type { PageMaker } from './page-call';
import { set, setAct, sets } from './sets.page';

const PAGES: Readonly<Record<ConsolePage, PageMaker>> = {
	overview,
	companies,
	company,
	automap: autoMapping,
	delete: deleteMappings,
	csv,
	import: importClients,
	inbox,
	row: inboxRow,
	sets,
	set,
	setact: setAct,
};

/** Tables that could not be read; a table without a column that is asked for is such a one. */
function readFaults(rows: readonly JsonRecord[]): string[] {
	const said = rows.flatMap((row) => {
		if (row.id !== undefined && row.error === undefined) return [];
		const error: unknown = row.error;
		if (error === undefined) return [];
		const message = typeof error === 'string' ? error : memberText(Object(error), 'message');
		return [
			`A Data Table could not be read: ${message ?? 'unknown error'}. Compare its columns with the page Data Tables of the documentation.`,
		];
	});
	return [...new Set(said)];
}

/** The page that was asked for, or what is written for the form that was sent. */
export async function answer(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const json = context.getInputData(INPUTS.answer.asked)[0]?.json ?? {};
	const read = readRows(context, INPUTS.answer.rows).map((row) => row.json);
	const failure = failedStep(json);
	const asked = askedIn(json);
	const outcome = failure === null ? outcomeOf(context, asked, read) : refusalPage(500, failure);
	const { answer: said, into, writes } = await outcome;
	const counts = { update: writes.update.length, updateCompanies: writes.updateCompanies.length };
	const out: INodeExecutionData[][] = [[], [], [], [], [], []];
	out[OUTPUTS.answer.page] = about([{ ...said, into, counts, tables: asked.tables }]);
	out[OUTPUTS.answer.insert] = about(writes.insert);
	out[OUTPUTS.answer.update] = about(writes.update);
	out[OUTPUTS.answer.insertCompanies] = about(writes.insertCompanies);
	out[OUTPUTS.answer.updateCompanies] = about(writes.updateCompanies);
	out[OUTPUTS.answer.remove] = about(writes.remove);
	return out;
}

async function outcomeOf(
	context: IExecuteFunctions,
	asked: Asked,
	read: readonly JsonRecord[],
): Promise<ConsoleOutcome> {
	if (asked.refusal !== null) return refusalPage(asked.refusal.status, asked.refusal.message);
	if (asked.page === null) return refusalPage(404, 'Pick a page above.');
	const faults = [...asked.faults, ...readFaults(read)];
	const rows = rowsByTable(read);
	return await PAGES[asked.page]({
		context,
		asked: { ...asked, faults },
		rows,
		now: Date.now(),
	});
}
