import { onClosing } from '../../profile/closing-fields';
import { agentByEmail, closingAgents } from './closing-agent';
import type { Actual, Desired, Need, Plan, PlanOptions, TicketWrite } from './types';
import type { Candidate } from './candidates';

/** Two workers that race make their tickets within moments; a copy that a person made later is left to people. */
const RACE = 24 * 3_600_000;

interface Around {
	desired: Pick<Desired, 'profile'>;
	actual: Actual;
	options: PlanOptions;
}

/** Of some open tickets those that another run made at the same time as the first one. */
export function rivalsOf(first: Candidate, more: readonly Candidate[]): Candidate[] {
	return more.filter(
		({ ticket, own }) =>
			ticket.id === own.id &&
			ticket.reference !== null &&
			Math.abs(Date.parse(ticket.occurredAt ?? '') - Date.parse(first.ticket.occurredAt ?? '')) <=
				RACE,
	);
}

/**
 * Adds to a plan that further open tickets of the same problem are closed as duplicates of the lowest id.
 * Only tickets of our own making (our block on them) that were made within a day of it.
 */
export function duplicatesOf(
	first: Candidate,
	more: readonly Candidate[],
	plan: Plan,
	{ desired, actual, options }: Around,
): Plan | Need {
	const { profile } = desired;
	const rivals = rivalsOf(first, more);
	const closes = profile.statusCloseId !== null;
	const others = more
		.filter((candidate) => !closes || !rivals.includes(candidate))
		.map(({ ticket }) => ticket.id);
	const reason =
		others.length === 0 ? plan.reason : `${plan.reason} Open as well: ticket ${others.join(', ')}.`;
	if (rivals.length === 0 || profile.statusCloseId === null) return { ...plan, reason };
	const writes: TicketWrite[] = [];
	for (const { ticket } of rivals) {
		if (!ticket.read) return { kind: 'ticket', ticketId: ticket.id };
		const closers = closingAgents(options.closingAgent, {
			approver: agentByEmail(actual.agents, null),
			ticket: ticket.agentId,
			profile: profile.agentId,
			api: actual.ownAgentId,
		});
		if (closers === 'ask') return { kind: 'own agent' };
		writes.push({
			kind: 'change',
			ticket,
			fields: {
				statusId: profile.statusCloseId,
				closureNote: `Duplicate of ticket ${first.ticket.id}: two runs made it at the same time.`,
				...onClosing(profile),
			},
			closers,
		});
	}
	const ids = rivals.map(({ ticket }) => ticket.id).join(', ');
	return {
		...plan,
		reason: `${reason} Closed as its duplicate: ticket ${ids}.`,
		writes: [...plan.writes, ...writes],
	};
}
