import { integrationKey } from '../event/integration';
import { ownerOf } from '../event/owner';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';

/** A row of halo_inbox. Times are ISO 8601 in UTC. */
export interface InboxRow {
	/** Counts up: a smaller id came earlier. */
	id: number;
	integration: string;
	source: string;
	/** As the source names it, for people. */
	company: string;
	deliveryId: string;
	dedupKey: string;
	state: string;
	decision: string;
	reason: string;
	cause: string;
	tries: number;
	receivedAt: string | null;
	notBefore: string | null;
	doneAt: string | null;
	/** The event; null when the column holds none. */
	event: JsonRecord | null;
	/** Why the column holds no event, to be put behind "The column event"; '' when it does. */
	damage: string;
	/**
	 * What rows of one problem share: integration, company as the source names it, and dedup key. Null when it cannot be
	 * said, and then the row waits for no other and no other for it.
	 */
	problem: string | null;
}

function readEvent(text: unknown): Pick<InboxRow, 'event' | 'damage'> {
	try {
		const event: unknown = JSON.parse(String(text));
		// A part of a delivery that could not be read is stored with its decision, and has no key.
		const usable =
			isRecord(event) && [event.dedupKey, event.decision].some((one) => typeof one === 'string');
		return usable
			? { event, damage: '' }
			: { event: null, damage: 'holds no event: it has no dedupKey' };
	} catch (error) {
		return { event: null, damage: `is not JSON: ${error instanceof Error ? error.message : ''}` };
	}
}

function problemOf(integration: string, dedupKey: string, event: JsonRecord | null): string | null {
	if (event === null || dedupKey === '') return null;
	const company = isRecord(event.company) ? event.company : {};
	const owner = ownerOf({
		company: {
			id: memberText(company, 'id'),
			name: memberText(company, 'name'),
			displayName: memberText(company, 'displayName'),
			reference: memberText(company, 'reference'),
			domain: memberText(company, 'domain'),
		},
	});
	return JSON.stringify([integrationKey(integration), owner, dedupKey]);
}

/** A row as the Data Table node gives it out; null for what is no row of halo_inbox. Other tables have no dedupKey. */
export function readInboxRow(json: JsonRecord): InboxRow | null {
	const id = readInteger(json.id);
	if (id === null || !('dedupKey' in json)) return null;
	const text = (name: string): string => memberText(json, name) ?? '';
	const integration = text('integration');
	const dedupKey = text('dedupKey');
	const read = readEvent(json.event);
	return {
		id,
		integration,
		source: text('source'),
		company: text('company'),
		deliveryId: text('deliveryId'),
		dedupKey,
		state: text('state'),
		decision: text('decision'),
		reason: text('reason'),
		cause: text('cause'),
		tries: readInteger(json.tries) ?? 0,
		receivedAt: memberText(json, 'receivedAt'),
		notBefore: memberText(json, 'notBefore'),
		doneAt: memberText(json, 'doneAt'),
		...read,
		problem: problemOf(integration, dedupKey, read.event),
	};
}

/** The rows of halo_inbox among rows of several tables, each once, oldest first. */
export function inboxRowsIn(rows: readonly JsonRecord[]): InboxRow[] {
	const known = new Map<number, InboxRow>();
	for (const json of rows) {
		const row = readInboxRow(json);
		if (row !== null) known.set(row.id, row);
	}
	return [...known.values()].sort((left, right) => left.id - right.id);
}
