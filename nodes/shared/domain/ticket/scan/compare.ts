import { problemWord, referenceKey, referenceOfKey } from '../reference';
import type { ScannerEvent } from '../../event/event';
import { DEFAULT_INTEGRATION } from '../../event/integration';
import { memberKey, type Member } from '../member';
import { missedAgain, type Miss } from '../miss';
import type { TicketState } from '../state';
import type { TicketView } from '../view';

/** What one scan looked at: only what is in it may be taken as gone. */
export interface ScanScope {
	/** As `sourceWord` writes it. */
	source: string;
	clientId: number;
	/** Marks of the assets that were scanned, see `assetMark`; null = all of the client. */
	assets: ReadonlySet<string> | null;
}

/** An open ticket of the pack, as far as a scan is compared with it. */
export type ScannedTicket =
	| { kind: 'problem'; ticket: TicketView; reference: string; state: TicketState }
	| { kind: 'group'; ticket: TicketView; reference: string; state: TicketState }
	| {
			kind: 'roster';
			ticket: TicketView;
			reference: string;
			members: ReadonlyMap<string, Member>;
			misses: ReadonlyMap<string, Miss>;
	  };

/** A ticket with what the scan does not see of it; of a ticket for one problem that is the problem itself. */
export interface Unseen {
	ticket: ScannedTicket;
	missing: readonly Member[];
	/** Members that it sees while earlier scans did not. */
	back: readonly Member[];
}

export interface Comparison {
	/** Tickets that the scan says something new about. */
	unseen: readonly Unseen[];
	/** Open problems within the scope, on tickets and rosters. */
	open: number;
	/** How many of them the scan does not see. */
	gone: number;
}

/** How a problem is named in `seen`: by its own key in a group, by its references else. */
export function seenKeys(dedupKey: string, references: readonly string[]): string[] {
	return [memberKey(dedupKey), ...references.map(problemWord)];
}

function within({ assets, source }: ScanScope, member: Member): boolean {
	if (member.source !== source) return false;
	return assets === null || member.assets.some((mark) => assets.has(mark));
}

function ownKey({ key }: Member): string {
	const last = key.split('.').at(-1) ?? key;
	return problemWord(referenceOfKey(last));
}

/** The problems that a ticket stands for. A ticket that does not say its source stands for none that a scan may end. */
function problemsOf(scanned: ScannedTicket): Member[] {
	if (scanned.kind === 'roster') return [...scanned.members.values()];
	const { reference, state } = scanned;
	if (scanned.kind === 'group') return [...(state.members ?? [])];
	return state.source === null
		? []
		: [{ key: referenceKey(reference), assets: state.assets, source: state.source }];
}

/** What earlier scans did not name, by key. */
function missesOf(scanned: ScannedTicket): ReadonlyMap<string, Miss> {
	if (scanned.kind === 'roster') return scanned.misses;
	return new Map(scanned.state.missed.map((miss) => [miss.key, miss]));
}

/**
 * Compares open tickets with what a scan saw.
 * @param tickets open tickets of the scope's client
 * @param seen keys of all problems that the scan named, see `seenKey`
 */
export function compareScan(
	scope: ScanScope,
	tickets: readonly ScannedTicket[],
	seen: ReadonlySet<string>,
): Comparison {
	const unseen: Unseen[] = [];
	let open = 0;
	let gone = 0;
	for (const ticket of tickets) {
		if (ticket.ticket.clientId !== scope.clientId) continue;
		const misses = missesOf(ticket);
		const inside = problemsOf(ticket).filter((member) => within(scope, member));
		const missing = inside.filter((member) => !seen.has(ownKey(member)));
		const back = inside.filter((member) => seen.has(ownKey(member)) && misses.has(member.key));
		open += inside.length;
		gone += missing.length;
		if (missing.length + back.length > 0) unseen.push({ ticket, missing, back });
	}
	return { unseen, open, gone };
}

/** A ticket with what is to be done about it after a scan. */
export interface Absence {
	ticket: ScannedTicket;
	/** Members that enough scans in a row did not name. */
	gone: readonly Member[];
	/** Members that are counted as missed, and how often now. */
	missed: readonly Miss[];
	/** Members whose count starts over. */
	back: readonly Member[];
}

