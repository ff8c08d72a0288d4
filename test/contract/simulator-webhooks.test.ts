import { createHmac } from 'node:crypto';

import type { AxiosInstance } from 'axios';

import { startHaloSimulator } from '../../sandbox/halo';
import type { HaloSimulator, HaloSwitches } from '../../sandbox/halo';
import type { Receiver } from '../support/receiver';
import { startReceiver } from '../support/receiver';
import { undescribedNames } from './check-journal';
import type { Row } from './simulator-client';
import { connect, idsOf, member, rowsOf } from './simulator-client';

const SECRET = 'kept between the two of us';
/** Event 61 wants a condition; "the summary is not empty" holds for every ticket. */
const ALWAYS = [
	{
		tablename: 'faults',
		fieldname: 'symptom',
		type: 1,
		change_context: 0,
		value_type: 'string',
		value_string: '""',
	},
];

let simulator: HaloSimulator;
let receiver: Receiver;
let api: AxiosInstance;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

beforeEach(async () => {
	simulator.reset();
	simulator.rights.administrator = true;
	receiver = await startReceiver();
	api = await connect(simulator);
});

afterEach(async () => {
	await simulator.deliveries.idle();
	await receiver.stop();
	expect(simulator.failures).toEqual([]);
	expect(undescribedNames(simulator.journal)).toEqual([]);
});

afterAll(async () => {
	await simulator.stop();
});

async function addWebhook(fields: object = {}): Promise<string> {
	const body = [{ name: 'n8n', url: `${receiver.url}/hook`, ...fields }];
	const { data, status } = await api.post<unknown>('/Webhook', body);
	expect(status).toBe(201);
	return String(member(data, 'id'));
}

async function attach(webhookId: string, ...events: number[]): Promise<void> {
	const body = events.map((eventno) => ({
		webhook_id: webhookId,
		type: '-2',
		delivery_method: '6',
		eventno: String(eventno),
		name: `event ${eventno}`,
		conditions: eventno === 61 ? ALWAYS : [],
	}));
	expect((await api.post('/Notification', body)).status).toBe(201);
}

async function deliveries(): Promise<Row[]> {
	await simulator.deliveries.idle();
	return receiver.received.flatMap(({ text }) => {
		const body: unknown = JSON.parse(text);
		return Array.isArray(body) ? rowsOf(body) : rowsOf([body]);
	});
}

const newTicket = () => simulator.technician.create({ summary: 'Disk full', client_id: 11 });

describe('registering', () => {
	test('a webhook and its events are made, read, listed, changed and removed', async () => {
		const id = await addWebhook({ authentication_type: '3', basic_password: SECRET });
		await attach(id, 3, 39);

		const { data: full } = await api.get<unknown>(`/Webhook/${id}`, {
			params: { includedetails: true },
		});
		expect(rowsOf(member(full, 'events')).map(({ eventno }) => eventno)).toEqual([3, 39]);
		expect(idsOf((await api.get('/Webhook')).data)).toEqual([id]);
		expect((await api.post('/Webhook', [{ id, name: 'other' }])).data).toMatchObject({
			id,
			name: 'other',
			url: `${receiver.url}/hook`,
		});
		const rows = rowsOf((await api.get('/Notification', { params: { webhook_id: id } })).data);
		expect(rows).toHaveLength(2);
		expect((await api.delete(`/Notification/${String(rows[0]?.id)}`)).status).toBe(200);
		expect((await api.delete(`/Webhook/${id}`)).status).toBe(200);
		expect((await api.delete(`/Webhook/${id}`)).status).toBe(404);
		expect((await api.get('/Notification')).data).toEqual([]);
	});

	test('nothing reads the secret out', async () => {
		const id = await addWebhook({ basic_password: SECRET });

		const answers = await Promise.all([api.get('/Webhook'), api.get(`/Webhook/${id}`)]);

		expect(JSON.stringify(answers.map(({ data }) => data as unknown))).not.toContain(SECRET);
	});

	test.each([
		['get', '/Webhook'],
		['post', '/Webhook'],
		['get', '/Notification'],
		['post', '/Notification'],
		['get', '/WebhookEvent'],
	])('%s %s without the administrator right is an empty 403', async (method, url) => {
		simulator.rights.administrator = false;
		const limited = await connect(simulator);

		const answer = await limited.request<unknown>({
			method,
			url,
			...(method === 'post' ? { data: [] } : {}),
		});

		expect([answer.status, answer.data]).toEqual([403, '']);
	});

	test('the scope admin is needed too', async () => {
		expect((await (await connect(simulator, 'edit:tickets')).get('/Webhook')).status).toBe(403);
		expect((await (await connect(simulator, 'admin')).get('/Webhook')).status).toBe(200);
	});

	test('event 61 without a condition is refused, and an event of an unknown webhook', async () => {
		const id = await addWebhook();
		const body = { delivery_method: '6', eventno: '61', webhook_id: id };

		expect((await api.post('/Notification', [body])).status).toBe(400);
		expect(
			(await api.post('/Notification', [{ ...body, eventno: '3', webhook_id: 'none' }])).status,
		).toBe(404);
	});
});

