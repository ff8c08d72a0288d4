import { type CallRow, readCallRow } from '../../../nodes/shared/domain/outbox/call';
import { callsToMake } from '../../../nodes/shared/domain/outbox/claim';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW } from './changes';

const MINUTE = 60;

function row(id: number, more: JsonRecord = {}): CallRow {
	const read = readCallRow({
		id,
		source: 'halo-callback',
		dedupKey: 'a',
		event: '{"change":"closed"}',
		state: 'sending',
		ticketId: 7,
		tries: 0,
		receivedAt: at(0),
		...more,
	});
	if (read === null) throw new Error('no row');
	return read;
}

const make = (claimed: CallRow[], found: CallRow[], byHand = false) => {
	const { calls, repeats } = callsToMake(claimed, found, { byHand, now: NOW });
	return [calls.map(({ rowId }) => rowId), repeats.map(({ id }) => id)];
};

test('of several rows of one change the first is sent, whichever run put it in', () => {
	expect(make([row(4)], [row(4)])).toEqual([[4], []]);
	expect(make([row(4)], [row(4), row(5)])).toEqual([[4], []]);
	expect(make([row(5)], [row(4), row(5)])).toEqual([[], [5]]);
	expect(make([row(5)], [row(4, { state: 'done' }), row(5)])).toEqual([[], [5]]);
	expect(make([row(5), row(6, { dedupKey: 'b' })], [row(5), row(6, { dedupKey: 'b' })])).toEqual([
		[5, 6],
		[],
	]);
	expect(make([row(5)], [row(4, { source: 'halo-jit' }), row(5)])).toEqual([[5], []]);
});

test('a call has what its row holds; a repeat is written as such', () => {
	const { calls, repeats } = callsToMake([row(4), row(5)], [], { byHand: false, now: NOW });
	expect(calls).toEqual([
		{ rowId: 4, ticketId: 7, key: 'a', body: '{"change":"closed"}', tries: 0 },
	]);
	expect(repeats).toEqual([
		{
			id: 5,
			state: 'done',
			decision: 'skipped_replay',
			reason: 'The same change was told before; nothing was sent.',
			tries: 0,
			doneAt: at(0),
		},
	]);
});

test('without a new claim failed calls are tried again, also one that a person chose on the replay form', () => {
	expect(make([], [row(4, { state: 'dead', tries: 1 })])).toEqual([[4], []]);
	expect(make([], [row(4, { state: 'failed' })])).toEqual([[4], []]);
	expect(make([], [row(4, { state: 'done' })])).toEqual([[], []]);
});

test('a call that was cut off by a crash is made after ten minutes, not while it is under way', () => {
	expect(make([], [row(4, { receivedAt: at(-10 * MINUTE) })])).toEqual([[], []]);
	expect(make([], [row(4, { receivedAt: at(-10 * MINUTE - 1) })])).toEqual([[4], []]);
	expect(make([], [row(4, { receivedAt: null })])).toEqual([[4], []]);
	const late = { receivedAt: at(-11 * MINUTE) };
	expect(make([], [row(4, late), row(5, late)])).toEqual([[4], [5]]);
});

test('after two days of tries a call is left to a person, who can have it made', () => {
	const given = (tries: number) => [row(4, { state: 'dead', tries })];
	expect(make([], given(191))).toEqual([[4], []]);
	expect(make([], given(192))).toEqual([[], []]);
	expect(make([], given(192), true)).toEqual([[4], []]);
});

test('what holds no call is none', () => {
	for (const json of [{}, { id: 1 }, { id: 1, dedupKey: 'a', source: 's', event: null }]) {
		expect(readCallRow(json)).toBeNull();
	}
});
