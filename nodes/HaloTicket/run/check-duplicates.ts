import { converge, type Made } from './converge';
import { failedDecision } from './failures';
import type { Ledger } from './ledger';
import type { Run } from './carry-out';

/** Looks after the tickets that were made whether another run made the same ones, and amends the decisions. */
export async function checkDuplicates(
	run: Run,
	made: readonly Made[],
	ledger: Ledger,
): Promise<void> {
	const [first] = made;
	if (first === undefined) return;
	try {
		for (const { made: one, mine, reason, ticketId } of await converge(run, made)) {
			for (const work of one.works) {
				ledger.amend(work, (before) => ({
					decision: mine || before.decision !== 'created' ? before.decision : 'unchanged',
					reason:
						mine || before.decision !== 'created'
							? `${before.reason} ${reason}`
							: `Another run made ticket ${ticketId} at the same time. ${reason}`,
					ticketId: before.ticketId === one.ticketId ? ticketId : before.ticketId,
				}));
			}
		}
	} catch (error) {
		// The tickets stand; only whether another run made the same ones is not known. The next run sees it.
		const words = failedDecision(error).reason;
		for (const { work } of made) {
			ledger.amend(work, (before) => ({
				...before,
				reason: `${before.reason} The check for duplicates failed: ${words}`,
			}));
		}
	}
	// The look-up itself counts on the first ticket.
	ledger.amend(first.work, (before) => before);
}
