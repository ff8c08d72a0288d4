import { createEvaluator } from '../../../nodes/shared/domain/event-set/evaluate';
import { openWindows, parseMaintenance } from '../../../nodes/shared/domain/event-set/maintenance';
import { parseEventSet } from '../../../nodes/shared/domain/event-set/parse';
import { companyOf, mappedOf } from '../company/mapping-builders';

const BERLIN = { name: 'Patch night', timeZone: 'Europe/Berlin' };
const SATURDAY_NIGHT = { ...BERLIN, days: ['sat'], from: '22:00', to: '04:00' };

function endAt(window: Record<string, unknown>, now: string): string | null {
	return openWindows(parseMaintenance([window], 'set'), new Date(now))[0]?.until ?? null;
}

/** 2 May 2026 is a Saturday; Berlin is two hours ahead of UTC in summer, one in winter. */
const MOMENTS: ReadonlyArray<
	[what: string, window: Record<string, unknown>, now: string, until: string | null]
> = [
	['a minute before', SATURDAY_NIGHT, '2026-05-02T19:59:00Z', null],
	['at its start', SATURDAY_NIGHT, '2026-05-02T20:00:00Z', '2026-05-03T02:00:00.000Z'],
	['after midnight', SATURDAY_NIGHT, '2026-05-03T01:59:59Z', '2026-05-03T02:00:00.000Z'],
	['at its end', SATURDAY_NIGHT, '2026-05-03T02:00:00Z', null],
	['the next night', SATURDAY_NIGHT, '2026-05-03T20:30:00Z', null],
	['in winter an hour later', SATURDAY_NIGHT, '2026-01-03T20:59:00Z', null],
	['in winter at its start', SATURDAY_NIGHT, '2026-01-03T21:00:00Z', '2026-01-04T03:00:00.000Z'],
	// 28 March 2026, 22:00 to 29 March, 04:00: the clock jumps from 02:00 to 03:00 in between.
	[
		'over the change to summer time',
		SATURDAY_NIGHT,
		'2026-03-28T21:00:00Z',
		'2026-03-29T02:00:00.000Z',
	],
	['an hour lost at its end', SATURDAY_NIGHT, '2026-03-29T02:00:00Z', null],
	// 24 October 2026, 22:00 to 25 October, 04:00: the clock falls back from 03:00 to 02:00 in between.
	[
		'over the change to winter time',
		SATURDAY_NIGHT,
		'2026-10-24T20:00:00Z',
		'2026-10-25T03:00:00.000Z',
	],
	['in the hour won', SATURDAY_NIGHT, '2026-10-25T02:30:00Z', '2026-10-25T03:00:00.000Z'],
	[
		'every day when none is named',
		{ ...BERLIN, from: '08:00', to: '09:00' },
		'2026-05-04T06:30:00Z',
		'2026-05-04T07:00:00.000Z',
	],
	[
		'a whole day',
		{ ...BERLIN, from: '00:00', to: '00:00' },
		'2026-05-04T12:00:00Z',
		'2026-05-04T22:00:00.000Z',
	],
	[
		'once, inside',
		{ ...BERLIN, start: '2026-05-04T22:00', end: '2026-05-06T06:00' },
		'2026-05-05T12:00:00Z',
		'2026-05-06T04:00:00.000Z',
	],
	[
		'once, after',
		{ ...BERLIN, start: '2026-05-04T22:00', end: '2026-05-06T06:00' },
		'2026-05-06T04:00:00Z',
		null,
	],
	[
		'another zone',
		{ ...SATURDAY_NIGHT, timeZone: 'America/New_York' },
		'2026-05-03T03:00:00Z',
		'2026-05-03T08:00:00.000Z',
	],
];

describe('Maintenance windows', () => {
	it('look at 16 moments', () => {
		expect(MOMENTS).toHaveLength(16);
	});

	it.each(MOMENTS)('%s', (_what, window, now, until) => {
		expect(endAt(window, now)).toBe(until);
	});

	it('of two that are open the later end counts', () => {
		const windows = parseMaintenance(
			[
				{ ...BERLIN, from: '08:00', to: '10:00' },
				{ ...BERLIN, from: '08:00', to: '12:00' },
			],
			'set',
		);
		const ends = openWindows(windows, new Date('2026-05-04T06:30:00Z')).map(({ until }) => until);
		expect(ends).toEqual(['2026-05-04T10:00:00.000Z', '2026-05-04T08:00:00.000Z']);
	});

	const set = parseEventSet(
		{
			name: 'A',
			isDefault: true,
			maintenance: JSON.stringify([{ ...SATURDAY_NIGHT, companies: ['Contoso'] }]),
		},
		'row 1',
	);

	it('an open waits until the end, and is ticketed when it still fires then', () => {
		const inside = createEvaluator([set], new Date('2026-05-02T21:00:00Z'));
		expect(inside(mappedOf())).toEqual({
			output: 'ignored',
			decision: 'skipped_maintenance',
			reason:
				'Maintenance window "Patch night" until 2026-05-03T02:00:00.000Z; what still fires then is ticketed.',
			eventSet: 'A',
			rule: 'rule 1',
			notBefore: '2026-05-03T02:00:00.000Z',
		});
		const after = createEvaluator([set], new Date('2026-05-03T02:00:00Z'));
		expect(after(mappedOf())).toMatchObject({ output: 'ticket', groupKey: mappedOf().dedupKey });
	});

	it('leaves resolves, other companies and what makes no ticket alone', () => {
		const inside = createEvaluator([set], new Date('2026-05-02T21:00:00Z'));
		expect(inside(mappedOf({ status: 'resolved' }))).toMatchObject({ output: 'ticket' });
		expect(inside(mappedOf({ company: companyOf({ name: 'Fabrikam' }) }))).toMatchObject({
			output: 'ticket',
		});
		expect(inside(mappedOf({ severity: 'low' }))).toMatchObject({ decision: 'skipped_severity' });
	});
});
