import { chooseRows } from '../../../nodes/shared/domain/inbox/choose';
import {
	askForLease,
	BusyError,
	holdsLease,
	NoRunRowError,
} from '../../../nodes/shared/domain/inbox/lease';
import {
	KEYS_PER_LOOK_UP,
	openLookUps,
	relatedLookUps,
} from '../../../nodes/shared/domain/inbox/look-up';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, inboxJson, inboxRow, NOW, runJson, TABLES } from './rows';

const asking = { byHand: false, startedAt: '', own: '7-1', now: NOW };

function choose(rows: JsonRecord[], more: Partial<typeof asking> = {}, rowsPerRun = 500) {
	return chooseRows(rows, { tables: TABLES, rowsPerRun, asking: { ...asking, ...more } });
}

const MAPPING = { id: 4, haloClientId: 11, updatedAt: at(-10) };

describe('which rows a run reads first', () => {
	const lookUps = openLookUps(TABLES, {
		integrations: ['default', 'office'],
		rowsPerRun: 70,
		due: at(0),
		now: at(0),
	});

	test('a fixed number: two, and four for each integration, however many rows there are', () => {
		expect(lookUps).toHaveLength(2 + 4 * 2);
		expect(lookUps.map(({ where }) => where.length)).toEqual(lookUps.map(() => 3));
	});

	test('each integration by itself: new up to the limit, failed and waiting when due, held by the oldest look', () => {
		const asked = lookUps
			.filter(({ where }) => where.some(({ value }) => value === 'office'))
			.map(({ where, orderBy, limit }) => [
				...where.slice(1).map(({ column, condition }) => `${column} ${condition}`),
				orderBy,
				limit,
			]);
		expect(asked).toEqual([
			['state eq', 'id gte', 'id', 70],
			['state eq', 'notBefore lte', 'id', 250],
			['state eq', 'notBefore lte', 'id', 250],
			['state eq', 'doneAt isNotEmpty', 'doneAt', 250],
		]);
	});

	test('other rows of 120 problems are five look-ups, and the tables that decide are three more', () => {
		const batch = Array.from({ length: 120 }, (_, index) =>
			inboxRow(index + 1, { dedupKey: `key ${index}` }),
		);
		const related = relatedLookUps(TABLES, [...batch, inboxRow(121, { dedupKey: 'key 3' })]);
		expect(related.map(({ table, column, values }) => [table, column, values.length])).toEqual([
			...Array.from({ length: 5 }, () => ['id of halo_inbox', 'dedupKey', KEYS_PER_LOOK_UP]),
			...['halo_company_mappings', 'halo_event_sets', 'halo_profiles'].map((name) => [
				`id of ${name}`,
				'id',
				KEYS_PER_LOOK_UP,
			]),
		]);
		const asked = new Set(related.flatMap(({ values }) => values));
		expect(batch.filter(({ dedupKey }) => !asked.has(dedupKey))).toEqual([]);
	});
});

describe('which rows are handled now', () => {
	test('the oldest, whatever state they come from, as many as the setting says', () => {
		const rows = [
			runJson(),
			inboxJson(9, { state: 'new' }),
			inboxJson(3, { state: 'failed' }),
			inboxJson(5, { state: 'waiting' }),
			inboxJson(3, { state: 'failed' }),
		];
		expect(choose(rows, {}, 2)?.batch.map(({ id }) => id)).toEqual([3, 5]);
	});

	test('held rows only when a mapping is newer than the last look at them', () => {
		const held = [
			inboxJson(1, { state: 'held', doneAt: at(-20) }),
			inboxJson(2, { state: 'held', doneAt: at(-5) }),
		];
		expect(choose([runJson(), MAPPING, ...held])?.batch.map(({ id }) => id)).toEqual([1]);
		expect(choose([runJson(), ...held])).toBeNull();
	});

	test('nothing to do takes no lease', () => {
		expect(choose([runJson(), MAPPING])).toBeNull();
	});
});

describe('one run at a time', () => {
	const busy = (seconds: number) =>
		runJson({
			checkpoint: `${at(seconds)} 6-1`,
			counts: JSON.stringify({ busy: true, taken: at(-30), failures: 2 }),
		});
	const pause = runJson({
		checkpoint: `${at(60)} 6-1`,
		counts: JSON.stringify({ busy: false, failures: 3 }),
	});

	test('a run beside another does nothing; a person is told until when', () => {
		expect(choose([busy(100), inboxJson(1)])).toBeNull();
		expect(() => choose([busy(100), inboxJson(1)], { byHand: true })).toThrow(BusyError);
		expect(() => choose([busy(100)], { byHand: true })).toThrow(at(100));
	});

	test('a lease that nobody holds any more ends by itself', () => {
		expect(choose([busy(-1), inboxJson(1)])?.lease.was).toBe(`${at(-1)} 6-1`);
	});

	test('a start of n8n ends the lease of what was at work before, and no other', () => {
		expect(choose([busy(100), inboxJson(1)], { startedAt: at(-10) })).not.toBeNull();
		expect(choose([busy(100), inboxJson(1)], { startedAt: at(-40) })).toBeNull();
	});

	test('the pause after Halo failed holds for the schedule, and a person may end it', () => {
		expect(choose([pause, inboxJson(1)])).toBeNull();
		expect(choose([pause, inboxJson(1)], { byHand: true })?.lease.failures).toBe(3);
	});

	test('the lease lasts five minutes and four seconds for each row, and names the run', () => {
		const rows = Array.from({ length: 10 }, (_, index) => inboxJson(index + 1));
		const lease = choose([runJson(), ...rows])?.lease;
		expect(lease).toMatchObject({ id: 1, was: '', checkpoint: `${at(340)} 7-1`, began: at(0) });
		expect(JSON.parse(String(lease?.counts))).toMatchObject({ busy: true, taken: at(0) });
		expect(holdsLease([{ checkpoint: `${at(340)} 7-1` }], { own: '7-1' })).toBe(true);
		expect(holdsLease([{ checkpoint: `${at(340)} 17-1` }], { own: '7-1' })).toBe(false);
		expect(holdsLease([{}], { own: '7-1' })).toBe(false);
	});

	test('of two rows the oldest holds the lease, and without one a person is told which to add', () => {
		const two = [runJson({ id: 8 }), runJson({ id: 2 })];
		expect(askForLease(two, asking, 0)?.id).toBe(2);
		expect(() => askForLease([runJson({ flow: 'intake' })], asking, 0)).toThrow(NoRunRowError);
	});

	test('counts that somebody spoiled by hand begin anew', () => {
		for (const counts of ['{', '[]', 'null', JSON.stringify({ days: 3, runs: {}, requests: 'x' })])
			expect(choose([runJson({ counts }), inboxJson(1)])?.lease.log).toEqual({
				days: {},
				runs: [],
				requests: [],
			});
	});
});
