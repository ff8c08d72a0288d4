/** What one test ticket tells of a tenant, in the order in which it is found out. */
export const PROBE_FACTS = [
	'Making a ticket',
	'Answer to a create',
	'Where the ticket landed',
	'Times',
	'Rules on new tickets',
	'Members of list rows',
	'Details in list rows',
	'Pages and counts',
	'Search of summaries',
	'Search of details',
	'Time until it is found',
	'Filters',
	'Answer to an update',
	'Rewriting the details',
	'Longest details',
	'Action for notes',
	'Recipients of mail',
	'Way of closing',
	'Unit of the closure time',
	'Closed tickets in lists',
	'Reopening',
	'Flag hasbeenclosed',
	"Halo's webhook",
	'End of the test ticket',
] as const;
export type ProbeFact = (typeof PROBE_FACTS)[number];

/** Where a fact is answered in this pack: node or credential, then the field as the editor names it. */
export const PROBE_SETTINGS = {
	closureUnit: 'Halo Ticket > Closure Time Unit in Halo',
	ignoreActionsOf: 'Halo Ticket > Ignore Actions Of',
	secondLookup: 'Halo Ticket > Second Look-up by Details',
	noteOutcome: 'Halo Ticket > Note Action',
	closeStatus: 'Halo Ticket > Close Status',
	closingAgent: 'Halo Ticket > Closing Agent',
	profileFields: 'halo_profiles > fields',
	closingFields: 'halo_profiles > fieldsClose',
	profileUser: 'halo_profiles > user',
	payloadType: 'Halo Trigger > Payload Number',
	moreEvents: 'Halo Trigger > More Event Numbers',
} as const;
export type ProbeSetting = (typeof PROBE_SETTINGS)[keyof typeof PROBE_SETTINGS];

/**
 * What a fact came to. `as expected`: the pack's defaults fit. `differs`: the pack copes, or a setting makes it fit.
 * `wrong`: tickets would be lost, doubled or left open. `not tried`: a step before it failed, or there was nothing to try.
 */
export const PROBE_STATES = ['as expected', 'differs', 'wrong', 'not tried'] as const;
export type ProbeState = (typeof PROBE_STATES)[number];

/** One line of the report, made as a line of the check is. */
export interface ProbeLine {
	fact: ProbeFact;
	state: ProbeState;
	/** What was seen, without secrets. */
	seen: string;
	/** What to do about it; null when there is nothing to do. */
	suggests: string | null;
	/** The field that it is about; null when no field is. */
	setting: ProbeSetting | null;
}

export function expected(fact: ProbeFact, seen: string): ProbeLine {
	return { fact, state: 'as expected', seen, suggests: null, setting: null };
}

/** @param setting null where the pack copes by itself */
export function differs(
	fact: ProbeFact,
	seen: string,
	suggests: string,
	setting: ProbeSetting | null = null,
): ProbeLine {
	return { fact, state: 'differs', seen, suggests, setting };
}

export function wrong(
	fact: ProbeFact,
	seen: string,
	suggests: string,
	setting: ProbeSetting | null = null,
): ProbeLine {
	return { fact, state: 'wrong', seen, suggests, setting };
}

export function notTried(
	fact: ProbeFact,
	seen: string,
	suggests: string | null = null,
	setting: ProbeSetting | null = null,
): ProbeLine {
	return { fact, state: 'not tried', seen, suggests, setting };
}

/** One request of the test, without anything secret. */
export interface ProbeRequest {
	method: string;
	/** Path with its query. */
	path: string;
	/** 0 when no answer came. */
	status: number;
	ms: number;
}

/** What the lines come to. */
export interface ProbeSummary {
	/** True when nothing is wrong and the test ticket is closed. */
	ready: boolean;
	message: string;
	/** The test ticket; null when none was made. */
	ticketId: number | null;
	ticketUrl: string | null;
	/** True when the test ticket, if one was made, is closed. */
	closed: boolean;
	requests: ProbeRequest[];
}

/**
 * The lines in the order of the facts, one for each; a fact without a line was not tried.
 * @param reason why the facts that are missing were not tried
 */
export function completeProbe(lines: readonly ProbeLine[], reason: string): ProbeLine[] {
	return PROBE_FACTS.map(
		(fact) => lines.find((line) => line.fact === fact) ?? notTried(fact, reason),
	);
}

/** The sentence above the lines. */
export function probeMessage(lines: readonly ProbeLine[]): string {
	const first = lines.find(({ state }) => state === 'wrong');
	if (first !== undefined) {
		return `${first.fact}: ${first.seen} Next: ${first.suggests ?? ''}`;
	}
	const toSet = lines.filter(({ setting, state }) => setting !== null && state === 'differs');
	const other = lines.filter(({ state }) => state === 'differs').length - toSet.length;
	const copes = other === 0 ? '' : ` ${other} more differ, and need no setting.`;
	return toSet.length === 0
		? `Nothing to set.${copes}`
		: `To set: ${toSet.map(({ setting }) => setting).join('; ')}.${copes}`;
}