describe('what is delivered', () => {
	test('a webhook without an event is told nothing', async () => {
		await addWebhook();
		newTicket();

		expect(await deliveries()).toEqual([]);
	});

	const cases: Array<[number, string, (id: number) => void]> = [
		[3, 'new ticket logged', () => newTicket()],
		[61, 'ticket updated', (id) => simulator.technician.note(id, 'Looking at it.')],
		[76, 'ticket status changed', (id) => simulator.technician.edit(id, { status_id: 2 })],
		[39, 'ticket closed', (id) => simulator.technician.close(id)],
		[1072, 'ticket deleted', (id) => simulator.technician.delete(id)],
	];

	test.each(cases)('event %i is "%s"', async (eventno, name, act) => {
		await attach(await addWebhook(), eventno);
		const id = newTicket();
		act(id);

		const got = (await deliveries()).filter(({ event }) => event === name);

		expect(got.length).toBeGreaterThanOrEqual(1);
		const last = got.at(-1);
		expect(last).toMatchObject({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			notification_id: 118,
			object_id: eventno === 3 ? id + 1 : id,
			agent_id: 2,
			timestamp: expect.stringMatching(/\.\d{7}Z$/),
			ticket: { summary: 'Disk full', client_id: 11 },
		});
	});

	test('a closing is an update, a change of status and a closing', async () => {
		const id = newTicket();
		await attach(await addWebhook(), 3, 61, 76, 39, 1072);
		simulator.technician.close(id);

		expect((await deliveries()).map(({ event }) => event)).toEqual([
			'ticket updated',
			'ticket status changed',
			'ticket closed',
		]);
	});

	test('event 61 comes only when its conditions hold', async () => {
		const id = await addWebhook();
		const condition = { tablename: 'faults', fieldname: 'symptom', type: 0, value_string: 'x' };
		const body = { webhook_id: id, delivery_method: 6, eventno: 61, conditions: [condition] };
		await api.post('/Notification', [body]);
		const ticket = newTicket();
		simulator.technician.note(ticket, 'No.');
		simulator.technician.edit(ticket, { summary: 'x' });

		expect(await deliveries()).toHaveLength(1);
	});

	test("the application's own writes come too, with its agent's id", async () => {
		await attach(await addWebhook(), 3, 61, 76);
		const { data } = await api.post<unknown>('/Tickets', [{ summary: 'x', client_id: 11 }]);
		const id = Number(member(data, 'id'));
		await api.post('/Tickets', [{ id, status_id: 2, client_id: 11, tickettype_id: 1 }]);
		await api.post('/Actions', [{ ticket_id: id, outcome_id: 7, note: 'Ours.' }]);

		const got = await deliveries();

		expect(got.map(({ event, agent_id }) => [event, agent_id])).toEqual([
			['new ticket logged', 9],
			['ticket updated', 9],
			['ticket status changed', 9],
			['ticket updated', 9],
		]);
		expect(got.at(-1)?.action).toMatchObject({
			actionby_application_id: 'Scanner Bridge',
			note: 'Ours.',
		});
	});

	const kinds: Array<[number, string, string[]]> = [
		[0, 'full', ['lastupdate', 'category1', 'hasbeenclosed', 'customfields']],
		[1, 'small', ['id', 'summary', 'status_id', 'tickettype_id', 'client_id', 'agent_id']],
	];

	test.each(kinds)('payload type %i is %s', async (type, _name, members) => {
		await attach(await addWebhook({ payload_type: type }), 3);
		newTicket();

		const [got] = await deliveries();

		for (const name of members) expect(got).toHaveProperty(`ticket.${name}`);
		if (type === 1) expect(Object.keys(Object(got?.ticket))).toHaveLength(members.length);
	});

	test('payload type 2 names the ticket and holds nothing of it', async () => {
		await attach(await addWebhook({ payload_type: 2 }), 3);
		const id = newTicket();

		const [got] = await deliveries();

		expect(got).not.toHaveProperty('ticket');
		expect(got?.object_id).toBe(id);
	});

	test('_test sends a delivery about no ticket', async () => {
		const id = await addWebhook();
		await api.post('/Webhook', [{ id, _test: true }]);

		expect(await deliveries()).toMatchObject([{ object_id: 0, webhook_id: id }]);
	});
});

