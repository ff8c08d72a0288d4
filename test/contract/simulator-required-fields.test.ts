import type { AxiosInstance } from 'axios';

import { startHaloSimulator, type HaloSimulator } from '../../sandbox/halo';
import { undescribedNames } from './check-journal';
import { connect, member, rowsOf } from './simulator-client';

let simulator: HaloSimulator;
let api: AxiosInstance;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
	api = await connect(simulator);
});
afterAll(async () => {
	await simulator.stop();
});

async function post(fields: object) {
	const record = { summary: 'Port 3389 open', client_id: 11, tickettype_id: 1, ...fields };
	return await api.post<unknown>('/Tickets', [{ ...record, sendack: false }]);
}

test('a ticket type tells which fields an agent must fill, only with its details', async () => {
	const incident = simulator.state.ticketTypes.find(({ id }) => id === 1);
	if (incident !== undefined) incident.requiredFields = [206, 27];
	const bare = await api.get<unknown>('/TicketType/1');
	expect(member(bare.data, 'fields')).toBeUndefined();
	const { data } = await api.get<unknown>('/TicketType/1', { params: { includedetails: true } });
	const required = rowsOf(data, 'fields').filter(({ technew }) => technew === 3);
	expect(required.map(({ fieldid }) => fieldid)).toEqual([27, 206]);
	expect(required[1]?.fieldinfo).toMatchObject({ id: 206, name: 'CFscannerSeverity' });
	const change = await api.get<unknown>('/TicketType/4', { params: { includedetails: true } });
	expect(member(change.data, 'approval_process_id')).toBe(3);
});

test('a ticket without them is refused with their labels, unless validation is off', async () => {
	const refused = await post({});
	expect(refused.status).toBe(400);
	expect(JSON.stringify(refused.data)).toContain('Scanner severity, Impact');
	const customfields = [{ id: 206, value: 2 }];
	expect((await post({ customfields, impact: 3 })).status).toBe(201);
	expect((await post({ _novalidate: true })).status).toBe(201);
});

test('every name that these tests send stands in the description of Halo', () => {
	const sent = simulator.journal.filter(({ path }) => !path.endsWith('/token'));
	expect(sent.length).toBeGreaterThan(5);
	expect(undescribedNames(sent)).toEqual([]);
});
