import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readTicketChange } from '../shared/domain/inbox/poll-changes';
import { ParameterError, readString } from '../shared/n8n/parameters';
import { OUTPUTS } from './description';

function readTime(context: IExecuteFunctions, name: string, item: number): string {
	const text = readString(context, name, item);
	if (Number.isNaN(Date.parse(text))) throw new ParameterError(name, 'a date and time', text);
	return text;
}

/**
 * The tickets that a person changed, and a row for each ticket, paired with it.
 * @throws ParameterError for a time that is none
 * @throws NoTicketError
 */
export function tellChanges(context: IExecuteFunctions): INodeExecutionData[][] {
	const now = Date.now();
	const out: INodeExecutionData[][] = [[], []];
	for (const [item, { json }] of context.getInputData(0).entries()) {
		const ticket = { json, changedAt: readTime(context, 'changedAt', item) };
		const { change, row } = readTicketChange(ticket, readTime(context, 'since', item), now);
		const pairedItem = { item };
		if (change !== null) {
			const given: IDataObject = { ...change, ticket: json };
			out[OUTPUTS.changes.byPerson]?.push({ json: given, pairedItem });
		}
		out[OUTPUTS.changes.remember]?.push({ json: row, pairedItem });
	}
	return out;
}
