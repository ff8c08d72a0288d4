import { missNotes } from '../roster/roster';
import { detailsWith } from '../plan/open';
import { withRecord } from '../plan/candidates';
import type { Actual, Need, Plan, TicketWrite } from '../plan/types';
import { noWrites } from '../plan/types';
import type { Absence, MissRules, ScannedTicket } from './compare';

/**
 * Plan to record on a ticket what a scan did not name, or named again; the ticket stays open.
 * @returns `unchanged` without writes when nothing is new, e.g. because the same scan was run twice
 */
export function planMisses(absence: Absence, rules: MissRules, actual: Actual): Plan | Need {
	const { ticket } = absence.ticket;
	const reason = missWords(absence, rules);
	const decision = absence.missed.length > 0 ? 'kept_open' : 'unchanged';
	const found = actual.tickets.find(({ id }) => id === ticket.id);
	if (found === undefined) return noWrites('not_found', `Ticket ${ticket.id} is gone.`);
	if (absence.ticket.kind === 'roster') {
		const writes = rosterWrites(absence.ticket, absence, rules);
		return { kind: 'plan', decision, reason, ticketId: ticket.id, writes };
	}
	const own = withRecord(found, actual);
	if ('kind' in own) return own;
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const { state } = own;
	if (state === null) return noWrites(decision, reason, ticket.id);
	const told = new Set([...absence.missed, ...absence.back].map(({ key }) => key));
	const missed = [...state.missed.filter(({ key }) => !told.has(key)), ...absence.missed];
	const isNew = absence.back.length > 0 || absence.missed.some((miss) => isFresh(absence, miss));
	const detailsHtml = detailsWith(own, { ...state, missed }, absence.ticket.reference);
	const writes: TicketWrite[] = isNew
		? [{ kind: 'change', ticket: own, fields: { detailsHtml } }]
		: [];
	return { kind: 'plan', decision, reason, ticketId: ticket.id, writes };
}

type Miss = Absence['missed'][number];

/** True when the count rose by this scan. */
function isFresh({ ticket }: Absence, { key, scan }: Miss): boolean {
	const before =
		ticket.kind === 'roster'
			? ticket.misses.get(key)
			: ticket.state.missed.find((miss) => miss.key === key);
	return before?.scan !== scan;
}

function rosterWrites(
	{ members, ticket }: Extract<ScannedTicket, { kind: 'roster' }>,
	absence: Absence,
	{ scan }: MissRules,
): TicketWrite[] {
	const fresh = absence.missed
		.filter((miss) => isFresh(absence, miss))
		.flatMap(({ key }) => members.get(key) ?? []);
	return [
		...missNotes(ticket.id, 'back', absence.back, scan),
		...missNotes(ticket.id, 'missed', fresh, scan),
	];
}

/** Why the ticket is still open, in words. */
function missWords({ missed, ticket }: Absence, { needed }: MissRules): string {
	if (missed.length === 0) return 'A scan names it again.';
	const count = Math.max(...missed.map((miss) => miss.count));
	const left = needed - count;
	const scans = left === 1 ? 'the next complete scan does' : `${left} more complete scans do`;
	const what =
		ticket.kind === 'problem'
			? 'This problem was'
			: `${missed.length} of its problems ${missed.length === 1 ? 'was' : 'were'}`;
	return `${what} missing from ${count} of ${needed} scans; still open until ${scans} not name it either.`;
}
