import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { holdsLease, readLease } from '../shared/domain/inbox/lease';
import { inboxRowsIn } from '../shared/domain/inbox/row';
import { type TakenEvent, takeRows } from '../shared/domain/inbox/take';
import { inputRows, itemsFor, readRows } from '../shared/n8n/rows';
import { readObject } from '../shared/n8n/parameters';
import { INPUTS, OUTPUTS } from './description';

/** Tables that decide about events, told apart by a column that no other has; with the output that gives them out. */
const CONFIGURATION: ReadonlyArray<[column: string, output: number]> = [
	['haloClientId', OUTPUTS.take.mappings],
	['minSeverity', OUTPUTS.take.eventSets],
	['ticketType', OUTPUTS.take.profiles],
];

/**
 * The events of the run in order, the rows that are decided at once, and the rows of the tables that decide about
 * events. Nothing when the lease is another run's.
 */
export function take(context: IExecuteFunctions): INodeExecutionData[][] {
	const out: INodeExecutionData[][] = [[], [], [], [], []];
	const lease = readLease(readObject(context, 'lease'));
	if (!holdsLease(inputRows(context, INPUTS.take.lease), lease)) return out;
	const related = readRows(context, INPUTS.take.related).map(({ json }) => json);
	const batch = inboxRowsIn(inputRows(context, INPUTS.take.rows));
	const { events, decided } = takeRows(batch, inboxRowsIn(related));
	const place = new Map(batch.map(({ id }, index) => [id, index]));
	const paired = (event: TakenEvent): INodeExecutionData => {
		const json: IDataObject = {};
		Object.assign(json, event);
		return { json, pairedItem: { item: place.get(event.inboxId) ?? 0 } };
	};
	out[OUTPUTS.take.events] = events.map(paired);
	out[OUTPUTS.take.decided] = decided.map(paired);
	// Without an event the nodes behind would be started by their tables alone.
	if (events.length === 0) return out;
	for (const [column, output] of CONFIGURATION) {
		out[output] = itemsFor(related.filter((row) => column in row));
	}
	return out;
}
