import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { newEvents, storedRow } from '../shared/domain/inbox/store';
import { findTables, refuseLookAlikes } from '../shared/domain/inbox/tables';
import { readBoolean } from '../shared/n8n/parameters';
import { inputRows } from '../shared/n8n/rows';
import { INPUTS } from './description';

/**
 * A row of halo_inbox for each event, in order. The node behind names its table literally, so that n8n inserts all rows
 * at once or none: therefore the list of tables comes in, too.
 * @throws TableError when there is no such table, or n8n could take another one for it
 */
export function store(context: IExecuteFunctions): INodeExecutionData[][] {
	const listed = inputRows(context, INPUTS.store.tables);
	const onlyNew = readBoolean(context, 'onlyNew', 0);
	findTables(listed, ['halo_inbox']);
	// A poll names the table of its checkpoint literally, too.
	refuseLookAlikes(listed, onlyNew ? ['halo_inbox', 'halo_sync_status'] : ['halo_inbox']);
	const receivedAt = new Date().toISOString();
	const all = context
		.getInputData(INPUTS.store.events)
		.map(({ json }, item) => ({ json, pairedItem: { item } }));
	const events = onlyNew ? newEvents(all, inputRows(context, INPUTS.store.storedBefore)) : all;
	return [
		events.map(({ json, pairedItem }) => ({ json: storedRow(json, receivedAt), pairedItem })),
	];
}
