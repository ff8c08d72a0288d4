import type { FailureDetails, TicketDecision } from '../../shared/domain/ticket/outcome';
import {
	HaloAuthenticationError,
	HaloCancelledError,
	HaloError,
	haloCauseOf,
} from '../../shared/halo/http/errors';

function nextStepOf(error: unknown): string | null {
	if (typeof error !== 'object' || error === null || !('nextStep' in error)) return null;
	return typeof error.nextStep === 'string' && error.nextStep !== '' ? error.nextStep : null;
}

/** What an error says, for the item of the event that it struck. */
export function failureDetails(error: unknown): FailureDetails {
	const halo = error instanceof HaloError ? error : null;
	return {
		message: error instanceof Error ? error.message : String(error),
		cause: halo === null ? null : haloCauseOf(halo),
		nextStep: nextStepOf(error),
		status: halo?.status ?? null,
		method: halo?.method ?? null,
		path: halo?.path ?? null,
		haloMessage: halo?.haloMessage ?? null,
	};
}

/** The decision of an event that failed; the other events go on. */
export function failedDecision(
	error: unknown,
	reference: string | null = null,
	profile: string | null = null,
): TicketDecision {
	const details = failureDetails(error);
	return {
		decision: 'failed',
		reason: [details.message, details.nextStep].filter((part) => part !== null).join('. '),
		reference,
		ticketId: null,
		ticketUrl: null,
		profile,
		requests: 0,
		error: details,
	};
}

/** True when no further request of this run can succeed. */
export function endsTheRun(error: unknown): boolean {
	return error instanceof HaloAuthenticationError || error instanceof HaloCancelledError;
}
