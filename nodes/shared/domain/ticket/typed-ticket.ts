import { referencesIn } from './reference';

/** How a ticket was named: by its number, or by our reference on it. */
export type TicketPick = { kind: 'id'; id: number } | { kind: 'reference'; reference: string };

/** One or two words of twelve letters, as `Seal` makes them. */
const REFERENCE = /^[a-z]{12}(?: [a-z]{12})?$/;
/** The number in the address of a ticket's page in Halo. */
const IN_ADDRESS = /^https?:\/\/\S*[?&](?:id|ticketid)=(\d+)/i;

/**
 * Reads what a person or an expression gave for a ticket: a number, its address in Halo, a reference (alone, as
 * `(scanref …)`, or a whole summary that ends in one).
 * @returns null when it is none of them
 */
export function readTicketPick(text: string): TicketPick | null {
	const value = text.trim();
	const digits = /^#?(\d+)$/.exec(value)?.[1] ?? IN_ADDRESS.exec(value)?.[1];
	if (digits !== undefined) {
		const id = Number(digits);
		return Number.isSafeInteger(id) && id > 0 ? { kind: 'id', id } : null;
	}
	if (REFERENCE.test(value)) return { kind: 'reference', reference: value };
	const [reference, second] = referencesIn(value);
	return reference === undefined || second !== undefined ? null : { kind: 'reference', reference };
}
