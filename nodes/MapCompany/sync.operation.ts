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
import { inputRows, itemsFor, readRows } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';
import { readHaloClients, readMappings } from './sync-parameters';

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
			companies: inputRows(context, companies),
			clients: readHaloClients(context, clients),
			mappings: readMappings(context, mappings).map(({ mapping, row: { json } }) => ({
				mapping,
				row: json,
			})),
			theirs: readTheirs(inputRows(context, connectSecure)),
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
	const [summary] = inputRows(context, INPUTS.sync.summary);
	if (summary === undefined) return outputs;
	const made = result(context, plan, summary);
	outputs[OUTPUTS.sync.newCompanies] = itemsFor(made.insertCompanies.map((row) => ({ ...row })));
	outputs[OUTPUTS.sync.changedCompanies] = itemsFor(
		made.updateCompanies.map((row) => ({ ...row })),
	);
	outputs[OUTPUTS.sync.newMappings] = itemsFor(made.insertMappings.map((row) => ({ ...row })));
	outputs[OUTPUTS.sync.changedMappings] = itemsFor(made.updateMappings.map((row) => ({ ...row })));
	outputs[OUTPUTS.sync.create] = itemsFor(made.create.map((row) => ({ ...row })));
	outputs[OUTPUTS.sync.status] = itemsFor([made.status]);
	return outputs;
}

/**
 * The status at the end of a run, and the companies that were made in ConnectSecure.
 * @throws SyncSettingError when the plan is none
 */
export function endSync(context: IExecuteFunctions): INodeExecutionData[][] {
	const plan = readSyncPlan(readObject(context, 'plan'));
	const { created, notCreated, status } = INPUTS.endSync;
	const [row] = inputRows(context, status);
	if (row === undefined) return [[], []];
	const items = [...readRows(context, created), ...readRows(context, notCreated)].map(
		({ json }) => json,
	);
	const made = afterCreation(plan, readSyncRow(row), items, new Date().toISOString());
	const outputs: INodeExecutionData[][] = [];
	outputs[OUTPUTS.endSync.created] = itemsFor(made.created);
	outputs[OUTPUTS.endSync.status] = itemsFor([made.status]);
	return outputs;
}
