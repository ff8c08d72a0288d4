import type { IDataObject } from 'n8n-workflow';

import { CONTOSO, evaluated, mappedTo, startTicketing, type Ticketing } from '../support';

let halo: Ticketing;

// A Halo of its own for each test: lists are kept per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

// Inactive in the simulator's seed.
const TAILSPIN = { haloClientId: 18, haloClientName: 'Tailspin Travel' };
const HOLD = { inactiveClients: 'hold' };

function on(client: typeof CONTOSO, number = 1, change: IDataObject = {}): IDataObject {
	const dedupKey = `v1|wazuh|${client.haloClientName}|cve|srv-${number}`;
	return evaluated({ mapping: mappedTo(client), dedupKey, ...change });
}

function readings(): string[] {
	return halo.requests().filter((request) => /GET \/\S*Client/.test(request));
}

test('a new ticket on a client that is inactive in Halo is made, and the decision says so', async () => {
	const [here, there] = await halo.decide([on(CONTOSO), on(TAILSPIN)]);
	expect(here?.reason).not.toContain('inactive');
	expect(there).toMatchObject({ decision: 'created' });
	expect(there?.reason).toContain(
		'Halo client Tailspin Travel (18) is inactive: map its company to another one',
	);
	expect(halo.openTickets()).toHaveLength(2);
});

test('told to hold, no ticket is made on it: not for a problem, a group, or a digest', async () => {
	const grouped = { groupKey: 'v1|wazuh|18|by company' };
	const events = [
		on(CONTOSO),
		on(TAILSPIN),
		on(TAILSPIN, 2, grouped),
		on(TAILSPIN, 3, grouped),
		on(TAILSPIN, 4),
	];
	const decisions = await halo.decide(events, { options: { ...HOLD, stormCap: 1 } });
	expect(decisions.map(({ decision }) => decision)).toEqual([
		'created',
		...events.slice(1).map(() => 'held_unmapped'),
	]);
	expect(decisions[1]?.reason).toContain('Halo client Tailspin Travel (18) is inactive');
	expect(halo.openTickets().map(({ client_id }) => client_id)).toEqual([CONTOSO.haloClientId]);
});

test('a ticket that is open there already is kept true, whatever the option', async () => {
	await halo.decide([on(TAILSPIN)]);
	const higher = on(TAILSPIN, 1, { severity: 'critical' });
	const [noted] = await halo.decide([higher], { options: HOLD });
	expect(noted).toMatchObject({ decision: 'noted' });
});

test('one request in 15 minutes tells it, for any number of tickets and runs, and none where nothing is made', async () => {
	const many = Array.from({ length: 12 }, (_, number) => on(CONTOSO, number));
	await halo.decide([...many, on(TAILSPIN)]);
	expect(readings()).toHaveLength(1);
	halo.simulator.journal.length = 0;
	await halo.decide([on(CONTOSO, 20), on(TAILSPIN, 20)]);
	expect(readings()).toEqual([]);
	const other = await startTicketing();
	await other.decide([evaluated({ status: 'resolved' })]);
	expect(other.requests().filter((request) => request.includes('Client'))).toEqual([]);
	await other.simulator.stop();
});

test('a Halo that ignores the filter is asked for the one client, and not for all of them', async () => {
	halo.simulator.faults.add({ name: 'ignore-filters', times: 'always', path: '/Client' });
	const [there] = await halo.decide([on(TAILSPIN)]);
	expect(there?.reason).toContain('is inactive');
	expect(readings().length).toBeLessThanOrEqual(2);
});

test('an agent who may not see clients makes tickets as before', async () => {
	halo.simulator.faults.add({ name: 'forbidden-403', times: 'always', path: '/Client' });
	const [there] = await halo.decide([on(TAILSPIN)], { options: HOLD });
	expect(there).toMatchObject({ decision: 'created' });
});

test('a dry run says it and holds as the real run does', async () => {
	const dry = { dryRun: true };
	const [said] = await halo.decide([on(TAILSPIN)], { options: dry });
	expect(said).toMatchObject({ decision: 'would_create' });
	expect(said?.reason).toContain('is inactive');
	const [held] = await halo.decide([on(TAILSPIN)], { options: { ...dry, ...HOLD } });
	expect(held?.decision).toMatch(/held_unmapped/);
});
