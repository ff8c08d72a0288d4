import type { IDataObject } from 'n8n-workflow';

import { fillTenant } from '../fault-scenarios';
import { evaluated, resolved, startTicketing, type Ticketing } from '../support';

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const MONITOR = 'again|v1|datto-rmm|disk|device-1';
const SOURCE = 'datto-rmm';
const MINUTE = 60_000;

/** An alert: a new id at each firing, the same monitor on the same device. */
function alert(id: string, minute: number, change: IDataObject = {}): IDataObject {
	const dedupKey = `v1|${SOURCE}|alert|${id}`;
	const make = change.status === 'resolved' ? resolved : evaluated;
	const time = new Date(Date.now() - 60 * MINUTE + minute * MINUTE).toISOString();
	return make({ source: SOURCE, dedupKey, recurrenceKey: MONITOR, time, ...change });
}

function end(id: string, minute: number, change: IDataObject = {}): IDataObject {
	return alert(id, minute, { status: 'resolved', ...change });
}

async function told(...events: IDataObject[]): Promise<unknown[]> {
	return (await halo.decide(events)).map(({ decision }) => decision);
}

test('a monitor that fires again with a new id opens its closed ticket again, and each end closes it', async () => {
	expect(await told(alert('a', 0))).toEqual(['created']);
	expect(await told(end('a', 5))).toEqual(['closed']);
	expect(await told(alert('b', 10))).toEqual(['reopened']);
	expect(await told(end('b', 15))).toEqual(['closed']);
	expect(await told(alert('c', 20))).toEqual(['reopened']);
	expect(halo.tickets()).toHaveLength(1);
});

test('while its ticket is open a second firing is the same problem; only the end of that one closes it', async () => {
	await told(alert('a', 0));
	const [again] = await halo.decide([alert('b', 5)]);
	expect(again).toMatchObject({
		decision: 'updated',
		reason: expect.stringContaining('fired again'),
	});
	expect(await told(alert('b', 5))).toEqual(['unchanged']);
	const [first] = await halo.decide([end('a', 10)]);
	expect(first).toMatchObject({
		decision: 'unchanged',
		reason: expect.stringContaining('fired again'),
	});
	expect(halo.openTickets()).toHaveLength(1);
	expect(await told(end('b', 15))).toEqual(['closed']);
	expect(halo.tickets()).toHaveLength(1);
});

test('another monitor, another device and another company keep tickets of their own', async () => {
	const company = { id: '77', name: 'other', displayName: null, reference: null, domain: null };
	await told(
		alert('a', 0),
		alert('b', 1, { recurrenceKey: 'again|v1|datto-rmm|cpu|device-1' }),
		alert('c', 2, { recurrenceKey: 'again|v1|datto-rmm|disk|device-2' }),
		alert('d', 3, { company }),
		alert('e', 4, { recurrenceKey: null }),
	);
	expect(halo.openTickets()).toHaveLength(5);
});

test('all of it in one batch ends in one closed ticket', async () => {
	const events = [alert('a', 0), end('a', 5), alert('b', 10), end('b', 15)];
	expect(await told(...events)).toEqual(['created', 'closed', 'reopened', 'closed']);
	expect(halo.tickets()).toHaveLength(1);
	expect(halo.openTickets()).toEqual([]);
});

test.each([
	['in a run of its own', false],
	['in the batch of the report', true],
])(
	'an end that names its alert alone, as a webhook does, closes the ticket of the monitor: %s',
	async (_, one) => {
		const webhook = end('a', 5, { recurrenceKey: null });
		if (one) expect(await told(alert('a', 0), webhook)).toEqual(['created', 'closed']);
		else {
			await told(alert('a', 0));
			expect(await told(webhook)).toEqual(['closed']);
		}
		expect(halo.openTickets()).toEqual([]);
	},
);

test('a report and an end by different ways pair by the id of the alert', async () => {
	expect(await told(alert('a', 0, { recurrenceKey: null }))).toEqual(['created']);
	expect(await told(alert('a', 1))).not.toContain('created');
	expect(await told(end('a', 5))).toEqual(['closed']);
	expect(halo.tickets()).toHaveLength(1);
});

test.each([
	['a few tickets', false],
	['many tickets', true],
])(
	'a repeated alert costs what a repeated event of any source costs, in a tenant of %s',
	async (_, large) => {
		if (large) fillTenant(halo);
		const cost = async (event: IDataObject): Promise<number> => {
			await told(event);
			// What was learnt about the lists of this tenant counts for both.
			await told(event);
			halo.simulator.journal.length = 0;
			expect(await told(event)).toEqual(['unchanged']);
			return halo.requests().length;
		};
		const plain = await cost(alert('b', 0, { source: 'wazuh', recurrenceKey: null }));
		expect(await cost(alert('a', 0))).toBe(plain);
		expect(plain).toBe(1);
	},
);
