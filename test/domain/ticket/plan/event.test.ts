import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import type { ResolvedProfile } from '../../../../nodes/shared/domain/profile/resolve';
import {
	closingAgent,
	closingAgents,
	type AgentCandidates,
} from '../../../../nodes/shared/domain/ticket/plan/closing-agent';
import {
	afterPlan,
	imaginedTicket,
	planEvent,
} from '../../../../nodes/shared/domain/ticket/plan/event';
import type {
	Actual,
	Desired,
	Need,
	Plan,
	PlanOptions,
} from '../../../../nodes/shared/domain/ticket/plan/types';
import { newState } from '../../../../nodes/shared/domain/ticket/state';
import { Seal } from '../../../../nodes/shared/domain/ticket/seal';
import { touchedBy, type TicketAction } from '../../../../nodes/shared/domain/ticket/touch';
import { inEventOrder } from '../../../../nodes/shared/domain/event/order';
import { triage } from '../../../../nodes/shared/domain/ticket/plan/triage';
import { ownTexts, seen } from '../../../support/own-ticket';
import type { TicketView } from '../../../../nodes/shared/domain/ticket/view';

const NOW = Date.parse('2026-05-20T12:00:00.000Z');
const REFERENCE = 'kqzvwmtrbhxd';

const PROFILE: ResolvedProfile = {
	name: 'P2',
	ticketTypeId: 1,
	statusCreateId: null,
	statusCloseId: 9,
	slaId: 1,
	priorityId: 2,
	team: null,
	agentId: null,
	category: null,
	urgencyId: null,
	impactId: null,
	clientId: null,
	user: null,
};

const OPTIONS: PlanOptions = {
	reopenWindowDays: 14,
	doNotReopen: new Set([23]),
	noteIntervalHours: 24,
	reopenStatusId: 1,
	closureMinutes: 5,
	closureUnit: 'hours',
	closingAgent: 'approver',
	closeTouched: false,
	ignoreActionsOf: new Set(),
};

function daysAgo(days: number): string {
	return new Date(NOW - days * 86_400_000).toISOString();
}

function desired(change: Partial<Desired> = {}, severity = 'high'): Desired {
	const event = parseEvent({
		source: 'wazuh',
		dedupKey: 'v1|x',
		status: 'open',
		title: 'Problem',
		severity,
		time: daysAgo(0),
	});
	return {
		want: 'open',
		event,
		reference: REFERENCE,
		references: [REFERENCE],
		clientId: 11,
		clientName: 'Contoso Ltd',
		profile: PROFILE,
		...change,
	};
}

function ticket(change: Partial<TicketView> = {}): TicketView {
	const texts = { ...ownTexts('Problem', REFERENCE), ...change };
	const { details } = texts;
	return {
		id: 100,
		...seen(texts),
		summary: texts.summary,
		details,
		detailsHtml: `<p>${details}</p>`,
		clientId: 11,
		clientName: 'Contoso Ltd',
		userId: null,
		statusId: 1,
		ticketTypeId: 1,
		priorityId: 2,
		slaId: 1,
		agentId: null,
		occurredAt: daysAgo(20),
		closedAt: null,
		lastUpdate: daysAgo(1),
		mergedIntoId: null,
		open: true,
		read: true,
		...change,
	};
}

function actual(change: Partial<Actual> = {}): Actual {
	return {
		wanted: [REFERENCE],
		tickets: [],
		others: new Map(),
		actions: new Map([[100, []]]),
		agents: [],
		ownAgentId: 9,
		...change,
	};
}

const CLOSED: Partial<TicketView> = { open: false, statusId: 9, closedAt: daysAgo(1) };

