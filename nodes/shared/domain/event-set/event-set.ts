import type { Severity } from '../event/event';
import type { AssetPattern } from './asset-pattern';

/** What one ticket stands for: the vendor's Notify By. */
export const GROUPINGS = ['problem', 'company', 'asset', 'product', 'asset and product'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A span in which nothing is ticketed: every week at the same hours, or once. */
export type MaintenanceWindow = {
	name: string;
	/** IANA name, e.g. `Europe/Berlin`. */
	timeZone: string;
	/** Names or ids of companies; empty = all. */
	companies: readonly string[];
} & (
	| {
			kind: 'weekly';
			/** Days on which it begins: 1 = Monday to 7 = Sunday. */
			days: readonly number[];
			/** `HH:mm`; a `to` that is not after `from` is on the next day. */
			from: string;
			to: string;
	  }
	| {
			kind: 'once';
			/** Local time of the zone without an offset, `2026-05-04T22:00`. */
			start: string;
			end: string;
	  }
);

/** One rule of a set; the first one that holds for an event decides. */
export interface EventRule {
	/** For reasons; null = its number is shown. */
	name: string | null;
	action: 'ticket' | 'ignore';
	/** Codes in lower case; `*` stands for anything. */
	events: readonly string[];
	/** Names of categories that are taken whole. */
	categories: readonly string[];
	/** Null = that of the set. */
	minSeverity: Severity | null;
	includeUnknown: boolean | null;
	kevOnly: boolean;
	/** 0 to 1; an event without EPSS does not reach it. */
	minEpss: number | null;
	/** Names or ids of companies of the source; empty = all. */
	companies: readonly string[];
	notCompanies: readonly string[];
	/** Matches name, IP or id of the asset. */
	assetPattern: AssetPattern | null;
	/** True when events that only inform may make a ticket. */
	includeInfo: boolean;
}

/** Which events make a ticket, and how they are grouped. */
export interface EventSet {
	name: string;
	/** Only events of this integration; null = of every one. */
	integration: string | null;
	/** Where it stands, for people: `row 3`, `this node`. */
	origin: string;
	isDefault: boolean;
	enabled: boolean;
	grouping: Grouping;
	/** Grouping of remediations when one of "Remediation by …" is chosen; null = that of the set. */
	remediationGrouping: Grouping | null;
	minSeverity: Severity;
	includeUnknown: boolean;
	rules: readonly EventRule[];
	maintenance: readonly MaintenanceWindow[];
}

/** Lowest severity that makes a ticket when nothing is said. */
export const DEFAULT_MIN_SEVERITY: Severity = 'high';

/** Takes every event; what a rule leaves out is as here. */
export const RULE_FOR_ALL: EventRule = {
	name: null,
	action: 'ticket',
	events: ['*'],
	categories: [],
	minSeverity: null,
	includeUnknown: null,
	kevOnly: false,
	minEpss: null,
	companies: [],
	notCompanies: [],
	assetPattern: null,
	includeInfo: false,
};

/** All events, severity high and above, also those whose severity is unknown, one ticket per problem. */
export const DEFAULT_EVENT_SET: EventSet = {
	name: 'Default',
	integration: null,
	origin: 'this node',
	isDefault: true,
	enabled: true,
	grouping: 'problem',
	remediationGrouping: null,
	minSeverity: DEFAULT_MIN_SEVERITY,
	includeUnknown: true,
	rules: [RULE_FOR_ALL],
	maintenance: [],
};

/** A setting of an event set that cannot be used. The message names the set and the setting. */
export class EventSetError extends Error {
	constructor(
		message: string,
		readonly nextStep: string,
	) {
		super(message);
		this.name = 'EventSetError';
	}
}
