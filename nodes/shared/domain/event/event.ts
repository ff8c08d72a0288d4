/** What a source says about the problem. Only `open` may make a ticket, only `resolved` may close one. */
export const EVENT_STATUSES = ['open', 'resolved', 'suppressed', 'info'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/**
 * Where an event's time comes from: the source; the source, written without a zone and read in the trigger's; the source,
 * which says only when the problem began; the receipt, because the source's clock is ahead of it; the receipt, because
 * the source gives none.
 */
export const TIME_ORIGINS = ['source', 'zone', 'start', 'ahead', 'receipt'] as const;
export type TimeOrigin = (typeof TIME_ORIGINS)[number];

/** From worst to least; `unknown` stands outside the order (see `isAtLeast` in severity.ts). */
export const SEVERITIES = [
	'critical',
	'high',
	'medium',
	'low',
	'informational',
	'unknown',
] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Why a problem is over, in the words of the ticket's closure note. */
export const RESOLUTION_REASONS = [
	'remediated',
	'approved',
	'denied',
	'manual',
	'expired',
] as const;
export type ResolutionReason = (typeof RESOLUTION_REASONS)[number];

/** The company as the source names it; every member may be unknown. */
export interface EventCompany {
	id: string | null;
	name: string | null;
	displayName: string | null;
	reference: string | null;
	domain: string | null;
}

export interface EventAsset {
	id: string | null;
	name: string | null;
	ip: string | null;
	mac: string | null;
	serial: string | null;
}

export interface EventUser {
	name: string | null;
	email: string | null;
}

export interface EventResolution {
	reason: ResolutionReason;
	byName: string | null;
	byEmail: string | null;
	scope: string | null;
	note: string | null;
}

export interface EventScan {
	id: string;
	scope: string;
	complete: boolean;
}

/**
 * One canonical record of something a source reported: one n8n item.
 * Every member is present, null when unknown, so that expressions in a workflow never throw.
 * Times are ISO 8601 in UTC with milliseconds. A type alias, so that it is assignable to n8n's item JSON.
 */
export type ScannerEvent = {
	source: string;
	/** What the trigger or poll that let it in is set to; part of its key, and which mapping rows count. */
	integration: string;
	/** Id of the delivery that brought it, for replay marking; never a reason to refuse an event. */
	deliveryId: string | null;
	/** Names the problem, never the firing: no severity, title, time, scan id or version in it. */
	dedupKey: string;
	/**
	 * Names what the source watches, for one whose own ids are new at each firing: the same monitor on the same device.
	 * A new problem with the recurrence key of one that is over is that problem come back. Null where the source has
	 * none, or where two findings could share it.
	 */
	recurrenceKey?: string | null;
	/** Set by Evaluate Event Set; one ticket per group key. */
	groupKey: string | null;
	status: EventStatus;
	category: string | null;
	/** Code of the event in the catalogue, e.g. `ports.opened.external`. */
	event: string | null;
	title: string;
	description: string | null;
	url: string | null;
	severity: Severity;
	rawSeverity: string | null;
	cvss: number | null;
	epss: number | null;
	kev: boolean;
	cves: string[];
	company: EventCompany;
	/** True when the trigger says whose it is (fixed or by its address): it then acts for this company alone. */
	companyBound: boolean;
	asset: EventAsset;
	user: EventUser;
	application: string | null;
	product: string | null;
	remediation: string | null;
	time: string;
	/** Where `time` comes from; left out, it is the source's own. */
	timeFrom?: TimeOrigin;
	firstSeen: string | null;
	lastSeen: string | null;
	resolution: EventResolution | null;
	scan: EventScan | null;
	/** True for test and simulation events; they never make a ticket. */
	simulation: boolean;
	/** The source's own record, only when the node is told to keep it. */
	raw: unknown;
};