type Outcome = string | Need['kind'];
const TABLE: Array<[string, Desired, Actual, Outcome, number | null]> = [
	['new', desired(), actual(), 'created', null],
	[
		'open and the same',
		desired(),
		actual({ tickets: [ticket({ read: false })] }),
		'unchanged',
		100,
	],
	[
		'open, severity rose, row only',
		desired({}, 'critical'),
		actual({ tickets: [ticket({ read: false })] }),
		'ticket',
		100,
	],
	[
		'open, severity rose, profile more urgent',
		desired({ profile: { ...PROFILE, priorityId: 1 } }, 'critical'),
		actual({ tickets: [ticket()] }),
		'updated',
		100,
	],
	[
		'open, severity rose, technician more urgent',
		desired({}, 'critical'),
		actual({ tickets: [ticket({ priorityId: 1 })] }),
		'noted',
		100,
	],
	['open, severity fell', desired({}, 'low'), actual({ tickets: [ticket()] }), 'noted', 100],
	[
		'open, severity fell, noted today',
		desired({}, 'low'),
		actual({
			tickets: [
				ticket({
					...ownTexts('Problem', REFERENCE, { ...newState('high'), notedAt: daysAgo(0.5) }),
				}),
			],
		}),
		'unchanged',
		100,
	],
	[
		'open, severity unknown now',
		desired({}, 'unknown'),
		actual({ tickets: [ticket()] }),
		'unchanged',
		100,
	],
	[
		'open, state rewritten by a person, row only',
		desired({}, 'critical'),
		actual({ tickets: [ticket({ details: 'gone', read: false })] }),
		'ticket',
		100,
	],
	[
		'open, state rewritten by a person, its opening not read yet',
		desired({}, 'critical'),
		actual({ tickets: [ticket({ details: 'gone' })], actions: new Map() }),
		'actions',
		100,
	],
	[
		'open, state rewritten by a person, its opening is ours',
		desired({}, 'critical'),
		actual({
			tickets: [ticket({ details: 'gone' })],
			actions: new Map([
				[100, [action({ id: 1, application: 'Scanner Bridge', reference: REFERENCE })]],
			]),
		}),
		'unchanged',
		100,
	],
	[
		"a stranger's ticket that names the reference",
		desired({}, 'critical'),
		actual({
			tickets: [ticket({ details: 'gone' })],
			actions: new Map([[100, [action({ id: 1, reference: REFERENCE })]]]),
		}),
		'created',
		null,
	],
	[
		"a stranger's ticket with a record that another key wrote",
		desired(),
		actual({
			tickets: [
				ticket(
					ownTexts(
						'Problem',
						REFERENCE,
						undefined,
						new Seal({ current: 'k'.repeat(16), previous: '' }),
					),
				),
			],
			actions: new Map([[100, []]]),
		}),
		'created',
		null,
	],
	[
		'an end that is older than the newest report on the ticket',
		desired({ want: 'closed' }),
		actual({
			tickets: [
				ticket(ownTexts('Problem', REFERENCE, { ...newState('high'), newestAt: daysAgo(-1) })),
			],
		}),
		'unchanged',
		100,
	],
	[
		'a status that does not tell',
		desired(),
		actual({ tickets: [ticket({ open: null, read: false })] }),
		'ticket',
		100,
	],
	[
		'closed yesterday, row only',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, read: false })] }),
		'ticket',
		100,
	],
	['closed yesterday', desired(), actual({ tickets: [ticket(CLOSED)] }), 'reopened', 100],
	[
		'closed 13.9 days ago',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, closedAt: daysAgo(13.9) })] }),
		'reopened',
		100,
	],
	[
		'closed 14.1 days ago',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, closedAt: daysAgo(14.1) })] }),
		'created',
		null,
	],
	[
		'closed long ago, row only',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, read: false, lastUpdate: daysAgo(15) })] }),
		'created',
		null,
	],
	[
		'closed for good',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, statusId: 23, read: false })] }),
		'unchanged',
		100,
	],
	[
		'open on another client',
		desired(),
		actual({ tickets: [ticket({ clientId: 12, mappedTo: 12 })] }),
		'created',
		null,
	],
	[
		'merged, target not read',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, mergedIntoId: 7 })] }),
		'ticket',
		7,
	],
	[
		'merged into an open ticket',
		desired(),
		actual({
			tickets: [ticket({ ...CLOSED, mergedIntoId: 7 })],
			others: new Map([[7, ticket({ id: 7 })]]),
		}),
		'unchanged',
		7,
	],
	[
		'merged into a ticket that is gone',
		desired(),
		actual({ tickets: [ticket({ ...CLOSED, mergedIntoId: 7 })], others: new Map([[7, null]]) }),
		'created',
		null,
	],
	[
		'merged in a ring',
		desired(),
		actual({
			tickets: [ticket({ mergedIntoId: 7 })],
			others: new Map([[7, ticket({ id: 7, mergedIntoId: 7 })]]),
		}),
		'unchanged',
		7,
	],
	['resolve: nothing there', desired({ want: 'closed' }), actual(), 'not_found', null],
	['resolve: open', desired({ want: 'closed' }), actual({ tickets: [ticket()] }), 'closed', 100],
	[
		'resolve: open, row only',
		desired({ want: 'closed' }),
		actual({ tickets: [ticket({ read: false })] }),
		'ticket',
		100,
	],
	[
		'resolve: actions unknown',
		desired({ want: 'closed' }),
		actual({ tickets: [ticket()], actions: new Map() }),
		'actions',
		100,
	],
	[
		'resolve: nobody to close, own agent unknown',
		desired({ want: 'closed' }),
		actual({ tickets: [ticket()], ownAgentId: undefined }),
		'own agent',
		null,
	],
	[
		'resolve: closed already',
		desired({ want: 'closed' }),
		actual({ tickets: [ticket(CLOSED)] }),
		'already_closed',
		100,
	],
	[
		'resolve: on another client only',
		desired({ want: 'closed' }),
		actual({ tickets: [ticket({ clientId: 12, mappedTo: 12 })] }),
		'kept_open',
		100,
	],
	[
		'resolve: no company, one ticket',
		desired({ want: 'closed', clientId: null }),
		actual({ tickets: [ticket({ clientId: 12, mappedTo: 12 })] }),
		'closed',
		100,
	],
	[
		'resolve: no company, two open',
		desired({ want: 'closed', clientId: null }),
		actual({ tickets: [ticket(), ticket({ id: 101, clientId: 12 })] }),
		'held_ambiguous',
		null,
	],
	[
		'resolve: no company, one open of two',
		desired({ want: 'closed', clientId: null }),
		actual({ tickets: [ticket(), ticket({ id: 101, ...CLOSED })] }),
		'closed',
		100,
	],
	[
		'accepted: open',
		desired({ want: 'suppressed' }),
		actual({ tickets: [ticket()] }),
		'noted',
		100,
	],
	[
		'accepted: told before',
		desired({ want: 'suppressed' }),
		actual({
			tickets: [ticket(ownTexts('Problem', REFERENCE, { ...newState('high'), suppressed: true }))],
		}),
		'unchanged',
		100,
	],
	[
		'accepted: nothing open',
		desired({ want: 'suppressed' }),
		actual({ tickets: [ticket(CLOSED)] }),
		'skipped_suppressed',
		null,
	],
];

