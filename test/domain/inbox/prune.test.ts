import { oldRows, upToLast } from '../../../nodes/shared/domain/inbox/prune';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { NOW, TABLES } from './rows';

const KEEPING = {
	keepDays: 30,
	keepDeadDays: 10,
	keepHeldDays: 90,
	keepRows: 100.7,
	keepErrorDays: 5,
};
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

test('done, dead and held rows may go by age and by number, errors by age when people were told', () => {
	const asked = oldRows(TABLES, 1_000, KEEPING, NOW);
	const lines = asked.map(({ table, where }) => [
		table,
		...where
			.map(({ column, condition, value }) => `${column} ${condition} ${value}`)
			.filter((line) => line !== 'id gte 0'),
	]);
	expect(lines).toEqual([
		['id of halo_inbox', 'state eq done', `doneAt lt ${daysAgo(30)}`],
		['id of halo_inbox', 'state eq done', 'id lt 901'],
		['id of halo_inbox', 'state eq dead', `receivedAt lt ${daysAgo(10)}`],
		['id of halo_inbox', 'state eq dead', 'id lt 901'],
		['id of halo_inbox', 'state eq held', `receivedAt lt ${daysAgo(90)}`],
		['id of halo_inbox', 'state eq held', `receivedAt lt ${daysAgo(7)}`, 'id lt 901'],
		['id of halo_errors', 'noticedAt isNotEmpty ', `at lt ${daysAgo(5)}`],
	]);
	expect(new Set(asked.map(({ limit }) => limit))).toEqual(new Set([900]));
});

describe('what is deleted', () => {
	const asked = oldRows(TABLES, 1_000, KEEPING, NOW);
	const done = (id: number, days: number) => ({ id, state: 'done', doneAt: daysAgo(days) });
	const upTo = (rows: JsonRecord[], from = asked) =>
		upToLast(from, rows).map((one) => [
			from.findIndex(({ where }) => where === one.where),
			one.upTo,
		]);

	test('of each kind the rows up to the last that was found, and none of a kind that found none', () => {
		const told = { id: 3, noticedAt: daysAgo(8), at: daysAgo(8) };
		const dead = { id: 905, state: 'dead', receivedAt: daysAgo(11) };
		expect(upTo([done(950, 31), done(990, 31), dead, told])).toEqual([
			[0, 990],
			[2, 905],
			[6, 3],
		]);
		expect(upTo([done(7, 1)])).toEqual([[1, 7]]);
		expect(upTo([{}, { id: 5 }, { id: 6, state: 'waiting', receivedAt: daysAgo(99) }])).toEqual([]);
		const held = (id: number, days: number) => ({ id, state: 'held', receivedAt: daysAgo(days) });
		expect(upTo([held(7, 6), held(950, 8)])).toEqual([]);
		expect(upTo([held(7, 8), held(8, 6), held(950, 91)])).toEqual([
			[4, 950],
			[5, 7],
		]);
		expect(upTo([{ id: 4, noticedAt: null, at: daysAgo(99) }])).toEqual([]);
	});

	test('never more of a kind than its limit, though another kind found some that lie further on', () => {
		const few = asked.map((one) => ({ ...one, limit: 2 }));
		expect(upTo([done(1, 31), done(2, 31), done(800, 31)], few)).toEqual([
			[0, 2],
			[1, 2],
		]);
	});
});
