import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { createCompanyLists } from '../shared/n8n/create-halo-api';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { OUTPUTS } from './description';
import { type ImportRun, runImport } from './import-run';
import { type ImportSettings, readImportSettings } from './import-settings';

function summaryOf(
	run: ImportRun,
	settings: ImportSettings,
	requests: number,
	startedAt: string,
): IDataObject {
	const { scope, since, entities } = settings;
	const resumed = scope.kind === 'all' ? scope.resumeFrom : null;
	return {
		entities,
		counts: { ...run.counts },
		totals: { ...run.totals },
		leftOut: run.leftOut,
		missing: run.missing,
		listChanged: run.listChanged,
		complete: run.error === null && run.checkpoint === null && run.nextPage === null,
		since,
		until: resumed?.until ?? startedAt,
		requests,
		nextPage: run.nextPage,
		checkpoint: run.checkpoint === null ? null : JSON.stringify(run.checkpoint),
		error: null,
		nextStep: null,
	};
}

/**
 * Gives out what Halo lists on Companies, and per input item one Summary. When a page fails, the run stops; when the
 * node is set to continue, the rows so far come out and the Summary carries the error and the checkpoint to resume from.
 * @throws NodeApiError or NodeOperationError naming the item
 */
export async function getCompanies(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const companies: INodeExecutionData[] = [];
	const summaries: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData(0).keys()) {
		const pairedItem = { item: itemIndex };
		try {
			const settings = readImportSettings(context, itemIndex);
			const lists = await createCompanyLists(context, itemIndex);
			const startedAt = new Date().toISOString();
			const run = await runImport(lists, settings, startedAt);
			const failure =
				run.error === null ? null : toNodeError(run.error, context.getNode(), itemIndex);
			if (failure !== null && !context.continueOnFail()) throw failure;
			for (const row of run.rows) companies.push({ json: { ...row }, pairedItem });
			const summary = summaryOf(run, settings, lists.requests, startedAt);
			// Not as the item's own error: n8n would put that in place of the summary.
			const failed =
				failure === null ? {} : { error: failure.message, nextStep: failure.description ?? null };
			summaries.push({ json: { ...summary, ...failed }, pairedItem });
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(error, context.getNode(), itemIndex);
			summaries.push(toErrorItem(error, context.getNode(), itemIndex));
		}
	}
	const outputs: INodeExecutionData[][] = [];
	outputs[OUTPUTS.getCompanies.companies] = companies;
	outputs[OUTPUTS.getCompanies.summary] = summaries;
	return outputs;
}
