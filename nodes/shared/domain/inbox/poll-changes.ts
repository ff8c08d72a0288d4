import type { JsonRecord } from '../values/json';
import { memberText, readInteger, recordsIn } from '../values/read';

/** A ticket that a poll found changed. */
export type PolledChange = {
	ticketId: number;
	/** The newest note; null when it has none. */
	lastNoteId: number | null;
	ticket: JsonRecord;
};

/** A row of halo_inbox that remembers a change which was given out, or left out as an application's. */
export type ChangeRow = {
	source: 'halo-poll';
	deliveryId: string;
	dedupKey: string;
	/** What the ticket was like, as JSON. */
	event: string;
	state: 'done';
	decision: 'emitted' | 'own_write';
	reason: string;
	ticketId: number;
	tries: number;
	receivedAt: string;
	doneAt: string;
};

/** A ticket of Get with its notes, as the poll's list had it before. */
export interface PolledTicket {
	json: JsonRecord;
	/** `updatedAt` in the list: the detail may be newer already, and then the next list has another one. */
	changedAt: string;
}

/** An item that is no ticket. */
export class NoTicketError extends Error {
	readonly nextStep = 'Wire Halo Ticket, operation Get with Include Notes, to this node.';

	constructor() {
		super('An item has no ticket id');
		this.name = 'NoTicketError';
	}
}

/** What makes two changes of a ticket one; the template looks rows up by it before it reads the ticket. */
export function changeKey(ticketId: number, changedAt: string): string {
	return `halo-poll|${ticketId}|${changedAt}`;
}

/**
 * Whether a person changed the ticket since then. What only an application did (this pack, or another) starts nothing; a
 * change without a note of its own is a person's.
 * @param since ISO 8601
 */
function byPerson(notes: readonly JsonRecord[], since: string): boolean {
	const from = Date.parse(since);
	const fresh = notes.filter((note) => Date.parse(memberText(note, 'at') ?? '') >= from);
	return fresh.length === 0 || fresh.some((note) => memberText(note, 'application') === null);
}

/**
 * A changed ticket, and the row that remembers it.
 * @param since from when the poll reads, ISO 8601
 * @param now milliseconds since the epoch
 * @returns change null when only applications changed the ticket
 * @throws NoTicketError
 */
export function readTicketChange(
	{ json, changedAt }: PolledTicket,
	since: string,
	now: number,
): { change: PolledChange | null; row: ChangeRow } {
	const ticketId = readInteger(json.id);
	if (ticketId === null) throw new NoTicketError();
	const notes = recordsIn(json.notes);
	const ids = notes.map(({ id }) => readInteger(id) ?? 0);
	const lastNoteId = ids.length === 0 ? null : Math.max(...ids);
	const person = byPerson(notes, since);
	const { statusName, open, updatedAt, mergedIntoId } = json;
	const at = new Date(now).toISOString();
	return {
		change: person ? { ticketId, lastNoteId, ticket: json } : null,
		row: {
			source: 'halo-poll',
			deliveryId: lastNoteId === null ? '' : String(lastNoteId),
			dedupKey: changeKey(ticketId, changedAt),
			event: JSON.stringify({ ticketId, statusName, open, updatedAt, mergedIntoId }),
			state: 'done',
			decision: person ? 'emitted' : 'own_write',
			reason: person ? 'Changed in Halo.' : 'Changed by an application only.',
			ticketId,
			tries: 1,
			receivedAt: at,
			doneAt: at,
		},
	};
}
