import axios, { AxiosError, type AxiosInstance } from 'axios';

import { FAULT_NAMES, startHaloSimulator } from '../../sandbox/halo';
import type { FaultName, HaloSimulator } from '../../sandbox/halo';
import { askToken, connect, idsOf, member, rowsOf } from './simulator-client';

let simulator: HaloSimulator;
let api: AxiosInstance;

const TICKET = [{ summary: 'x', client_id: 11 }];
const write = { method: 'POST', path: '/Tickets$' };

/** The code of the failure of a request that gets no answer. */
async function failure(timeout = 0): Promise<string | undefined> {
	try {
		await api.post('/Tickets', TICKET, { timeout });
	} catch (error) {
		if (error instanceof AxiosError) return error.code;
		throw error;
	}
	return 'answered';
}

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

beforeEach(async () => {
	simulator.reset();
	api = await connect(simulator);
});

afterEach(() => {
	expect(simulator.failures).toEqual([]);
});

afterAll(async () => {
	await simulator.stop();
});

describe('a connection without an answer', () => {
	const cases: Array<[FaultName, string, number]> = [
		['reset-before', 'ECONNRESET', 0],
		['reset-after-commit', 'ECONNRESET', 1],
		['timeout-before', 'ECONNABORTED', 0],
		['timeout-after-commit', 'ECONNABORTED', 1],
	];

	it.each(cases)('%s: the client gets %s, %i ticket is stored', async (name, code, stored) => {
		simulator.faults.add({ name, ...write });
		expect(await failure(200)).toBe(code);
		expect(simulator.tickets()).toHaveLength(3 + stored);
		expect(simulator.journal.at(-1)).toMatchObject({
			status: 0,
			fault: name,
			path: '/api/Tickets',
		});
		expect(await failure()).toBe('answered');
	});
});

/** The request in the answer: address, token and body. */
const ECHO = /POST \/api\/Tickets .*authorization: Bearer \S+.*"summary"/;

describe('a wrong answer', () => {
	const cases: Array<[FaultName, number, unknown, number]> = [
		['status-500', 500, expect.objectContaining({ ClassName: expect.any(String) }), 0],
		['status-503', 503, 'Service Unavailable', 0],
		['html-502', 502, expect.stringContaining('<html>'), 0],
		['html-504', 504, expect.stringContaining('<html>'), 0],
		['html-504-after-commit', 504, expect.stringContaining('<html>'), 1],
		['status-500-after-commit', 500, expect.objectContaining({ ClassName: 'System.Exception' }), 1],
		['rate-limit-429', 429, expect.stringMatching(/^Rate Limit Reached - 300 Requests/), 0],
		['unauthorized-401', 401, '', 0],
		['forbidden-403', 403, '', 0],
		['not-found-404', 404, 'Record not found', 0],
		['error-text', 400, 'Something went wrong.', 0],
		['error-object', 400, { error: 'Something went wrong.' }, 0],
		[
			'error-description',
			400,
			expect.objectContaining({ error_description: expect.any(String) }),
			0,
		],
		['error-dotnet', 400, expect.objectContaining({ Message: 'Something went wrong.' }), 0],
		['error-modelstate', 400, { '[0].id': ['Something went wrong.'] }, 0],
		[
			'echo-400',
			400,
			expect.objectContaining({ error_description: expect.stringMatching(ECHO) }),
			0,
		],
		['echo-500', 500, expect.objectContaining({ Message: expect.stringMatching(ECHO) }), 0],
		['echo-html-502', 502, expect.stringMatching(ECHO), 0],
		[
			'warning-200',
			200,
			expect.objectContaining({ summary: 'x', _warning: expect.any(String) }),
			0,
		],
	];

	it.each(cases)('%s: %i, and then no more', async (name, status, body, stored) => {
		simulator.faults.add({ name, ...write });
		const answer = await api.post('/Tickets', TICKET);
		expect([answer.status, answer.data]).toEqual([status, body]);
		expect(simulator.tickets()).toHaveLength(3 + stored);
		expect((await api.post('/Tickets', TICKET)).status).toBe(201);
	});

	it('bad-json: half an answer', async () => {
		simulator.faults.add({ name: 'bad-json', method: 'GET', path: '/Tickets$' });
		const { data } = await api.get<unknown>('/Tickets');
		expect(typeof data).toBe('string');
	});

	it.each([
		['none', undefined],
		['seconds', '7'],
		['date', expect.stringMatching(/GMT$/)],
	] as const)('rate-limit-429 names when to come back: %s', async (retryAfter, header) => {
		simulator.faults.add({ name: 'rate-limit-429', retryAfter, retryAfterSeconds: 7 });
		expect((await api.get('/Status')).headers['retry-after']).toEqual(header);
	});

	it('ignore-filters: the whole list; repeat-page: the first page again', async () => {
		simulator.faults.add({ name: 'ignore-filters', path: '/Tickets$' });
		const { data } = await api.get<unknown>('/Tickets?client_id=11&count=100');
		expect(member(data, 'record_count')).toBe(3);
		simulator.faults.add({ name: 'repeat-page', path: '/Tickets$', times: 'always' });
		const page = async (number: number) =>
			idsOf(
				(await api.get(`/Tickets?pageinate=true&page_size=1&page_no=${number}`)).data,
				'tickets',
			);
		expect(await page(2)).toEqual(await page(1));
	});

	it('drop-details: the update is stored, its details are not', async () => {
		simulator.faults.add({ name: 'drop-details', ...write, times: 'always' });
		await api.post('/Tickets', [{ id: 1002, details: 'new', summary: 'new' }]);
		const { data } = await api.get<unknown>('/Tickets/1002');
		expect(data).toMatchObject({ summary: 'new' });
		expect(member(data, 'details')).not.toBe('new');
		const created = await api.post('/Tickets', [{ summary: 'x', details: 'kept', client_id: 11 }]);
		expect(member(created.data, 'details')).toBe('kept');
	});

	it('slow and slow-token: the right answer, late', async () => {
		simulator.faults.add({ name: 'slow', path: '/Status', ms: 60 });
		simulator.faults.add({ name: 'slow-token', ms: 60 });
		expect((await api.get('/Status')).status).toBe(200);
		expect((await askToken(simulator)).status).toBe(200);
		for (const entry of simulator.journal.slice(-2)) expect(entry.durationMs).toBeGreaterThan(50);
	});
});

