/** What a check came to. `not testable`: Halo does not say, or a check before it failed. */
export const CHECK_STATES = ['ok', 'failed', 'not testable'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** Layers in the order in which Halo would refuse. */
export const CHECK_LAYERS = ['Address', 'Sign-in', 'Scopes', 'Agent', 'Tickets', 'Other'] as const;
export type CheckLayer = (typeof CHECK_LAYERS)[number];

/** One line of the report. */
export type CheckLine = {
	layer: CheckLayer;
	/** What was checked, in the words of Halo's screens. */
	check: string;
	state: CheckState;
	/** What was seen, without secrets. */
	seen: string;
	/** What to do, with the menu path; null when there is nothing to do. */
	fix: string | null;
};

export function okLine(
	layer: CheckLayer,
	check: string,
	seen: string,
	advice: string | null = null,
): CheckLine {
	return { layer, check, state: 'ok', seen, fix: advice };
}

export function failedLine(layer: CheckLayer, check: string, seen: string, fix: string): CheckLine {
	return { layer, check, state: 'failed', seen, fix };
}

export function untestableLine(
	layer: CheckLayer,
	check: string,
	seen: string,
	fix: string | null = null,
): CheckLine {
	return { layer, check, state: 'not testable', seen, fix };
}

/** What the lines come to. */
export type CheckSummary = {
	/** True when nothing failed. */
	ready: boolean;
	message: string;
	ok: number;
	failed: number;
	notTestable: number;
	requests: number;
	/** ISO 8601 in UTC. */
	checkedAt: string;
};

/**
 * Counts the lines and says what they mean.
 * @param failureText what guides tell people to look for when anything fails
 * @param requests sent to Halo, tokens included
 */
export function summarise(
	lines: readonly CheckLine[],
	failureText: string,
	requests: number,
	checkedAt: string,
): CheckSummary {
	const count = (state: CheckState): number => lines.filter((line) => line.state === state).length;
	const first = lines.find(({ state }) => state === 'failed');
	return {
		ready: first === undefined,
		message:
			first === undefined
				? 'Nothing failed. What cannot be tested by reading stands under "not testable".'
				: `${failureText} First: ${first.check}. ${first.seen} Next: ${first.fix ?? ''}`,
		ok: count('ok'),
		failed: count('failed'),
		notTestable: count('not testable'),
		requests,
		checkedAt,
	};
}
