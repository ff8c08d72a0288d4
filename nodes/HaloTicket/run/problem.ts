import { memberKey } from '../../shared/domain/ticket/member';
import { groupSubject } from '../../shared/domain/ticket/group/plan';
import { problemSubject } from '../../shared/domain/ticket/plan/event';
import { CAREFUL } from '../../shared/domain/event/traits';
import { isNameless, isUnclear } from '../../shared/domain/ticket/plan/owners';
import { ownerWord, problemWord } from '../../shared/domain/ticket/reference';
import { referencesOn } from '../../shared/domain/ticket/roster/roster';
import { answers, isAbout } from '../../shared/domain/ticket/view';
import type {
	Actual,
	Desired,
	GroupDesired,
	MemberChange,
} from '../../shared/domain/ticket/plan/types';
import { inEventOrder } from '../../shared/domain/event/order';
import type { Kept } from './carry-out';
import type { Roster } from './read-rosters';
import type { Task, Work } from './work';

/** What is looked for: tickets of a reference that its events carry. */
export interface Named {
	reference: string;
	/** All that it may go by, see `Desired`. */
	references: readonly string[];
}

/** All events of one run about one ticket: one problem, or a group of them. */
export interface Problem {
	reference: string;
	/** All that it may go by, see `Desired`. */
	references: readonly string[];
	/** What its events call it: events that name no company go with those of the one that is known, and call it otherwise. */
	names: readonly [Named, ...Named[]];
	/** Null = on any client: the source named no company. */
	clientId: number | null;
	/** In the order of the events' times. */
	works: readonly [Work, ...Work[]];
	/** What is planned one after the other: a group at once, a single problem event by event. */
	tasks: readonly [Task, ...Task[]];
}

/** A problem with what was found for it; what is read for it later is added. */
export interface Prepared {
	problem: Problem;
	actual: Actual;
	/** The plan that told whether a ticket will be made; null when none was made yet. */
	kept: Kept | null;
}

function isMember({ event, item }: Work): boolean {
	return item.groupKey !== event.dedupKey;
}

/** Key of a work's own problem inside its group; null when the ticket stands for it alone. */
export function memberOfWork(work: Work): string | null {
	return isMember(work) ? memberKey(work.event.dedupKey) : null;
}

/** Gathers events by the ticket that they are about, in the order in which their tickets first came up. */
export function problemsOf(works: readonly Work[]): Problem[] {
	const byReference = new Map<string, Work[]>();
	for (const work of works) {
		const same = byReference.get(work.desired.reference);
		if (same === undefined) byReference.set(work.desired.reference, [work]);
		else same.push(work);
	}
	joinFirings(byReference);
	joinWithoutOwner(byReference);
	return [...byReference].flatMap(([reference, same]) => split(reference, same));
}

/** An end that only names its alert goes with the reports that name what is watched as well. */
function joinFirings(byReference: Map<string, Work[]>): void {
	for (const [reference, works] of byReference) {
		const watching = [...byReference.values()].find((others) =>
			others.some(({ desired }) => desired.firing?.includes(reference) === true),
		);
		if (watching === undefined || watching === works) continue;
		watching.push(...works);
		byReference.delete(reference);
	}
}

/**
 * Events that name no company go with those of the one company that the batch reports the problem of, or else of the only
 * one that it names.
 */
function joinWithoutOwner(byReference: Map<string, Work[]>): void {
	const byProblem = new Map<string, Work[][]>();
	for (const [reference, works] of byReference) {
		if (ownerWord(reference) === null) continue;
		const word = problemWord(reference);
		const same = byProblem.get(word);
		if (same === undefined) byProblem.set(word, [works]);
		else same.push(works);
	}
	for (const [reference, works] of byReference) {
		if (ownerWord(reference) !== null) continue;
		const owned = byProblem.get(reference) ?? [];
		const reported = owned.filter((same) => same.some(({ desired }) => desired.want === 'open'));
		const [only, second] = reported.length > 0 ? reported : owned;
		if (only === undefined || second !== undefined) continue;
		only.push(...works);
		byReference.delete(reference);
	}
}

/** A company that was mapped anew within the batch has a group on each client; a single problem plans per event. */
function split(reference: string, works: readonly Work[]): Problem[] {
	const grouped = works.some(isMember);
	const clients = [...new Set(works.flatMap(({ desired }) => desired.clientId ?? []))];
	const [only] = clients;
	if (!grouped || clients.length <= 1) {
		return problem(reference, clients.length > 1 ? null : (only ?? null), grouped, works);
	}
	return clients.flatMap((clientId, place) =>
		problem(
			reference,
			clientId,
			grouped,
			// Events without a client go with the first one.
			works.filter(
				({ desired }) => (desired.clientId ?? (place === 0 ? clientId : null)) === clientId,
			),
		),
	);
}

