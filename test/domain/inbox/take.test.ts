import { takeRows } from '../../../nodes/shared/domain/inbox/take';
import { type InboxRow, inboxRowsIn } from '../../../nodes/shared/domain/inbox/row';
import { createRandom } from '../../support/random';
import { at, inboxJson, inboxRow } from './rows';

/** What became of each row: `event`, or its decision. */
function told({ events, decided }: ReturnType<typeof takeRows>): Record<number, unknown> {
	return Object.fromEntries([
		...events.map(({ inboxId }) => [inboxId, 'event']),
		...decided.map(({ inboxId, decision }) => [inboxId, decision]),
	]);
}

const HELD = inboxRow(1, { state: 'held', decision: 'held_unmapped', reason: 'No mapping.' });

describe('order within a problem', () => {
	test('a row waits behind an older one that is not done, and becomes due with it', () => {
		const older = inboxRow(1, {
			state: 'failed',
			decision: 'failed',
			reason: 'Halo was down.',
			cause: 'halo_down',
			notBefore: at(30),
		});
		const [waits] = takeRows([inboxRow(5)], [older]).decided;
		expect(waits).toMatchObject({
			inboxId: 5,
			decision: 'failed',
			reason: 'Waits behind row 1 of the same problem, which is failed: Halo was down.',
			behind: { state: 'failed', notBefore: at(30), cause: 'halo_down' },
		});
	});

	test('behind a new row that this run has no room for, it stays new', () => {
		expect(told(takeRows([inboxRow(5, { state: 'failed' })], [inboxRow(2)]))).toEqual({});
	});

	test.each(['done', 'dead'])('a %s row keeps nobody back', (state) => {
		expect(told(takeRows([inboxRow(5)], [inboxRow(1, { state })]))).toEqual({ 5: 'event' });
	});

	test('the same key of another company, or of another integration, is another problem', () => {
		const others = [
			inboxRow(5, { company: 'Fabrikam' }),
			inboxRow(6, { integration: 'office' }),
			inboxRow(7, { company: ' CONTOSO ', integration: 'Default' }),
		];
		expect(told(takeRows(others, [HELD]))).toEqual({
			5: 'event',
			6: 'event',
			7: 'held_unmapped',
		});
	});

	test('a company is told by its id before its name', () => {
		const withId = (id: string, name: string) =>
			JSON.stringify({ dedupKey: 'disk', status: 'open', company: { id, name } });
		const renamed = inboxRow(5, { event: withId('7', 'Contoso Group') });
		const older = inboxRow(1, { state: 'held', event: withId('7', 'Contoso') });
		const other = inboxRow(2, { state: 'held', event: withId('8', 'Contoso Group') });
		expect(takeRows([renamed], [other]).events).toHaveLength(1);
		expect(takeRows([renamed], [older]).events).toHaveLength(0);
	});

	test('rows of this run are no older rows of it: a look-up by keys brings them again', () => {
		const rows = [inboxRow(5), inboxRow(6)];
		expect(told(takeRows(rows, rows))).toEqual({ 5: 'event', 6: 'event' });
	});

	test('events keep the order of their rows', () => {
		const rows = inboxRowsIn([inboxJson(9), inboxJson(2, { dedupKey: 'b' }), inboxJson(4)]);
		expect(takeRows(rows, []).events.map(({ inboxId }) => inboxId)).toEqual([2, 4, 9]);
	});
});