describe('a fault', () => {
	it('meets as many requests as it says, after those it skips, and can be removed', async () => {
		simulator.faults.add({ name: 'status-503', path: '/Status', times: 2, skip: 1 });
		const statuses = async () => (await api.get('/Status')).status;
		expect([await statuses(), await statuses(), await statuses(), await statuses()]).toEqual([
			200, 503, 503, 200,
		]);
		const fault = simulator.faults.add({ name: 'status-503', path: /status/, times: 'always' });
		expect([await statuses(), await statuses(), fault.hits()]).toEqual([503, 503, 2]);
		fault.remove();
		expect(await statuses()).toBe(200);
	});

	it('meets the requests that its predicate picks', async () => {
		const when = ({ body }: { body: unknown }) => JSON.stringify(body).includes('second');
		simulator.faults.add({ name: 'status-500', ...write, when });
		expect((await api.post('/Tickets', [{ summary: 'first' }])).status).toBe(201);
		expect((await api.post('/Tickets', [{ summary: 'second' }])).status).toBe(500);
	});

	it('has a name out of 29, and others are refused', () => {
		expect(FAULT_NAMES).toHaveLength(29);
		const unknown = JSON.parse('{"name":"flood"}') as { name: FaultName };
		expect(() => simulator.faults.add(unknown)).toThrow('No such fault: flood');
	});
});

describe('the rate limit', () => {
	it('refuses request 301 of five minutes, AuthInfo too, until the window moves on', async () => {
		simulator.clock.set('2026-05-04T09:00:00Z');
		api = await connect(simulator);
		Object.assign(simulator.switches, { enforceRateLimit: true, rateLimit: 5 });
		for (let request = 0; request < 5; request += 1) {
			expect((await api.get('/Status')).status).toBe(200);
			simulator.clock.advance(1_000);
		}
		const refused = await api.get('/Status');
		expect([refused.status, refused.headers['retry-after']]).toEqual([429, undefined]);
		expect((await api.get('/AuthInfo')).status).toBe(429);
		simulator.switches.retryAfter = 'seconds';
		expect((await api.get('/Status')).headers['retry-after']).toBe('295');
		simulator.clock.advance(295_000);
		expect((await api.get('/Status')).status).toBe(200);
		expect((await api.get('/Status')).status).toBe(429);
	});
});

