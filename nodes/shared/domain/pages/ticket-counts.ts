import { SEVERITIES, type Severity } from '../event/event';
import type { TicketState } from '../ticket/state';

/** A list row of Halo, as far as the page needs it. */
export interface StatusTicket {
	client_name: string | null;
	client_id: number;
	/** What is recorded on it; null when that was lost. */
	state: TicketState | null;
}

/** How many open tickets there are of something. */
export interface TicketCount {
	name: string;
	count: number;
	/** How many of them per severity, the worst first; only those that occur. */
	severities: Array<{ severity: Severity; count: number }>;
}

/** Open tickets, seen from three sides. */
export interface TicketCounts {
	total: number;
	bySeverity: TicketCount[];
	bySource: TicketCount[];
	byClient: TicketCount[];
}

/** Open tickets in Halo, or why they are not known. */
export type OpenTickets =
	/** `capped`: there are more than were read. */
	{ kind: 'known'; counts: TicketCounts; capped: boolean } | { kind: 'unknown'; reason: string };

interface Read {
	client: string;
	source: string;
	severity: Severity;
}

/** What a person has rewritten counts as unknown. */
function read({ client_id, client_name, state }: StatusTicket): Read {
	return {
		client: client_name ?? `client ${client_id}`,
		source: state?.source ?? 'unknown',
		severity: state?.severity ?? 'unknown',
	};
}

function countBy(tickets: readonly Read[], nameOf: (ticket: Read) => string): TicketCount[] {
	const groups = new Map<string, Read[]>();
	for (const ticket of tickets) {
		const name = nameOf(ticket);
		groups.set(name, [...(groups.get(name) ?? []), ticket]);
	}
	return [...groups].map(([name, group]) => ({
		name,
		count: group.length,
		severities: SEVERITIES.map((severity) => ({
			severity,
			count: group.filter((ticket) => ticket.severity === severity).length,
		})).filter(({ count }) => count > 0),
	}));
}

function mostFirst(left: TicketCount, right: TicketCount): number {
	return right.count - left.count || left.name.localeCompare(right.name);
}

/** Counts open tickets by severity (worst first), source and client (most first). */
export function countTickets(tickets: readonly StatusTicket[]): TicketCounts {
	const all = tickets.map(read);
	const rank = (name: string): number => SEVERITIES.findIndex((severity) => severity === name);
	return {
		total: all.length,
		bySeverity: countBy(all, ({ severity }) => severity).sort(
			(left, right) => rank(left.name) - rank(right.name),
		),
		bySource: countBy(all, ({ source }) => source).sort(mostFirst),
		byClient: countBy(all, ({ client }) => client).sort(mostFirst),
	};
}
