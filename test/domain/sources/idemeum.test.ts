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

describe('idemeum: the names of its API and of its fields in Halo', () => {
	const named = {
		idemeumElevationRequestId: 'er-9',
		idemeumCustomerName: 'tailwind',
		status: 'approved',
	};

	test('a request and its decision are one problem under either name of its id', () => {
		const asked = read({ elevationRequestId: 'er-9' }).events[0];
		const decided = readPayload('detect', named, contextFor());
		expect(decided.source).toBe('idemeum');
		expect(decided.events[0]?.dedupKey).toBe(asked?.dedupKey);
		expect(decided.events[0]).toMatchObject({ status: 'resolved', company: { name: 'tailwind' } });
	});

	test('the id of a delivery beside it is not the id of the request', () => {
		const key = (requestId: string) => read({ requestId }).events[0]?.dedupKey;
		expect(key('delivery-1')).toBe(key('delivery-2'));
	});

	test('computer and file of an elevation event are the device and the application', () => {
		const columns = {
			computer: 'PC-7',
			filename: 'setup.exe',
			deviceName: null,
			application: null,
		};
		expect(read(columns).events[0]).toMatchObject({
			asset: { name: 'PC-7' },
			title: 'Elevation requested: setup.exe on PC-7',
		});
	});
});
