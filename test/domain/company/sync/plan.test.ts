import { planSync, readSyncPlan } from '../../../../nodes/shared/domain/company/sync/plan';
import type { JsonRecord } from '../../../../nodes/shared/domain/values/json';

const NOW = Date.parse('2026-05-04T02:00:00Z');
const AT = new Date(NOW).toISOString();
const plan = (settings: JsonRecord, status: JsonRecord | null, byHand = true) =>
	planSync(settings, status, { byHand, now: NOW });
const ON = { id: 1, enabled: true };

test('until a person switched it on nothing runs by schedule, and by hand it is a dry run of all pages', () => {
	expect(plan({}, null, false)).toBeNull();
	expect(plan({}, { enabled: false }, false)).toBeNull();
	expect(plan({}, { enabled: 1 }, false)).toBeNull();
	expect(plan({ pagesPerBatch: 5 }, { checkpoint: 'x' })).toMatchObject({
		enabled: false,
		dryRun: true,
		checkpoint: '',
		pagesPerBatch: 0,
	});
	expect(plan({}, ON, false)).toMatchObject({ dryRun: false, pagesPerBatch: 5 });
});

test('it goes on at the checkpoint, and keeps what the last run said', () => {
	const status = { ...ON, checkpoint: '{}', lastSync: AT, lastError: 'No', lastErrorAt: AT };
	expect(plan({}, status)).toMatchObject({
		checkpoint: '{}',
		lastSync: AT,
		lastError: 'No',
		lastErrorAt: AT,
	});
});

test('a run that n8n did not end is told; cells that no run wrote say nothing', () => {
	const counts = JSON.stringify({ running: true, startedAt: '2026-05-03T02:00:00.000Z' });
	expect(plan({}, { ...ON, counts })).toMatchObject({
		lastError: expect.stringMatching(/^The run of 2026-05-03T02:00:00.000Z did not end: /),
		lastErrorAt: AT,
	});
	for (const other of ['', 'x', '[]', '{"running":false}', null]) {
		expect(plan({}, { ...ON, counts: other })).toMatchObject({ lastError: '', lastErrorAt: null });
	}
});

test.each([
	[
		{ connectSecure: 'on' },
		'Settings, connectSecure: expected one of off, dry run, create, got "on"',
	],
	[{ guardPercent: -1 }, 'Settings, guardPercent: expected a whole number'],
	[{ createAtMost: '100' }, 'Settings, createAtMost'],
	[{ manyToOne: 'perhaps' }, 'Settings, manyToOne: expected true or false, got "perhaps"'],
])('a setting that cannot be used is named: %j', (settings, words) => {
	expect(() => plan(settings, null)).toThrow(words);
});

test('a plan is read as it was made, and what is none is refused', () => {
	const made = plan({ integration: 'second', entities: ['clients', 'sites'] }, ON);
	expect(readSyncPlan(JSON.parse(JSON.stringify(made)))).toEqual(made);
	expect(() => readSyncPlan({})).toThrow('the item of Begin Sync');
});
