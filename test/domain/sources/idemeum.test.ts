import { idemeum } from '../../../nodes/shared/domain/sources/idemeum';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

function read(change: object) {
	return readPayload('idemeum', [{ ...idemeum.sample, ...change }], contextFor());
}

describe('idemeum: what became of a request', () => {
	test.each([
		[{ status: 'requested' }, 'open', null],
		[{ status: 'Pending' }, 'open', null],
		[{ status: 'requested', decision: 'approved' }, 'resolved', 'approved'],
		[{ status: 'completed', decision: 'denied' }, 'resolved', 'denied'],
		[{ status: 'approved', decision: 'approved' }, 'resolved', 'approved'],
		[{ status: null, state: 'EXPIRED' }, 'resolved', 'expired'],
		[{ status: 'requested', decision: 'unapproved' }, 'open', null],
	])('%j is %s', (change, status, reason) => {
		const [event] = read(change).events;
		expect([event?.status, event?.resolution?.reason ?? null]).toEqual([status, reason]);
	});

	test.each([
		[{ status: 'denied', decision: 'approved' }, 'decision'],
		[{ status: 'unapproved' }, 'status'],
		[{ status: 'not denied' }, 'status'],
		[{ status: 'auto' }, 'status'],
		[{ status: null }, 'status'],
	])('%j is refused by the name of %s', (change, field) => {
		const { events, failures } = read(change);
		expect(events).toEqual([]);
		expect(failures.map((failure) => failure.field)).toEqual([field]);
	});

	test('a decision that does not say when comes after its request', () => {
		const when = (change: object) =>
			read({ requestedAt: '2026-05-04T08:00:00Z', ...change }).events[0]?.time;
		expect(when({ status: 'requested' })).toBe('2026-05-04T08:00:00.000Z');
		expect(when({ status: 'approved' })).toBe('2026-05-04T10:00:00.000Z');
		expect(when({ status: 'approved', decidedAt: '2026-05-04T08:05:00Z' })).toBe(
			'2026-05-04T08:05:00.000Z',
		);
	});
});
