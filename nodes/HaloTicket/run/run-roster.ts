import { lastWins } from '../../shared/domain/ticket/group/now';
import { digestReference } from '../../shared/domain/ticket/roster/roster';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { planList, type ListDesired } from '../../shared/domain/ticket/roster/plan';
import { bySeverity } from '../../shared/domain/event/severity';
import { inEventOrder } from '../../shared/domain/ticket/plan/triage';
import type { Made } from './converge';
import { endsTheRun } from './failures';
import type { Ledger } from './ledger';
import type { Work } from './prepare';
import { changeOf, extrasOf } from './problem';
import { lately, recordEach, type Processed } from './run-problem';
import { carryOut, type Run } from './carry-out';
import { keyOnList, type Diverted } from './divert';

/** What a list is called, and says of itself. */
export interface ListText {
	title: string;
	text: string;
}

/** Words of a digest. @param cap new tickets per hour */
export function digestText(client: string, cap: number): ListText {
	return {
		title: `More findings at ${client} than tickets`,
		text: `More than ${cap} new problems were reported for ${client} within an hour. The most severe ones have tickets of their own; the others stand in the private notes of this ticket. Each is struck off when its source reports it as resolved; the last one closes this ticket.`,
	};
}

/** Words of a baseline: what was there when a source was first connected. */
export function baselineText(client: string, source: string): ListText {
	return {
		title: `Baseline of ${source} at ${client}`,
		text: `What ${source} reported at ${client} when it was first compared stands in the private notes of this ticket and gets no tickets of its own. Each is struck off when a scan no longer names it; the last one closes this ticket. Closed by hand, it still counts.`,
	};
}

/** What a list should say after the works. The profile is that of its most severe problem. */
export function listDesired(
	{ book, clientId, reference, works }: Diverted,
	textOf: (client: string) => ListText,
): ListDesired {
	const sorted = inEventOrder(works);
	const { accepted, closes, opens, overruled } = lastWins(
		sorted.map((work) => changeOf(work, keyOnList(work))),
	);
	const [lead] = [...sorted].sort((left, right) =>
		bySeverity(left.event.severity, right.event.severity),
	);
	if (lead === undefined) throw new TypeError('A list is written for at least one event');
	const clientName =
		works.find(({ desired }) => desired.clientName !== null)?.desired.clientName ??
		book?.actual.tickets[0]?.clientName ??
		null;
	return {
		reference,
		clientId,
		clientName,
		profile: lead.desired.profile,
		...extrasOf(works),
		...textOf(clientName ?? `client ${clientId}`),
		adds: opens,
		strikes: closes,
		told: accepted,
		overruled,
		reopens: reference === digestReference(clientId),
		gone: [],
		closing: null,
	};
}

/** Makes a list true in Halo: one plan for all its works. Failures become decisions. */
export async function processList(
	run: Run,
	list: ListDesired,
	works: readonly Work[],
	before: Actual,
	ledger: Ledger,
): Promise<Processed> {
	const [lead] = works;
	try {
		const planner = (actual: Actual, now: number) => planList(list, actual, run.options, now);
		const done = await carryOut(run, planner, list, before);
		recordEach(works, done, run, ledger);
		if (done.madeId === null || lead === undefined) return { made: [], stop: null };
		const made: Made = {
			kind: 'list',
			work: lead,
			works,
			list,
			desired: list,
			...lately(done),
		};
		return { made: [made], stop: null };
	} catch (error) {
		for (const work of works) ledger.fail(work, error);
		return { made: [], stop: endsTheRun(error) ? error : null };
	}
}
