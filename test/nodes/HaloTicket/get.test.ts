import type { IDataObject, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { undescribedNames } from '../../contract/check-journal';
import { searchList } from '../../support/engine';
import { evaluated, picked, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
});

function ticketBy(mode: string, value: string): INodeParameterResourceLocator {
	return { __rl: true, mode, value };
}

async function get(value: string, more: INodeParameters = {}, mode = 'id'): Promise<IDataObject> {
	const ticket = ticketBy(mode, value);
	const [item] = await halo.decide([{}], { operation: 'get', ticket, ...more });
	return item ?? {};
}

async function getMany(more: INodeParameters = {}): Promise<IDataObject[]> {
	return await halo.decide([{}], { operation: 'getMany', ...more });
}

function ids(items: readonly IDataObject[]): number[] {
	return items.map(({ id }) => Number(id));
}

/** Answered requests for tickets; the first one after a reset meets a token that is void. */
function answered(): string[] {
	return halo.simulator.journal
		.filter(
			({ method, path, status }) => method === 'GET' && /\/Tickets/.test(path) && status !== 401,
		)
		.map(({ path }) => path);
}

test('Get gives one ticket under names that say what they are, with the names behind ids', async () => {
	const [made] = await halo.decide([evaluated()]);
	const ticket = await get(String(made?.ticketId));
	expect(ticket).toMatchObject({
		id: made?.ticketId,
		ticketUrl: made?.ticketUrl,
		reference: made?.reference,
		open: true,
		statusId: 1,
		statusName: 'New',
		ticketTypeName: 'Incident',
		clientId: 11,
		clientName: 'Contoso Ltd',
		siteName: expect.any(String),
		team: 'Service Desk',
		agentId: null,
		priorityName: 'Medium',
		assets: [],
		customFields: {},
		tags: [],
		closedAt: null,
		mergedIntoId: null,
	});
	expect(String(ticket.createdAt)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test.each([
	['its number', 'id', (ticket: IDataObject) => String(ticket.ticketId)],
	['its address in Halo', 'url', (ticket: IDataObject) => String(ticket.ticketUrl)],
	['its reference', 'reference', (ticket: IDataObject) => String(ticket.reference)],
	['a marker', 'reference', (ticket: IDataObject) => `(scanref ${String(ticket.reference)})`],
])('Get finds a ticket by %s', async (_, mode, value) => {
	const [made] = await halo.decide([evaluated()]);
	expect(await get(value(made ?? {}), {}, mode)).toMatchObject({ id: made?.ticketId });
});

test('Get finds a ticket by reference after a technician rewrote its summary', async () => {
	const [made] = await halo.decide([evaluated()]);
	halo.simulator.technician.edit(Number(made?.ticketId), { summary: 'Looking into it' });
	expect(await get(String(made?.reference), {}, 'reference')).toMatchObject({
		summary: 'Looking into it',
	});
});

test('Get without Simplify gives every member in the spelling of Halo', async () => {
	const ticket = await get('1001', { simplify: false });
	expect(ticket).toMatchObject({ id: 1001, client_id: expect.any(Number), hasbeenclosed: true });
	expect(ticket.priority).toMatchObject({ name: expect.any(String) });
});

test('Get adds the notes when they are asked for', async () => {
	const ticket = await get('1001', { getOptions: { includeNotes: true } });
	expect(ticket.notes).toEqual([
		expect.objectContaining({
			id: 1,
			who: 'Alex Rivera',
			private: false,
			outcome: 'Ticket Logged',
		}),
	]);
});

test.each([
	[
		'a number that Halo does not have',
		'id',
		'99999',
		'Halo has no ticket 99999',
		'Check the number',
	],
	[
		'a reference that no ticket carries',
		'reference',
		'kqzvwmtrbhxd',
		'No ticket carries',
		'Check the reference',
	],
	[
		'something else',
		'url',
		'SRV-01',
		"a ticket's ID, its address in Halo, or a reference",
		'Open the node',
	],
])('Get by %s says what to do next', async (_, mode, value, message, step) => {
	const { error } = await halo.run([{}], { operation: 'get', ticket: ticketBy(mode, value) });
	expect(error?.message).toContain(message);
	expect(error?.description).toContain(step);
	expect(error?.itemIndex).toBe(0);
});

test('Get goes on with the other items when it is told to continue, each paired with its item', async () => {
	const { outputs, error } = await halo.run(
		[{ id: 1001 }, { id: 99999 }, { id: 1002 }],
		{ operation: 'get', ticket: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		{ settings: { onError: 'continueRegularOutput' } },
	);
	expect(error).toBeNull();
	const items = outputs[0] ?? [];
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(items.map(({ json }) => json.id ?? 'failed')).toEqual([1001, 'failed', 1002]);
	expect(String(items[1]?.json.error)).toContain('Halo has no ticket 99999');
});

test('Get Many gives the newest 50 tickets when nothing is asked, in one page', async () => {
	const tickets = await getMany();
	expect(tickets).toHaveLength(50);
	expect(ids(tickets)[0]).toBe(1280);
	expect(answered()).toHaveLength(1);
});

test('Get Many with Return All gives every ticket once, over three pages', async () => {
	const tickets = await getMany({ returnAll: true });
	expect(new Set(ids(tickets)).size).toBe(280);
	expect(answered()).toHaveLength(3);
});

const FILTERS: Array<[string, INodeParameters, (ticket: IDataObject) => boolean]> = [
	['client', { client: picked('11') }, ({ clientId }) => clientId === 11],
	[
		'client by name',
		{ client: { __rl: true, mode: 'name', value: 'contoso ltd' } },
		({ clientId }) => clientId === 11,
	],
	['status', { status: picked('2') }, ({ statusId }) => statusId === 2],
	[
		'status by name',
		{ status: { __rl: true, mode: 'name', value: 'in progress' } },
		({ statusId }) => statusId === 2,
	],
	['ticket type', { ticketType: picked('2') }, ({ ticketTypeId }) => ticketTypeId === 2],
	['agent', { agent: picked('2') }, ({ agentId }) => agentId === 2],
	['open ones', { state: 'open' }, ({ open }) => open === true],
	['closed ones', { state: 'closed' }, ({ open }) => open === false],
	[
		'words of the summary',
		{ summary: 'vpn drops' },
		({ summary }) => String(summary).startsWith('VPN drops'),
	],
];

test(`Get Many narrows by ${FILTERS.length} filters, and again itself where Halo ignores them`, async () => {
	for (const [name, filters, fits] of FILTERS) {
		const found = await getMany({ returnAll: true, filters });
		expect([name, found.length > 0 && found.length < 280]).toEqual([name, true]);
		expect([name, found.every(fits)]).toEqual([name, true]);
		if (name.startsWith('words')) continue;
		halo.simulator.faults.add({ name: 'ignore-filters', path: '/Tickets$', times: 'always' });
		const again = ids(await getMany({ returnAll: true, filters })).sort(
			(left, right) => left - right,
		);
		expect([name, again]).toEqual([name, ids(found)]);
		halo.simulator.faults.clear();
	}
});

test('Get Many gives what was updated since a time, and nothing older', async () => {
	const [made] = await halo.decide([evaluated()]);
	const since = new Date(halo.simulator.clock.now() - 60_000).toISOString();
	const found = await getMany({ returnAll: true, filters: { updatedSince: since } });
	expect(ids(found)).toEqual([made?.ticketId]);
});

test('Get Many gives only tickets of the pack when told to, whatever words a technician writes', async () => {
	const decisions = await halo.decide([evaluated(), evaluated({ dedupKey: 'v1|wazuh|second' })]);
	halo.simulator.technician.edit(1002, { summary: 'What is a scanref' });
	const found = await getMany({ returnAll: true, filters: { onlyOurs: true } });
	expect(ids(found)).toEqual(decisions.map(({ ticketId }) => ticketId));
});

test('Get Many brings the custom fields that are named, by label too', async () => {
	const ticket = halo.simulator.state.tickets.find(({ id }) => id === 1280);
	ticket?.customfields.push({ id: 206, value: 2 });
	const [found] = await getMany({
		limit: 1,
		getManyOptions: { customFields: 'scanner severity, CFscannerReference' },
	});
	expect(found).toMatchObject({ id: 1280, customFields: { CFscannerSeverity: 'High' } });
});

test.each([
	[
		'an unknown status',
		{ status: { __rl: true, mode: 'name', value: 'Sleeping' } },
		'Filter Status: "Sleeping" is not in Halo. Allowed: New (1)',
	],
	['a time that is none', { updatedSince: 'yesterday' }, 'needs a time like'],
])('Get Many refuses %s before it asks for tickets', async (_, filters, message) => {
	const { error } = await halo.run([{}], { operation: 'getMany', filters });
	expect(error?.message).toContain(message);
	expect(answered()).toEqual([]);
});

test('the list of tickets in the editor is searched by number and by words, in one request each', async () => {
	const search = async (filter?: string) =>
		await searchList({
			node: new HaloTicket(),
			simulator: halo.simulator,
			method: 'searchTickets',
			...(filter === undefined ? {} : { filter }),
		});
	const all = await search();
	expect(all.results[0]).toMatchObject({
		value: '1280',
		name: expect.stringMatching(/^1280 .+, .+$/),
	});
	expect(JSON.parse(String(all.paginationToken))).toMatchObject({ page: 2, pageSize: 100 });
	expect((await search('1003')).results).toEqual([
		{ value: '1003', name: expect.stringContaining('1003 ') },
	]);
	expect((await search('backup job')).results.length).toBeGreaterThan(0);
	expect((await search('77777')).results).toEqual([]);
	expect(answered()).toHaveLength(4);
});

test('every request of these tests stands in the description of Halo', () => {
	const sent = halo.everything.filter(({ path }) => !path.endsWith('/token'));
	expect(sent.length).toBeGreaterThan(50);
	expect(undescribedNames(sent)).toEqual([]);
	expect(halo.simulator.failures).toEqual([]);
});
