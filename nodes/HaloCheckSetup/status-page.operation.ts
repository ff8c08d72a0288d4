import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readStatusInput } from '../shared/domain/pages/status-input';
import { statusPage } from '../shared/domain/pages/status-page';
import { forEachItem } from '../shared/n8n/items';
import { readOpenTickets } from '../shared/n8n/open-tickets';

/** One page per item; the item holds the rows of the tables, see `readStatusInput`. */
export async function showStatus(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await forEachItem(context, 1, async ({ json }, itemIndex) => {
		const { tickets, requests } = await readOpenTickets(context, itemIndex);
		const now = Date.now();
		const input = readStatusInput(json, now);
		return { json: { page: statusPage(input, tickets, requests, now) } };
	});
}
