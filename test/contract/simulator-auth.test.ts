import axios from 'axios';

import { startHaloSimulator } from '../../sandbox/halo';
import type { AgentRights, HaloSimulator } from '../../sandbox/halo';
import { askToken, connect, idsOf, member } from './simulator-client';

let simulator: HaloSimulator;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

afterEach(() => {
	expect(simulator.failures).toEqual([]);
	simulator.reset();
});

afterAll(async () => {
	await simulator.stop();
});

describe('a token', () => {
	it('comes from /auth/token and from /token, with and without the tenant', async () => {
		for (const path of ['/auth/token', '/token', '/auth/token?tenant=sandbox', '/AUTH/Token']) {
			const answer = await askToken(simulator, {}, `${simulator.origin}${path}`);
			expect({ path, status: answer.status }).toEqual({ path, status: 200 });
			expect(answer.data).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'all' });
		}
	});

	it.each([
		['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client'],
		['a wrong client id', { client_id: 'x' }, 401, 'invalid_client'],
		['a scope that does not exist', { scope: 'read:teams' }, 400, 'invalid_scope'],
		['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
	])('is refused for %s', async (_title, form, status, error) => {
		const answer = await askToken(simulator, form);
		expect({ status: answer.status, error: member(answer.data, 'error') }).toEqual({
			status,
			error,
		});
	});

	it('is refused for a scope that the application does not hold', async () => {
		simulator.application.scopes = ['read:tickets'];
		expect((await askToken(simulator, { scope: 'read:tickets' })).status).toBe(200);
		expect((await askToken(simulator, { scope: 'edit:tickets' })).status).toBe(400);
	});

	it('is an HTML page for a wrong tenant', async () => {
		const answer = await askToken(simulator, {}, `${simulator.authServer}/token?tenant=other`);
		expect(answer.status).toBe(404);
		expect(answer.headers['content-type']).toContain('text/html');
	});

	it('ends by the clock of Halo: 401, no body, WWW-Authenticate', async () => {
		const api = await connect(simulator);
		simulator.clock.advance(3_599_000);
		expect((await api.get('/Status')).status).toBe(200);
		simulator.clock.advance(1_000);
		const answer = await api.get('/Status');
		expect([answer.status, answer.data, answer.headers['www-authenticate']]).toEqual([
			401,
			'',
			'Bearer',
		]);
	});

	it("keeps the agent's rights of the moment it was issued", async () => {
		const before = await connect(simulator);
		simulator.rights.ticketsAccess = 'none';
		const after = await connect(simulator);
		expect(idsOf((await before.get('/Tickets')).data, 'tickets')).toHaveLength(3);
		expect(idsOf((await after.get('/Tickets')).data, 'tickets')).toHaveLength(0);
	});

	it('leaves no secret in the journal', async () => {
		await askToken(simulator);
		expect(JSON.stringify(simulator.journal)).not.toContain(simulator.clientSecret);
		expect(simulator.journal[0]).toMatchObject({
			path: '/auth/token',
			body: { client_secret: '***' },
		});
	});
});

describe('what a token may do', () => {
	it.each([
		['read:customers', 'get', '/Tickets', 403],
		['read:tickets', 'post', '/Tickets', 403],
		['read:tickets', 'get', '/Client', 403],
		['read:tickets', 'get', '/Asset', 403],
		['all', 'get', '/Webhook', 403],
		['all', 'get', '/Notification', 403],
		['all', 'post', '/Tabs', 403],
		['read:tickets', 'get', '/Status', 200],
		['edit:tickets', 'get', '/Tickets', 200],
		['read:tickets', 'get', '/Agent/me', 200],
	])('with %s: %s %s answers %i', async (scope, method, path, status) => {
		const api = await connect(simulator, scope);
		const answer = await api.request({
			method,
			url: path,
			...(method === 'post' ? { data: [] } : {}),
		});
		expect(answer.status).toBe(status);
		if (status === 403) expect(answer.data).toBe('');
	});

	const cases: Array<[keyof AgentRights, AgentRights[keyof AgentRights], object, number, string]> =
		[
			['addTickets', false, { summary: 'x', client_id: 11 }, 403, ''],
			['ticketsAccess', 'read', { id: 1001, summary: 'x' }, 403, ''],
			['viewOthersTickets', false, { id: 1001, summary: 'x' }, 400, 'Record not found'],
			['editOthersTickets', false, { id: 1001, summary: 'x' }, 400, 'Record not found'],
			['updateStatusOutsideActions', false, { id: 1003, status_id: 2 }, 200, ''],
			[
				'updateStatusOutsideActions',
				false,
				{ id: 1003, status_id: 4 },
				400,
				'You do not have permission to change the Status of this Ticket.',
			],
			[
				'editClosedTickets',
				false,
				{ id: 1001, status_id: 2 },
				400,
				'You do not have permission to edit closed Tickets.',
			],
			[
				'changeTicketType',
				false,
				{ id: 1003, tickettype_id: 2 },
				400,
				'You do not have permission to change the Ticket Type of this Ticket.',
			],
			[
				'reassign',
				false,
				{ id: 1003, agent_id: 3 },
				400,
				'You do not have permission to re-assign this Ticket.',
			],
			['onlyClients', [12], { summary: 'x', client_id: 11 }, 403, ''],
		];

	it.each(cases)(
		'without %s (%p) a write of %j is answered %i',
		async (right, value, record, status, text) => {
			simulator.technician.edit(1003, { status_id: 2 });
			Object.assign(simulator.rights, { [right]: value });
			const api = await connect(simulator);
			const answer = await api.post('/Tickets', [record]);
			expect(answer.status).toBe(status);
			if (status !== 200) expect(answer.data).toBe(text);
		},
	);

	it('is empty look-ups without a role, and only oneself without a default team', async () => {
		Object.assign(simulator.rights, { hasRole: false });
		expect((await (await connect(simulator)).get('/TicketType')).data).toEqual([]);
		simulator.reset();
		Object.assign(simulator.rights, { hasDefaultTeam: false });
		const agents = await (await connect(simulator)).get('/Agent?includeapiagents=true');
		expect(idsOf(agents.data)).toEqual([9]);
	});
});

describe('what Halo says about itself', () => {
	it('/AuthInfo needs no token and names the authorisation server', async () => {
		const { data } = await axios.get<unknown>(`${simulator.resourceServer}/authinfo`);
		expect(data).toEqual({ auth_url: simulator.authServer, tenant_id: 'sandbox' });
	});

	it('/Agent/me is the agent that the application logs in as', async () => {
		const { data } = await (await connect(simulator)).get<unknown>('/Agent/me');
		expect(data).toMatchObject({ id: 9, name: 'Scanner Bridge', isapiagent: true });
	});

	it('/InstanceInfo names the product', async () => {
		const { data } = await (await connect(simulator)).get<unknown>('/InstanceInfo');
		expect(data).toMatchObject({ app_name: 'Halo PSA' });
	});
});