function problem(
	reference: string,
	clientId: number | null,
	grouped: boolean,
	works: readonly Work[],
): Problem[] {
	const [first, ...rest] = inEventOrder(works);
	if (first === undefined) return [];
	const named = works.find(({ desired }) => desired.reference === reference) ?? first;
	const { references } = named.desired;
	const names = new Map(
		works.map(({ desired }) => [desired.reference, desired.references] as const),
	);
	names.delete(reference);
	const others = [...names].map(([other, all]): Named => ({ reference: other, references: all }));
	const about: Omit<Problem, 'tasks'> = {
		reference,
		references,
		names: [{ reference, references }, ...others],
		clientId,
		works: [first, ...rest],
	};
	const task = (work: Work): Task => ({ subject: problemSubject(work.desired), works: [work] });
	const tasks: Problem['tasks'] = grouped
		? [{ subject: groupSubject(groupDesired(about)), works: about.works }]
		: [task(first), ...rest.map(task)];
	return [{ ...about, tasks }];
}

/** A work as a change of one member, under its key in the group or on a roster. */
export function changeOf(work: Work, key: string): MemberChange {
	return { index: work.index, key, want: work.desired.want, event: work.event };
}

/** What the first event that wants a ticket gives it beyond the profile. */
export function extrasOf(works: readonly Work[]): Pick<Desired, 'extras'> {
	const extras = works.find(({ desired }) => desired.extras !== undefined)?.desired.extras;
	return extras === undefined ? {} : { extras };
}

/** What a group should become. */
function groupDesired({
	clientId,
	reference,
	references,
	works,
}: Omit<Problem, 'tasks'>): GroupDesired {
	const lead = works.find(({ desired }) => desired.clientId === clientId) ?? works[0];
	return {
		reference,
		references,
		clientId,
		clientName: lead.desired.clientName,
		profile: lead.desired.profile,
		...extrasOf(works),
		groupKey: lead.item.groupKey,
		changes: works.map((work) =>
			changeOf(work, memberOfWork(work) ?? memberKey(work.event.dedupKey)),
		),
	};
}

/** The first event that wants a ticket, as one that stands for all; null when none does. */
export function opening({ works }: Pick<Problem, 'works'>): Work | null {
	return works.find(({ desired }) => desired.want === 'open') ?? null;
}

/**
 * True when an end among the works names no company and its key may be another company's too: whose it may be must be
 * known before it ends anything.
 */
export function endsNameless({ works }: Problem): boolean {
	return works.some(
		({ desired }) =>
			isNameless(desired) &&
			desired.want !== 'open' &&
			(desired.traits ?? CAREFUL).keys === 'shared',
	);
}

/** One word for each owner that the batch names, under every signing key. */
function aliasesOf(prepared: readonly Prepared[]): Map<string, string> {
	const aliases = new Map<string, string>();
	for (const { desired } of prepared.flatMap(({ problem }) => problem.works)) {
		const current = ownerWord(desired.reference);
		for (const reference of desired.references) {
			const word = ownerWord(reference);
			if (word !== null && current !== null) aliases.set(word, current);
		}
	}
	return aliases;
}

/** References of the problems that have the key of a work: in the batch, on tickets, on rosters. */
function sameKey(
	{ desired }: Work,
	{ actual }: Prepared,
	prepared: readonly Prepared[],
	rosters: readonly Roster[],
): { there: string[]; closed: string[] } {
	const { references } = desired;
	const batch = prepared.flatMap(({ problem }) =>
		problem.works.flatMap((work) =>
			!isNameless(work.desired) && work.desired.want === 'open' ? [work.desired.reference] : [],
		),
	);
	const listed = rosters.flatMap((roster) => [...roster.references]);
	const tickets = actual.tickets.filter(
		(ticket) => !ticket.doubtful && isAbout(ticket, references),
	);
	const of = (isOver: boolean): string[] =>
		tickets.flatMap(({ open, reference }) =>
			(open === false) === isOver ? (reference ?? []) : [],
		);
	const own = [...batch, ...listed].filter((one) => answers(references, one));
	const struck = rosters.flatMap(({ times }) => [...referencesOn(times)]);
	return {
		there: [...own, ...of(false)],
		closed: [...of(true), ...struck.filter((one) => answers(references, one))],
	};
}

/**
 * Takes out the events that name no company and may be about the problem of another company than they would be taken
 * for. Events of groups always name one.
 * @param rosters those that were read so far
 */
export function withoutUnclear(
	prepared: readonly Prepared[],
	rosters: readonly Roster[],
): { clear: Prepared[]; unclear: Work[] } {
	const aliases = aliasesOf(prepared);
	const clear: Prepared[] = [];
	const unclear: Work[] = [];
	for (const one of prepared) {
		const held = new Set(
			one.problem.works.filter((work) => {
				if (!isNameless(work.desired)) return false;
				const { closed, there } = sameKey(work, one, prepared, rosters);
				// An end of what is over everywhere asks nobody.
				const counted =
					work.desired.want === 'open' || there.length > 0 ? [...there, ...closed] : [];
				const owners = counted.map(ownerWord).map((word) => aliases.get(word ?? '') ?? word);
				return isUnclear(work.desired, new Set(owners));
			}),
		);
		unclear.push(...held);
		const [first, ...rest] = one.problem.works.filter((work) => !held.has(work));
		const [task, ...tasks] = one.problem.tasks.filter(({ works }) => !held.has(works[0]));
		if (held.size === 0) clear.push(one);
		else if (first !== undefined && task !== undefined) {
			const problem: Problem = { ...one.problem, works: [first, ...rest], tasks: [task, ...tasks] };
			clear.push({ ...one, problem });
		}
	}
	return { clear, unclear };
}
