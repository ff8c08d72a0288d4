import { duplicatesOf } from './duplicates';
import { leftNotes, leftWords } from './new';
import { planLate, recorded } from './late';
import { noteMark } from './note';
import { detailsWith, planOpen } from './open';
import { planClose, unclearEnd } from './close';
import { isNameless, ownerOn } from './owners';
import {
	type Actual,
	type Desired,
	type Need,
	noWrites,
	type Plan,
	type PlanOptions,
	type Subject,
} from './types';
import { sortOut } from './candidates';
import { holdsState } from '../noted-state';
import { decodeState } from '../state';
import { suppressedNote } from '../text/details';
import type { TicketView } from '../view';

/**
 * What to do about one event, or what must be read from Halo first. Writes nothing itself, so a dry run is this
 * alone.
 * @param now milliseconds since the epoch
 */
export function planEvent(
	desired: Desired,
	actual: Actual,
	options: PlanOptions,
	now: number,
): Plan | Need {
	if (desired.want === 'open') return planOpen(desired, actual, options, now);
	if (desired.want === 'closed') return planClose(desired, actual, options);
	return planSuppressed(desired, actual);
}

/** The ticket of one problem. */
export function problemSubject(desired: Desired): Subject {
	return {
		desired,
		plan: (actual, options, now) => planEvent(desired, onlyOf(desired, actual), options, now),
		mergePlan: (actual, before, options) =>
			mergeProblem(desired, onlyOf(desired, actual), before, options),
	};
}

/** What Halo has of this problem alone: what was looked up may be of other owners too. */
function onlyOf({ references }: Desired, actual: Actual): Actual {
	return { ...actual, wanted: references };
}

/** One of several tickets of the problem, and a note on those of other clients that were not there before. */
function mergeProblem(
	desired: Desired,
	actual: Actual,
	before: Actual,
	options: PlanOptions,
): Plan | Need {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	// An event that names no company finds those of all owners: none of them is a duplicate of its own ticket.
	const isOwn = (own: TicketView): boolean => !isNameless(desired) || ownerOn(own) === null;
	const [first, ...more] = sorted.open.filter(({ own }) => isOwn(own));
	if (first === undefined) return noWrites('unchanged', '');
	const known = new Set(before.tickets.map(({ id }) => id));
	const elsewhere = sorted.elsewhere.filter((own) => isOwn(own) && !known.has(own.id));
	const words = more.length > 0 ? `Ticket ${first.ticket.id} stands for this problem.` : '';
	const base: Plan = {
		...noWrites('unchanged', `${words}${leftWords(elsewhere)}`.trim(), first.ticket.id),
		writes: leftNotes(desired, elsewhere),
	};
	return duplicatesOf(first, more, base, { desired, actual, options });
}

/** Risk accepted or false positive: a private note, once; the ticket stays open. */
function planSuppressed(desired: Desired, actual: Actual): Plan | Need {
	const sorted = sortOut(actual, desired.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const unclear = unclearEnd(desired, actual);
	if (unclear !== null) return unclear;
	const late = planLate(desired.event, sorted);
	if (late !== null) return late;
	const [first] = sorted.open;
	if (first === undefined) {
		return noWrites('skipped_suppressed', 'The source accepted the risk, and no ticket is open.');
	}
	const { ticket, own } = first;
	const { state } = own;
	if (state?.suppressed === true) {
		return noWrites(
			'unchanged',
			`Ticket ${ticket.id} says already that the risk is accepted.`,
			ticket.id,
		);
	}
	if (!own.read) return { kind: 'ticket', ticketId: own.id };
	const next = {
		...recorded(state, desired.event),
		suppressed: true,
	};
	return {
		kind: 'plan',
		decision: 'noted',
		reason: `The source accepted the risk; noted on ticket ${ticket.id}, which stays open.`,
		ticketId: ticket.id,
		writes: [
			{
				kind: 'change',
				ticket: own,
				fields: { detailsHtml: detailsWith(own, next, desired.reference) },
			},
			{
				kind: 'note',
				ticketId: ticket.id,
				text: suppressedNote(desired.event),
				mark: noteMark(desired, 'suppressed'),
				untold: {
					ticket: own,
					detailsHtml: detailsWith(own, { ...next, suppressed: false }, desired.reference),
				},
			},
		],
	};
}

/** Id of a ticket that a dry run would have made. */
export const IMAGINED_TICKET = 0;

/**
 * What Halo has after a plan was carried out, so that the next event of the same problem sees it, in a dry run too.
 * @param made the ticket that the create made; in a dry run an imagined one with id 0
 */
export function afterPlan(
	plan: Plan,
	actual: Actual,
	made: TicketView | null,
	now: number,
): Actual {
	const changed = new Map<number, TicketView>();
	const at = new Date(now).toISOString();
	for (const write of plan.writes) {
		if (write.kind !== 'change') continue;
		const { closers, fields, ticket } = write;
		const closer = closers?.[0]?.id ?? null;
		const closes = fields.closureNote !== undefined;
		changed.set(ticket.id, {
			...(changed.get(ticket.id) ?? ticket),
			...(fields.statusId === undefined ? {} : { statusId: fields.statusId, open: !closes }),
			...(fields.priorityId === undefined ? {} : { priorityId: fields.priorityId }),
			...(fields.slaId === undefined ? {} : { slaId: fields.slaId }),
			...(closer === null ? {} : { agentId: closer }),
			...(fields.detailsHtml === undefined
				? {}
				: {
						detailsHtml: fields.detailsHtml,
						details: fields.detailsHtml,
						state: decodeState(fields.detailsHtml),
					}),
			...(closes ? { closedAt: at } : {}),
			lastUpdate: at,
		});
	}
	const tickets = actual.tickets.map((ticket) => changed.get(ticket.id) ?? ticket);
	const others = new Map(actual.others);
	// What the notes recorded before is out of date.
	const actions = new Map(actual.actions);
	for (const id of changed.keys()) {
		const read = actions.get(id);
		if (read !== undefined)
			actions.set(
				id,
				read.filter((action) => !holdsState(action)),
			);
	}
	for (const [id, ticket] of changed) if (others.has(id)) others.set(id, ticket);
	return {
		...actual,
		tickets: made === null ? tickets : [...tickets, made],
		others,
		actions,
	};
}

/** The ticket that a create would make, for a dry run. */
export function imaginedTicket(
	plan: Plan,
	desired: Omit<Desired, 'want' | 'event'>,
	now: number,
): TicketView | null {
	const create = plan.writes.find((write) => write.kind === 'create');
	if (create === undefined || create.kind !== 'create') return null;
	const { profile } = desired;
	const at = new Date(now).toISOString();
	return {
		id: IMAGINED_TICKET,
		summary: create.summary,
		details: create.detailsHtml,
		detailsHtml: create.detailsHtml,
		clientId: desired.clientId ?? 0,
		clientName: desired.clientName,
		userId: null,
		statusId: profile.statusCreateId ?? 0,
		ticketTypeId: profile.ticketTypeId ?? 0,
		priorityId: profile.priorityId,
		slaId: profile.slaId,
		agentId: profile.agentId,
		occurredAt: at,
		closedAt: null,
		lastUpdate: at,
		mergedIntoId: null,
		open: true,
		reference: desired.reference,
		state: decodeState(create.detailsHtml),
		claims: [desired.reference],
		doubtful: false,
		mappedTo: desired.clientId,
		read: true,
	};
}
