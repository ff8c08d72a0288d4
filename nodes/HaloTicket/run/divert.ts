import { isLate, laterOf } from '../../shared/domain/event/order';
import { isFromPerson } from '../../shared/domain/event/person';
import { ownerWord } from '../../shared/domain/ticket/reference';
import { answers } from '../../shared/domain/ticket/view';
import { digestReferences, rosterKey } from '../../shared/domain/ticket/roster/roster';
import {
	chooseForTickets,
	roomLeft,
	type StormCandidate,
} from '../../shared/domain/ticket/roster/storm-room';
import { worstOf } from '../../shared/domain/ticket/group/now';
import type { Actual } from '../../shared/domain/ticket/plan/types';
import { readRosters, recentTickets, type Roster } from './read-rosters';
import type { Listed } from './look-up';
import type { Work } from './work';
import {
	endsNameless,
	memberOfWork,
	opening,
	type Prepared,
	type Problem,
	withoutUnclear,
} from './problem';
import { planWithReads, type Run } from './carry-out';
import type { TicketOptions } from '../read/options';
import { viewOfRow } from './views';

/** Problems that are on a roster, or go there. */
export interface Diverted {
	clientId: number;
	/** Reference of the roster. */
	reference: string;
	/** All that it may go by. */
	references: readonly [string, ...string[]];
	/** The roster as Halo has it; null = it is still to be made. */
	roster: Roster | null;
	works: [Work, ...Work[]];
}

export interface Diversion {
	/** To be made true one by one. */
	rest: Prepared[];
	diverted: Diverted[];
	/** Works that may be of several companies while the source names none. */
	ambiguous: Work[];
}

/** References of the roster that a new problem goes to instead of a ticket; null = it gets one. */
export type BaselineFor = (
	problem: Problem,
	clientId: number,
	rosters: readonly Roster[],
) => [string, ...string[]] | null;

/** What the run would do about a problem: make a ticket, find none at all, or work on one. */
type Fate = 'new' | 'missing' | 'there';

/** Plans the problem's first task that wants a ticket, and keeps the plan. */
async function fateOf(run: Run, one: Prepared): Promise<Fate> {
	const { actual, problem } = one;
	const task = problem.tasks.find((each) => opening(each) !== null);
	if (task === undefined) {
		const wanted = problem.works.flatMap(({ desired }) => desired.references);
		const there = actual.tickets.some(
			({ clientId, reference }) =>
				(reference === null || answers(wanted, reference)) &&
				(problem.clientId === null || clientId === problem.clientId),
		);
		return there ? 'there' : 'missing';
	}
	one.kept = await planWithReads(run, task.subject, actual);
	one.actual = one.kept.actual;
	return one.kept.plan.writes.some(({ kind }) => kind === 'create') ? 'new' : 'there';
}

async function fatesOf(run: Run, prepared: readonly Prepared[]): Promise<Map<Prepared, Fate>> {
	const fates = new Map<Prepared, Fate>();
	for (const one of prepared) {
		try {
			fates.set(one, await fateOf(run, one));
		} catch {
			// What cannot be read now fails this problem alone, when its turn comes.
			fates.set(one, 'there');
		}
	}
	return fates;
}

function clientOf(problem: Problem): number | null {
	return problem.clientId ?? opening(problem)?.desired.clientId ?? null;
}

/** True when somebody waits for the answer: what a person asks for or reports has a ticket of its own. */
function isAsked({ works }: Problem): boolean {
	return works.some(({ desired, event }) => desired.want === 'open' && isFromPerson(event));
}

function candidateOf({ reference, works }: Problem): StormCandidate {
	const opens = works.filter(({ desired }) => desired.want === 'open').map(({ event }) => event);
	return {
		reference,
		severity: worstOf(opens),
		kev: opens.some(({ kev }) => kev),
	};
}

/**
 * Sorts out what gets no ticket of its own: problems that a roster of their client names already, and new ones above the
 * client's storm cap.
 * @throws HaloError when a roster cannot be read
 */
