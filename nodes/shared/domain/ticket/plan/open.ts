import { aboutProblem } from './about';
import { isHigher, isLower } from '../../event/severity';
import { duplicatesOf } from './duplicates';
import {
	type Actual,
	type Desired,
	type Need,
	noWrites,
	type Plan,
	type PlanOptions,
	type TicketFields,
	type TicketWrite,
} from './types';
import { planLate, recorded } from './late';
import { retold } from './another-text';
import { firesAgain, withFiring } from './firing';
import { noteMark } from './note';
import { DUE, MEMBERS_DUE, noteOn, toldOf } from './due';
import { planCreate } from './new';
import { isNameless, sortNameless } from './owners';
import { type Candidate, type Sorted, sortOut } from './candidates';
import { countReturn, flappingWords, type Return } from './flapping';
import { replaceState, type TicketState, withDue } from '../state';
import { textRecordOf } from '../text-record';
import { footerHtml, reopenNote, toHtml } from '../text/details';
import type { TicketView } from '../view';

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
	const sorted = isNameless(desired)
		? sortNameless(desired, actual)
		: sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const late = planLate(desired.event, sorted);
	if (late !== null) return late;
	const [first, ...more] = sorted.open;
	if (first !== undefined) {
		const plan = planUpdate(first, desired, options, now);
		if (plan.kind !== 'plan') return plan;
		return duplicatesOf(first, more, plan, { desired, actual, options });
	}
	const last = sorted.closed.at(-1);
	return last === undefined
		? planCreate(desired, sorted, null)
		: planAgain(last, desired, sorted, options, now);
}

/** True when people may be told again. */
export function noteIsDue(state: TicketState | null, options: PlanOptions, now: number): boolean {
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
	const { state } = own;
	const rose = state !== null && isHigher(event.severity, state.severity);
	const fell = state !== null && isLower(event.severity, state.severity);
	const changed = rose || (fell && noteIsDue(state, options, now));
	const due = state?.due ?? [];
	const tells = changed || due.length > 0;
	const told = retold(state, event, ticket.summary, tells || noteIsDue(state, options, now));
	const again = firesAgain(state, desired);
	if (!tells && told === null && !again) {
		const reason = fell
			? `severity is now ${event.severity}, told later: the last note is younger than ${options.noteIntervalHours} h.`
			: 'and nothing is new.';
		return noWrites(
			'unchanged',
			`Ticket ${ticket.id} is open${fell ? ';' : ''} ${reason}`,
			ticket.id,
		);
	}
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const raise = rose && own.id === ticket.id ? raised(ticket, desired) : {};
	const isNoted = tells || told?.note != null;
	const notedBefore = state?.notedAt ?? null;
	const next = {
		...withFiring(recorded(told?.state ?? state, event), desired),
		...(changed ? { severity: event.severity } : {}),
		notedAt: isNoted ? new Date(now).toISOString() : notedBefore,
		due: [],
	};
	const owed = toldOf(due, changed, own, ticket, desired);
	const text = next.text === null ? null : { ...next.text, told: state?.text?.told ?? 0 };
	const untold = { ...next, text, notedAt: notedBefore, due: owed.due };
	const other =
		told === null || told.note === null
			? []
			: [noteOn(ticket.id, told.note, noteMark(desired, 'other words'))];
	return {
		kind: 'plan',
		decision: raise.priorityId === undefined && isNoted ? 'noted' : 'updated',
		reason: [
			changed
				? `Severity ${rose ? 'rose' : 'fell'} from ${state?.severity ?? 'unknown'} to ${event.severity}${raise.priorityId === undefined ? '; the priority stays' : ', priority raised'}.`
				: tells
					? `Ticket ${ticket.id} is open; the note that could not be written before is written now.`
					: `Ticket ${ticket.id} is open.`,
			...(again ? ['The same monitor fired again: it is the same problem.'] : []),
			...(told === null ? [] : [told.reason]),
		].join(' '),
		ticketId: ticket.id,
		writes: [
			{
				kind: 'change',
				ticket: own,
				fields: { ...raise, detailsHtml: detailsWith(own, next, desired.reference) },
			},
			...[...owed.notes, ...other].map(
				(note): TicketWrite => ({
					...note,
					untold: { ticket: own, detailsHtml: detailsWith(own, untold, desired.reference) },
				}),
			),
		],
		about: aboutProblem(desired),
	};
}

/**
 * The priority of the profile when it is more urgent than the ticket's. In Halo priority 1 is the most urgent one.
 * A ticket in another SLA gets the profile's SLA with it, since a priority counts only inside its own.
 */
