import type { MappedEvent } from '../../../nodes/shared/domain/event/decision';
import type { EventStatus } from '../../../nodes/shared/domain/event/event';
import { createEvaluator } from '../../../nodes/shared/domain/event-set/evaluate';
import { parseEventSet, parseEventSetRows } from '../../../nodes/shared/domain/event-set/parse';
import { companyOf, mappedOf, stampOf } from '../company/mapping-builders';

const NOW = new Date('2026-05-04T12:00:00Z');

type Row = Record<string, unknown>;

/** One default set, as a row of the table. */
function evaluate(given: Partial<MappedEvent>, row: Row = {}) {
	const set = parseEventSet({ name: 'Alerts', isDefault: true, ...row }, 'row 1');
	return createEvaluator([set], NOW)(mappedOf(given));
}

function outcomeOf(given: Partial<MappedEvent>, row: Row = {}): string {
	const result = evaluate(given, row);
	return result.output === 'ticket' ? 'ticket' : result.decision;
}

function rules(...list: Row[]): Row {
	return { rules: JSON.stringify(list) };
}

const OPENS: ReadonlyArray<[what: string, event: Partial<MappedEvent>, row: Row, outcome: string]> =
	[
		['critical, untouched set', { severity: 'critical' }, {}, 'ticket'],
		['high, untouched set', { severity: 'high' }, {}, 'ticket'],
		['medium, untouched set', { severity: 'medium' }, {}, 'skipped_severity'],
		['informational, untouched set', { severity: 'informational' }, {}, 'skipped_severity'],
		['unknown, untouched set', { severity: 'unknown' }, {}, 'ticket'],
		['unknown left out', { severity: 'unknown' }, { includeUnknown: false }, 'skipped_severity'],
		['medium, minimum medium', { severity: 'medium' }, { minSeverity: 'medium' }, 'ticket'],
		[
			'medium, minimum of the rule',
			{ severity: 'medium' },
			rules({ events: ['*'], minSeverity: 'low' }),
			'ticket',
		],
		['chosen event', { event: 'ports.closed' }, rules({ events: ['ports.closed'] }), 'ticket'],
		[
			'chosen event in capitals',
			{ event: 'PORTS.CLOSED' },
			rules({ events: ['ports.closed'] }),
			'ticket',
		],
		[
			'event that is not chosen',
			{ event: 'agent.down' },
			rules({ events: ['ports.closed'] }),
			'skipped_event_set',
		],
		['pattern', { event: 'ports.opened.probe' }, rules({ events: ['ports.opened.*'] }), 'ticket'],
		[
			'own code by pattern',
			{ event: 'job.failed.backup' },
			rules({ categories: ['Job Failed'] }),
			'ticket',
		],
		[
			'whole category by code',
			{ event: 'ports.closed', category: null },
			rules({ categories: ['Ports'] }),
			'ticket',
		],
		[
			'whole category by name',
			{ event: null, category: 'ports' },
			rules({ categories: ['Ports'] }),
			'ticket',
		],
		[
			'other category',
			{ event: 'vuln.found' },
			rules({ categories: ['Ports'] }),
			'skipped_event_set',
		],
		[
			'event without code',
			{ event: null, category: null },
			rules({ events: ['ports.*'] }),
			'skipped_event_set',
		],
		['KEV wanted and given', { kev: true }, rules({ events: ['*'], kevOnly: true }), 'ticket'],
		[
			'KEV wanted and missing',
			{ kev: false },
			rules({ events: ['*'], kevOnly: true }),
			'skipped_event_set',
		],
		['EPSS reached', { epss: 0.95 }, rules({ events: ['*'], minEpss: 0.95 }), 'ticket'],
		[
			'EPSS not reached',
			{ epss: 0.94 },
			rules({ events: ['*'], minEpss: 0.95 }),
			'skipped_event_set',
		],
		['EPSS missing', { epss: null }, rules({ events: ['*'], minEpss: 0 }), 'skipped_event_set'],
		['company taken in', {}, rules({ events: ['*'], companies: ['contoso'] }), 'ticket'],
		[
			'company not taken in',
			{},
			rules({ events: ['*'], companies: ['Fabrikam'] }),
			'skipped_event_set',
		],
		[
			'company left out',
			{},
			rules({ events: ['*'], notCompanies: ['CONTOSO LTD'] }),
			'skipped_event_set',
		],
		['asset pattern by name', {}, rules({ events: ['*'], asset: '^srv-' }), 'ticket'],
		['asset pattern by address', {}, rules({ events: ['*'], asset: '^10\\.0\\.' }), 'ticket'],
		['asset pattern missed', {}, rules({ events: ['*'], asset: '^ws-' }), 'skipped_event_set'],
		[
			'first rule ignores',
			{},
			rules({ events: ['vuln.*'], action: 'ignore' }, { events: ['*'] }),
			'skipped_event_set',
		],
		[
			'later rule ignores',
			{},
			rules({ events: ['*'] }, { events: ['vuln.*'], action: 'ignore' }),
			'ticket',
		],
		[
			'ignore takes every severity',
			{ severity: 'low' },
			rules({ events: ['*'], action: 'ignore' }),
			'skipped_event_set',
		],
		[
			'second rule lets through',
			{ severity: 'low' },
			rules({ events: ['*'] }, { events: ['vuln.found'], minSeverity: 'low' }),
			'ticket',
		],
		['PH-13 simulation', { simulation: true, severity: 'critical' }, {}, 'skipped_simulation'],
		['switched off', {}, { enabled: false }, 'skipped_event_set'],
	];