describe('what came late', () => {
	const event = (status: string, minute: number, more: Record<string, unknown> = {}) =>
		JSON.stringify({
			dedupKey: 'disk',
			status,
			time: at(60 * minute),
			company: { name: 'Contoso' },
			...more,
		});
	const done = (id: number, status: string, minute: number, decision = 'closed') =>
		inboxRow(id, { state: 'done', decision, event: event(status, minute) });
	const late = (status: string, minute: number, more: Record<string, unknown> = {}) =>
		inboxRow(9, { event: event(status, minute, more) });

	test('an open older than an end that found no ticket makes none', () => {
		const { decided, events } = takeRows([late('open', 5)], [done(3, 'resolved', 10, 'not_found')]);
		expect(events).toEqual([]);
		expect(decided).toMatchObject([
			{
				inboxId: 9,
				decision: 'unchanged',
				reason: expect.stringContaining(`Row 3 told the end of ${at(600)} before`),
			},
		]);
	});

	test('an end older than a repeated report closes nothing', () => {
		const rows = [done(2, 'open', 0, 'created'), done(3, 'open', 20, 'unchanged')];
		expect(told(takeRows([late('resolved', 10)], rows))).toEqual({ 9: 'unchanged' });
		expect(told(takeRows([late('resolved', 30)], rows))).toEqual({ 9: 'event' });
	});

	test.each([
		['of the very time', done(3, 'resolved', 5)],
		['that only informs', done(3, 'info', 10)],
		['that is not handled', inboxRow(3, { state: 'dead', event: event('resolved', 10) })],
		['that is a replay', done(3, 'resolved', 10, 'skipped_replay')],
		[
			'of another company',
			inboxRow(3, {
				state: 'done',
				decision: 'closed',
				event: event('resolved', 10, { company: { name: 'Fabrikam' } }),
			}),
		],
		['without a time', inboxRow(3, { state: 'done', decision: 'closed' })],
	])('a row %s makes nothing late', (_, other) => {
		expect(told(takeRows([late('open', 5)], [other]))).toEqual({ 9: 'event' });
	});

	test('a report that says only when the problem began is as new as any', () => {
		const rows = [done(3, 'resolved', 10)];
		expect(told(takeRows([late('open', 5, { timeFrom: 'start' })], rows))).toEqual({ 9: 'event' });
	});

	test('1,000 histories, handled row by row in any order: the newest event decides what went on last', () => {
		const next = createRandom(13);
		for (let history = 0; history < 1_000; history += 1) {
			const minutes = Array.from({ length: 2 + Math.floor(next() * 6) }, (_, index) => index);
			const shuffled = [...minutes].sort(() => next() - 0.5);
			const handled: InboxRow[] = [];
			let last = -1;
			for (const [place, minute] of shuffled.entries()) {
				const status = next() < 0.5 ? 'open' : 'resolved';
				const row = inboxRow(place + 1, { event: event(status, minute) });
				const { decided, events } = takeRows([row], handled);
				expect(events.length + decided.length).toBe(1);
				if (events.length === 1) last = minute;
				handled.push({
					...row,
					state: 'done',
					decision: events.length === 1 ? 'noted' : 'unchanged',
				});
			}
			expect(last).toBe(Math.max(...minutes));
		}
	});
});

describe('what is decided at once', () => {
	test.each([
		['{', 'is not JSON'],
		['[]', 'holds no event'],
		['{"title":"x"}', 'holds no event'],
		[null, 'holds no event'],
	])('the column event that holds %s is damaged, and says so', (event, words) => {
		const [damaged] = takeRows([inboxRow(3, { event })], []).decided;
		expect(damaged).toMatchObject({ decision: 'failed', damaged: true, source: 'canonical' });
		expect(damaged?.reason).toContain(`row 3 in halo_inbox ${words}`);
	});

	test('a delivery that was handled before is a replay, in this run or an earlier one', () => {
		const again = { deliveryId: 'd#1' };
		const handled = inboxRow(1, { ...again, state: 'done', decision: 'created' });
		const rows = [inboxRow(5, again), inboxRow(6, again), inboxRow(7, { deliveryId: 'd#2' })];
		expect(told(takeRows(rows, [handled]))).toEqual({
			5: 'skipped_replay',
			6: 'skipped_replay',
			7: 'event',
		});
		expect(told(takeRows(rows, []))).toEqual({ 5: 'event', 6: 'skipped_replay', 7: 'event' });
	});

	test('neither a replay nor a row that is not done makes another one a replay', () => {
		const again = { deliveryId: 'd#1' };
		const replay = inboxRow(1, { ...again, state: 'done', decision: 'skipped_replay' });
		const dead = inboxRow(2, { ...again, state: 'dead', decision: 'failed' });
		expect(told(takeRows([inboxRow(5, again)], [replay, dead]))).toEqual({ 5: 'event' });
	});

	test('the delivery of another company is no replay', () => {
		const handled = inboxRow(1, { deliveryId: 'd', state: 'done', decision: 'created' });
		const other = inboxRow(5, { deliveryId: 'd', company: 'Fabrikam' });
		expect(told(takeRows([other], [handled]))).toEqual({ 5: 'event' });
	});

	test('a retry that a newer row has overtaken does not undo it; a new row is no retry', () => {
		const newer = (decision: string) => inboxRow(9, { state: 'done', decision });
		const retry = inboxRow(5, { state: 'failed' });
		expect(told(takeRows([retry], [newer('closed')]))).toEqual({ 5: 'unchanged' });
		expect(told(takeRows([retry], [newer('not_found')]))).toEqual({ 5: 'unchanged' });
		expect(told(takeRows([retry], [newer('skipped_severity')]))).toEqual({ 5: 'event' });
		expect(told(takeRows([inboxRow(5)], [newer('closed')]))).toEqual({ 5: 'event' });
		const before = inboxRow(3, { state: 'done', decision: 'closed' });
		expect(told(takeRows([retry], [before]))).toEqual({ 5: 'event' });
	});

	test('what was resolved before its maintenance window ended makes no ticket', () => {
		const waiting = inboxRow(4, { state: 'waiting' });
		const resolved = inboxRow(8, { status: 'resolved' });
		expect(takeRows([waiting, resolved], []).decided).toMatchObject([
			{ inboxId: 4, decision: 'skipped_maintenance', over: true },
		]);
		const other = inboxRow(8, { status: 'resolved', company: 'Fabrikam' });
		expect(told(takeRows([waiting, other], []))).toEqual({ 4: 'event', 8: 'event' });
	});
});
