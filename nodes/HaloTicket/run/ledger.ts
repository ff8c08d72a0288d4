import type { DecisionName } from '../../shared/domain/event/decision';
import type { TicketDecision } from '../../shared/domain/ticket/outcome';
import type { HaloApi } from '../../shared/halo/api';
import { failedDecision } from './failures';
import type { Work } from './work';

/** What is decided about one event. */
export interface Verdict {
	decision: DecisionName;
	reason: string;
	ticketId: number | null;
}

/** Keeps the decisions of a run, each with the requests sent since the one before. */
export class Ledger {
	/** Look-ups for the whole batch count on the first event that is handled. */
	private counted = 0;

	constructor(
		private readonly api: Pick<HaloApi, 'requests'>,
		private readonly ticketUrl: (id: number) => string,
		private readonly decisions: Map<number, TicketDecision>,
	) {}

	private spent(): number {
		const spent = this.api.requests - this.counted;
		this.counted = this.api.requests;
		return spent;
	}

	record({ desired, index }: Work, { decision, reason, ticketId }: Verdict): void {
		this.decisions.set(index, {
			decision,
			reason,
			reference: desired.reference,
			ticketId,
			ticketUrl: ticketId === null ? null : this.ticketUrl(ticketId),
			profile: desired.profile.name,
			requests: this.spent(),
		});
	}

	/** @param done what was done all the same; nothing when left out */
	fail(
		{ desired, index }: Work,
		error: unknown,
		done?: Pick<Verdict, 'reason' | 'ticketId'>,
	): void {
		const failed = failedDecision(error, desired.reference, desired.profile.name);
		const { reason, ticketId } = done ?? { reason: '', ticketId: null };
		this.decisions.set(index, {
			...failed,
			reason: `${reason} ${failed.reason}`.trim(),
			ticketId,
			ticketUrl: ticketId === null ? null : this.ticketUrl(ticketId),
			requests: this.spent(),
		});
	}

	/** Changes what was decided before, e.g. after the check for duplicates. Its requests are added. */
	amend({ index }: Pick<Work, 'index'>, change: (before: Verdict) => Verdict): void {
		const before = this.decisions.get(index);
		if (before === undefined) return;
		const { decision, reason, ticketId } = change(before);
		this.decisions.set(index, {
			...before,
			decision,
			reason,
			ticketId,
			ticketUrl: ticketId === null ? null : this.ticketUrl(ticketId),
			requests: before.requests + this.spent(),
		});
	}
}
