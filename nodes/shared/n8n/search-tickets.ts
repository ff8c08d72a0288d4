import { HaloTicketReads, type TicketListFilter } from '../halo/ticket-reads';
import { listSearch, paged } from './list-search';

/** Tickets by number or by words of the summary, newest first, each with its client. */
export const searchTickets = listSearch('tickets', [], async ({ api, search, pageNumber }) => {
	const reads = new HaloTicketReads(api.sending);
	const toItem = ({
		id,
		row,
	}: {
		id: number;
		row: { summary: string; client_name: string | null };
	}) => ({
		name: [`${id} ${row.summary}`, row.client_name].filter((part) => part !== null).join(', '),
		value: String(id),
	});
	if (search !== undefined && /^#?\d+$/.test(search)) {
		const ticket = await reads.get(Number(search.replace('#', '')));
		return { results: ticket === null ? [] : [toItem(ticket)] };
	}
	const filter: TicketListFilter = { state: 'any', newestFirst: true, summary: search };
	const page = await reads.page(filter, pageNumber);
	return paged(page, page.rows.map(toItem), pageNumber);
});
