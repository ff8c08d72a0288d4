import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readStatusInput } from '../shared/domain/status-input';
import type { OpenTickets } from '../shared/domain/status-page';
import { statusPage } from '../shared/domain/status-page';
import { groupTickets } from '../shared/domain/status-tickets';
import type { StatusTicket } from '../shared/domain/status-tickets';
import { createHaloApi } from '../shared/n8n/create-halo-api';
import { forEachItem } from '../shared/n8n/items';

/** Ten requests: enough for most tenants, and a page that everybody may reload must not eat Halo's limit. */
const MOST_TICKETS = 1_000;

/** What the summary of each of our tickets holds. */
const OWN_WORD = 'scanref';

/** Open tickets of the pack; a Halo that does not answer is an answer for the page. */
async function openTickets(context: IExecuteFunctions, itemIndex: number): Promise<OpenTickets> {
	const tickets: StatusTicket[] = [];
	let total = 0;
	try {
		const api = await createHaloApi(context, itemIndex);
		for await (const page of api.searchTickets({ summary: OWN_WORD, state: 'open' })) {
			tickets.push(...page.rows.filter(({ summary }) => summary.includes(OWN_WORD)));
			total = page.total;
			if (tickets.length >= MOST_TICKETS) break;
		}
	} catch (error) {
		return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
	}
	const capped = tickets.length >= MOST_TICKETS && total > tickets.length;
	return { kind: 'known', groups: groupTickets(tickets), total: tickets.length, capped };
}

/** One page per item; the item holds the rows of the tables. */
export async function showStatus(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await forEachItem(context, 1, async ({ json }, itemIndex) => {
		const now = Date.now();
		const tickets = await openTickets(context, itemIndex);
		return {
			json: { page: statusPage(readStatusInput(json, now), tickets, new Date(now).toISOString()) },
		};
	});
}
