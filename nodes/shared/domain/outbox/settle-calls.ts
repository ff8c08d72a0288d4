import type { ErrorRow } from '../inbox/error-rows';
import { failureOf } from '../inbox/failure';
import { wholeCharacters } from '../values/cut';
import type { JsonRecord } from '../values/json';
import { readInteger } from '../values/read';
import type { CallUpdate } from './claim';

/** A call that was tried, with what came of it. */
export interface TriedCall {
	/** The item of `callsToMake`. */
	call: JsonRecord;
	/** What the node that called gave out, on either of its outputs. */
	answer: JsonRecord;
}

/** Last Sync of the workflow, in halo_sync_status. */
export type CallStatus = { integration: '(all)'; flow: string; enabled: true; lastSync: string };

/** What is to be written when calls were tried. */
export interface SettledCalls {
	rows: CallUpdate[];
	/** One when a call was taken. */
	status: CallStatus[];
	/** One for all that failed: people are told of an outage once. */
	errors: ErrorRow[];
}

/** An answer that belongs to no call. */
export class NoCallError extends Error {
	readonly nextStep =
		"In Call, name the node that says which calls are made: {{ $('…').item.json }}.";

	constructor(got: JsonRecord) {
		super(`Call needs the call that was made, got ${JSON.stringify(got).slice(0, 80)}`);
		this.name = 'NoCallError';
	}
}

const LONGEST_REASON = 500;

/**
 * What became of calls.
 * @param flow name of the workflow, as halo_sync_status has it
 * @param node that called, for halo_errors
 * @param now milliseconds since the epoch
 * @throws NoCallError
 */
export function settleCalls(
	tried: readonly TriedCall[],
	{ flow, node, now }: { flow: string; node: string; now: number },
): SettledCalls {
	const at = new Date(now).toISOString();
	const rows = tried.map(({ answer, call }): CallUpdate => {
		const id = readInteger(call.rowId);
		if (id === null) throw new NoCallError(call);
		const own = { id, tries: (readInteger(call.tries) ?? 0) + 1, doneAt: at };
		const failure = failureOf(answer);
		if (failure === '') {
			return { ...own, state: 'done', decision: 'sent', reason: 'The other side took it.' };
		}
		const reason = `Ticket ${readInteger(call.ticketId) ?? 'unknown'}: the call failed: ${failure}`;
		const short = wholeCharacters(reason, LONGEST_REASON);
		return { ...own, state: 'dead', decision: 'failed', reason: short };
	});
	const failed = rows.filter(({ state }) => state === 'dead');
	const [first] = failed;
	const others = failed.length > 1 ? ` (${failed.length} calls failed, this one first)` : '';
	return {
		rows,
		status:
			failed.length < rows.length
				? [{ integration: '(all)', flow, enabled: true, lastSync: at }]
				: [],
		errors:
			first === undefined
				? []
				: [
						{
							workflow: flow,
							node,
							direction: 'outgoing',
							cause: 'the other side did not take a call',
							message: `${first.reason}${others}`,
							at,
						},
					],
	};
}
