import { aboutGroup } from '../plan/about';
import { planGroupChange } from './change';
import { detailsOf, groupDetailsHtml, groupEvent, groupTitle } from './text';
import {
	asDesired,
	type GroupNow,
	groupState,
	lastWins,
	leading,
	membersOf,
	outcomeFor,
	timesIn,
	withoutLate,
	worstOf,
} from './now';
import { countReturn, flappingWords } from '../plan/flapping';
import { sourceWord } from '../member';
import { memberRow } from './table';
import { nothingOpen } from '../plan/close';
import { planCreate, type TicketText } from '../plan/new';
import { onReturn, reopenWrites, staysClosed } from '../plan/open';
import {
	type Actual,
	type GroupDesired,
	type Need,
	noWrites,
	type Outcome,
	type Plan,
	type PlanOptions,
	type Subject,
} from '../plan/types';
import { type Candidate, type Sorted, sortOut } from '../plan/candidates';
import { newState, type TicketState } from '../state';
import { templated } from '../plan/from-template';
import { summaryText } from '../text/details';
import type { TicketView } from '../view';

/**
 * What to do about all events of one group: one ticket that lists its open members and closes with the last of them.
 * @param now milliseconds since the epoch
 * @returns a plan with a decision per event, or what must be read first
 */
export function planGroup(
	group: GroupDesired,
	actual: Actual,
	options: PlanOptions,
	now: number,
): Plan | Need {
	const sorted = sortOut(actual, group.clientId);
	if (sorted.kind !== 'sorted') return sorted;
	const [first, second] = sorted.open;
	const own = [...sorted.open, ...sorted.closed].map((candidate) => candidate.own);
	const ticketId = (first ?? sorted.closed.at(-1))?.ticket.id ?? 0;
	const changes = withoutLate(lastWins(group.changes), timesIn(own), ticketId);
	if (first !== undefined && second !== undefined && group.clientId === null) {
		const tickets = sorted.open.map(({ ticket }) => ticket.id).join(', ');
		const reason = `The source names no company, and several open tickets carry this reference: ${tickets}.`;
		return withOutcomes(noWrites('held_ambiguous', reason), group, changes);
	}
	if (first !== undefined) {
		return planGroupChange({ group, changes, sorted, actual, options, now });
	}
	return changes.opens.length > 0
		? planReturn(group, changes, sorted, options, now)
		: planNothingOpen(group, changes, sorted);
}

/** The ticket of a group. */
export function groupSubject(group: GroupDesired): Subject {
	const same = { ...group, changes: [] };
	return {
		desired: group,
		plan: (actual, options, now) => planGroup(group, actual, options, now),
		mergePlan: (actual, _before, options, now) => planGroup(same, actual, options, now),
	};
}

/** Gives every event the plan's own decision, but for those that a later one overrules. */
function withOutcomes(plan: Plan, { changes }: GroupDesired, now: GroupNow): Plan {
	const all = outcomeFor(changes, plan.decision, plan.reason);
	return { ...plan, outcomes: new Map([...all, ...now.overruled]) };
}

function planNothingOpen(group: GroupDesired, now: GroupNow, sorted: Sorted): Plan {
	const last = now.closes.at(-1);
	if (last === undefined && now.accepted.length === 0) {
		const reason = 'Something newer is recorded of its members.';
		return withOutcomes(noWrites('unchanged', reason), group, now);
	}
	if (last === undefined) {
		const reason = 'The source accepted the risk, and no ticket is open.';
		return withOutcomes(noWrites('skipped_suppressed', reason), group, now);
	}
	const plan = nothingOpen(sorted, asDesired(group, 'closed', last.event));
	return withOutcomes(plan, group, now);
}

function freshState(now: GroupNow): TicketState {
	const [first] = now.opens;
	return {
		...newState(worstOf(now.opens.map(({ event }) => event))),
		kev: now.opens.some(({ event }) => event.kev),
		source: first === undefined ? null : sourceWord(first.event.source, first.event.integration),
		members: membersOf(now.opens),
	};
}

