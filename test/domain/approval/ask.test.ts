import { afterRequest, sourceAnswerOf } from '../../../nodes/shared/domain/approval/ask';
import { readQuestion } from '../../../nodes/shared/domain/approval/question';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { NOW, questionOf, REQUEST } from './question';

const SETTINGS = {
	callbackUrl: 'https://source.example/decisions',
	waitHours: 1,
	ownAllowed: false,
	workflow: 'elevation requests',
	now: NOW,
};

function item(change: JsonRecord = {}): JsonRecord {
	return {
		...REQUEST,
		decision: 'created',
		reason: 'Made.',
		ticketId: 7,
		ticketUrl: 'https://halo.example/ticket?id=7',
		raw: { elevationRequestId: 'er-1', id: 'delivery-9' },
		...change,
	};
}

const after = (change: JsonRecord = {}, settings: Partial<typeof SETTINGS> = {}) =>
	afterRequest(item(change), { ...SETTINGS, ...settings });

test('a new ticket is asked about, with the request and the number out of one item', () => {
	expect(after()).toEqual({ kind: 'question', question: questionOf() });
});

test('the request answers to the id by which its source reads it', () => {
	const asked = (raw: JsonRecord) => after({ raw });
	expect(asked({ requestId: 'r', id: 'i', idemeumElevationRequestId: 'e' })).toMatchObject({
		question: { requestId: 'e' },
	});
	expect(asked({ id: 17 })).toMatchObject({ question: { requestId: '17' } });
});

test('without an address of the source nobody is asked', () => {
	expect(after({}, { callbackUrl: '' })).toEqual({ kind: 'other' });
});

test('only a ticket that was made now is asked about', () => {
	for (const decision of [
		'closed',
		'unchanged',
		'updated',
		'reopened',
		'skipped_no_notification',
	]) {
		expect([decision, after({ decision }).kind]).toEqual([decision, 'other']);
	}
	expect(after({ ticketId: null }).kind).toBe('other');
});

test('what became no ticket is a row of halo_errors with its cause', () => {
	expect(after({ decision: 'failed', reason: 'Halo refused it.' })).toEqual({
		kind: 'error',
		row: {
			workflow: 'elevation requests',
			node: 'Halo Ticket',
			direction: 'incoming',
			cause: 'failed',
			message: 'Elevation requested: setup.exe; grace@contoso.example; Halo refused it.',
			at: new Date(NOW).toISOString(),
		},
	});
	for (const decision of ['held_unmapped', 'held_ambiguous']) {
		expect(after({ decision })).toMatchObject({
			row: { cause: decision, node: 'Halo Map Company' },
		});
	}
});

test('an item without a decision comes out of a node that failed, and is reported', () => {
	expect(after({ decision: undefined, reason: undefined, error: 'It broke.' })).toMatchObject({
		row: { cause: 'failed', message: expect.stringContaining('It broke.') },
	});
});

test('a request without an id is a ticket that is reported, and the others go on', () => {
	for (const raw of [null, undefined, 'text', {}, { id: '' }]) {
		expect(after({ raw })).toMatchObject({
			kind: 'error',
			row: { cause: 'set_up', message: expect.stringContaining('Keep the Source Record') },
		});
	}
});

test('a title of thousands of characters does not fill the table', () => {
	const long = after({ decision: 'failed', title: 'x'.repeat(5_000) });
	expect(long.kind === 'error' ? long.row.message.length : 0).toBeLessThanOrEqual(1_000);
});

test('the source hears of each request what became of it', () => {
	const refused = { decision: 'failed', reason: 'No such category.', ticketId: undefined };
	expect(sourceAnswerOf([item(), item(refused), item({ decision: 'held_unmapped' })])).toEqual({
		received: 3,
		failed: 2,
		requests: [
			{ title: REQUEST.title, decision: 'created', reason: 'Made.', ticketId: 7 },
			{ title: REQUEST.title, decision: 'failed', reason: 'No such category.', ticketId: null },
			{ title: REQUEST.title, decision: 'held_unmapped', reason: 'Made.', ticketId: 7 },
		],
	});
});

test('a question that another node changed is refused by the member that is missing', () => {
	expect(readQuestion(questionOf())).toEqual(questionOf());
	const members = ['requestId', 'ticketId', 'event', 'expiresAt', 'callbackUrl'];
	for (const member of members) {
		expect(() => readQuestion({ ...questionOf(), [member]: null })).toThrow(`${member}: expected`);
	}
	expect(() => readQuestion({ ...questionOf(), expiresAt: 'soon' })).toThrow('ISO 8601');
	expect(readQuestion({ ...questionOf(), ownAllowed: 'true' }).ownAllowed).toBe(false);
});
