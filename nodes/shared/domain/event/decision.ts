import type { ScannerEvent } from './event';

/** Decisions after which Halo holds what the event said. */
export const ACTED = [
	'created',
	'updated',
	'noted',
	'reopened',
	'closed',
	'unchanged',
	'digested',
	'kept_open',
	'already_closed',
] as const;

/** What was done with an event. Every event in gives exactly one of these out. */
export const DECISIONS = [
	...ACTED,
	'not_found',
	'held_unmapped',
	'held_ambiguous',
	'skipped_event_set',
	'skipped_severity',
	'skipped_info',
	'skipped_suppressed',
	'skipped_scope',
	'skipped_mapping_off',
	'skipped_no_notification',
	'skipped_simulation',
	'skipped_maintenance',
	'skipped_replay',
	'failed',
	'would_create',
	'would_update',
	'would_note',
	'would_reopen',
	'would_close',
	'would_digest',
] as const;
export type DecisionName = (typeof DECISIONS)[number];

/** How a company was matched to its Halo client, in words for people. */
export type MappingMethod = 'explicit' | 'display name' | 'name' | 'reference' | 'fixed client';

/** The Halo client that a mapping names, with the mapping's flags; stamped by Map Company. */
export type EventMapping = {
	haloClientId: number;
	haloClientName: string | null;
	method: MappingMethod;
	/** Where the mapping stands: `pair 2`, `row 17`, `fixed client`. */
	origin: string;
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string | null;
	profile: string | null;
};

/** An event behind Map Company. `mapping` is null for a resolve whose source names no company. */
export type MappedEvent = ScannerEvent & { mapping: EventMapping | null };

/** An event behind Evaluate Event Set: its `groupKey` is set. */
export type EvaluatedEvent = MappedEvent & {
	groupKey: string;
	/** Name of the event set that decided. */
	eventSet: string;
	/** Name or number of the rule inside the set that let it through; null when the set has none. */
	rule: string | null;
};

/** The stamp that a node puts on an event when it decides about it. */
export type DecisionStamp = {
	decision: DecisionName;
	/** One sentence for a technician. */
	reason: string;
};
