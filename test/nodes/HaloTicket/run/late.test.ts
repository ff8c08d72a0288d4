import type { IDataObject } from 'n8n-workflow';

import { evaluated, resolved, startTicketing, type Ticketing } from '../support';

const MINUTE = 60_000;
/** With room for one ticket an hour every further problem goes to the digest. */
const STORMY = { options: { stormCap: 1 } };

let halo: Ticketing;

// A Halo of its own for each test: the budget of requests counts per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

function minutesAgo(minutes: number): string {
	return new Date(Date.now() - minutes * MINUTE).toISOString();
}

/** How the ticket of a problem is made: what an event carries, and what is sent before. */
interface Form {
	members: IDataObject;
	before: IDataObject[];
	options: Record<string, unknown>;
}

const FORMS: Record<string, Form> = {
	'a single problem': { members: {}, before: [], options: {} },
	'a member of a group': {
		members: { groupKey: 'v1|wazuh|contoso|by asset|srv-01' },
		before: [],
		options: {},
	},
	'an entry of a digest': {
		members: { dedupKey: 'v1|wazuh|second' },
		before: [evaluated({ dedupKey: 'v1|wazuh|first', severity: 'critical' })],
		options: { options: { stormCap: 1, stormExemptCap: 0 } },
	},
};
const NAMES = Object.keys(FORMS);

async function startAs(name: string) {
	const form = FORMS[name];
	if (form === undefined) throw new Error(`No form ${name}`);
	if (form.before.length > 0) await halo.decide(form.before, STORMY);
	const send = async (...events: IDataObject[]): Promise<IDataObject[]> =>
		await halo.decide(
			events.map((event) => ({ ...event, ...form.members })),
			form.before.length > 0 ? STORMY : {},
		);
	const open = (ago: number, more: IDataObject = {}) =>
		evaluated({ time: minutesAgo(ago), ...more });
	const over = (ago: number, more: IDataObject = {}) =>
		resolved({ time: minutesAgo(ago), ...more });
	return { send, open, over };
}

describe.each(NAMES)('%s', (name) => {
	test('a late report after the end changes nothing, in one batch and in another', async () => {
		const { open, over, send } = await startAs(name);
		await send(open(60));
		await send(over(30));
		const after = halo.openTickets().length;
		halo.simulator.journal.length = 0;
		const [late] = await send(open(45));
		expect(late).toMatchObject({ decision: 'unchanged' });
		expect(String(late?.reason)).toMatch(
			/^Ticket \d+ knows of .* already; this report of .* is older/,
		);
		expect(halo.writes()).toEqual([]);
		expect(halo.openTickets()).toHaveLength(after);
		const [back] = await send(open(20));
		expect(['reopened', 'digested']).toContain(back?.decision);
	});

	test('an end that is older than what was last reported ends nothing', async () => {
		const { open, over, send } = await startAs(name);
		await send(open(30));
		const before = halo.openTickets().length;
		const [late] = await send(over(45));
		expect(late).toMatchObject({ decision: 'unchanged' });
		expect(String(late?.reason)).toContain('this end of');
		expect(halo.openTickets()).toHaveLength(before);
		const [ended] = await send(over(10));
		expect(['closed', 'updated']).toContain(ended?.decision);
	});

	test('an older report that names a worse severity raises nothing', async () => {
		const { open, send } = await startAs(name);
		await send(open(30, { severity: 'low' }));
		halo.simulator.journal.length = 0;
		const [late] = await send(open(45, { severity: 'critical' }));
		expect(late).toMatchObject({ decision: 'unchanged' });
		expect(halo.writes()).toEqual([]);
	});

	test('of one time what comes last holds', async () => {
		const { open, over, send } = await startAs(name);
		const batch = await send(open(60), over(60));
		expect(batch.map(({ decision }) => decision)).not.toContain('failed');
		const [again] = await send(open(60));
		expect(['reopened', 'created', 'digested']).toContain(again?.decision);
	});
});

test.each([
	['zone', 'Time Zone of the Source'],
	['ahead', 'set that clock'],
	['receipt', 'gives no time'],
	['source', null],
])('a late report says what was assumed of its time: %s', async (timeFrom, words) => {
	const { open, over, send } = await startAs('a single problem');
	await send(open(60));
	await send(over(30));
	const [late] = await send(open(45, { timeFrom }));
	expect(late).toMatchObject({ decision: 'unchanged' });
	if (words === null) expect(String(late?.reason)).toMatch(/changes nothing\.$/);
	else expect(String(late?.reason)).toContain(words);
});

test('a report that says only when its problem began is never late', async () => {
	const { open, over, send } = await startAs('a single problem');
	await send(open(60));
	await send(over(30));
	await expect(send(open(60, { timeFrom: 'start' }))).resolves.toMatchObject([
		{ decision: 'reopened' },
	]);
});

test('an end that overtook its report within one batch ends it', async () => {
	for (const name of NAMES.slice(0, 2)) {
		halo.simulator.reset();
		const { open, over, send } = await startAs(name);
		await send(over(30), open(45));
		expect(halo.openTickets()).toEqual([]);
	}
});

test('a group keeps the time of each member, so that the end of one makes no other late', async () => {
	const group = { groupKey: 'v1|wazuh|contoso|by asset|srv-01' };
	const one = { ...group, dedupKey: 'v1|wazuh|one' };
	const two = { ...group, dedupKey: 'v1|wazuh|two' };
	const three = { ...group, dedupKey: 'v1|wazuh|three' };
	await halo.decide([
		evaluated({ ...one, time: minutesAgo(60) }),
		evaluated({ ...two, time: minutesAgo(60) }),
	]);
	await halo.decide([resolved({ ...one, time: minutesAgo(20) })]);
	const [late, other] = await halo.decide([
		evaluated({ ...one, time: minutesAgo(30) }),
		evaluated({ ...three, time: minutesAgo(30) }),
	]);
	expect([late?.decision, other?.decision]).toEqual(['unchanged', 'updated']);
	await halo.decide([
		resolved({ ...two, time: minutesAgo(10) }),
		resolved({ ...three, time: minutesAgo(10) }),
	]);
	expect(halo.openTickets()).toEqual([]);
	const [still] = await halo.decide([evaluated({ ...one, time: minutesAgo(30) })]);
	expect(still).toMatchObject({ decision: 'unchanged' });
	expect(halo.openTickets()).toEqual([]);
});

test('the end is recorded where the ticket is merged into another', async () => {
	const [made] = await halo.decide([evaluated({ time: minutesAgo(60) })]);
	const plain = halo.simulator.technician.create({ summary: 'Server trouble', client_id: 11 });
	halo.simulator.technician.merge(Number(made?.ticketId), plain);
	const [closed] = await halo.decide([resolved({ time: minutesAgo(20) })], {
		options: { closeTouched: true },
	});
	expect(closed).toMatchObject({ decision: 'closed', ticketId: plain });
	const [late] = await halo.decide([evaluated({ time: minutesAgo(30) })]);
	expect(late).toMatchObject({ decision: 'unchanged', ticketId: plain });
});