function outcomeOf(result: Plan | Need): [Outcome, number | null] {
	if (result.kind === 'plan') return [result.decision, result.ticketId];
	return [result.kind, 'ticketId' in result ? result.ticketId : null];
}

test.each(TABLE)('%s', (_, wanted, have, outcome, ticketId) => {
	expect(outcomeOf(planEvent(wanted, have, OPTIONS, NOW))).toEqual([outcome, ticketId]);
});

test('the table above counts 39 situations, and plans of decisions that write nothing write nothing', () => {
	expect(TABLE).toHaveLength(39);
	const silent = [
		'unchanged',
		'already_closed',
		'not_found',
		'held_ambiguous',
		'skipped_suppressed',
	];
	const plans = TABLE.map(([, wanted, have]) => planEvent(wanted, have, OPTIONS, NOW)).filter(
		(result) => result.kind === 'plan' && silent.includes(result.decision),
	);
	expect(plans.length).toBeGreaterThan(10);
	for (const plan of plans) expect(plan).toMatchObject({ writes: [] });
});

test('what a plan would have done is what the next event of the problem sees', () => {
	const first = planEvent(desired(), actual(), OPTIONS, NOW);
	if (first.kind !== 'plan') throw new Error('No plan');
	const made = imaginedTicket(first, desired(), NOW);
	const after = { ...afterPlan(first, actual(), made, NOW), actions: new Map([[0, []]]) };
	expect(outcomeOf(planEvent(desired(), after, OPTIONS, NOW))).toEqual(['unchanged', 0]);
	const over = planEvent(desired({ want: 'closed' }), after, OPTIONS, NOW);
	if (over.kind !== 'plan') throw new Error('No plan');
	const closed = afterPlan(over, after, null, NOW);
	expect(outcomeOf(planEvent(desired({ want: 'closed' }), closed, OPTIONS, NOW))).toEqual([
		'already_closed',
		0,
	]);
	expect(outcomeOf(planEvent(desired(), closed, OPTIONS, NOW))).toEqual(['reopened', 0]);
});

const CLOSERS: Array<
	[string, Parameters<typeof closingAgent>[0], AgentCandidates, number | null | 'ask']
