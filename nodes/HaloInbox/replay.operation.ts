import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	type ReplayChoice,
	replayPage,
	replayUpdates,
	waitingLookUps,
} from '../shared/domain/inbox/replay';
import { inboxRowsIn } from '../shared/domain/inbox/row';
import { findTables } from '../shared/domain/inbox/tables';
import { memberText, readInteger, recordsIn } from '../shared/domain/values/read';
import { readString, readObject } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';

/** One item for each state that was asked for. @throws TableError when halo_inbox is missing */
export function findWaiting(context: IExecuteFunctions): INodeExecutionData[][] {
	const { halo_inbox: table = '' } = findTables(inputRows(context, 0), ['halo_inbox']);
	return [itemsFor(waitingLookUps(table, readString(context, 'which', 0)))];
}

/** One item: what can be chosen, and the fields of the form that asks. */
export function offerReplay(context: IExecuteFunctions): INodeExecutionData[][] {
	const rows = inboxRowsIn(inputRows(context, 0));
	return [itemsFor([replayPage(rows, readString(context, 'which', 0))])];
}

/** One item for each state: which rows become due. @throws ChoiceError for an answer that was not offered */
export function replayChosen(context: IExecuteFunctions): INodeExecutionData[][] {
	const offered = readObject(context, 'offered');
	const choices = recordsIn(offered.choices).map(
		(choice): ReplayChoice => ({
			label: memberText(choice, 'label') ?? '',
			column: memberText(choice, 'column') ?? 'state',
			value: readInteger(choice.value) ?? memberText(choice, 'value') ?? '',
		}),
	);
	const states: unknown[] = Array.isArray(offered.states) ? offered.states : [];
	const page = { choices, states: states.map(String) };
	return [itemsFor(replayUpdates(page, readString(context, 'choice', 0)))];
}
