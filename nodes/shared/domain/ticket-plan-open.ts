import { isHigher, isLower } from './ticket-severity';
import { duplicatesOf } from './ticket-duplicates';
import type {
	Actual,
	Desired,
	Need,
	Plan,
	PlanOptions,
	TicketFields,
	TicketWrite,
} from './ticket-plan-types';
import { noWrites } from './ticket-plan-types';
import { noteMark } from './ticket-note-mark';
import { planCreate } from './ticket-plan-new';
import { sortOut, type Candidate } from './ticket-sort';
import { decodeState, newState, replaceState, type TicketState } from './ticket-state';
import { footerHtml, reopenNote, severityNote, toHtml } from './ticket-text';
import type { TicketView } from './ticket-view';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Details of a ticket with a new state in them; everything else stays as people left it. */
export function detailsWith(ticket: TicketView, state: TicketState, reference: string): string {
	return replaceState(
		ticket.detailsHtml ?? toHtml(ticket.details),
		state,
		footerHtml(state, reference),
	);
}

/** Plan for an event that says: the problem is there. */
export function planOpen(
	desired: Desired,
	actual: Actual,
	options: PlanOptions,
	now: number,
): Plan | Need {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const [first, ...more] = sorted.open;
	if (first !== undefined) {
		const plan = planUpdate(first, desired, options, now);
		if (plan.kind !== 'plan') return plan;
		return duplicatesOf(first, more, plan, { desired, actual, options });
	}
	const last = sorted.closed.at(-1);
	return last === undefined
		? planCreate(desired, actual, null)
		: planAgain(last, desired, actual, options, now);
}

function noteIsDue(state: TicketState | null, options: PlanOptions, now: number): boolean {
	if (state === null || state.notedAt === null) return true;
	return now - Date.parse(state.notedAt) >= options.noteIntervalHours * HOUR;
}

function planUpdate(
	{ ticket, own }: Candidate,
	desired: Desired,
	options: PlanOptions,
	now: number,
): Plan | Need {
	const { event } = desired;
	const state = decodeState(own.details);
	const rose = state !== null && isHigher(event.severity, state.severity);
	const fell = state !== null && isLower(event.severity, state.severity);
	if (!rose && !fell) {
		return noWrites('unchanged', `Ticket ${ticket.id} is open and nothing is new.`, ticket.id);
	}
	if (!rose && !noteIsDue(state, options, now)) {
		return noWrites(
			'unchanged',
			`Ticket ${ticket.id} is open; severity is now ${event.severity}, told later: the last note is younger than ${options.noteIntervalHours} h.`,
			ticket.id,
		);
	}
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const merged = own.id !== ticket.id;
	const raise = rose && !merged ? raised(ticket, desired) : {};
	const next = { ...state, severity: event.severity, notedAt: new Date(now).toISOString() };
	const before = state.severity ?? 'unknown';
	return {
		kind: 'plan',
		decision: raise.priorityId === undefined ? 'noted' : 'updated',
		reason: `Severity ${rose ? 'rose' : 'fell'} from ${before} to ${event.severity}${raise.priorityId === undefined ? '; the priority stays' : ', priority raised'}.`,
		ticketId: ticket.id,
		writes: [
			{
				kind: 'change',
				ticket: own,
				fields: { ...raise, detailsHtml: detailsWith(own, next, desired.reference) },
			},
			{
				kind: 'note',
				ticketId: ticket.id,
				text: severityNote(event, state.severity),
				mark: noteMark(desired, 'severity'),
			},
		],
	};
}

/**
 * The priority of the profile when it is more urgent than the ticket's. In Halo priority 1 is the most urgent one.
 * A ticket in another SLA gets the profile's SLA with it, since a priority counts only inside its own.
 */
function raised(
	ticket: TicketView,
	{ profile }: Desired,
): Pick<TicketFields, 'priorityId' | 'slaId'> {
	const { priorityId, slaId } = profile;
	if (priorityId === null || (ticket.priorityId !== null && ticket.priorityId <= priorityId))
		return {};
	return { priorityId, ...(slaId === null || slaId === ticket.slaId ? {} : { slaId }) };
}

function planAgain(
	{ ticket, own }: Candidate,
	desired: Desired,
	actual: Actual,
	options: PlanOptions,
	now: number,
): Plan | Need {
	if (options.doNotReopen.has(ticket.statusId)) {
		return noWrites(
			'unchanged',
			`Ticket ${ticket.id} was closed with a status on the do-not-reopen list; it stays closed.`,
			ticket.id,
		);
	}
	const since = now - options.reopenWindowDays * DAY;
	// Closing changes a ticket, so one that was last changed before the window was closed before it as well.
	const tooOld = ticket.lastUpdate !== null && Date.parse(ticket.lastUpdate) < since;
	if (options.reopenWindowDays <= 0 || tooOld) return planCreate(desired, actual, ticket.id);
	if (!ticket.read) return { kind: 'ticket', ticketId: ticket.id };
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const closedAt = ticket.closedAt ?? ticket.lastUpdate;
	if (closedAt !== null && Date.parse(closedAt) < since)
		return planCreate(desired, actual, ticket.id);
	return planReopen({ ticket, own }, desired, options, now);
}

function planReopen(
	{ ticket, own }: Candidate,
	desired: Desired,
	options: PlanOptions,
	now: number,
): Plan {
	const before = decodeState(own.details) ?? newState(desired.event.severity);
	const state: TicketState = {
		...before,
		severity: desired.event.severity,
		notedAt: new Date(now).toISOString(),
		suppressed: false,
	};
	const statusId = desired.profile.statusCreateId ?? options.reopenStatusId;
	const detailsHtmlNow = detailsWith(own, state, desired.reference);
	const writes: TicketWrite[] =
		own.id === ticket.id
			? [{ kind: 'change', ticket, fields: { statusId, detailsHtml: detailsHtmlNow } }]
			: [
					{ kind: 'change', ticket, fields: { statusId } },
					{ kind: 'change', ticket: own, fields: { detailsHtml: detailsHtmlNow } },
				];
	writes.push({
		kind: 'note',
		ticketId: ticket.id,
		text: reopenNote(desired.event),
		mark: noteMark(desired, 'reopened'),
	});
	return {
		kind: 'plan',
		decision: 'reopened',
		reason: `The problem came back within ${options.reopenWindowDays} days after ticket ${ticket.id} was closed.`,
		ticketId: ticket.id,
		writes,
	};
}
