import { decodeState } from './ticket-state';

/** A list row of Halo, as far as the page needs it. */
export interface StatusTicket {
	client_name: string | null;
	client_id: number;
	details: string;
}

export interface TicketGroup {
	source: string;
	client: string;
	severity: string;
	count: number;
}

/** The row "Source" of the facts on the ticket: Halo's plain text may or may not part label and value. */
const SOURCE = /^[ \t]*Source[ \t:|]*([a-z][a-z0-9._-]*)[ \t]*$/im;

/** Open tickets by source, client and severity, most first; what a person has rewritten counts as unknown. */
export function groupTickets(tickets: readonly StatusTicket[]): TicketGroup[] {
	const groups = new Map<string, TicketGroup>();
	for (const { client_id, client_name, details } of tickets) {
		const source = SOURCE.exec(details)?.[1] ?? 'unknown';
		const severity = decodeState(details)?.severity ?? 'unknown';
		const client = client_name ?? `client ${client_id}`;
		const key = JSON.stringify([source, client, severity]);
		const group = groups.get(key) ?? { source, client, severity, count: 0 };
		group.count += 1;
		groups.set(key, group);
	}
	return [...groups.values()].sort(
		(left, right) => right.count - left.count || left.client.localeCompare(right.client),
	);
}
