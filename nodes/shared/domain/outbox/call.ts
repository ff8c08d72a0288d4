import type { JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';

/** Which calls: of the template ticket-closed-callback, and of jit-disable. */
export type CallSource = 'halo-callback' | 'halo-jit';

/** A new row of halo_inbox that claims a call; the members are columns. The first row of a key is the one that is sent. */
export type ClaimRow = {
	source: CallSource;
	deliveryId: string;
	/** The same for one change of a ticket, however often Halo tells of it. */
	dedupKey: string;
	/** The body of the call. */
	event: string;
	state: 'sending';
	decision: '';
	reason: '';
	ticketId: number;
	tries: 0;
	receivedAt: string;
};

/** A row of halo_inbox that holds a call. */
export interface CallRow {
	id: number;
	source: string;
	key: string;
	body: string;
	state: string;
	ticketId: number | null;
	tries: number;
	/** Milliseconds since the epoch; NaN when the row tells none. */
	receivedAt: number;
}

/** Which rows are read to try failed calls again. */
export type RetryLookUp = {
	source: CallSource;
	column: 'state';
	condition: 'neq';
	value: 'done';
};

/** The look-up that finds the calls of a source that were not made. */
export function retryLookUp(source: CallSource): RetryLookUp {
	return { source, column: 'state', condition: 'neq', value: 'done' };
}

/**
 * The row that claims a call.
 * @param now milliseconds since the epoch
 */
export function claimRow(
	call: Pick<ClaimRow, 'source' | 'deliveryId' | 'dedupKey' | 'event' | 'ticketId'>,
	now: number,
): ClaimRow {
	const { source, deliveryId, dedupKey, event, ticketId } = call;
	return {
		source,
		deliveryId,
		dedupKey,
		event,
		state: 'sending',
		decision: '',
		reason: '',
		ticketId,
		tries: 0,
		receivedAt: new Date(now).toISOString(),
	};
}

/** A row as the Data Table node gives it out; null for what is no call. */
export function readCallRow(json: JsonRecord): CallRow | null {
	const id = readInteger(json.id);
	const key = memberText(json, 'dedupKey');
	const source = memberText(json, 'source');
	if (id === null || key === null || source === null || typeof json.event !== 'string') return null;
	return {
		id,
		source,
		key,
		body: json.event,
		state: memberText(json, 'state') ?? '',
		ticketId: readInteger(json.ticketId),
		tries: readInteger(json.tries) ?? 0,
		receivedAt: Date.parse(memberText(json, 'receivedAt') ?? ''),
	};
}