function planReturn(
	group: GroupDesired,
	now: GroupNow,
	sorted: Sorted,
	options: PlanOptions,
	at: number,
): Plan | Need {
	const last = sorted.closed.at(-1);
	if (last === undefined) return create(group, now, sorted, null);
	const verdict = onReturn(last, options, at);
	if (verdict === 'stays closed') {
		const plan = noWrites('unchanged', staysClosed(last.ticket.id), last.ticket.id);
		return withOutcomes(plan, group, now);
	}
	if (verdict === 'reopen') return reopen(last, group, now, options, at);
	return verdict === 'new ticket' ? create(group, now, sorted, last.ticket) : verdict;
}

function create(
	group: GroupDesired,
	now: GroupNow,
	sorted: Sorted,
	earlier: TicketView | null,
): Plan {
	const event = leading(now.opens);
	if (event === null) throw new TypeError('A group is made by an open event');
	const { groupKey, reference } = group;
	const rows = new Map(now.opens.map((open) => [open.key, memberRow(open.key, open.event)]));
	const state = freshState(now);
	const members = now.opens.map((open) => open.event);
	const { bodyHtml, title } = templated(group, groupEvent(groupKey, event), members);
	const content = (remarks: readonly string[]): TicketText => ({
		summary: summaryText(title ?? groupTitle(groupKey, event), reference),
		detailsHtml: groupDetailsHtml({
			event,
			groupKey,
			members,
			bodyHtml,
			reference,
			state,
			rows,
			remarks,
		}),
	});
	const desired = asDesired(group, 'open', event);
	const about = aboutGroup(group, members, members.length);
	const plan = planCreate(desired, sorted, earlier, content, about);
	const count = now.opens.length;
	const reason = `${plan.reason} Its ticket lists ${count} ${count === 1 ? 'problem' : 'problems'}.`;
	return { ...plan, reason, outcomes: firstOf(now, 'created', reason) };
}

function reopen(
	candidate: Candidate,
	group: GroupDesired,
	now: GroupNow,
	options: PlanOptions,
	at: number,
): Plan {
	const event = leading(now.opens);
	if (event === null) throw new TypeError('A group is opened again by an open event');
	const { own, ticket } = candidate;
	const { ended, flappingAt, other, reopened } = groupState(own);
	const kept = ended.filter(({ key }) => !now.opens.some((open) => open.key === key));
	const again = countReturn({ ...freshState(now), ended: kept, flappingAt, other, reopened }, at);
	const state: TicketState = {
		...again.state,
		notedAt: new Date(at).toISOString(),
	};
	const rows = new Map(now.opens.map((open) => [open.key, memberRow(open.key, open.event)]));
	const keys = now.opens.map(({ key }) => key);
	const flapping = again.tell ? ` ${flappingWords(again.count)}` : '';
	const reason = `The group came back within ${options.reopenWindowDays} days after ticket ${ticket.id} was closed; ${keys.length} open.${flapping}`;
	const desired = asDesired(group, 'open', event);
	const details = detailsOf(own, state, rows, group.reference);
	return {
		kind: 'plan',
		decision: 'reopened',
		reason,
		ticketId: ticket.id,
		writes: reopenWrites(candidate, desired, options, state, again, details),
		about: aboutGroup(
			group,
			now.opens.map((open) => open.event),
			keys.length,
		),
		outcomes: firstOf(now, 'reopened', reason),
	};
}

/** The first open event carries the ticket's decision, the others say that they are on it. */
function firstOf(
	{ opens, closes, accepted, overruled }: GroupNow,
	decision: Outcome['decision'],
	reason: string,
): Map<number, Outcome> {
	return new Map([
		...opens.map(({ index }, place): [number, Outcome] => [
			index,
			place === 0
				? { decision, reason }
				: { decision: 'updated', reason: 'Listed on that ticket.' },
		]),
		...outcomeFor(closes, 'not_found', 'No ticket lists this problem; there is nothing to close.'),
		...outcomeFor(
			accepted,
			'skipped_suppressed',
			'The source accepted the risk, and no ticket lists this problem.',
		),
		...overruled,
	]);
}