describe('authentication', () => {
	const cases: Array<[number, string, object, (text: string) => string | undefined]> = [
		[0, 'authorization', {}, () => undefined],
		[
			1,
			'authorization',
			{ basic_username: 'halo' },
			() => `Basic ${Buffer.from(`halo:${SECRET}`).toString('base64')}`,
		],
		[2, 'authorization', {}, () => `Bearer ${SECRET}`],
		[
			3,
			'x-halo-signature',
			{ authentication_header: 'X-Halo-Signature' },
			(text) => createHmac('sha256', SECRET).update(text).digest('base64'),
		],
		[
			3,
			'token',
			{ authentication_header: 'Token', signature_prefix: 'sha256=' },
			(text) => `sha256=${createHmac('sha256', SECRET).update(text).digest('base64')}`,
		],
	];

	test.each(cases)('type %i is in %s %j', async (type, header, fields, expected) => {
		const hook = { authentication_type: type, basic_password: SECRET, ...fields };
		await attach(await addWebhook(hook), 3);
		simulator.technician.create({ summary: 'Müller & Söhne', client_id: 11 });
		await deliveries();

		const [got] = receiver.received;
		expect(got?.headers[header]).toBe(expected(got?.text ?? ''));
	});
});

describe('delivery', () => {
	const set = (switches: Partial<HaloSwitches>) => Object.assign(simulator.switches, switches);

	test('the log tells what was answered, and a failed one is sent again on demand', async () => {
		await attach(await addWebhook(), 3);
		receiver.answers(500, 200);
		newTicket();
		const [first] = await deliveries();
		const log = rowsOf((await api.get('/WebhookEvent')).data);
		expect(log).toMatchObject([{ responsestatus: 500, attempts: 1, delivered: false }]);

		await api.post('/WebhookEvent', [{ id: String(log[0]?.id) }]);

		expect((await deliveries()).map(({ id }) => id)).toEqual([first?.id, first?.id]);
		expect(simulator.state.hooks.log).toMatchObject([{ attempts: 2, delivered: true }]);
	});

	test.each([
		[0, 1],
		[3, 4],
	])('with %i retries a receiver that fails is called %i times', async (retries, calls) => {
		set({ webhookRetries: retries, webhookRetryMs: 1 });
		await attach(await addWebhook(), 3);
		receiver.answers(503);
		newTicket();

		expect(await deliveries()).toHaveLength(calls);
	});

	test('a receiver that does not answer in time counts as failed; 30 seconds unless set', async () => {
		expect(simulator.switches.webhookTimeoutMs).toBe(30_000);
		set({ webhookTimeoutMs: 50 });
		await attach(await addWebhook(), 3);
		receiver.answers(0);
		newTicket();
		await simulator.deliveries.idle();

		expect(simulator.state.hooks.log).toMatchObject([
			{ delivered: false, error: expect.stringContaining('timeout') },
		]);
	});

	test('after its failures a webhook is switched off', async () => {
		set({ webhookDisableAfter: 2 });
		await attach(await addWebhook(), 3);
		receiver.answers(500);
		for (let index = 0; index < 3; index++) {
			newTicket();
			await simulator.deliveries.idle();
		}

		expect(receiver.received).toHaveLength(2);
		expect(simulator.state.hooks.webhooks).toMatchObject([{ disabled: true }]);
	});

	test('duplicates are the same bytes twice', async () => {
		set({ webhookDuplicates: true });
		await attach(await addWebhook(), 3);
		newTicket();
		await deliveries();

		expect(receiver.received).toHaveLength(2);
		expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
	});

	test('reversed, delayed and lost', async () => {
		set({ webhookOrder: 'reversed', webhookDelayMs: 30 });
		await attach(await addWebhook(), 3, 39);
		const id = newTicket();
		simulator.technician.close(id);
		expect(receiver.received).toEqual([]);
		expect((await deliveries()).map(({ event }) => event)).toEqual([
			'ticket closed',
			'new ticket logged',
		]);

		set({ webhooksLost: true });
		newTicket();

		expect(await deliveries()).toHaveLength(2);
	});

	test('a batch is an array of events', async () => {
		const fields = { batch_method: 3, batch_delay_seconds: 0, batch_limit: 2 };
		await attach(await addWebhook(fields), 3, 39);
		simulator.technician.close(newTicket());
		newTicket();
		await deliveries();

		expect(receiver.received.map(({ text }) => rowsOf(JSON.parse(text)).length)).toEqual([2, 1]);
	});
});
