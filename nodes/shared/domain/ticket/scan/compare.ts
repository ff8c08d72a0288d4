import { problemWord, referenceKey, referenceOfKey } from '../reference';
import type { ScannerEvent } from '../../event/event';
import { DEFAULT_INTEGRATION } from '../../event/integration';
import { memberKey, type Member } from '../member';
import { missedAgain, type Miss } from '../miss';
import type { TicketState } from '../state';
import type { TicketView } from '../view';
import { type AssetEntry, within } from './asset-scope';

/** What one scan looked at: only what is in it may be taken as gone. */
export interface ScanScope {
	/** As `sourceWord` writes it. */
	source: string;
	clientId: number;
	/** The assets that were scanned; none = those of which a finding came. */
	named: readonly AssetEntry[];
	/** Marks of all names of assets of which this scan brought a finding, see `assetMarks`. */
	found: ReadonlySet<string>;
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
	/** Open problems within the scope that the scan looked at, on tickets and rosters. */
	open: number;
	/** How many of them the scan does not see. */
	gone: number;
	/** Open problems on assets that count as not scanned. */
	unscanned: number;
}

/** How a problem is named in `seen`: by its own key in a group, by its references else. */
export function seenKeys(dedupKey: string, references: readonly string[]): string[] {
	return [memberKey(dedupKey), ...references.map(problemWord)];
}

/**
 * Whether a scan says anything about a problem that it does not name. A laptop that was off has no finding: of an asset
 * that is not named only a finding proves that it was reached. Its most certain name counts, because another device may
 * have its address by now.
 */
function wasScanned({ found, named }: ScanScope, { assets: [surest] }: Member): boolean {
	return named.length > 0 || surest === undefined || found.has(surest);
}

function isInside({ named, source }: ScanScope, member: Member): boolean {
	if (member.source !== source) return false;
	return named.length === 0 || named.some((entry) => within(entry, member.assets));
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
	const counts = { open: 0, gone: 0, unscanned: 0 };
	for (const ticket of tickets) {
		if (ticket.ticket.clientId !== scope.clientId) continue;
		const misses = missesOf(ticket);
		const inside = problemsOf(ticket).filter((member) => isInside(scope, member));
		const unnamed = inside.filter((member) => !seen.has(ownKey(member)));
		const missing = unnamed.filter((member) => wasScanned(scope, member));
		const back = inside.filter((member) => seen.has(ownKey(member)) && misses.has(member.key));
		const unscanned = unnamed.length - missing.length;
		counts.open += inside.length - unscanned;
		counts.gone += missing.length;
		counts.unscanned += unscanned;
		if (missing.length + back.length > 0) unseen.push({ ticket, missing, back });
	}
	return { unseen, ...counts };
}

/**
 * Which of the named assets nothing is known of: a typing mistake, or an asset without any problem.
 * @param found marks of the assets of all findings
 */
export function unmatchedAssets(
	named: readonly AssetEntry[],
	tickets: readonly ScannedTicket[],
	found: Iterable<string>,
): AssetEntry[] {
	const known = new Set(found);
	for (const ticket of tickets) {
		for (const { assets } of problemsOf(ticket)) for (const mark of assets) known.add(mark);
	}
	const marks = [...known];
	return named.filter((entry) => !within(entry, marks));
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
	{ gone, open, unscanned }: Comparison,
	{ complete, empty, mostPercent }: ScanRules,
): ScanRefusal | null {
	if (empty && gone + unscanned > 0) return 'empty';
	if (gone === 0) return null;
	if (!complete) return 'partial';
	return gone * 100 > open * mostPercent ? 'too many' : null;
}

/** Why, in words for a technician. */
export function refusalWords(
	refusal: ScanRefusal,
	{ gone, open, unscanned }: Comparison,
	mostPercent: number,
): string {
	if (refusal === 'empty') {
		return `The scan brought no finding, while ${open + unscanned} are open: that looks like a scan that failed. Nothing was closed. Look at the scanner; run the scan again.`;
	}
	if (refusal === 'partial') {
		return `The scan does not say that it is complete, so ${gone} of ${open} open problems that it does not name stay open.`;
	}
	return `The scan no longer names ${gone} of ${open} open problems, more than ${mostPercent} %. Nothing was closed. Look whether the scan reached all assets; if so, raise Most to Close (%) for one run.`;
}

/** What is said of assets that the scan may not have reached; null when there are none. */
export function unscannedWords({ unscanned }: Comparison): string | null {
	if (unscanned === 0) return null;
	const what = unscanned === 1 ? '1 open problem is' : `${unscanned} open problems are`;
	return `${what} on assets without any finding: they count as not scanned, and nothing of them is closed. Where they were scanned, name them in Assets.`;
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
	/** When it was over, milliseconds since the epoch. */
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
