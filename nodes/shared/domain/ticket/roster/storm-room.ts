import type { Severity } from '../../event/event';
import { bySeverity } from '../../event/severity';
import type { TicketState } from '../state';

/** A problem that has no ticket yet. */
export interface StormCandidate {
	reference: string;
	severity: Severity;
	/** Known to be exploited. */
	kev: boolean;
}

export interface StormOptions {
	/** New tickets per client in a rolling hour; 0 = as many as there are. */
	cap: number;
	/** Critical and exploited ones beside those. */
	exemptCap: number;
}

/** Tickets that may still be made for a client now. */
export interface StormRoom {
	others: number;
	exempt: number;
}

/** The storm cap counts the tickets of this time, in milliseconds. */
export const STORM_WINDOW_MS = 3_600_000;

function isExempt({ kev, severity }: Pick<StormCandidate, 'kev' | 'severity'>): boolean {
	return kev || severity === 'critical';
}

/**
 * Room left, counted from the client's own tickets of the last hour: what they were made for is recorded on them.
 * @param tickets of one client; older ones count for nothing
 * @param now milliseconds since the epoch
 */
export function roomLeft(
	tickets: ReadonlyArray<{ state: TicketState | null; occurredAt: string | null }>,
	{ cap, exemptCap }: StormOptions,
	now: number,
): StormRoom {
	if (cap === 0) return { others: Infinity, exempt: Infinity };
	const recent = tickets
		.filter(
			({ occurredAt }) => occurredAt !== null && Date.parse(occurredAt) > now - STORM_WINDOW_MS,
		)
		.map(({ state }) => state);
	const exempt = recent.filter(
		(state) =>
			state !== null && isExempt({ kev: state.kev, severity: state.severity ?? 'unknown' }),
	).length;
	return {
		// What the exempt ones used above their own room counts here.
		others: Math.max(0, cap - (recent.length - exempt) - Math.max(0, exempt - exemptCap)),
		exempt: Math.max(0, exemptCap - exempt),
	};
}

/** Most severe first, exploited before the rest; the reference decides between equals, so that two runs choose alike. */
function byWeight(left: StormCandidate, right: StormCandidate): number {
	return (
		bySeverity(left.severity, right.severity) ||
		Number(right.kev) - Number(left.kev) ||
		left.reference.localeCompare(right.reference)
	);
}

/** Which of a client's new problems get tickets of their own; the others go to the client's digest. */
export function chooseForTickets(
	candidates: readonly StormCandidate[],
	room: StormRoom,
): Set<string> {
	let { exempt, others } = room;
	const chosen = new Set<string>();
	for (const candidate of [...candidates].sort(byWeight)) {
		if (isExempt(candidate) && exempt > 0) exempt -= 1;
		else if (others > 0) others -= 1;
		else continue;
		chosen.add(candidate.reference);
	}
	return chosen;
}
