import { TwoRowsError } from '../../../nodes/shared/domain/event/sync-status';
import { pollWindow } from '../../../nodes/shared/domain/inbox/checkpoint';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW } from './rows';

const ask = (rows: JsonRecord[]) =>
	pollWindow(rows, {
		integration: 'default',
		flow: 'poll-tickets',
		overlapMinutes: 10,
		firstLookBackHours: 2,
		now: NOW,
	});
const row = (more: JsonRecord = {}): JsonRecord => ({
	id: 3,
	integration: 'default',
	flow: 'poll-tickets',
	checkpoint: at(-300),
	...more,
});

test('a poll goes on at its checkpoint less the overlap, and begins the next one at its own start', () => {
	expect(ask([row()])).toEqual({ since: at(-900), startedAt: at(0) });
});

test('the first poll, and one whose checkpoint is no date, looks back as far as it is told', () => {
	const first = { since: at(-7_200), startedAt: at(0) };
	for (const rows of [[], [{}], [row({ checkpoint: 'yesterday' })], [row({ checkpoint: null })]]) {
		expect(ask(rows)).toEqual(first);
	}
});

test('rows of other flows and integrations do not count; two of its own are an error', () => {
	const others = [row({ flow: 'companies', id: 4 }), row({ integration: 'office', id: 5 })];
	expect(ask([...others, row()]).since).toBe(at(-900));
	expect(() => ask([row(), row({ id: 9 })])).toThrow(TwoRowsError);
	expect(() => ask([row(), row({ id: 9 })])).toThrow(
		'halo_sync_status has 2 rows for default, flow poll-tickets',
	);
});
