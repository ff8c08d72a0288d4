import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isRecord, withoutUnsafeKeys } from '../../shared/domain/values/json';
import type { TicketRecord } from '../../shared/halo/ticket-reads';

function plain(value: unknown): GenericValue {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (typeof value === 'boolean' || typeof value === 'object') return value;
	return null;
}

/** A ticket with every member that Halo sent, in its own spelling. */
export function rawTicket({ raw }: TicketRecord): IDataObject {
	const safe = withoutUnsafeKeys(raw);
	const members = isRecord(safe) ? Object.entries(safe) : [];
	return Object.fromEntries(members.map(([name, value]) => [name, plain(value)]));
}
