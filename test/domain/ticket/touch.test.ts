import { type TicketAction, touchedBy } from '../../../nodes/shared/domain/ticket/touch';

const OPENED = '2026-05-04T09:00:00.000Z';

function action(id: number, change: Partial<TicketAction> = {}): TicketAction {
	return {
		id,
		application: null,
		agentId: 3,
		who: 'Sam Okafor',
		at: '2026-05-04T09:30:00.000Z',
		note: 'On it',
		words: null,
		reference: null,
		oldStatus: null,
		newStatus: null,
		...change,
	};
}

const opening = action(1, { application: 'scanner', agentId: 9, at: OPENED });

const CASES: Array<[string, Partial<TicketAction>, string | null]> = [
	['a note of an agent', {}, 'Sam Okafor worked on it'],
	['a rule in the first minute', { at: '2026-05-04T09:00:40.000Z' }, null],
	['a rule two minutes after', { at: '2026-05-04T09:02:00.000Z' }, null],
	['an agent after the rules', { at: '2026-05-04T09:02:01.000Z' }, 'Sam Okafor worked on it'],
	['an action without a time', { at: null }, 'Sam Okafor worked on it'],
	['our own agent', { agentId: 9 }, null],
	['an application', { application: 'other tool' }, null],
	['a robot that is to be ignored', { who: ' Triage BOT ' }, null],
	[
		'a status that a person changed',
		{ oldStatus: 1, newStatus: 2 },
		'Sam Okafor changed its status',
	],
];

test.each(CASES)('touched by a person: %s', (_, change, expected) => {
	const actions = [opening, action(2, change)];
	expect(touchedBy(actions, 9, new Set(['triage bot']))).toBe(expected);
});

test('without the opening in the list nothing counts as a rule', () => {
	const early = action(2, { at: '2026-05-04T09:00:10.000Z' });
	expect(touchedBy([early], 9)).toBe('Sam Okafor worked on it');
});
