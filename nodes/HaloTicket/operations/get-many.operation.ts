import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { recognise } from '../../shared/domain/ticket/recognise';
import type { Seal } from '../../shared/domain/ticket/seal';
import { HaloTicketReads, type TicketRecord } from '../../shared/halo/ticket-reads';
import { connectHalo, type HaloConnection } from '../../shared/n8n/create-halo-api';
import { forEachItem } from '../../shared/n8n/items';
import { readBoolean, readNumber } from '../../shared/n8n/parameters';
import { readTicketFilter, type TicketCheck } from '../read/ticket-filter';
import { rawTicket, simpleTicket, ticketNames } from './simple-ticket';
import { readTicketUrl } from '../read/ticket-url';

function fits({ row }: TicketRecord, check: TicketCheck, seal: Seal): boolean {
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
	return !check.onlyOurs || recognise(row, seal).reference !== null;
}

async function read(
	{ api, seal }: HaloConnection,
	check: TicketCheck,
	limit: number,
): Promise<TicketRecord[]> {
	const found: TicketRecord[] = [];
	for await (const { rows } of new HaloTicketReads(api.sending).pages(check)) {
		found.push(...rows.filter((row) => fits(row, check, seal)));
		if (found.length >= limit) return found.slice(0, limit);
	}
	return found;
}

/** Tickets per item, by filters; one item out per ticket. */
export async function getMany(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { api, seal } = await connectHalo(context);
	const ticketUrl = await readTicketUrl(context);
	return await forEachItem(context, 1, async (_, itemIndex) => {
		const all = readBoolean(context, 'returnAll', itemIndex);
		const limit = all ? Infinity : Math.max(1, Math.trunc(readNumber(context, 'limit', itemIndex)));
		const check = await readTicketFilter(context, api, itemIndex, !all);
		const tickets = await read({ api, seal }, check, limit);
		if (!readBoolean(context, 'simplify', itemIndex)) {
			return tickets.map((ticket) => ({ json: rawTicket(ticket) }));
		}
		const names = await ticketNames(api);
		return tickets.map((ticket) => ({ json: simpleTicket(ticket, names, seal, ticketUrl) }));
	});
}
