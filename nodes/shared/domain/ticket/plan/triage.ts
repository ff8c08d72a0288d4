import type { DecisionStamp } from '../../event/decision';
import type { ScannerEvent } from '../../event/event';
import type { Desired } from './types';

/** Operations of Halo Ticket that take events. */
export const EVENT_OPERATIONS = ['createOrClose', 'create', 'close'] as const;
export type EventOperation = (typeof EVENT_OPERATIONS)[number];

/**
 * What an event wants of its ticket. `createOrClose` goes by the event's status; `close` closes whatever reaches it,
 * since whoever wired it decided so; `create` makes tickets only.
 */
export function triage(
	event: ScannerEvent,
	operation: EventOperation,
): Desired['want'] | DecisionStamp {
	if (event.simulation) {
		return {
			decision: 'skipped_simulation',
			reason: 'A simulation or test event; it never makes a ticket.',
		};
	}
	if (event.status === 'info') {
		return {
			decision: 'skipped_info',
			reason: 'The event only informs; it neither opens nor resolves a problem.',
		};
	}
	if (event.status === 'suppressed') return 'suppressed';
	if (operation === 'close') return 'closed';
	if (event.status === 'open') return 'open';
	if (operation === 'createOrClose') return 'closed';
	return {
		decision: 'unchanged',
		reason:
			'The event reports the problem as resolved, and the operation Create only makes tickets.',
	};
}
