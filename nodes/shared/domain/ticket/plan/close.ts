import { onClosing } from '../../profile/closing-fields';
import { agentByEmail, closingAgents } from './closing-agent';
import { planLate, recorded } from './late';
import { isOvertaken } from './firing';
import { isNameless, planUnclear } from './owners';
import { noteMark } from './note';
import { detailsWith } from './open';
import {
	type Actual,
	type Desired,
	type Need,
	noWrites,
	type Plan,
	type PlanOptions,
	type TicketWrite,
} from './types';
import { type Candidate, servesOthers, type Sorted, sortOut } from './candidates';
import { closureNote } from '../text/details';
import { isAbout } from '../view';
import { needsOwnAgent, type TicketAction, touchedBy } from '../touch';

/** Plan for an event that says: the problem is over. */
export function planClose(desired: Desired, actual: Actual, options: PlanOptions): Plan | Need {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const { open } = sorted;
	const unclear = unclearEnd(desired, actual);
	if (unclear !== null) return unclear;
	const late = open.length === 0 ? null : planLate(desired.event, sorted);
	if (late !== null) return late;
	if (open.length === 0) return nothingOpen(sorted, desired);
	const overtaken = open.find(({ own }) => isOvertaken(own.state, desired));
	if (overtaken !== undefined) {
		const { id } = overtaken.ticket;
		return noWrites(
			'unchanged',
			`Ticket ${id} stays open: after the alert that ended now the same monitor fired again.`,
			id,
		);
	}
	const plans: Plan[] = [];
	for (const candidate of open) {
		const plan = closeOne(candidate, desired, actual, options);
		if (plan.kind !== 'plan') return plan;
		const noted = withEnd(plan, candidate, desired);
		if (noted.kind !== 'plan') return noted;
		plans.push(noted);
	}
	const [first, ...more] = plans;
	if (first === undefined) return nothingOpen(sorted, desired);
	return {
		...first,
		reason: [first, ...more].map(({ reason }) => reason).join(' '),
		writes: plans.flatMap(({ writes }) => writes),
	};
}

/** The plan that closes a ticket, with the time of the end recorded on it: what was reported before comes too late then. */
function withEnd(plan: Plan, { own, ticket }: Candidate, desired: Desired): Plan | Need {
	if (plan.decision !== 'closed') return plan;
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const detailsHtml = detailsWith(own, recorded(own.state, desired.event), desired.reference);
	if (own.id !== ticket.id) {
		const apart: TicketWrite = { kind: 'change', ticket: own, fields: { detailsHtml } };
		return { ...plan, writes: [...plan.writes, apart] };
	}
	const writes = plan.writes.map(
		(write): TicketWrite =>
			write.kind === 'change' ? { ...write, fields: { ...write.fields, detailsHtml } } : write,
	);
	return { ...plan, writes };
}

/** What to do instead about an end, or an accepted risk, that may be of several companies; null where it is clear. */
export function unclearEnd(desired: Desired, actual: Actual): Plan | Need | null {
	if (desired.clientId !== null && !isNameless(desired)) return null;
	const all = sortOut(actual, null);
	return all.kind === 'sorted' ? planUnclear(desired, all) : all;
}

/** Plan for a resolve that finds nothing open: closed already, on another client, or never there. */
export function nothingOpen({ closed, elsewhere: [elsewhere] }: Sorted, desired: Desired): Plan {
	const last = closed.at(-1);
	if (last !== undefined) {
		return noWrites(
			'already_closed',
			`Ticket ${last.ticket.id} is closed already.`,
			last.ticket.id,
		);
	}
	if (elsewhere === undefined) {
		return noWrites('not_found', 'No ticket carries this reference; there is nothing to close.');
	}
	const where = elsewhere.clientName ?? `client ${elsewhere.clientId}`;
	const client = desired.clientName ?? `client ${desired.clientId}`;
	return {
		kind: 'plan',
		decision: 'kept_open',
		reason: `Ticket ${elsewhere.id} of this problem is on ${where}, but the company is mapped to ${client} now; noted there and left open.`,
		ticketId: elsewhere.id,
		writes: [resolvedNote(elsewhere.id, desired, 'resolved elsewhere')],
	};
}

