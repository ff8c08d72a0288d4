import { CAREFUL } from '../../event/traits';
import { ownerWord } from '../reference';
import type { TicketView } from '../view';
import { type Sorted, sortOut } from './candidates';
import { type Actual, type Desired, type Need, noWrites, type Plan } from './types';

/** True for an event that names no company: its reference means the problem of every owner. */
export function isNameless({ reference }: Pick<Desired, 'reference'>): boolean {
	return ownerWord(reference) === null;
}

/** The word for the owner on a ticket of ours; null on one of an event that named no company. */
export function ownerOn({ reference }: Pick<TicketView, 'reference'>): string | null {
	return ownerWord(reference ?? '');
}

/**
 * True when an event that names no company may be about the problem of another owner than the one it would be taken for.
 * An end is that of the only owner that is known. A report may be of nobody's own, so that beside the problem of any
 * company it is unclear; where the source's keys are unique in the world it is that one.
 * @param owners of the problems with its key: words of references, null = nobody's
 */
export function isUnclear(
	{ traits, want }: Pick<Desired, 'traits' | 'want'>,
	owners: ReadonlySet<string | null>,
): boolean {
	if (owners.size > 1) return true;
	const { keys } = traits ?? CAREFUL;
	return want === 'open' && keys === 'shared' && [...owners].some((owner) => owner !== null);
}

/**
 * The plan for an event that names no company, where it may be about the problems of several; null where it is clear.
 * @param sorted the tickets of its problem on all clients
 */
export function planUnclear(desired: Desired, { closed, open }: Sorted): Plan | null {
	const all = [...open, ...closed];
	const owners = new Set(all.map(({ own }) => ownerOn(own)));
	const { clientId, want } = desired;
	// What is closed asks for nothing; of several open tickets an end without a client says not which.
	if (want !== 'open' && open.length === 0) return null;
	const several = owners.size > 1 || (want !== 'open' && clientId === null && open.length > 1);
	if (!several && !isUnclear(desired, owners)) return null;
	const tickets = all.map(
		({ ticket }) => `${ticket.id} on ${ticket.clientName ?? ticket.clientId}`,
	);
	const known = several
		? `tickets of several carry this reference: ${tickets.join(', ')}`
		: `ticket ${tickets.join(', ')} is a company's problem with the same key, which this source does not keep unique`;
	return noWrites('held_ambiguous', `The source names no company, and ${known}. ${NAME_COMPANY}`);
}

/** What to do about an event that is held for this. */
export const NAME_COMPANY =
	'Have the source send the company with its reports and its ends, or set Company in the trigger.';

/** The tickets of an event that names no company: on the client that it is placed on, or a company's own, wherever it is. */
export function sortNameless(desired: Desired, actual: Actual): Sorted | Need | Plan {
	const all = sortOut(actual, null);
	if (all.kind !== 'sorted') return all;
	const unclear = planUnclear(desired, all);
	if (unclear !== null) return unclear;
	const named = [...all.open, ...all.closed].some(({ own }) => ownerOn(own) !== null);
	return named ? all : sortOut(actual, desired.clientId);
}
