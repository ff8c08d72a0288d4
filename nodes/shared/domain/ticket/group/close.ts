import { type Difference, endedOf, type GroupChange } from './difference';
import { detailsOf } from './text';
import { outcomesOf } from './outcomes';
import { asDesired } from './now';
import type { MemberRow } from './table';
import { closeOne, resolvedNote } from '../plan/close';
import type { Need, Outcome, Plan } from '../plan/types';
import type { Candidate } from '../plan/candidates';
import type { TicketState } from '../state';

/**
 * Plan for a group whose last member went. The empty list is written first: only where Halo keeps it may the ticket
 * close, since a list that cannot be kept may lack members.
 */
export function planGroupClose(
	input: GroupChange,
	difference: Difference,
	candidate: Candidate,
	rows: ReadonlyMap<string, MemberRow>,
): Plan | Need {
	const { actual, changes, group, options } = input;
	const { own, ticket } = candidate;
	const last = changes.closes.at(-1);
	if (last === undefined) throw new TypeError('A group closes by an event that resolves');
	const desired = asDesired(group, 'closed', last.event);
	// Its notes may list members that its details do not, even where somebody took the word for that out of the summary.
	if (!actual.actions.has(own.id)) return { kind: 'actions', ticketId: own.id };
	const plan = closeOne(candidate, desired, actual, options);
	if (plan.kind !== 'plan') return plan;
	const why = difference.state.partial ? 'the list of its members was lost from its details' : null;
	const state: TicketState = {
		...difference.state,
		members: [],
		came: [],
		went: [],
		ended: endedOf(difference),
		accepted: [],
		missed: [],
		due: [],
	};
	const decided: Plan =
		why === null || plan.decision !== 'closed'
			? plan
			: {
					...plan,
					decision: 'kept_open',
					reason: `Ticket ${ticket.id} is left open: ${why}. A private note says that the source reports its problems as resolved.`,
					writes: [resolvedNote(ticket.id, desired, 'resolved')],
				};
	const closing =
		difference.went.find(({ index }) => index === last.index) ?? difference.went.at(-1);
	const outcomes = outcomesOf(input, difference, ticket.id);
	const outcome: Outcome = {
		decision: decided.decision,
		reason: decided.reason,
	};
	if (closing !== undefined) outcomes.set(closing.index, outcome);
	const detailsHtml = detailsOf(own, state, rows, group.reference);
	return {
		...decided,
		writes: [{ kind: 'change', ticket: own, fields: { detailsHtml } }, ...decided.writes],
		outcomes,
	};
}
