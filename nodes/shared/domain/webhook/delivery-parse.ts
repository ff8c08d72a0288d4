import type { Delivery, DeliveryEvent } from './delivery';
import { nameOf } from './delivery-read';
import { readDeliveryAction, readDeliveryTicket } from './delivery-ticket';
import { isRecord, withoutUnsafeKeys } from '../values/json';
import { toIsoTime } from '../values/time';
import { member, readReference } from '../values/read';

/** What one request of Halo holds. */
export interface ParsedDeliveries {
	/** Each event once, in the order sent. */
	deliveries: Delivery[];
	/** Records about no ticket: Halo's test of the webhook, or events of other kinds of records. */
	ignored: number;
	/** Records that are no delivery, by their place from 1. */
	unreadable: number[];
}

/** A batch of Halo holds what happened within seconds; more than this is no batch. */
const MOST_PER_REQUEST = 1_000;

/**
 * Words in Halo's names of events. They are the display names of its notifications, in lower case; tenants in other
 * languages have other words, which makes them `other`.
 */
const WORDS: ReadonlyArray<[first: RegExp, second: RegExp | null, DeliveryEvent]> = [
	[/\bstatus\b/i, /\bchanged\b/i, 'statusChanged'],
	[/\bdeleted\b/i, null, 'deleted'],
	[/\bclosed\b/i, null, 'closed'],
	[/\bnew ticket\b/i, null, 'created'],
	[/\bticket\b/i, /\b(?:logged|created)\b/i, 'created'],
	[/\bupdated\b/i, null, 'updated'],
];

/** Records of Halo whose number must not be taken for a ticket's. */
const OTHER_RECORDS =
	/\b(?:client|customer|user|contact|site|asset|device|agent|contract|invoice|quote|opportunity|project|item|supplier|appointment|order)\b/i;

/** What Halo's name of an event means, e.g. `new ticket logged` is `created`. */
export function deliveryEventOf(name: string): DeliveryEvent {
	for (const [first, second, event] of WORDS) {
		const found = first.exec(name);
		if (found !== null && second?.test(name.slice(found.index)) !== false) return event;
	}
	return 'other';
}

function parseOne(record: unknown): Delivery | 'ignored' | 'unreadable' {
	if (!isRecord(record)) return 'unreadable';
	const eventName = nameOf(member(record, 'event', 'event_name')) ?? '';
	const ticket = isRecord(record.ticket) ? readDeliveryTicket(record.ticket) : null;
	const named = readReference(member(record, 'object_id', 'ticket_id'));
	const known = ['webhook_id', 'notification_id', 'event', 'object_id'];
	if (!known.some((name) => name in record) && ticket === null) return 'unreadable';
	const ticketId = ticket?.id ?? named;
	const message = nameOf(record.message);
	const isTicket = ticket !== null || /ticket/i.test(`${eventName} ${message ?? ''}`);
	if (ticketId === null || (!isTicket && OTHER_RECORDS.test(eventName))) return 'ignored';
	return {
		deliveryId: nameOf(record.id),
		event: deliveryEventOf(eventName),
		eventName,
		ticketId,
		agentId: readReference(record.agent_id),
		message,
		time: toIsoTime(record.timestamp),
		webhookId: nameOf(record.webhook_id),
		notificationId: readReference(record.notification_id),
		ticket,
		action: isRecord(record.action) ? readDeliveryAction(record.action) : null,
	};
}

/**
 * Reads the body of a request of Halo's webhooks: one event or an array of them, full, small or event only.
 * @param body parsed JSON
 * @throws EventInputError when it is nested deeper than 64 levels
 */
export function parseDeliveries(body: unknown): ParsedDeliveries {
	const safe = withoutUnsafeKeys(body);
	const records: unknown[] = Array.isArray(safe) ? safe.slice(0, MOST_PER_REQUEST) : [safe];
	const result: ParsedDeliveries = { deliveries: [], ignored: 0, unreadable: [] };
	const seen = new Set<string>();
	records.forEach((record, index) => {
		const parsed = parseOne(record);
		if (parsed === 'unreadable') result.unreadable.push(index + 1);
		else if (parsed === 'ignored') result.ignored += 1;
		else if (parsed.deliveryId === null || !seen.has(parsed.deliveryId)) {
			if (parsed.deliveryId !== null) seen.add(parsed.deliveryId);
			result.deliveries.push(parsed);
		}
	});
	if (Array.isArray(safe) && safe.length > MOST_PER_REQUEST) {
		result.unreadable.push(MOST_PER_REQUEST + 1);
	}
	return result;
}
