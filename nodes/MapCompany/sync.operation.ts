import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { afterCreation } from '../shared/domain/company/sync/end';
import { readSyncPlan, type SyncPlan } from '../shared/domain/company/sync/plan';
import { readSyncRow } from '../shared/domain/company/sync/status';
import { readTheirs } from '../shared/domain/company/sync/theirs';
import { failedSync, type SyncResult, whoIsWho } from '../shared/domain/company/sync/who-is-who';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText, readInteger } from '../shared/domain/values/read';
import { toNodeError } from '../shared/n8n/errors';
import { readObject } from '../shared/n8n/parameters';
import { readRows } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';
import { readHaloClients, readMappings } from './sync-parameters';

function rowsOf(context: IExecuteFunctions, input: number): JsonRecord[] {
	return readRows(context, input).map(({ json }) => json);
}

function itemsOf(jsons: readonly object[]): INodeExecutionData[] {
	return jsons.map((json) => ({ json: { ...json }, pairedItem: { item: 0 } }));
}

function joined(...parts: ReadonlyArray<string | null | undefined>): string {
	return parts.filter((part) => part !== undefined && part !== null && part !== '').join('. ');
}

/** Why the list of Halo's clients cannot be used; '' when it can. */
function unreadBecause(summary: JsonRecord): string {
	const error = memberText(summary, 'error');
	if (error === null && summary.complete === true) return '';
	return joined(
		error ?? "Halo's list of clients was not read to its end",
		memberText(summary, 'nextStep', 'details'),
	);
}

function result(context: IExecuteFunctions, plan: SyncPlan, summary: JsonRecord): SyncResult {
	const now = new Date().toISOString();
	const requests = readInteger(summary.requests) ?? 0;
	const unread = unreadBecause(summary);
	if (unread !== '') return failedSync(plan, unread, { requests }, now);
	const { clients, companies, connectSecure, mappings } = INPUTS.sync;
	try {
		const input = {
			companies: rowsOf(context, companies),
			clients: readHaloClients(context, clients),
			mappings: readMappings(context, mappings).map(({ mapping, row: { json } }) => ({
				mapping,
				row: json,
			})),
			theirs: readTheirs(rowsOf(context, connectSecure)),
			missing: readInteger(summary.missing) ?? 0,
		};
		return whoIsWho(plan, input, now);
	} catch (error) {
		const { message, description } = toNodeError(error, context.getNode());
		return failedSync(plan, joined(message, description), { requests }, now);
	}
}

/**
 * Who is who, after an import: what to write into both tables, what to create in ConnectSecure, and the status. Nothing
 * is written when the guard holds back, or Halo's list is not whole: the status says so. Nothing comes out while the
 * summary of the list has not come in: the import ended before.
 * @throws SyncSettingError when the plan is none
 */
export function sync(context: IExecuteFunctions): INodeExecutionData[][] {
	const plan = readSyncPlan(readObject(context, 'plan'));
	const outputs: INodeExecutionData[][] = [[], [], [], [], [], []];
	const [summary] = rowsOf(context, INPUTS.sync.summary);
	if (summary === undefined) return outputs;
	const made = result(context, plan, summary);
	outputs[OUTPUTS.sync.newCompanies] = itemsOf(made.insertCompanies);
	outputs[OUTPUTS.sync.changedCompanies] = itemsOf(made.updateCompanies);
	outputs[OUTPUTS.sync.newMappings] = itemsOf(made.insertMappings);
	outputs[OUTPUTS.sync.changedMappings] = itemsOf(made.updateMappings);
	outputs[OUTPUTS.sync.create] = itemsOf(made.create);
	outputs[OUTPUTS.sync.status] = itemsOf([made.status]);
	return outputs;
}

/**
 * The status at the end of a run, and the companies that were made in ConnectSecure.
 * @throws SyncSettingError when the plan is none
 */
export function endSync(context: IExecuteFunctions): INodeExecutionData[][] {
	const plan = readSyncPlan(readObject(context, 'plan'));
	const { created, notCreated, status } = INPUTS.endSync;
	const [row] = rowsOf(context, status);
	if (row === undefined) return [[], []];
	const items = [...rowsOf(context, created), ...rowsOf(context, notCreated)];
	const made = afterCreation(plan, readSyncRow(row), items, new Date().toISOString());
	const outputs: INodeExecutionData[][] = [];
	outputs[OUTPUTS.endSync.created] = itemsOf(made.created);
	outputs[OUTPUTS.endSync.status] = itemsOf([made.status]);
	return outputs;
}
