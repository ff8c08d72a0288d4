import { claimRow } from '../../../nodes/shared/domain/outbox/call';
import { ChangeError, readHaloChange } from '../../../nodes/shared/domain/outbox/change';
import { changeErrorRow, claimsOf } from '../../../nodes/shared/domain/outbox/claims';
import { at, changeJson, NOW } from './changes';

const call = { source: 'halo-jit', deliveryId: '', event: '{}' } as const;

test('items of one change are one claim, paired with the first of them', () => {
	const { claims, failures } = claimsOf(
		[changeJson(), changeJson({ id: 8 }, { ticketId: 8 }), changeJson()],
		({ ticketId }) => claimRow({ ...call, dedupKey: `key ${ticketId}`, ticketId }, NOW),
	);
	expect(failures).toEqual([]);
	expect(claims.map(({ item, value }) => [item, value.ticketId])).toEqual([
		[0, 7],
		[1, 8],
	]);
});

test('a ticket that cannot be read keeps no other back', () => {
	const unread = changeJson({}, { ticket: null, problem: 'Halo shows no ticket 7' });
	const { claims, failures } = claimsOf([unread, changeJson()], ({ ticketId }) =>
		claimRow({ ...call, dedupKey: 'a', ticketId }, NOW),
	);
	expect(claims).toHaveLength(1);
	expect(failures.map(({ item, value }) => [item, value.message])).toEqual([
		[0, 'Ticket 7 could not be read, so nobody is told of it: Halo shows no ticket 7'],
	]);
	const where = { workflow: 'disable JIT accounts', node: 'Calls' };
	expect(failures.map(({ value }) => changeErrorRow(value, where, at(0)))).toEqual([
		{
			...where,
			direction: 'outgoing',
			cause: 'workflow',
			message:
				'Ticket 7 could not be read, so nobody is told of it: Halo shows no ticket 7. Send the delivery again from the tab Deliveries of the webhook in Halo.',
			at: at(0),
		},
	]);
});

test('nobody is told where the change says so, and a defect is no failure of a ticket', () => {
	expect(claimsOf([changeJson()], () => null)).toEqual({ claims: [], failures: [] });
	const defect = () => {
		throw new TypeError('x');
	};
	expect(() => claimsOf([changeJson()], defect)).toThrow(TypeError);
});

test('what is no item of Halo Trigger is a failure', () => {
	for (const json of [{}, { ticketId: 7 }, { ticketId: 7, ticket: { id: null } }]) {
		expect(() => readHaloChange(json)).toThrow(ChangeError);
	}
});
