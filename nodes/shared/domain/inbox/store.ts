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

function contentKey(row: JsonRecord): string {
	return JSON.stringify([memberText(row, 'dedupKey'), memberText(row, 'deliveryId')]);
}

/**
 * Which events stand neither in the table nor before them in the list. A poll reads the same record again and again; its
 * delivery id is made from its content, so that a record that changed is another one. An event without a delivery id
 * cannot be told from the next of its problem, and stays; one for records that cannot be read has their content in its key.
 * @param stored rows of halo_inbox
 */
export function newEvents<Event extends { json: JsonRecord }>(
	events: readonly Event[],
	stored: readonly JsonRecord[],
): Event[] {
	const known = new Set(stored.map(contentKey));
	return events.filter(({ json }) => {
		if (json.decision !== 'failed' && memberText(json, 'deliveryId') === null) return true;
		const key = contentKey(json);
		if (known.has(key)) return false;
		known.add(key);
		return true;
	});
}