/** The note on a ticket that is left as it is although its problem is over. */
export function resolvedNote(ticketId: number, desired: Desired, kind: string): TicketWrite {
	return {
		kind: 'note',
		ticketId,
		text: `${closureNote(desired.event)}\nThe source reports the problem as resolved. The ticket is left as it is.`,
		mark: noteMark(desired, kind),
		machine: [RESOLVED_VERB],
	};
}

/** In the note of a ticket that was left open, so that the next scan does not say the same again. */
const RESOLVED_VERB = 'resolved';

/** True when the last thing that we wrote on the ticket is that its problem is over. */
function saidAlready(actions: readonly TicketAction[] | undefined): boolean {
	const own = (actions ?? []).filter(
		({ application, note }) => application !== null && note !== '',
	);
	const last = own.reduce<TicketAction | null>(
		(latest, action) => (latest === null || action.id > latest.id ? action : latest),
		null,
	);
	return last?.words?.verb === RESOLVED_VERB;
}

/** Plan to close one ticket, or to leave it open with a note when a person worked on it. */
export function closeOne(
	{ ticket, own }: Candidate,
	desired: Desired,
	actual: Actual,
	options: PlanOptions,
): Plan | Need {
	const { event, profile } = desired;
	if (!ticket.read) return { kind: 'ticket', ticketId: ticket.id };
	const kept = whyKept({ ticket, own }, desired, actual, options);
	if (kept !== null && typeof kept !== 'string') return kept;
	if (kept !== null) {
		return {
			kind: 'plan',
			decision: 'kept_open',
			reason: `Ticket ${ticket.id} is left open: ${kept}. A private note says that the source reports the problem as resolved.`,
			ticketId: ticket.id,
			writes: saidAlready(actual.actions.get(ticket.id))
				? []
				: [resolvedNote(ticket.id, desired, 'resolved')],
		};
	}
	const closers = closingAgents(options.closingAgent, {
		approver: agentByEmail(actual.agents, event.resolution?.byEmail ?? null),
		ticket: ticket.agentId,
		profile: profile.agentId,
		api: actual.ownAgentId,
	});
	if (closers === 'ask') return { kind: 'own agent' };
	return {
		kind: 'plan',
		decision: 'closed',
		reason: `${event.source} reports the problem as ${event.resolution?.reason ?? 'resolved'}; ticket ${ticket.id} closed.`,
		ticketId: ticket.id,
		writes: [
			{
				kind: 'change',
				ticket,
				fields: {
					...(profile.statusCloseId === null ? {} : { statusId: profile.statusCloseId }),
					closureNote: closureNote(event),
					closureTime: closureTime(options),
					...onClosing(profile),
				},
				closers,
			},
		],
	};
}

/** Halo counts this field in hours unless the tenant changed it; four decimals keep a single minute exact enough. */
function closureTime({ closureMinutes, closureUnit }: PlanOptions): number {
	return closureUnit === 'minutes'
		? closureMinutes
		: Math.round((closureMinutes / 60) * 10_000) / 10_000;
}

/** Why a ticket must not be closed by itself, in words; null when it may. */
function whyKept(
	{ ticket, own }: Candidate,
	desired: Desired,
	actual: Actual,
	options: PlanOptions,
): string | null | Need {
	if (own.id !== ticket.id && servesOthers(ticket, desired.references)) {
		return `ticket ${own.id} was merged into it, and it stands for other problems too`;
	}
	if (options.closeTouched) return null;
	if (own.id !== ticket.id && !isAbout(ticket, desired.references)) {
		return `ticket ${own.id} was merged into it, and a person made it`;
	}
	const actions = actual.actions.get(ticket.id);
	if (actions === undefined) return { kind: 'actions', ticketId: ticket.id };
	if (actual.ownAgentId === undefined && needsOwnAgent(actions)) return { kind: 'own agent' };
	return touchedBy(actions, actual.ownAgentId, options.ignoreActionsOf);
}
