import type { ScannerEvent } from '../../shared/domain/event/event';
import { silentSince } from '../../shared/domain/event/order';
import { groupSubject } from '../../shared/domain/ticket/group/plan';
import { missesOn } from '../../shared/domain/ticket/roster/roster';
import { scanMark } from '../../shared/domain/ticket/miss';
import { rosterSubject } from '../../shared/domain/ticket/roster/plan';
import { foundAt, unmatchedWords } from '../../shared/domain/ticket/scan/asset-scope';
import { planMisses } from '../../shared/domain/ticket/scan/plan-misses';
import { problemSubject } from '../../shared/domain/ticket/plan/event';
import type { Actual, Desired, Subject } from '../../shared/domain/ticket/plan/types';
import type { ResolvedProfile } from '../../shared/domain/profile/resolve';
import { isNoted } from '../../shared/domain/ticket/noted-state';
import { withRecord } from '../../shared/domain/ticket/plan/candidates';
import type { TicketRow } from '../../shared/halo/records/records';
import { decisionWithout, type TicketDecision } from '../../shared/domain/ticket/outcome';
import {
	compareScan,
	goneEvent,
	judge,
	plainTitle,
	refusalWords,
	refuseScan,
	seenKeys,
	type Absence,
	type MissRules,
	type ScannedTicket,
	type ScanScope,
	unmatchedAssets,
	unscannedWords,
} from '../../shared/domain/ticket/scan/compare';
import { endsTheRun, failedDecision } from './failures';
import { isRoster, openTickets, readRosters, type Roster } from './read-rosters';
import { carryOut, supply, type Run } from './carry-out';
import type { ScanRequest } from '../read/scan';
import { viewOfRow } from './views';

/** What a scan's silence led to: a decision without an item of its own. */
export interface ScanFinding {
	event: ScannerEvent;
	decision: TicketDecision;
}

export interface ScanAround {
	blank: Actual;
	/** What tickets are closed with. */
	profile: ResolvedProfile;
	mostPercent: number;
	/** Complete scans in a row that must not name a problem before it counts as gone. */
	misses: number;
	ticketUrl(id: number): string;
}

interface OneScope {
	run: Run;
	scan: ScanRequest;
	scope: ScanScope;
	/** Keys of all problems that the scan named, see `seenKeys`. */
	seen: ReadonlySet<string>;
	/** The source as it writes itself. */
	source: string;
	around: ScanAround;
}

/**
 * Closes what a scan no longer sees within its scope: tickets of the same source, client and assets only. An empty scan,
 * one that is not complete, and one that would end too much at once close nothing, and say so. An asset without any finding counts as not scanned
 * unless the scan names it.
 * @throws HaloError when the open tickets cannot be read; nothing was closed then
 */
export async function closeAbsent(
	run: Run,
	scan: ScanRequest,
	around: ScanAround,
): Promise<ScanFinding[]> {
	const nothing = { run, scan, around, source: [...scan.sources.values()][0] ?? 'scan' };
	if (scan.clientIds.size === 0 || scan.sources.size === 0) {
		const missing = scan.clientIds.size === 0 ? 'Client' : 'Source';
		return [
			spoken(nothing, null, {
				decision: 'failed',
				reason: `The scan brought no findings, and ${missing} is empty: there is nothing to compare with. Fill it in.`,
			}),
		];
	}
	const rows = await openTickets(run, scan.clientIds);
	const notes = await notesWithRecords(run, rows, around.blank);
	const rosters = await readRosters(run, null, scan.clientIds, around.blank);
	const scanned = rows.flatMap((row): ScannedTicket[] => {
		const view = viewOfRow(row, run.known, run.seal);
		const known = withRecord(view, notes);
		const ticket = 'kind' in known ? view : known;
		const { reference, state } = ticket;
		if (reference === null || state === null || isRoster(row)) return [];
		return [{ kind: state.members === null ? 'problem' : 'group', ticket, reference, state }];
	});
	const listed = rosters.flatMap((roster): ScannedTicket[] => {
		const ticket = roster.actual.tickets.find(({ open }) => open !== false);
		if (ticket === undefined) return [];
		const misses = missesOn(roster.actual.actions.get(ticket.id) ?? [], [roster.reference]);
		return [
			{ kind: 'roster', ticket, reference: roster.reference, members: roster.members, misses },
		];
	});
	const seen = new Set(
		[...scan.named].flatMap((key) => seenKeys(key, run.seal.referencesOf(key, null))),
	);
	const findings: ScanFinding[] = [];
	for (const clientId of scan.clientIds) {
		for (const [word, source] of scan.sources) {
			const found = foundAt(scan, clientId, word);
			const scope: ScanScope = { source: word, clientId, named: scan.assets, found };
			const one: OneScope = { run, scan, scope, seen, source, around: { ...around, blank: notes } };
			findings.push(...(await inScope(one, [...scanned, ...listed], rosters)));
		}
	}
	const marks = scan.found.flatMap((asset) => asset.marks);
	const reason = unmatchedWords(unmatchedAssets(scan.assets, [...scanned, ...listed], marks));
	if (reason !== null) findings.push(spoken(nothing, null, { decision: 'unchanged', reason }));
	return findings;
}

/** The notes of tickets that keep there what is recorded of them; of other tickets nothing is read. */
async function notesWithRecords(
	run: Run,
	rows: readonly TicketRow[],
	blank: Actual,
): Promise<Actual> {
	let actual = blank;
	for (const { id } of rows.filter(isNoted)) {
		actual = await supply(run, { kind: 'actions', ticketId: id }, actual);
	}
	return actual;
}

