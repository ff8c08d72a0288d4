import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { planSync, SYNC_FLOW } from '../shared/domain/company/sync/plan';
import { statusRowOf } from '../shared/domain/event/sync-status';
import { findTables, refuseLookAlikes } from '../shared/domain/inbox/tables';
import { memberText } from '../shared/domain/values/read';
import { readObject } from '../shared/n8n/parameters';
import { inputRows } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';

/** Tables that the template names literally. */
const TABLES = ['halo_companies', 'halo_company_mappings', 'halo_sync_status', 'halo_errors'];

/**
 * What this run of the company sync does, as one item; on ConnectSecure once more, unless it is off. Nothing comes out
 * of a scheduled run while the sync is not enabled.
 * @throws SyncSettingError, TwoRowsError, or TableError when n8n could take another table for one of the sync
 */
export function beginSync(context: IExecuteFunctions): INodeExecutionData[][] {
	const listed = inputRows(context, INPUTS.beginSync.tables);
	findTables(listed, TABLES);
	refuseLookAlikes(listed, TABLES);
	const settings = readObject(context, 'settings');
	const integration = memberText(settings, 'integration') ?? 'default';
	const status = statusRowOf(inputRows(context, INPUTS.beginSync.status), integration, SYNC_FLOW);
	const byHand = context.getMode() === 'manual';
	const plan = planSync(settings, status, { byHand, now: Date.now() });
	const outputs: INodeExecutionData[][] = [[], []];
	if (plan === null) return outputs;
	const item = { json: plan, pairedItem: { item: 0 } };
	outputs[OUTPUTS.beginSync.start] = [item];
	if (plan.connectSecure !== 'off') outputs[OUTPUTS.beginSync.connectSecure] = [item];
	return outputs;
}