export interface MissRules {
	/** Mark of this scan, see `scanMark`. */
	scan: string;
	/** How many complete scans in a row must not name a problem before it counts as gone. */
	needed: number;
}

/** Tells what is gone from what was missed once more. */
export function judge({ back, missing, ticket }: Unseen, { needed, scan }: MissRules): Absence {
	const misses = missesOf(ticket);
	const counted = missing.map((member) => ({
		member,
		miss: missedAgain(member.key, scan, misses.get(member.key) ?? null),
	}));
	return {
		ticket,
		gone: counted.filter(({ miss }) => miss.count >= needed).map(({ member }) => member),
		missed: counted.filter(({ miss }) => miss.count < needed).map(({ miss }) => miss),
		back,
	};
}

/** Why a comparison must not close anything. */
export type ScanRefusal = 'empty' | 'too many' | 'partial';

export interface ScanRules {
	/** True when the scan covered its whole scope. */
	complete: boolean;
	/** True when the scan brought not a single finding. */
	empty: boolean;
	/** Largest share of the open problems, in per cent, that one scan may end. */
	mostPercent: number;
}

/** @returns null when the tickets may be closed */
export function refuseScan(
	{ gone, open }: Comparison,
	{ complete, empty, mostPercent }: ScanRules,
): ScanRefusal | null {
	if (gone === 0) return null;
	if (empty) return 'empty';
	if (!complete) return 'partial';
	return gone * 100 > open * mostPercent ? 'too many' : null;
}

/** Why, in words for a technician. */
export function refusalWords(
	refusal: ScanRefusal,
	{ gone, open }: Comparison,
	mostPercent: number,
): string {
	if (refusal === 'empty') {
		return `The scan brought no finding, while ${open} are open: that looks like a scan that failed. Nothing was closed. Look at the scanner; run the scan again.`;
	}
	if (refusal === 'partial') {
		return `The scan does not say that it is complete, so ${gone} of ${open} open problems that it does not name stay open.`;
	}
	return `The scan no longer names ${gone} of ${open} open problems, more than ${mostPercent} %. Nothing was closed. Look whether the scan reached all assets; if so, raise Most to Close (%) for one run.`;
}

/** Summary of a ticket without our marks. */
export function plainTitle(summary: string): string {
	return summary.replace(/ ?\(scan(?:ref [a-z ]{1,40}|roster|state in notes)\)/g, '').trim();
}

export interface GoneInput {
	/** Source as it writes itself. */
	source: string;
	/** Id of the scan; null when it has none. */
	scanId: string | null;
	title: string;
	key: string;
	state: TicketState | null;
	/** Milliseconds since the epoch. */
	now: number;
}

/** The event that a scan's silence stands for: the problem is over, because the scan no longer sees it. */
export function goneEvent({ key, now, scanId, source, state, title }: GoneInput): ScannerEvent {
	const scan = scanId === null ? 'the last complete scan' : `scan ${scanId}`;
	return {
		source,
		integration: DEFAULT_INTEGRATION,
		deliveryId: null,
		dedupKey: key,
		groupKey: null,
		status: 'resolved',
		category: null,
		event: null,
		title: title === '' ? 'Finding' : title,
		description: null,
		url: null,
		severity: state?.severity ?? 'unknown',
		rawSeverity: null,
		cvss: null,
		epss: null,
		kev: state?.kev ?? false,
		cves: [],
		company: { id: null, name: null, displayName: null, reference: null, domain: null },
		companyBound: false,
		asset: { id: null, name: null, ip: null, mac: null, serial: null },
		user: { name: null, email: null },
		application: null,
		product: null,
		remediation: null,
		time: new Date(now).toISOString(),
		firstSeen: null,
		lastSeen: null,
		resolution: {
			reason: 'remediated',
			byName: null,
			byEmail: null,
			scope: null,
			note: `No longer found by ${scan}.`,
		},
		scan: null,
		simulation: false,
		raw: null,
	};
}