async function inScope(
	one: OneScope,
	scanned: readonly ScannedTicket[],
	rosters: readonly Roster[],
): Promise<ScanFinding[]> {
	const { around, run, scan, scope, seen } = one;
	const comparison = compareScan(scope, scanned, seen);
	const { mostPercent, misses } = around;
	const rules = { complete: scan.complete, empty: scan.named.size === 0, mostPercent };
	const refusal = refuseScan(comparison, rules);
	const findings: ScanFinding[] = [];
	const words = [
		refusal === null ? null : refusalWords(refusal, comparison, mostPercent),
		refusal === 'empty' ? null : unscannedWords(comparison),
	].filter((sentence) => sentence !== null);
	if (words.length > 0) {
		const decision = refusal === null || refusal === 'partial' ? 'kept_open' : 'failed';
		findings.push(spoken(one, null, { decision, reason: words.join(' ') }));
	}
	const counting = { needed: misses, scan: scanMark(scan.id, scan.latest, run.now()) };
	let stop: unknown = null;
	for (const unseen of comparison.unseen) {
		// A scan that cannot be trusted misses nothing; what it does name is there all the same.
		const absence = judge(refusal === null ? unseen : { ...unseen, missing: [] }, counting);
		const { back, gone, missed, ticket } = absence;
		if (back.length + gone.length + missed.length === 0) continue;
		try {
			if (stop !== null) throw stop;
			const finding = await settle(one, absence, counting, rosters);
			// What is there again has an item of its own.
			if (gone.length + missed.length > 0) findings.push(finding);
		} catch (error) {
			if (endsTheRun(error)) stop = error;
			findings.push({
				event: eventOf(one, absence),
				decision: {
					...failedDecision(error, ticket.reference, around.profile.name),
					ticketId: ticket.ticket.id,
					ticketUrl: around.ticketUrl(ticket.ticket.id),
				},
			});
		}
	}
	return findings;
}

function eventOf({ run, scan, source }: OneScope, { gone, ticket }: Absence): ScannerEvent {
	const state = ticket.kind === 'roster' ? null : ticket.state;
	const recorded = [state?.newestAt ?? null, ...gone.map(({ at }) => at ?? null)];
	return goneEvent({
		source,
		scanId: scan.id,
		title: plainTitle(ticket.ticket.summary),
		key: ticket.reference,
		state,
		now: silentSince(scan.latest, recorded, run.now()),
	});
}

/** Closes or strikes off what is gone, and records on the ticket what was only missed, or is there again. */
async function settle(
	one: OneScope,
	absence: Absence,
	counting: MissRules,
	rosters: readonly Roster[],
): Promise<ScanFinding> {
	const { around, run } = one;
	const { kind, reference, ticket } = absence.ticket;
	const event = eventOf(one, absence);
	const { clientId, clientName } = ticket;
	const desired: Desired = {
		want: 'closed',
		event,
		reference,
		references: [reference],
		clientId,
		clientName,
		profile: around.profile,
	};
	const roster =
		kind === 'roster'
			? rosters.find((other) => other.reference === reference && other.clientId === clientId)
			: undefined;
	const before: Actual = roster?.actual ?? {
		...around.blank,
		wanted: [reference],
		tickets: [ticket],
	};
	const sent = run.api.requests;
	const ended =
		absence.gone.length === 0 ? null : await carryOut(run, subjectFor(desired, absence), before);
	const plan: Subject['plan'] = (actual) => planMisses(absence, counting, actual);
	const recorded =
		absence.missed.length + absence.back.length === 0
			? null
			: await carryOut(run, { desired, plan }, ended?.actual ?? before);
	const ticketId = ended?.ticketId ?? ticket.id;
	const words = [
		...(ended === null ? [] : [goneWords(absence), ended.reason]),
		...(recorded === null || absence.missed.length === 0 ? [] : [recorded.reason]),
	];
	return {
		event,
		decision: {
			decision: ended?.decision ?? recorded?.decision ?? 'unchanged',
			reason: words.join(' '),
			reference,
			ticketId,
			ticketUrl: around.ticketUrl(ticketId),
			profile: around.profile.name,
			requests: run.api.requests - sent,
		},
	};
}

function goneWords({ gone, ticket }: Absence): string {
	if (ticket.kind === 'problem') return 'The scan no longer names this problem.';
	return `The scan no longer names ${gone.length} of its problems.`;
}

function subjectFor(desired: Desired, { gone, ticket }: Absence): Subject {
	const { event } = desired;
	if (ticket.kind === 'problem') return problemSubject(desired);
	if (ticket.kind === 'group') {
		const changes = gone.map(({ key }, index) => ({ index, key, want: 'closed' as const, event }));
		return groupSubject({ ...desired, groupKey: '', changes });
	}
	return rosterSubject({
		...desired,
		clientId: ticket.ticket.clientId,
		title: '',
		text: '',
		adds: [],
		strikes: [],
		told: [],
		overruled: new Map(),
		gone,
		closing: event,
		reopens: false,
	});
}

/** A decision about the scan itself. */
function spoken(
	{ around, run, scan, source }: Pick<OneScope, 'around' | 'run' | 'scan' | 'source'>,
	reference: string | null,
	{ decision, reason }: Pick<TicketDecision, 'decision' | 'reason'>,
): ScanFinding {
	const title = scan.id === null ? `Scan of ${source}` : `Scan ${scan.id} of ${source}`;
	const input = { source, scanId: scan.id, title, key: `scan|${source}`, state: null };
	return {
		event: { ...goneEvent({ ...input, now: run.now() }), status: 'info', resolution: null },
		decision: decisionWithout(decision, reason, reference, around.profile.name),
	};
}
