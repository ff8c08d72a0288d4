import { lastWins } from '../../shared/domain/ticket/group/now';
import type { RosterDesired } from '../../shared/domain/ticket/roster/plan';
import { bySeverity } from '../../shared/domain/event/severity';
import { inEventOrder } from '../../shared/domain/event/order';
import { changeOf, extrasOf } from './problem';
import { keyOnRoster, type Diverted } from './divert';

/** What a roster is called, and says of itself. */
export interface RosterText {
	title: string;
	text: string;
}

/** Words of a digest. @param cap new tickets per hour */
export function digestText(client: string, cap: number): RosterText {
	return {
		title: `More findings at ${client} than tickets`,
		text: `More than ${cap} new problems were reported for ${client} within an hour. The most severe ones have tickets of their own; the others stand in the private notes of this ticket. Each is struck off when its source reports it as resolved; the last one closes this ticket.`,
	};
}

/** Words of a baseline: what was there when a source was first connected. */
export function baselineText(client: string, source: string): RosterText {
	return {
		title: `Baseline of ${source} at ${client}`,
		text: `What ${source} reported at ${client} when it was first compared stands in the private notes of this ticket and gets no tickets of its own. Each is struck off when a scan no longer names it; the last one closes this ticket. Closed by hand, it still counts.`,
	};
}

/** What a roster should say after the works. @param isDigest false for a baseline. The profile is that of its most severe problem. */
export function rosterDesired(
	{ roster, clientId, reference, references, works }: Diverted,
	isDigest: boolean,
	textOf: (client: string) => RosterText,
): RosterDesired {
	const sorted = inEventOrder(works);
	const { accepted, closes, opens, overruled } = lastWins(
		sorted.map((work) => changeOf(work, keyOnRoster(work, roster))),
	);
	const [lead] = [...sorted].sort((left, right) =>
		bySeverity(left.event.severity, right.event.severity),
	);
	if (lead === undefined) throw new TypeError('A roster is written for at least one event');
	const clientName =
		works.find(({ desired }) => desired.clientName !== null)?.desired.clientName ??
		roster?.actual.tickets[0]?.clientName ??
		null;
	return {
		reference,
		references,
		clientId,
		clientName,
		profile: lead.desired.profile,
		...extrasOf(works),
		...textOf(clientName ?? `client ${clientId}`),
		adds: opens,
		strikes: closes,
		told: accepted,
		overruled,
		reopens: isDigest,
		gone: [],
		closing: null,
	};
}
