import { memberKey } from '../../shared/domain/ticket/member';
import { groupSubject } from '../../shared/domain/ticket/group/plan';
import { problemSubject } from '../../shared/domain/ticket/plan/event';
import { ownerWord, problemWord } from '../../shared/domain/ticket/reference';
import type { Desired, GroupDesired, MemberChange } from '../../shared/domain/ticket/plan/types';
import { inEventOrder } from '../../shared/domain/event/order';
import type { Task, Work } from './work';

/** All events of one run about one ticket: one problem, or a group of them. */
export interface Problem {
	reference: string;
	/** All that it may go by, see `Desired`. */
	references: readonly string[];
	/** Null = on any client: the source named no company. */
	clientId: number | null;
	/** In the order of the events' times. */
	works: readonly [Work, ...Work[]];
	/** What is planned one after the other: a group at once, a single problem event by event. */
	tasks: readonly [Task, ...Task[]];
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
	joinWithoutOwner(byReference);
	return [...byReference].flatMap(([reference, same]) => split(reference, same));
}

/** Events that name no company go with those of the one company that the batch knows under the same key. */
function joinWithoutOwner(byReference: Map<string, Work[]>): void {
	for (const [reference, works] of byReference) {
		if (ownerWord(reference) !== null) continue;
		const owned = [...byReference].filter(
			([other]) => ownerWord(other) !== null && problemWord(other) === reference,
		);
		const [only, second] = owned;
		if (only === undefined || second !== undefined) continue;
		only[1].push(...works);
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
	const about: Omit<Problem, 'tasks'> = {
		reference,
		references,
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
