import { createHmac } from 'node:crypto';

import {
	closedAsExpired,
	closedByDecision,
	decidedBy,
	notTaken,
	readDecided,
} from '../../../nodes/shared/domain/approval/decided';
import type { Choice } from '../../../nodes/shared/domain/approval/choice';
import { NOW, questionOf, REQUEST, SECRET } from './question';

const AT = new Date(NOW).toISOString();
const CHOICE: Choice = { decision: 'approved', scope: 'tenant', email: 'sam@msp.example' };

const decided = (requestId = 'er-1', choice: Partial<Choice> = {}) =>
	decidedBy(questionOf({ requestId }), { ...CHOICE, ...choice }, 'Sam Okafor', {
		decidedAt: AT,
		secret: SECRET,
	});

test('the source is told exactly this request, signed over the very text', () => {
	const { body, key, signature } = decided();
	expect(JSON.parse(body)).toEqual({
		elevationRequestId: 'er-1',
		decision: 'approved',
		scope: 'tenant',
		approver: { name: 'Sam Okafor', email: 'sam@msp.example' },
		ticketId: 7,
		decidedAt: AT,
	});
	expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
	expect(key).toBe('elevation|er-1|approved');
});

test('an id that no header can hold is told all the same', () => {
	const id = 'er\n漢 1\ud800';
	const { body, key } = decided(id);
	expect(key).toMatch(/^elevation\|[!-~]+\|approved$/);
	expect(JSON.parse(body)).toMatchObject({ elevationRequestId: id });
});

test('the ticket is closed by the request itself, as over, in the name of who decided', () => {
	expect(closedByDecision(readDecided(decided()), AT)).toEqual({
		...REQUEST,
		status: 'resolved',
		time: AT,
		resolution: {
			reason: 'approved',
			byName: 'Sam Okafor',
			byEmail: 'sam@msp.example',
			scope: 'whole tenant',
			note: 'Decided from this ticket, with a login to n8n.',
		},
	});
	const denied = readDecided(decided('er-1', { decision: 'denied', scope: 'user' }));
	expect(closedByDecision(denied, AT)).toMatchObject({
		resolution: { reason: 'denied', scope: 'this user' },
	});
});

test('what expired is closed in the name of nobody', () => {
	expect(closedAsExpired(questionOf(), AT)).toMatchObject({
		...REQUEST,
		status: 'resolved',
		time: AT,
		resolution: { reason: 'expired', byName: null, byEmail: null, note: 'Nobody decided in time.' },
	});
});

test('a decision that the source did not take is a row and a note, with what it said', () => {
	const of = (failure: object) =>
		notTaken(decided(), { ...failure }, { workflow: 'elevation requests', at: AT });
	expect(of({ error: { message: 'Service\nunavailable' } })).toEqual({
		row: {
			workflow: 'elevation requests',
			node: 'Tell the source',
			direction: 'outgoing',
			cause: 'the source did not take a decision',
			message: 'Ticket 7: Service unavailable',
			at: AT,
		},
		note: { ticketId: 7, note: expect.stringMatching(/^Sam Okafor decided: approved\. /) },
	});
	expect(of({ error: 'refused' }).row.message).toBe('Ticket 7: refused');
	expect(of({ error: {} }).row.message).toBe('Ticket 7: no answer');
	expect(of({ error: { message: 'x'.repeat(9_000) } }).row.message.length).toBeLessThan(400);
});

test('what is no decision of this node is refused', () => {
	for (const wrong of [{ decision: 'maybe' }, { scope: 'all' }]) {
		expect(() => readDecided({ ...decided(), ...wrong })).toThrow('Decided: expected');
	}
	expect(() => readDecided({})).toThrow('Decided: expected');
});