const STATUSES: ReadonlyArray<[status: EventStatus, outcome: string, withInfo: string]> = [
	['open', 'ticket', 'ticket'],
	['resolved', 'ticket', 'ticket'],
	['suppressed', 'ticket', 'ticket'],
	['info', 'skipped_info', 'ticket'],
];

describe('What an event set makes of an event', () => {
	it('looks at 34 opens and 4 statuses', () => {
		expect([OPENS.length, STATUSES.length]).toEqual([34, 4]);
	});

	it.each(OPENS)('CS-16 CN-13 %s', (_what, event, row, outcome) => {
		expect(outcomeOf(event, row)).toBe(outcome);
	});

	it.each(STATUSES)(
		'%s ends as %s, with information included as %s',
		(status, outcome, withInfo) => {
			expect(outcomeOf({ status })).toBe(outcome);
			expect(outcomeOf({ status }, rules({ events: ['*'], includeInfo: true }))).toBe(withInfo);
		},
	);

	it('information that is included counts as open from there on', () => {
		const row = rules({ events: ['*'], includeInfo: true });
		expect(evaluate({ status: 'info' }, row)).toMatchObject({
			output: 'ticket',
			becomesOpen: true,
		});
		expect(evaluate({ status: 'open' }, row)).toMatchObject({
			output: 'ticket',
			becomesOpen: false,
		});
	});

	it.each(['resolved', 'suppressed'] as const)(
		'a %s event passes whatever the filters say, with its group key',
		(status) => {
			const row = {
				...rules({ events: ['ports.closed'], kevOnly: true }),
				minSeverity: 'critical',
				enabled: false,
			};
			expect(evaluate({ status, severity: 'low', company: companyOf() }, row)).toEqual({
				output: 'ticket',
				groupKey: 'v1|wazuh|m1|cve-2026-10001|007',
				eventSet: 'Alerts',
				rule: null,
				becomesOpen: false,
			});
		},
	);

	it('a resolve passes without any set, by its own key', () => {
		const result = createEvaluator([], NOW)(mappedOf({ status: 'resolved', mapping: null }));
		expect(result).toMatchObject({ output: 'ticket', groupKey: 'v1|wazuh|m1|cve-2026-10001|007' });
	});

	it('a simulated resolve makes nothing either', () => {
		expect(outcomeOf({ status: 'resolved', simulation: true })).toBe('skipped_simulation');
	});
});