> = [
	['approver first', 'approver', { approver: 3, ticket: 2, profile: 4, api: 9 }, 3],
	["then the ticket's", 'approver', { approver: null, ticket: 2, profile: 4, api: 9 }, 2],
	["then the profile's", 'approver', { approver: null, ticket: 1, profile: 4, api: 9 }, 4],
	['then the API agent', 'approver', { approver: null, ticket: null, profile: null, api: 9 }, 9],
	[
		'which is asked for when unknown',
		'approver',
		{ approver: null, ticket: null, profile: null, api: undefined },
		'ask',
	],
	[
		'nobody when Halo names none',
		'approver',
		{ approver: null, ticket: null, profile: null, api: 0 },
		null,
	],
	[
		'no approver when the ticket goes first',
		'ticket',
		{ approver: 3, ticket: null, profile: 4, api: 9 },
		4,
	],
	[
		'the profile before the ticket when told so',
		'profile',
		{ approver: 3, ticket: 2, profile: 4, api: 9 },
		4,
	],
];

test.each(CLOSERS)('ID-32 who closes: %s', (_, order, candidates, expected) => {
	expect(closingAgent(order, candidates)).toBe(expected);
});

test('after the one who closes come the others of the order, each once, and the API agent unasked at the end', () => {
	const all = { approver: 3, ticket: 2, profile: 3, api: undefined };
	expect(closingAgents('approver', all)).toEqual([
		{ role: 'approver', id: 3 },
		{ role: 'ticket', id: 2 },
		{ role: 'api', id: null },
	]);
	expect(closingAgents('profile', { ...all, ticket: 1, api: 9 })).toEqual([
		{ role: 'profile', id: 3 },
		{ role: 'api', id: 9 },
	]);
	const nobody = { approver: null, ticket: 1, profile: null, api: 0 };
	expect(closingAgents('ticket', nobody)).toEqual([]);
	expect(closingAgents('ticket', { ...nobody, api: undefined })).toBe('ask');
});

function action(change: Partial<TicketAction>): TicketAction {
	return {
		id: 2,
		application: null,
		agentId: 2,
		who: 'Alex',
		at: null,
		note: '',
		words: null,
		reference: null,
		oldStatus: null,
		newStatus: null,
		...change,
	};
}

const TOUCHES: Array<[string, TicketAction, string | null]> = [
	['the opening itself', action({ id: 1 }), null],
	['a note of our own application', action({ application: 'Scanner Bridge', agentId: 9 }), null],
	[
		'a note of our own agent, application not named',
		action({ agentId: 9, who: 'Scanner Bridge' }),
		null,
	],
	['an automation', action({ agentId: null, who: 'System' }), null],
	["a person's note", action({}), 'Alex worked on it'],
	["a customer's answer", action({ agentId: null, who: 'Robin Vale' }), 'Robin Vale worked on it'],
	['a change of status', action({ oldStatus: 1, newStatus: 2 }), 'Alex changed its status'],
];

test.each(TOUCHES)('D3 touched or not: %s', (_, touch, expected) => {
	expect(touchedBy([touch], 9)).toBe(expected);
});

const TRIAGE: Array<[Record<string, unknown>, Parameters<typeof triage>[1], string]> = [
	[{ status: 'open' }, 'createOrClose', 'open'],
	[{ status: 'resolved' }, 'createOrClose', 'closed'],
	[{ status: 'suppressed' }, 'createOrClose', 'suppressed'],
	[{ status: 'info' }, 'createOrClose', 'skipped_info'],
	[{ status: 'open', simulation: true }, 'createOrClose', 'skipped_simulation'],
	[{ status: 'resolved' }, 'create', 'unchanged'],
	[{ status: 'open' }, 'create', 'open'],
	[{ status: 'open' }, 'close', 'closed'],
	[{ status: 'resolved', simulation: true }, 'close', 'skipped_simulation'],
];

test.each(TRIAGE)('%j with operation %s means %s', (change, operation, expected) => {
	const event = { ...desired().event, ...change };
	const result = triage(event, operation);
	expect(typeof result === 'string' ? result : result.decision).toBe(expected);
});

test('events of one problem go by their time, then as they came', () => {
	const at = (index: number, time: string) => ({ index, event: { ...desired().event, time } });
	const items = [
		at(0, '2026-01-02T00:00:00Z'),
		at(1, '2026-01-01T00:00:00Z'),
		at(2, '2026-01-02T00:00:00.000Z'),
	];
	expect(inEventOrder(items).map(({ index }) => index)).toEqual([1, 0, 2]);
});
