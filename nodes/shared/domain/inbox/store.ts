import { DEFAULT_INTEGRATION, integrationKey } from '../event/integration';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';

/** A new row of halo_inbox; the members are columns. */
export type StoredRow = {
	integration: string;
	source: string;
	company: string;
	deliveryId: string;
	dedupKey: string;
	/** The event, as JSON. */
	event: string;
	state: 'new' | 'dead';
	decision: string;
	reason: string;
	cause: string;
	tries: number;
	receivedAt: string;
};

/**
 * The row that keeps an event until it is handled. A part of a batch that could not be read arrives with its decision
 * already made: it is kept for a person.
 * @param event what Scanner Trigger or Scanner Events gave out
 * @param receivedAt ISO 8601
 */
export function storedRow(event: JsonRecord, receivedAt: string): StoredRow {
	const dead = event.decision === 'failed';
	const company = isRecord(event.company) ? event.company : {};
	const text = (name: string): string => memberText(event, name) ?? '';
	return {
		integration: integrationKey(memberText(event, 'integration') ?? DEFAULT_INTEGRATION),
		source: text('source'),
		company: memberText(company, 'displayName', 'name', 'id') ?? '',
		deliveryId: text('deliveryId'),
		dedupKey: text('dedupKey'),
		event: JSON.stringify(event),
		state: dead ? 'dead' : 'new',
		decision: dead ? 'failed' : '',
		reason: dead ? text('reason') : '',
		cause: dead ? 'damaged' : '',
		tries: 0,
		receivedAt,
	};
}
