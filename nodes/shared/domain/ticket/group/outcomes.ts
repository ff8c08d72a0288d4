import type { Difference, GroupChange } from './difference';
import { outcomeFor } from './now';
import type { Outcome } from '../plan/types';

/** The decision of every event about an open grouped ticket. */
export function outcomesOf(
	{ changes }: Pick<GroupChange, 'changes'>,
	{ accepted, came, open, rose, state, went }: Difference,
	ticketId: number,
): Map<number, Outcome> {
	const known = new Set(state.members.map(({ key }) => key));
	const rest = changes.opens.filter((change) => !came.includes(change));
	const unknown = changes.closes.filter((change) => !went.includes(change));
	const toldBefore = changes.accepted.filter((change) => !accepted.includes(change));
	const count = `${open.length} open`;
	return new Map([
		...outcomeFor(came, 'updated', `Added to ticket ${ticketId}; ${count}.`),
		...outcomeFor(went, 'updated', `Struck off ticket ${ticketId}; ${count}.`),
		...outcomeFor(
			accepted,
			'noted',
			`The source accepted the risk; noted on ticket ${ticketId}, which stays open.`,
		),
		...outcomeFor(
			rest,
			rose ? 'noted' : 'unchanged',
			rose
				? `The severity rose; noted on ticket ${ticketId}.`
				: `Ticket ${ticketId} lists it already.`,
		),
		...outcomeFor(unknown, ...unlisted(state, ticketId)),
		...toldBefore.map(({ index, key }): [number, Outcome] => [
			index,
			known.has(key)
				? {
						decision: 'unchanged',
						reason: `Ticket ${ticketId} says already that the risk is accepted.`,
					}
				: {
						decision: 'skipped_suppressed',
						reason: `The source accepted the risk; ticket ${ticketId} does not list it.`,
					},
		]),
		...changes.overruled,
	]);
}

/** A resolve of what an open grouped ticket does not list. */
function unlisted(
	{ members, partial }: Difference['state'],
	ticketId: number,
): [Outcome['decision'], string] {
	if (partial) {
		return [
			'kept_open',
			`The list of members of ticket ${ticketId} was lost from its details; close it by hand.`,
		];
	}
	return members.length === 0
		? ['kept_open', `Ticket ${ticketId} lists nothing open; it was left to people.`]
		: ['already_closed', `Ticket ${ticketId} does not list it as open.`];
}
