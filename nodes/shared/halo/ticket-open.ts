import type { HaloApi } from './api';
import { readFlag } from './records/decode';
import type { TicketRecord } from './ticket-reads';

/** Statuses of open tickets; none where Halo does not tell closed statuses apart: then its list is as long as that of all. */
export async function openStatuses(
	api: Pick<HaloApi, 'statuses' | 'openStatusIds'>,
): Promise<ReadonlySet<number>> {
	const all = await api.statuses();
	const open = await api.openStatusIds();
	return new Set(open.length < all.length ? open : []);
}

/**
 * Whether a ticket is open, by what Halo says of the ticket, else by its status; null when neither tells.
 * @param openIds see `openStatuses`
 */
export function isOpen({ raw, row }: TicketRecord, openIds: ReadonlySet<number>): boolean | null {
	if (raw.hasbeenclosed !== undefined && raw.hasbeenclosed !== null) {
		return !readFlag(raw.hasbeenclosed);
	}
	return openIds.size === 0 ? null : openIds.has(row.status_id);
}
