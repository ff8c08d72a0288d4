import { NoCallError, settleCalls } from '../../../nodes/shared/domain/outbox/settle-calls';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW } from './changes';

const call = (rowId: number, more: JsonRecord = {}): JsonRecord => ({
	rowId,
	ticketId: 7,
	key: 'a',
	body: '{}',
	tries: 0,
	...more,
});
const settle = (...tried: Array<[JsonRecord, JsonRecord]>) =>
	settleCalls(
		tried.map(([given, answer]) => ({ call: given, answer })),
		{ flow: 'tell the source', node: 'Send', now: NOW },
	);
const taken = { statusCode: 200, body: { error: 'a word of the receiver' } };
const refused = { error: { message: 'Service unavailable' } };

test('a call that was taken is done, and is Last Sync', () => {
	expect(settle([call(4), taken])).toEqual({
		rows: [
			{
				id: 4,
				state: 'done',
				decision: 'sent',
				reason: 'The other side took it.',
				tries: 1,
				doneAt: at(0),
			},
		],
		status: [{ integration: '(all)', flow: 'tell the source', enabled: true, lastSync: at(0) }],
		errors: [],
	});
});

test('a call that failed is kept for later with its ticket and what was said, and is reported', () => {
	const { errors, rows, status } = settle([call(4, { tries: 2 }), refused]);
	const reason = 'Ticket 7: the call failed: Service unavailable';
	expect(rows).toEqual([
		{ id: 4, state: 'dead', decision: 'failed', reason, tries: 3, doneAt: at(0) },
	]);
	expect(status).toEqual([]);
	expect(errors).toEqual([
		{
			workflow: 'tell the source',
			node: 'Send',
			direction: 'outgoing',
			cause: 'the other side did not take a call',
			message: reason,
			at: at(0),
		},
	]);
	const long = settle([call(4), { error: 'x'.repeat(900) }]);
	expect(long.rows[0]?.reason).toHaveLength(500);
});

test('several calls that failed are one report; a good one beside them is Last Sync all the same', () => {
	const { errors, rows, status } = settle(
		[call(4, { ticketId: 8 }), refused],
		[call(5), taken],
		[call(6), { error: 'no answer' }],
	);
	expect(rows.map(({ id, state }) => [id, state])).toEqual([
		[4, 'dead'],
		[5, 'done'],
		[6, 'dead'],
	]);
	expect(errors.map(({ message }) => message)).toEqual([
		'Ticket 8: the call failed: Service unavailable (2 calls failed, this one first)',
	]);
	expect(status).toHaveLength(1);
});

test('an answer that belongs to no call is refused, so that no other row is written', () => {
	expect(() => settle([{}, taken])).toThrow(NoCallError);
	expect(() => settle([{ rowId: '' }, refused])).toThrow('Call needs the call that was made');
});