describe('Which event set decides', () => {
	const sets = parseEventSetRows([
		{ number: 1, json: { name: 'Everything', isDefault: true, minSeverity: 'low' } },
		{ number: 2, json: { name: 'Servers', rules: '["agent.*"]' } },
		{ number: 3, json: { name: 'Old', enabled: false } },
	]);
	const decide = createEvaluator(sets, NOW);
	const withSet = (eventSet: string | null, given: Partial<MappedEvent> = {}) =>
		decide(mappedOf({ mapping: stampOf({ eventSet }), ...given }));

	it('CS-37 CS-39 that of the mapping, else the default', () => {
		expect(withSet(null)).toMatchObject({ output: 'ticket', eventSet: 'Everything' });
		expect(withSet('servers', { event: 'agent.down' })).toMatchObject({
			output: 'ticket',
			eventSet: 'Servers',
		});
		expect(withSet('Servers')).toMatchObject({ output: 'ignored', eventSet: 'Servers' });
	});

	it('a set that is switched off ignores its events', () => {
		expect(withSet('Old')).toMatchObject({
			decision: 'skipped_event_set',
			reason: 'Event set "Old" (row 3) is switched off.',
		});
	});

	it('a set that does not exist fails the event, naming the mapping', () => {
		expect(withSet('Serers')).toMatchObject({
			decision: 'failed',
			reason:
				'The mapping (row 1) names the event set "Serers", and there is none of that name. Correct the mapping, or add the set.',
		});
	});

	it('no default and none named ignores the event', () => {
		expect(createEvaluator(sets.slice(1), NOW)(mappedOf())).toMatchObject({
			decision: 'skipped_event_set',
			reason: 'There is no default event set, and the mapping names none.',
		});
	});
});

describe('Reasons', () => {
	it.each<[Partial<MappedEvent>, Row, string]>([
		[
			{ severity: 'low' },
			{},
			'Event set "Alerts", rule 1: severity low is below the minimum high.',
		],
		[
			{ severity: 'unknown' },
			{ includeUnknown: false },
			'Event set "Alerts", rule 1: the severity is unknown and unknown ones are left out.',
		],
		[
			{ event: 'agent.down', category: 'Agent' },
			rules({ events: ['ports.*'] }),
			'Event set "Alerts" does not contain event agent.down (category Agent).',
		],
		[
			{},
			rules({ name: 'Noise', events: ['vuln.*'], action: 'ignore' }),
			'Event set "Alerts", rule "Noise": event vuln.found (category Vulnerability) is ignored.',
		],
		[
			{},
			rules({ name: 'KEV', events: ['*'], kevOnly: true }, { events: ['ports.*'] }),
			'Event set "Alerts", rule "KEV": it is for known exploited vulnerabilities only.',
		],
		[
			{ severity: 'low' },
			rules({ events: ['*'], kevOnly: true }, { events: ['*'] }),
			'Event set "Alerts", rule 2: severity low is below the minimum high.',
		],
		[{ status: 'info' }, {}, 'Information only; event set "Alerts" takes no such events.'],
		[{ simulation: true }, {}, 'A test or simulation; those never make a ticket.'],
	])('%#: set, rule and why', (event, row, reason) => {
		expect(evaluate(event, row)).toMatchObject({ output: 'ignored', reason });
	});

	it('what goes on carries the name of its rule', () => {
		expect(
			evaluate({}, rules({ events: ['ports.*'] }, { name: 'Rest', events: ['*'] })),
		).toMatchObject({
			rule: 'rule "Rest"',
		});
		expect(evaluate({})).toMatchObject({ rule: 'rule 1' });
	});
});

describe('A batch', () => {
	it('gives the same decisions and keys shuffled and sent twice', () => {
		const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
		const statuses = ['open', 'resolved', 'suppressed', 'info'] as const;
		const batch = Array.from({ length: 200 }, (_unused, index) =>
			mappedOf({
				dedupKey: `v1|wazuh|m1|finding-${index % 50}|a${index % 7}`,
				severity: severities[index % 5] ?? 'high',
				status: statuses[index % 4] ?? 'open',
				asset: { id: `a${index % 7}`, name: null, ip: null, mac: null, serial: null },
			}),
		);
		const set = parseEventSet({ name: 'A', isDefault: true, grouping: 'asset' }, 'row 1');
		const decide = createEvaluator([set], NOW);
		const first = batch.map((event) => decide(event));
		// 77 shares no factor with 200, so every event comes once.
		const order = batch.map((_event, index) => (index * 77) % batch.length);
		const other = createEvaluator([set], NOW);
		for (const index of [...order, ...order]) {
			expect(other(batch[index] as MappedEvent)).toEqual(first[index]);
		}
	});
});
