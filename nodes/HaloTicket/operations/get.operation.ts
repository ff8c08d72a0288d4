import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../shared/domain/values/json';
import type { HaloApi } from '../../shared/halo/api';
import { OwnTickets } from '../../shared/halo/own-tickets';
import type { ActionRow } from '../../shared/halo/records/records';
import { connectHalo } from '../../shared/n8n/create-halo-api';
import { forEachItem } from '../../shared/n8n/items';
import { readBoolean } from '../../shared/n8n/parameters';
import { findTicket } from './find-ticket';
import { rawTicket, simpleTicket, ticketNames } from './simple-ticket';
import { readTicketUrl } from '../../shared/n8n/ticket-url';

function noteOf(action: ActionRow): IDataObject {
	return {
		id: action.id,
		at: action.datetime,
		who: action.who,
		outcome: action.outcome,
		note: action.note,
		private: action.hiddenfromuser,
		application: action.actionby_application_id,
	};
}

async function notesOf(
	context: IExecuteFunctions,
	api: HaloApi,
	itemIndex: number,
	ticketId: number,
): Promise<IDataObject> {
	const options: unknown = context.getNodeParameter('getOptions', itemIndex, {});
	if (!isRecord(options) || options.includeNotes !== true) return {};
	return { notes: (await api.listActions(ticketId)).map(noteOf) };
}

/** One ticket per item, by id, address or reference. */
export async function get(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const halo = await connectHalo(context);
	const { api } = halo;
	const ticketUrl = await readTicketUrl(context);
	return await forEachItem(context, 1, async (_, itemIndex) => {
		const own = new OwnTickets(api, halo.seal);
		const ticket = await findTicket(context, api, own, itemIndex, false);
		const json = readBoolean(context, 'simplify', itemIndex)
			? simpleTicket(ticket, await ticketNames(api), await own.referenceOf(ticket.row), ticketUrl)
			: rawTicket(ticket);
		return { json: { ...json, ...(await notesOf(context, api, itemIndex, ticket.id)) } };
	});
}
