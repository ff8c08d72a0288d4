import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { OwnTickets } from '../../shared/halo/own-tickets';
import { HaloTicketReads, type TicketRecord } from '../../shared/halo/ticket-reads';
import { connectHalo, type HaloConnection } from '../../shared/n8n/create-halo-api';
import { forEachItem } from '../../shared/n8n/items';
import { readBoolean, readNumber } from '../../shared/n8n/parameters';
import { readTicketFilter, type TicketCheck } from '../read/ticket-filter';
import { rawTicket, simpleTicket, ticketNames } from './simple-ticket';
import { readTicketUrl } from '../../shared/n8n/ticket-url';

function fits({ row }: TicketRecord, check: TicketCheck): boolean {
	const wanted: Array<[number | undefined, number | null]> = [
		[check.clientId, row.client_id],
		[check.statusId, row.status_id],
		[check.ticketTypeId, row.tickettype_id],
		[check.agentId, row.agent_id],
	];
	if (wanted.some(([id, has]) => id !== undefined && id !== has)) return false;
	const { openStatusIds, state, updatedSince } = check;
	if (state !== 'any' && openStatusIds.size > 0) {
		if (openStatusIds.has(row.status_id) !== (state === 'open')) return false;
	}
	if (updatedSince !== undefined && row.last_update !== null) {
		if (Date.parse(row.last_update) < Date.parse(updatedSince)) return false;
	}
	return true;
}

async function read(
	{ api }: HaloConnection,
	own: OwnTickets,
	check: TicketCheck,
	limit: number,
): Promise<TicketRecord[]> {
	const found: TicketRecord[] = [];
	for await (const { rows } of new HaloTicketReads(api.sending).pages(check)) {
		for (const row of rows.filter((one) => fits(one, check))) {
			if (!check.onlyOurs || (await own.referenceOf(row.row)) !== null) found.push(row);
		}
		if (found.length >= limit) return found.slice(0, limit);
	}
	return found;
}

/** Tickets per item, by filters; one item out per ticket. */
export async function getMany(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const halo = await connectHalo(context);
	const { api } = halo;
	const ticketUrl = await readTicketUrl(context);
	return await forEachItem(context, 1, async (_, itemIndex) => {
		const all = readBoolean(context, 'returnAll', itemIndex);
		const limit = all ? Infinity : Math.max(1, Math.trunc(readNumber(context, 'limit', itemIndex)));
		const check = await readTicketFilter(context, api, itemIndex, !all);
		const own = new OwnTickets(api, halo.seal);
		const tickets = await read(halo, own, check, limit);
		if (!readBoolean(context, 'simplify', itemIndex)) {
			return tickets.map((ticket) => ({ json: rawTicket(ticket) }));
		}
		const names = await ticketNames(api);
		const items: INodeExecutionData[] = [];
		for (const ticket of tickets) {
			const reference = await own.referenceOf(ticket.row);
			items.push({ json: simpleTicket(ticket, names, reference, ticketUrl) });
		}
		return items;
	});
}
