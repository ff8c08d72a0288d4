import type { DecisionName } from '../event/decision';
import type { HaloCause } from '../event/halo-cause';

const DRY_RUN_NAMES: Partial<Record<DecisionName, DecisionName>> = {
	created: 'would_create',
	updated: 'would_update',
	noted: 'would_note',
	reopened: 'would_reopen',
	closed: 'would_close',
	digested: 'would_digest',
};

/** The name of a decision in a dry run: `would_…` for what would have written, the same for everything else. */
export function dryRunName(decision: DecisionName): DecisionName {
	return DRY_RUN_NAMES[decision] ?? decision;
}

/** What Halo said when an event failed, for the item's `error` member. */
export interface FailureDetails {
	message: string;
	/** Null when Halo was not asked. */
	cause: HaloCause | null;
	nextStep: string | null;
	status: number | null;
	method: string | null;
	path: string | null;
	haloMessage: string | null;
}

/** What Halo Ticket stamps on an event. */
export interface TicketDecision {
	decision: DecisionName;
	reason: string;
	reference: string | null;
	ticketId: number | null;
	ticketUrl: string | null;
	/** Name of the profile; null when none was chosen. */
	profile: string | null;
	/** Requests sent for this event; look-ups for a whole batch count on its first event. */
	requests: number;
	error?: FailureDetails;
}

/** A decision about an event that Halo was not asked about. */
export function decisionWithout(
	decision: DecisionName,
	reason: string,
	reference: string | null = null,
	profile: string | null = null,
): TicketDecision {
	return { decision, reason, reference, ticketId: null, ticketUrl: null, profile, requests: 0 };
}