export function raised(
	ticket: TicketView,
	{ profile }: Pick<Desired, 'profile'>,
): Pick<TicketFields, 'priorityId' | 'slaId'> {
	const { priorityId, slaId } = profile;
	if (priorityId === null || (ticket.priorityId !== null && ticket.priorityId <= priorityId))
		return {};
	return {
		priorityId,
		...(slaId === null || slaId === ticket.slaId ? {} : { slaId }),
	};
}

/** What to do about a closed ticket whose problem is back. */
export type ReturnVerdict = 'stays closed' | 'new ticket' | 'reopen' | Need;

/** Whether a closed ticket is opened again. */
export function onReturn(
	{ ticket, own }: Candidate,
	options: PlanOptions,
	now: number,
): ReturnVerdict {
	if (options.doNotReopen.has(ticket.statusId)) return 'stays closed';
	const since = now - options.reopenWindowDays * DAY;
	// Closing changes a ticket, so one that was last changed before the window was closed before it as well.
	const tooOld = ticket.lastUpdate !== null && Date.parse(ticket.lastUpdate) < since;
	if (options.reopenWindowDays <= 0 || tooOld) return 'new ticket';
	if (!ticket.read) return { kind: 'ticket', ticketId: ticket.id };
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const closedAt = ticket.closedAt ?? ticket.lastUpdate;
	return closedAt !== null && Date.parse(closedAt) < since ? 'new ticket' : 'reopen';
}

/** Reason of an event whose ticket stays closed. */
export function staysClosed(ticketId: number): string {
	return `Ticket ${ticketId} was closed with a status on the do-not-reopen list; it stays closed.`;
}

function planAgain(
	candidate: Candidate,
	desired: Desired,
	sorted: Sorted,
	options: PlanOptions,
	now: number,
): Plan | Need {
	const { ticket } = candidate;
	const verdict = onReturn(candidate, options, now);
	if (verdict === 'stays closed') {
		return noWrites('unchanged', staysClosed(ticket.id), ticket.id);
	}
	if (verdict === 'new ticket') return planCreate(desired, sorted, ticket);
	return verdict === 'reopen' ? planReopen(candidate, desired, options, now) : verdict;
}

function planReopen(
	{ ticket, own }: Candidate,
	desired: Desired,
	options: PlanOptions,
	now: number,
): Plan {
	const again = countReturn(withFiring(recorded(own.state, desired.event), desired), now);
	const state: TicketState = {
		...again.state,
		severity: desired.event.severity,
		text: textRecordOf(desired.event),
		notedAt: new Date(now).toISOString(),
		suppressed: false,
		missed: [],
	};
	return {
		kind: 'plan',
		decision: 'reopened',
		reason: `The problem came back within ${options.reopenWindowDays} days after ticket ${ticket.id} was closed.${again.tell ? ` ${flappingWords(again.count)}` : ''}`,
		ticketId: ticket.id,
		writes: reopenWrites({ ticket, own }, desired, options, state, again),
		about: aboutProblem(desired),
	};
}

/** The writes that open a ticket again: status, recorded state, and a note unless people know that it comes and goes. */
export function reopenWrites(
	{ ticket, own }: Candidate,
	desired: Desired,
	options: PlanOptions,
	state: TicketState,
	again: Pick<Return, 'tell' | 'known' | 'count'>,
	detailsHtmlNow = detailsWith(own, state, desired.reference),
): TicketWrite[] {
	const statusId = desired.profile.statusCreateId ?? options.reopenStatusId;
	const changes: TicketWrite[] =
		own.id === ticket.id
			? [
					{
						kind: 'change',
						ticket,
						fields: { statusId, detailsHtml: detailsHtmlNow },
					},
				]
			: [
					{ kind: 'change', ticket, fields: { statusId } },
					{
						kind: 'change',
						ticket: own,
						fields: { detailsHtml: detailsHtmlNow },
					},
				];
	if (again.known) return changes;
	const flapping = again.tell ? `\n${flappingWords(again.count)}` : '';
	const note = noteOn(
		ticket.id,
		`${reopenNote(desired.event)}${flapping}`,
		noteMark(desired, 'reopened'),
	);
	// A group owes a note about its members.
	const due = state.members === null ? DUE.reopened : MEMBERS_DUE;
	const detailsHtml = withDue(detailsHtmlNow, [due]);
	return [...changes, { ...note, untold: { ticket: own, detailsHtml } }];
}
