import type { FaultName } from '../../../sandbox/halo';
import { CLOSED, evaluated, picked, resolved, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
	halo.simulator.faults.clear();
});

const LOST: FaultName[] = [
	'reset-after-commit',
	'status-500-after-commit',
	'html-504-after-commit',
	'bad-json',
];

test.each(LOST)('a create whose answer is lost (%s) ends in one ticket, created', async (name) => {
	halo.simulator.faults.add({ name, method: 'POST', path: '/Tickets$' });
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'created', ticketId: halo.tickets()[0]?.id });
	expect(halo.tickets()).toHaveLength(1);
});

test('a create that never arrived is sent again and ends in one ticket', async () => {
	halo.simulator.faults.add({ name: 'reset-before', method: 'POST', path: '/Tickets$' });
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'created' });
	expect(halo.tickets()).toHaveLength(1);
});

test('a note whose answer is lost stands on the ticket once', async () => {
	await halo.decide([evaluated()]);
	halo.simulator.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Actions$' });
	await halo.decide([evaluated({ severity: 'critical' })]);
	const [ticket] = halo.simulator.state.tickets.filter(({ summary }) =>
		summary.includes('scanref'),
	);
	expect(ticket?.actions.filter(({ note }) => note.includes('severity changed'))).toHaveLength(1);
});

test('a Halo that ignores every filter changes nothing but the length of its lists', async () => {
	const { technician } = halo.simulator;
	for (let count = 0; count < 120; count += 1) {
		technician.create({ summary: `Unrelated ${count}`, client_id: 12 });
	}
	halo.simulator.faults.add({ name: 'ignore-filters', times: 'always', path: '/Tickets' });
	const before = halo.simulator.state.tickets.length;
	const made = await halo.decide([evaluated(), evaluated({ dedupKey: 'v1|wazuh|b' })]);
	const again = await halo.decide([evaluated(), evaluated({ dedupKey: 'v1|wazuh|b' })]);
	const closed = await halo.decide([resolved()]);
	expect(made.map(({ decision }) => decision)).toEqual(['created', 'created']);
	expect(again.map(({ decision }) => decision)).toEqual(['unchanged', 'unchanged']);
	expect(closed[0]).toMatchObject({ decision: 'closed' });
	expect(halo.simulator.state.tickets).toHaveLength(before + 2);
	const touched = halo.simulator.state.tickets.filter(
		({ summary, status_id }) => summary.startsWith('Unrelated') && status_id !== 1,
	);
	expect(touched).toEqual([]);
});

test('a ticket that only resembles the reference is not taken for it', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.simulator.reset();
	const near = String(made?.reference).replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
	halo.simulator.technician.create({ summary: `Other (scanref ${near})`, client_id: 11 });
	halo.simulator.technician.create({ summary: `About ${String(made?.reference)}`, client_id: 11 });
	const [decision] = await halo.decide([evaluated()]);
	expect(decision).toMatchObject({ decision: 'created' });
});

test('one event that Halo refuses fails with its words and the next step; the others go on', async () => {
	halo.simulator.faults.add({
		name: 'error-text',
		message: 'Please complete the following fields: Cost Centre',
		method: 'POST',
		path: '/Tickets$',
	});
	const decisions = await halo.decide([evaluated(), evaluated({ dedupKey: 'v1|wazuh|b' })]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'created']);
	expect(decisions[0]?.reason).toContain('Cost Centre');
	expect(decisions[0]?.error).toMatchObject({
		status: 400,
		method: 'POST',
		path: '/Tickets',
		haloMessage: 'Please complete the following fields: Cost Centre',
		nextStep: expect.stringContaining('Correct what Halo names'),
	});
});

test('with an error output a failed event goes there, with its reason and its place', async () => {
	halo.simulator.faults.add({ name: 'error-text', method: 'POST', path: '/Tickets$' });
	const run = await halo.run(
		[evaluated(), evaluated({ dedupKey: 'v1|wazuh|b' })],
		{},
		{
			settings: { onError: 'continueErrorOutput' },
		},
	);
	expect(run.error).toBeNull();
	expect(run.outputs[0]?.map(({ json }) => json.decision)).toEqual(['created']);
	expect(run.outputs[1]).toEqual([
		expect.objectContaining({
			json: { error: expect.stringContaining('Halo refused the request') },
			pairedItem: { item: 0 },
		}),
	]);
});

test('a wrong secret stops the run before anything is written, with the next step', async () => {
	const { simulator } = halo;
	const right = simulator.application.clientSecret;
	simulator.application.clientSecret = 'changed in Halo';
	try {
		const run = await halo.run([evaluated()]);
		expect(run.error).not.toBeNull();
		expect(`${run.error?.message} ${run.error?.description}`).toMatch(/secret/i);
		expect(halo.tickets()).toEqual([]);
	} finally {
		simulator.application.clientSecret = right;
	}
});

test('a Halo that is down stops the run, and with "continue on error" fails every event', async () => {
	halo.simulator.faults.add({ name: 'not-found-404', path: '/Tickets', times: 'always' });
	halo.simulator.faults.add({ name: 'forbidden-403', path: '/Tickets', times: 'always' });
	const stopped = await halo.run([evaluated()]);
	expect(stopped.error?.message).toContain('/Tickets');
	const run = await halo.run(
		[evaluated(), evaluated({ dedupKey: 'v1|b' })],
		{},
		{
			settings: { onError: 'continueRegularOutput' },
		},
	);
	expect(run.json[0]?.map(({ decision }) => decision)).toEqual(['failed', 'failed']);
});

test('an unassigned ticket is closed where the tenant demands an agent', async () => {
	await halo.decide([evaluated()]);
	expect(halo.simulator.switches.closeUnassigned).toBe(false);
	const [closed] = await halo.decide([resolved()]);
	expect(closed).toMatchObject({ decision: 'closed' });
});

test('a tenant that lets no details change still gets its priority, and the decision says so', async () => {
	await halo.decide([evaluated({ severity: 'low' })], {
		moreFields: { sla: picked('1'), priority: picked('4') },
	});
	halo.simulator.switches.detailsMayChange = false;
	try {
		const [decision] = await halo.decide([evaluated({ severity: 'critical' })], {
			moreFields: { sla: picked('1'), priority: picked('1') },
			closeStatus: picked(CLOSED),
		});
		expect(decision).toMatchObject({ decision: 'updated' });
		expect(decision?.reason).toContain('did not let the details');
	} finally {
		halo.simulator.switches.detailsMayChange = true;
	}
});
