import type { ScannerEvent } from '../../event/event';
import { aboutGroup } from '../plan/about';
import { planGroupClose } from './close';
import { detailsOf } from './text';
import { type Difference, differenceOf, endedOf, type GroupChange } from './difference';
import { notesOf } from './notes';
import { outcomesOf } from './outcomes';
import { type GroupNow, worstOf } from './now';
import { duplicatesOf, rivalsOf } from '../plan/duplicates';
import { SHOWN } from '../text/limits';
import { memberRow, type MemberRow, rowsIn } from './table';
import { MEMBERS_DUE } from '../plan/due';
import { noteIsDue, raised } from '../plan/open';
import { type Need, noWrites, type Plan, type Untold } from '../plan/types';
import type { TicketState } from '../state';
import type { Candidate } from '../plan/candidates';
import type { TicketView } from '../view';

/** Plan for an open grouped ticket: members added and struck out, people told, closed with its last member. */
export function planGroupChange(input: GroupChange): Plan | Need {
	const { group, changes, sorted, actual, options } = input;
	const [first, ...more] = sorted.open;
	if (first === undefined) throw new TypeError('The group has no open ticket');
	const rivals = group.profile.statusCloseId === null ? [] : rivalsOf(first, more);
	const views = rivals.map(({ own }) => own);
	const difference = differenceOf(first.own, views, changes);
	const { accepted, came, open, rose, went } = difference;
	const ticketId = first.ticket.id;
	const { due } = difference.state;
	if ([accepted, came, went, rivals, due].every(({ length }) => length === 0) && !rose) {
		const plan = noWrites('unchanged', `Ticket ${ticketId} is open and nothing is new.`, ticketId);
		return { ...plan, outcomes: outcomesOf(input, difference, ticketId) };
	}
	const unread = [first.own, ...views].find(({ read }) => !read);
	if (unread !== undefined) return { kind: 'ticket', ticketId: unread.id };
	const rows = rowsOf(first.own, views, changes);
	const plan =
		open.length === 0 && went.length > 0
			? planGroupClose(input, difference, first, rows)
			: planUpdate(input, difference, first, rows);
	if (plan.kind !== 'plan') return plan;
	const { profile } = group;
	return duplicatesOf(first, more, plan, {
		desired: { profile },
		actual,
		options,
	});
}

function planUpdate(
	input: GroupChange,
	difference: Difference,
	{ own, ticket }: Candidate,
	rows: ReadonlyMap<string, MemberRow>,
): Plan {
	const { changes, group, now, options } = input;
	const owed = difference.state.due.length > 0;
	const due = difference.rose || owed || noteIsDue(difference.state, options, now);
	const state = nextState(difference, changes, due, now);
	const raise = difference.rose && own.id === ticket.id ? raised(ticket, group) : {};
	const detailsHtml = detailsOf(own, state, rows, group.reference);
	// What was told so far; the members are recorded all the same.
	const { accepted, notedAt, severity } = difference.state;
	const later = { ...nextState(difference, changes, false, now), accepted, notedAt, severity };
	const untold: Untold = {
		ticket: own,
		detailsHtml: detailsOf(own, { ...later, due: [MEMBERS_DUE] }, rows, group.reference),
	};
	return {
		kind: 'plan',
		decision: 'updated',
		reason: `Ticket ${ticket.id} lists ${difference.open.length} open.`,
		ticketId: ticket.id,
		writes: [
			{ kind: 'change', ticket: own, fields: { ...raise, detailsHtml } },
			...notesOf(input, difference, { ticketId: ticket.id, due, rows, untold }),
		],
		...(difference.came.length === 0
			? {}
			: { about: aboutGroup(group, cameOf(input, difference), difference.open.length) }),
		outcomes: outcomesOf(input, difference, ticket.id),
	};
}

/** Events of the members that are new, or all open ones of this run when the table cannot show them all. */
function cameOf({ changes }: GroupChange, { came, open }: Difference): ScannerEvent[] {
	const keys = new Set(came.map(({ key }) => key));
	const opens =
		open.length > SHOWN.members ? changes.opens : changes.opens.filter(({ key }) => keys.has(key));
	return opens.map(({ event }) => event);
}

/** Rows of the table: those that stand there, those of rival tickets, and those of this run's events. */
function rowsOf(
	own: TicketView,
	rivals: readonly TicketView[],
	{ opens }: GroupNow,
): Map<string, MemberRow> {
	const standing = [own, ...rivals]
		.reverse()
		.flatMap(({ detailsHtml }) => [...rowsIn(detailsHtml ?? '')]);
	return new Map([
		...standing,
		...opens.map(({ key, event }): [string, MemberRow] => [key, memberRow(key, event)]),
	]);
}

/** What is recorded after the change. @param due true when people are told now */
export function nextState(
	difference: Difference,
	{ opens }: GroupNow,
	due: boolean,
	now: number,
): TicketState {
	const { accepted, came, open, rose, state, went } = difference;
	const cameKeys = [...state.came, ...came.map(({ key }) => key)];
	const wentKeys = [...state.went, ...went.map(({ key }) => key)];
	const told = due && cameKeys.length + wentKeys.length > 0;
	return {
		...state,
		severity:
			rose || state.severity === null ? worstOf(opens.map(({ event }) => event)) : state.severity,
		notedAt: told || rose ? new Date(now).toISOString() : state.notedAt,
		kev: state.kev || opens.some(({ event }) => event.kev),
		members: open,
		ended: endedOf(difference),
		came: told ? [] : cameKeys.filter((key) => !wentKeys.includes(key)),
		went: told ? [] : wentKeys.filter((key) => !cameKeys.includes(key)),
		accepted: [...state.accepted, ...accepted.map(({ key }) => key)].filter((key) =>
			open.some((member) => member.key === key),
		),
		due: [],
		missed: state.missed.filter(({ key }) => open.some((member) => member.key === key)),
	};
}