export async function divertToRosters(
	run: Run,
	all: readonly Prepared[],
	listed: Listed | null,
	options: Pick<TicketOptions, 'stormCap' | 'stormExemptCap'>,
	blank: Actual,
	baselineFor: BaselineFor = () => null,
): Promise<Diversion> {
	const before = withoutUnclear(all, []);
	const fates = await fatesOf(run, before.clear);
	const unfound = before.clear.filter(
		(one) => fates.get(one) !== 'there' || endsNameless(one.problem),
	);
	const sorted: Diversion = { rest: [], diverted: [], ambiguous: before.unclear };
	if (unfound.length === 0) return { ...sorted, rest: before.clear };
	const clients = new Set(unfound.flatMap(({ problem }) => clientOf(problem) ?? []));
	const anywhere = unfound.some(
		({ problem }) => clientOf(problem) === null || endsNameless(problem),
	);
	const rosters = await readRosters(run, listed, anywhere ? null : clients, blank);
	const { clear: prepared, unclear } = withoutUnclear(before.clear, rosters);
	sorted.ambiguous.push(...unclear);
	const changed = prepared.filter((one) => !fates.has(one));
	for (const [one, fate] of await fatesOf(run, changed)) fates.set(one, fate);
	const byRoster = new Map<string, Diverted>();
	const divert = (
		clientId: number,
		references: readonly [string, ...string[]],
		works: readonly [Work, ...Work[]],
	): void => {
		const roster =
			rosters.find((one) => references.includes(one.reference) && one.clientId === clientId) ??
			null;
		const [reference] = references;
		const key = `${clientId} ${reference}`;
		const same = byRoster.get(key);
		if (same === undefined) {
			byRoster.set(key, { clientId, reference, references, roster, works: [...works] });
		} else same.works.push(...works);
	};
	const fresh: Prepared[] = [];
	for (const one of prepared) {
		const fate = fates.get(one);
		const { problem } = one;
		const clientId = clientOf(problem);
		const naming =
			fate === 'there'
				? []
				: rosters.filter(
						(roster) =>
							namedOn(roster, problem.references) &&
							(clientId === null || roster.clientId === clientId),
					);
		const struckOff = fate === 'new' ? strikerOf(problem, clientId, rosters) : undefined;
		const [roster = struckOff, second] = naming;
		if (roster !== undefined && (second === undefined || clientId !== null)) {
			divert(roster.clientId, roster.allReferences, problem.works);
		} else if (roster !== undefined) sorted.ambiguous.push(...problem.works);
		else if (fate !== 'new' || clientId === null || isAsked(problem)) sorted.rest.push(one);
		else {
			const baseline = baselineFor(problem, clientId, rosters);
			if (baseline === null) fresh.push(one);
			else divert(clientId, baseline, problem.works);
		}
	}
	const own = await chosen(run, fresh, listed, options);
	for (const one of fresh) {
		const clientId = clientOf(one.problem);
		if (clientId === null || own.has(one)) sorted.rest.push(one);
		else divert(clientId, digestReferences(run.seal, clientId), one.problem.works);
	}
	sorted.diverted = [...byRoster.values()];
	return sorted;
}

/** The roster that a problem was struck off after all reports of it that are to be handled now. */
function strikerOf(
	{ works }: Problem,
	clientId: number | null,
	rosters: readonly Roster[],
): Roster | undefined {
	const opens = works.filter(({ desired }) => desired.want === 'open');
	return rosters.find(
		(roster) =>
			roster.clientId === clientId &&
			opens.every((work) => isLate(work.event, timeOnRoster(work, roster))),
	);
}

/** When the newest event of a work's problem was, as the roster records it; null where it never named it. */
function timeOnRoster(work: Work, { times }: Roster): string | null {
	const member = memberOfWork(work);
	return work.desired.references.reduce<string | null>(
		(newest, reference) => laterOf(newest, times.get(rosterKey(reference, member)) ?? null),
		null,
	);
}

/** Of new problems those that get tickets of their own. */
async function chosen(
	run: Run,
	fresh: readonly Prepared[],
	listed: Listed | null,
	{ stormCap, stormExemptCap }: Pick<TicketOptions, 'stormCap' | 'stormExemptCap'>,
): Promise<Set<Prepared>> {
	const byClient = new Map<number, Prepared[]>();
	for (const one of fresh) {
		const clientId = clientOf(one.problem);
		if (clientId !== null) byClient.set(clientId, [...(byClient.get(clientId) ?? []), one]);
	}
	if (stormCap === 0 || byClient.size === 0) return new Set(fresh);
	const recent = await recentTickets(run, listed, new Set(byClient.keys()));
	const own = new Set<Prepared>();
	for (const [clientId, same] of byClient) {
		const tickets = recent
			.filter(({ client_id }) => client_id === clientId)
			.map((row) => viewOfRow(row, run.known, run.seal));
		const room = roomLeft(tickets, { cap: stormCap, exemptCap: stormExemptCap }, run.now());
		const references = chooseForTickets(
			same.map(({ problem }) => candidateOf(problem)),
			room,
		);
		for (const one of same) if (references.has(one.problem.reference)) own.add(one);
	}
	return own;
}

/** True when a roster names the problem; looked for one by one only where no company is named. */
function namedOn(roster: Roster, references: readonly string[]): boolean {
	if (references.some((reference) => roster.references.has(reference))) return true;
	return (
		references.some((reference) => ownerWord(reference) === null) &&
		[...roster.references].some((reference) => answers(references, reference))
	);
}

/** Key of a work on a roster: the one that stands there, which may be of the previous signing key. */
export function keyOnRoster(work: Work, roster: Roster | null): string {
	const member = memberOfWork(work);
	const keys = work.desired.references.map((reference) => rosterKey(reference, member));
	const standing = keys.find((key) => roster?.members.has(key));
	if (standing !== undefined) return standing;
	const own = rosterKey(work.desired.reference, member);
	if (roster === null || ownerWord(work.desired.reference) !== null) return own;
	// The event names no company: the entry of the one that the roster knows is meant.
	const named = [...roster.references].find((reference) =>
		answers(work.desired.references, reference),
	);
	return named === undefined ? own : rosterKey(named, member);
}
