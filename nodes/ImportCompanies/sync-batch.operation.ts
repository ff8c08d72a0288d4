import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { IMPORT_ENTITIES, parseCheckpoint } from '../shared/domain/company/import';
import { clientCompany, companyWrites } from '../shared/domain/company/sync/company-rows';
import { readSyncPlan, type SyncPlan } from '../shared/domain/company/sync/plan';
import { type ImportBatch, batchRow } from '../shared/domain/company/sync/status';
import { createCompanyLists } from '../shared/n8n/create-halo-api';
import { toNodeError } from '../shared/n8n/errors';
import { ParameterError, readObject, readString } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { DEFAULT_PAGE_SIZE, OUTPUTS } from './description';
import { type ImportRun, runImport } from './import-run';
import type { ImportSettings } from './import-settings';

function settingsOf(plan: SyncPlan, checkpoint: string): ImportSettings {
	const entities = IMPORT_ENTITIES.filter((entity) => plan.entities.includes(entity));
	const unknown = plan.entities.find((one) => !IMPORT_ENTITIES.some((entity) => entity === one));
	if (unknown !== undefined || entities.length === 0) {
		throw new ParameterError('entities', `one or more of ${IMPORT_ENTITIES.join(', ')}`, unknown);
	}
	const resumeFrom = parseCheckpoint(checkpoint);
	return {
		entities,
		search: null,
		includeInactive: false,
		since: resumeFrom?.since ?? null,
		referenceField: plan.referenceField === 0 ? null : plan.referenceField,
		scope: {
			kind: 'all',
			pageSize: DEFAULT_PAGE_SIZE,
			pagesPerRun: plan.pagesPerBatch,
			resumeFrom,
		},
	};
}

function errorText(context: IExecuteFunctions, error: unknown): string {
	const { message, description } = toNodeError(error, context.getNode());
	return [message, description]
		.filter((part) => part !== undefined && part !== null && part !== '')
		.join('. ');
}

/** What a batch read, and what became of it. What was read before an error is kept. */
async function readBatch(
	context: IExecuteFunctions,
	plan: SyncPlan,
	checkpoint: string,
): Promise<{ rows: ImportRun['rows']; batch: ImportBatch }> {
	try {
		const lists = await createCompanyLists(context);
		const startedAt = new Date().toISOString();
		const run = await runImport(lists, settingsOf(plan, checkpoint), startedAt);
		const batch = {
			counts: run.counts,
			requests: lists.requests,
			missing: run.missing,
			checkpoint: run.checkpoint === null ? '' : JSON.stringify(run.checkpoint),
			error: run.error === null ? '' : errorText(context, run.error),
		};
		return { rows: run.rows, batch };
	} catch (error) {
		// Nothing was read: the next run begins where this one did.
		const none = { counts: {}, requests: 0, missing: 0, checkpoint };
		return { rows: [], batch: { ...none, error: errorText(context, error) } };
	}
}

/**
 * Reads some pages of Halo's lists, and gives out what is new or changed in halo_companies, and the progress. The
 * template stores both and comes again while there is a checkpoint. Never fails because of Halo: the progress says so.
 * @throws SyncSettingError when the plan is none
 */
export async function syncBatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const plan = readSyncPlan(readObject(context, 'plan'));
	const checkpoint = readString(context, 'checkpoint', 0);
	const stored = inputRows(context, 0);
	const { rows, batch } = await readBatch(context, plan, checkpoint);
	const clients = rows.flatMap((row) => (row.entity === 'client' ? [row] : []));
	const stores = !plan.dryRun && plan.importAsCompanies;
	const companies = stores ? clients.map((client) => clientCompany(client, plan.integration)) : [];
	const { insert, update } = companyWrites(companies, stored);
	const others = rows.filter(({ entity }) => entity !== 'client');
	const progress = batchRow(
		plan,
		readString(context, 'counts', 0),
		batch,
		new Date().toISOString(),
	);
	const outputs: INodeExecutionData[][] = [];
	outputs[OUTPUTS.syncBatch.newCompanies] = itemsFor(insert);
	outputs[OUTPUTS.syncBatch.changedCompanies] = itemsFor(update);
	outputs[OUTPUTS.syncBatch.others] = itemsFor(others.map((row) => ({ ...row })));
	outputs[OUTPUTS.syncBatch.status] = itemsFor([progress]);
	return outputs;
}
