import { REFERENCE_WORD } from '../domain/ticket/reference';
import type { HaloApi } from './api';
import type { TicketRow } from './records/records';

/**
 * What this process has seen of the tenant's search, kept as hints of the credential. Halo's search finds parts of
 * texts on most tenants; on others only beginnings, whole texts, or new tickets some seconds late. A search that finds
 * nothing is believed only where a search has found one of ours before.
 */
const FINDS_REFERENCE = 'search finds references';
const FINDS_WORD = 'search finds our word';
const BLIND = 'search misses our tickets';
/** Lists without a word about the state hold closed tickets too; on some tenants they hold open ones only. */
const CLOSED_SHOWN = 'lists hold closed tickets';

/** Where it is kept: `HaloApi.hints`. */
type HealthHints = Pick<HaloApi, 'hints'>;

/** True once a search for a reference has found its ticket. */
export function findsReference({ hints }: HealthHints): boolean {
	return hints.has(FINDS_REFERENCE);
}

/** True once a search for the pack's word has found tickets: then a list by it holds all of them. */
export function findsWord({ hints }: HealthHints): boolean {
	return hints.has(FINDS_WORD);
}

/** True once a ticket of ours was there and a search did not find it: from then on lists are read without a search. */
export function isBlind({ hints }: HealthHints): boolean {
	return hints.has(BLIND);
}

export function foundByReference({ hints }: HealthHints): void {
	hints.add(FINDS_REFERENCE);
}

export function foundByWord({ hints }: HealthHints): void {
	hints.add(FINDS_WORD);
}

export function searchMissed({ hints }: HealthHints): void {
	hints.add(BLIND);
}

/** True once a list that did not ask for closed tickets held one. */
export function showsClosed({ hints }: HealthHints): boolean {
	return hints.has(CLOSED_SHOWN);
}

/** @param isOpen whether a ticket in this status is open; null = its status does not tell */
export function noteClosed(
	{ hints }: HealthHints,
	rows: readonly TicketRow[],
	isOpen: (statusId: number) => boolean | null,
): void {
	if (rows.some(({ status_id }) => isOpen(status_id) === false)) hints.add(CLOSED_SHOWN);
}

/** True for a ticket that carries the pack's word, whatever its reference. */
export function isOurs({ details, summary }: Pick<TicketRow, 'summary' | 'details'>): boolean {
	return [summary, details].some((text) => text.includes(`(${REFERENCE_WORD}`));
}
