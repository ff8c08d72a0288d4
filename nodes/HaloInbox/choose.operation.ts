import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { chooseRows } from '../shared/domain/inbox/choose';
import { readNumber, readString } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { OUTPUTS } from './description';
import { readIds } from './read';

/**
 * The lease to write, what else is to be read, and the rows of the run, oldest first; nothing when there is nothing to
 * do, or another run is at work.
 * @throws BusyError when a person runs it beside another run
 * @throws NoRunRowError when no row can hold the lease
 */
export function chooseForRun(context: IExecuteFunctions): INodeExecutionData[][] {
	const rows = inputRows(context, 0);
	const now = Date.now();
	const tables = readIds(context, 'tables');
	const chosen = chooseRows(rows, {
		tables,
		rowsPerRun: readNumber(context, 'rowsPerRun', 0),
		asking: {
			byHand: context.getMode() === 'manual',
			startedAt: readString(context, 'startedAt', 0),
			own: `${context.getExecutionId()}-${now}`,
			now,
		},
	});
	const out: INodeExecutionData[][] = [[], [], []];
	if (chosen === null) return out;
	const ids = new Set(chosen.batch.map(({ id }) => id));
	const batch = context
		.getInputData(0)
		.map(({ json }, item) => ({ json, pairedItem: { item } }))
		.filter(({ json }) => 'dedupKey' in json && ids.delete(Number(json.id)));
	batch.sort((left, right) => Number(left.json.id) - Number(right.json.id));
	out[OUTPUTS.choose.lease] = itemsFor([chosen.lease]);
	out[OUTPUTS.choose.lookUp] = itemsFor(chosen.related);
	out[OUTPUTS.choose.rows] = batch;
	return out;
}
