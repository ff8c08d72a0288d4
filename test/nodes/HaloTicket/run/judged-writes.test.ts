import type { INodeParameters } from 'n8n-workflow';

import type { HaloSwitches } from '../../../../sandbox/halo';
import { evaluated, picked, resolved, startTicketing, type Ticketing } from '../support';

/** What Halo does with a member that was sent, and what the decision says about it: for each write and member. */

const PROFILE: INodeParameters = {
	moreFields: { sla: picked('1'), priority: picked('1'), team: picked('2'), agent: picked('3') },
};

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const RISE = { severity: 'critical' };

test.each([
	['a create', 'priority_id', null, 'created', 'keeps priority 3'],
	['a create', 'team', null, 'created', 'keeps team Service Desk'],
	['a create', 'agent_id', null, 'created', 'keeps agent none'],
	['a create', 'details_html,details', null, 'created', 'did not let the details'],
	['a rise', 'priority_id', RISE, 'updated', 'keeps priority 3'],
	['a rise', 'details_html', RISE, 'updated', 'did not let the details'],
	['a close', 'agent_id', { status: 'resolved' }, 'closed', 'keeps agent none'],
] as const)(
	'%s whose %s Halo ignores: the decision says so',
	async (_, ignored, change, decision, words) => {
		if (change !== null) {
			// Made with nobody and a low priority, so that the change has something to change.
			await halo.decide([evaluated()], { moreFields: { sla: picked('1'), priority: picked('3') } });
		}
		Object.assign(halo.simulator.switches, { ignoredMembers: ignored, closeUnassigned: true });
		const event =
			change === null ? evaluated() : 'status' in change ? resolved() : evaluated(change);
		const [decided] = await halo.decide([event], PROFILE);
		expect(decided).toMatchObject({ decision });
		expect(decided?.reason).toContain(words);
	},
);

const NEVER: Partial<HaloSwitches> = { statusSticks: 'never' };

test.each([
	['a close', {}, resolved(), 'instead of 9'],
	['a reopening', {}, evaluated({ time: new Date().toISOString() }), 'instead of 1'],
] as const)(
	'%s whose status Halo keeps fails, with the ticket type named',
	async (what, _, event, words) => {
		await halo.decide([evaluated()]);
		if (what === 'a reopening') await halo.decide([resolved({ time: event.time })]);
		Object.assign(halo.simulator.switches, NEVER);
		const [decided] = await halo.decide([event]);
		expect(decided).toMatchObject({ decision: 'failed' });
		expect(decided?.reason).toContain(words);
		expect(decided?.reason).toContain('Ticket Types');
	},
);

test('a new ticket on another client than the one sent is closed at once, loudly, and not made again', async () => {
	halo.simulator.switches.createdOnClient = 13;
	const [failed] = await halo.decide([evaluated()]);
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(failed?.reason).toContain(
		'on client Northwind Traders (13) instead of 11. It was closed at once.',
	);
	expect(halo.openTickets()).toEqual([]);
	expect(halo.simulator.mails).toEqual([]);
	const [again] = await halo.decide([evaluated({ dedupKey: 'v1|wazuh|other' })]);
	expect(again?.reason).toContain('No further ticket was made');
	expect(halo.tickets()).toHaveLength(1);
	// Corrected in Halo, and the ticket deleted: the next run makes one where it belongs.
	halo.simulator.switches.createdOnClient = 0;
	halo.simulator.technician.delete(Number(halo.tickets()[0]?.id));
	await expect(halo.decide([evaluated()])).resolves.toMatchObject([{ decision: 'created' }]);
	expect(halo.openTickets()).toHaveLength(1);
});

test.each([
	[
		'the note',
		{ method: 'POST', path: '/Actions$' },
		0,
		'It was closed at once. No note says so there',
	],
	['the close', { method: 'POST', path: '/Tickets$', skip: 1 }, 1, 'It is still open'],
] as const)(
	'a new ticket on another client where %s is refused: the other step is done, and the decision tells both',
	async (_, refused, open, words) => {
		halo.simulator.switches.createdOnClient = 13;
		halo.simulator.faults.add({ name: 'forbidden-403', times: 'always', ...refused });
		const [failed] = await halo.decide([evaluated()]);
		expect(failed).toMatchObject({ decision: 'failed' });
		expect(failed?.reason).toContain('on client Northwind Traders (13) instead of 11.');
		expect(failed?.reason).toContain(words);
		expect(halo.openTickets()).toHaveLength(open);
	},
);

test('a ticket that the agent may not see fails alone, with a token that is good for others', async () => {
	const other = { dedupKey: 'v1|wazuh|other', title: 'Other' };
	const [first] = await halo.decide([evaluated(), evaluated(other)]);
	halo.simulator.switches.unauthorisedTickets = String(first?.ticketId);
	const decisions = await halo.decide([resolved(), resolved(other)]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'closed']);
	expect(decisions[0]?.reason).toContain('with a token that is good for others');
});

test('an answer to a write that cannot be read is told as it came, without a guess', async () => {
	await halo.decide([evaluated()]);
	halo.simulator.faults.add({ name: 'bad-json', method: 'POST', path: '/Tickets$' });
	// The read-back fails as well, so that nobody knows.
	halo.simulator.faults.add({ name: 'bad-json', method: 'GET', path: '/Tickets/\\d+$', skip: 1 });
	const [failed] = await halo.decide([evaluated({ severity: 'critical' })]);
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(failed?.reason).toContain('cannot be read');
	expect(failed?.reason).toContain('POST /Tickets');
	expect(failed?.reason).toContain('Halo may have stored it all the same');
	expect(failed?.reason).not.toContain('login page');
});
