import type { ScannerEvent } from '../../event/event';
import { isLate, laterOf, lateWords } from '../../event/order';
import { stateOf, type TicketState } from '../state';
import type { Sorted } from './candidates';
import { noWrites, type Plan } from './types';

/**
 * The plan for an event that is older than what a ticket of its problem records; null for any other.
 * @param sorted the tickets of the problem; what is recorded on one of another client counts for nothing
 */
export function planLate(event: ScannerEvent, { closed, open }: Sorted): Plan | null {
	for (const { own, ticket } of [...open, ...closed]) {
		const recorded = own.state?.newestAt ?? null;
		if (recorded === null || !isLate(event, recorded)) continue;
		return noWrites('unchanged', lateWords(event, recorded, ticket.id), ticket.id);
	}
	return null;
}

/** What is recorded of a problem once the event was told. @param state null = nothing is recorded yet */
export function recorded(state: TicketState | null, event: ScannerEvent): TicketState {
	const before = state ?? stateOf(event);
	return { ...before, newestAt: laterOf(before.newestAt, event.time) };
}
