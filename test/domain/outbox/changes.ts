import { readHaloChange, type HaloChange } from '../../../nodes/shared/domain/outbox/change';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';

export const NOW = Date.parse('2026-05-04T09:00:00.000Z');

export const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();

const SAM = { id: 3, name: 'Sam Okafor', email: 'sam.okafor@msp.example' };
export const ALEX = { id: 2, name: 'Alex Rivera', email: 'alex.rivera@msp.example' };

/** An item of Halo Trigger: ticket 7 of Contoso was closed by Alex; Sam is on it. */
export function changeJson(ticket: JsonRecord = {}, more: JsonRecord = {}): JsonRecord {
	return {
		deliveryId: 'delivery-1',
		event: 'closed',
		ticketId: 7,
		time: at(-5),
		ownWrite: false,
		reference: 'abcdefghijkl',
		problem: null,
		agent: ALEX,
		ticketAgent: SAM,
		ticket: {
			id: 7,
			summary: 'Disk full',
			client_id: 11,
			client_name: 'Contoso Ltd',
			status_id: 9,
			last_update: at(-4),
			dateclosed: at(-5),
			hasbeenclosed: true,
			merged_into_id: null,
			...ticket,
		},
		...more,
	};
}

/** The same, read. */
export function change(ticket: JsonRecord = {}, more: JsonRecord = {}): HaloChange {
	return readHaloChange(changeJson(ticket, more));
}