describe('routes that Halo does not have', () => {
	it.each([
		['put', '/Tickets/1001', 405],
		['patch', '/Tickets/1001', 405],
		['post', '/Tickets/1001/close', 404],
		['get', '/Tickets/1001/Actions', 404],
		['get', '/CustomFields', 404],
		['post', '/ticketnotes', 404],
	])('%s %s is answered %i and marked unhandled', async (method, url, status) => {
		expect((await api.request({ method, url })).status).toBe(status);
		expect(simulator.journal.at(-1)).toMatchObject({ status, unhandled: true });
	});

	it('a record type of Halo that is not modelled is 501 with its name, and a failure of the test', async () => {
		const other = await startHaloSimulator({ seed: 'small' });
		const answer = await (await connect(other)).get('/report/12');
		await other.stop();
		expect([answer.status, member(answer.data, 'Message')]).toEqual([
			501,
			'Halo has report, the simulator has not: GET /report/12',
		]);
		expect(other.failures).toEqual([member(answer.data, 'Message')]);
	});

	it('and those in other letters are answered as their own', async () => {
		for (const path of ['/tickets', '/TICKETS', '/client', '/agent/Me']) {
			expect((await api.get(path)).status).toBe(200);
		}
		expect(simulator.journal.filter((entry) => entry.unhandled)).toEqual([]);
	});

	it('a body that is no JSON is a 400', async () => {
		const headers = { 'Content-Type': 'application/json' };
		expect((await api.post('/Tickets', '{"summary":', { headers })).status).toBe(400);
	});
});

describe('the control routes', () => {
	const admin = async (method: string, path: string, data?: object) =>
		await axios.request<unknown>({
			method,
			url: `${simulator.origin}/__admin${path}`,
			...(data === undefined ? {} : { data }),
			validateStatus: () => true,
		});

	it('show and empty the journal, and are not in it', async () => {
		await api.get('/Status?type=0');
		const { data } = await admin('get', '/journal');
		expect(rowsOf(data).map((row) => [row.path, row.status])).toEqual([
			['/auth/token', 200],
			['/api/Status', 200],
		]);
		expect(rowsOf(data)[1]?.query).toEqual({ type: '0' });
		await admin('delete', '/journal');
		expect((await admin('get', '/journal')).data).toEqual([]);
	});

	it('set clock, switches and faults, and reset all', async () => {
		await admin('post', '/clock', { set: '2026-05-04T09:00:00Z', advanceMs: 60_000 });
		expect(simulator.clock.now()).toBe(Date.parse('2026-05-04T09:01:00Z'));
		await admin('post', '/switches', { strictClose: true });
		expect(simulator.switches.strictClose).toBe(true);
		await admin('post', '/faults', { name: 'status-503', path: '/Status$', times: 'always' });
		api = await connect(simulator);
		expect((await api.get('/Status')).status).toBe(503);
		await admin('post', '/reset');
		expect(simulator.switches.strictClose).toBe(false);
		expect(simulator.faults.list()).toEqual([]);
		expect(Math.abs(simulator.clock.now() - Date.now())).toBeLessThan(5_000);
	});

	it.each([
		['/switches', { strictlose: false }],
		['/switches', { strictClose: 'no' }],
		['/faults', { name: 'flood' }],
		['/technician', { do: 'dance' }],
		['/clock', { set: 'yesterday' }],
	])('refuse %s %j in words', async (path, body) => {
		const answer = await admin('post', path, body);
		expect([answer.status, typeof member(answer.data, 'error')]).toEqual([400, 'string']);
	});

	it('let a technician work on a ticket, and show tickets and mails', async () => {
		const made = await admin('post', '/technician', {
			do: 'create',
			summary: 'by hand',
			clientId: 11,
		});
		const ticketId = member(made.data, 'ticketId');
		await admin('post', '/technician', { do: 'note', ticketId, note: 'looking' });
		await admin('post', '/technician', { do: 'close', ticketId });
		const { data } = await admin('get', '/tickets?summary=by hand');
		expect(rowsOf(data)).toMatchObject([{ id: ticketId, hasbeenclosed: true, agent_id: 2 }]);
		await api.post('/Tickets', TICKET);
		expect(rowsOf((await admin('get', '/mails')).data)).toMatchObject([
			{ cause: 'ticket created' },
		]);
		expect((await admin('get', '/nothing')).status).toBe(404);
	});
});
