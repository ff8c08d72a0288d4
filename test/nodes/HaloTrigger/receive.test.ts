import { gzipSync } from 'node:zlib';

import { HaloTrigger } from '../../../nodes/HaloTrigger/HaloTrigger.node';
import { ownTexts, referenceOf } from '../../support/own-ticket';
import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { undescribedNames } from '../../contract/check-journal';
import type { WebhookAnswer } from '../../support/engine';
import { haloCredentialOf } from '../../support/engine';
import { SECRET, credentialsFor, deliver, delivery, jsonOf, signatureOf } from './support';

/** The API agent of the simulator. */
const OURS = 9;

let simulator: HaloSimulator;
let ticketId: number;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

beforeEach(() => {
	simulator.reset();
	const texts = ownTexts('Disk full', referenceOf('disk'));
	ticketId = simulator.technician.create({ ...texts, client_id: 11, agent_id: 2 });
});

afterEach(() => {
	expect(simulator.failures).toEqual([]);
	expect(undescribedNames(simulator.journal)).toEqual([]);
});

afterAll(async () => {
	await simulator.stop();
});

const about = (change: Record<string, unknown> = {}) =>
	delivery({ object_id: ticketId, ...change });

function startsNothing(answer: WebhookAnswer): void {
	expect(answer.items).toEqual([]);
	expect(JSON.stringify([answer.body ?? null, answer.result])).not.toMatch(/\bat .+\.(ts|js):\d+/);
}

describe('a body', () => {
	const bytesOf = (bytes: Buffer, headers: Record<string, string> = {}) => ({
		parameters: { authentication: 'basic' },
		headers: {
			Authorization: `Basic ${Buffer.from(`halo:${SECRET}`).toString('base64')}`,
			...headers,
		},
		body: bytes,
	});

	test.each<[string, (text: string) => Buffer, Record<string, string>]>([
		['with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`), {}],
		[
			'in UTF-16',
			(text) => Buffer.from(text, 'utf16le'),
			{ 'Content-Type': 'a/b; charset=utf-16' },
		],
		['packed', (text) => gzipSync(text), { 'Content-Encoding': 'x-gzip' }],
	])('%s is read', async (_, write, headers) => {
		const call = bytesOf(write(JSON.stringify(about())), headers);

		expect(jsonOf(await deliver(simulator, '', call))).toMatchObject([{ ticketId }]);
	});

	test.each<[string, Buffer, Record<string, string>, number, string]>([
		['in another charset than it says', Buffer.from('{"a":"\u00e9"}', 'latin1'), {}, 400, 'utf-8'],
		['packed as nothing known', Buffer.from('{}'), { 'Content-Encoding': 'lzma' }, 415, 'lzma'],
		[
			'that names two tickets',
			Buffer.from('{"event":"ticket closed","object_id":1,"object_id":2}'),
			{},
			400,
			'object_id',
		],
	])('%s is refused by name', async (_, bytes, headers, status, words) => {
		const answer = await deliver(simulator, '', bytesOf(bytes, headers));

		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).toContain(words);
		startsNothing(answer);
	});
});

describe('a delivery', () => {
	test('starts the workflow with the event and the ticket as it is in Halo now', async () => {
		simulator.technician.close(ticketId);
		const stale = { id: ticketId, summary: 'old words', status_id: 1, client_id: 11 };

		const answer = await deliver(simulator, about({ ticket: stale }));

		expect(answer.status).toBeNull();
		expect(answer.result.webhookResponse).toMatchObject({ received: 1, started: 1 });
		expect(jsonOf(answer)).toEqual([
			{
				deliveryId: '3f0c0000-0000-4000-8000-000000000001',
				event: 'closed',
				eventName: 'ticket closed',
				ticketId,
				agentId: 2,
				ownWrite: false,
				message: 'The Ticket has been closed for Ticket ID: 0001001.',
				time: '2026-09-25T06:41:08.789Z',
				webhookId: '7b6c0000-0000-4000-8000-000000000002',
				notificationId: 118,
				reference: referenceOf('disk'),
				ticketFrom: 'halo',
				problem: null,
				agent: { id: 2, name: 'Alex Rivera', email: expect.stringContaining('@') },
				ticketAgent: expect.objectContaining({ id: 2 }),
				ticket: expect.objectContaining({
					id: ticketId,
					summary: expect.stringContaining('Disk full'),
					status_id: 9,
					hasbeenclosed: true,
					client_id: 11,
					client_name: 'Contoso Ltd',
				}),
				action: null,
			},
		]);
	});

	const kinds: Array<[string, Record<string, unknown>]> = [
		['full, in the spelling of answers', { summary: 'x', last_update: '2026-01-02T03:04:05.5' }],
		['full, in the spelling of webhooks', { symptom: 'x', lastupdate: '2026-01-02T03:04:05.5' }],
	];

	test.each(kinds)('%s is read without asking Halo', async (_, fields) => {
		const ticket = {
			...fields,
			id: ticketId,
			status_id: 9.0,
			tickettype_id: '1',
			client_id: 11,
			agent_id: 1,
			hasbeenclosed: true,
			dateclosed: '1900-01-01T00:00:00',
			merged_into_id: 0,
			customfields: [{ id: 205, name: 'CFscannerReference', value: 'x' }],
		};

		const answer = await deliver(simulator, about({ ticket }), {
			parameters: { readTicket: 'whenMissing' },
		});

		expect(jsonOf(answer)).toMatchObject([
			{
				ticketFrom: 'delivery',
				ticket: {
					summary: 'x',
					last_update: '2026-01-02T03:04:05.500Z',
					status_id: 9,
					tickettype_id: 1,
					agent_id: null,
					dateclosed: null,
					merged_into_id: null,
					customfields: [{ id: 205, name: 'CFscannerReference', value: 'x' }],
				},
			},
		]);
		expect(simulator.journal.filter(({ path }) => path.includes('/Tickets'))).toEqual([]);
	});

	test('loses the names of agents, not itself, when their list cannot be read', async () => {
		const credentials = { ...credentialsFor(simulator) };
		const haloPsaBridgeApi = { ...haloCredentialOf(simulator), scopePreset: 'tickets' };
		simulator.faults.add({ name: 'forbidden-403', path: '/Agent$', times: 'always' });

		const answer = await deliver(simulator, about(), {
			credentials: { ...credentials, haloPsaBridgeApi },
		});

		expect(jsonOf(answer)).toMatchObject([
			{ agent: { id: 2, name: null, email: null }, problem: expect.stringContaining('403') },
		]);
	});

	test('of event information only is read by its id', async () => {
		const answer = await deliver(simulator, about(), { parameters: { readTicket: 'whenMissing' } });

		expect(jsonOf(answer)).toMatchObject([{ ticketFrom: 'halo', ticket: { id: ticketId } }]);
	});

	test('of a ticket that is gone still says which one', async () => {
		simulator.technician.delete(ticketId);

		const answer = await deliver(simulator, about({ event: 'ticket deleted' }), {
			parameters: { events: ['deleted'] },
		});

		expect(jsonOf(answer)).toMatchObject([
			{ event: 'deleted', ticketId, ticket: null, ticketFrom: 'none', problem: null },
		]);
	});

	test('of a batch gives an item per event, each once', async () => {
		const batch = [
			about(),
			about(),
			about({ id: 'b', event: 'ticket status changed', object_id: 1001 }),
		];

		const answer = await deliver(simulator, batch);

		expect(jsonOf(answer).map(({ event, ticketId: id }) => [event, id])).toEqual([
			['closed', ticketId],
			['statusChanged', 1001],
		]);
	});

	test('carries the action that came with it', async () => {
		const action = {
			id: 4,
			note: 'Replaced the disk.',
			who: 'Alex Rivera',
			who_agentid: 2,
			hiddenfromuser: true,
			actionby_application_id: '',
		};

		const answer = await deliver(simulator, about({ event: 'ticket updated', action }), {
			parameters: { events: ['updated'] },
		});

		expect(jsonOf(answer)).toMatchObject([
			{ event: 'updated', action: { id: 4, note: 'Replaced the disk.', application: null } },
		]);
	});

	test('that is only a test is answered and starts nothing', async () => {
		const answer = await deliver(simulator, delivery({ event: 'test', object_id: 0 }));

		startsNothing(answer);
		expect(answer.result.webhookResponse).toMatchObject({ ignored: 1 });
	});
});

describe('our own writes start nothing', () => {
	test.each([
		['the agent of the delivery', { agent_id: OURS }],
		['the agent of its action', { action: { id: 2, actionby_agent_id: OURS } }],
	])('by %s', async (_, change) => {
		startsNothing(await deliver(simulator, about(change)));
	});

	test('by the application of its action, when it is named', async () => {
		const action = { id: 2, who_agentid: 3, actionby_application_id: 'Night Sync' };
		const own = { additionalFields: { ownApplication: 'night sync' } };

		startsNothing(await deliver(simulator, about({ action }), { parameters: own }));
		expect(jsonOf(await deliver(simulator, about({ action })))).toHaveLength(1);
	});

	test('unless they are wanted; an agent that is typed in is not asked for', async () => {
		const wanted = { additionalFields: { includeOwnWrites: true } };
		const typed = { readTicket: 'never', additionalFields: { ownAgentId: 2 } };

		const ours = await deliver(simulator, about({ agent_id: OURS }), { parameters: wanted });
		expect(jsonOf(ours)).toEqual([expect.objectContaining({ ownWrite: true })]);
		const theirs = await deliver(simulator, about(), { parameters: wanted });
		expect(jsonOf(theirs)).toEqual([expect.objectContaining({ ownWrite: false })]);
		simulator.journal.length = 0;
		startsNothing(await deliver(simulator, about(), { parameters: typed }));
		expect(simulator.journal).toEqual([]);
	});

	test('Halo is asked once for the agent, not once per delivery', async () => {
		for (let index = 0; index < 3; index++) await deliver(simulator, about());

		const asked = simulator.journal.filter(({ path }) => path.endsWith('/Agent/me'));
		expect(asked.length).toBeLessThanOrEqual(1);
	});
});

describe('what is not wanted starts nothing', () => {
	const pick = (name: string, one: string, value: string) => ({
		only: { [name]: { picked: [{ [one]: { __rl: true, mode: 'id', value } }] } },
	});
	const cases: Array<[string, object, number]> = [
		['an event that is not chosen', { events: ['created'] }, 0],
		['an event that is chosen', { events: ['closed'] }, 1],
		['another client', pick('clients', 'client', '12'), 0],
		['the client', pick('clients', 'client', '11'), 1],
		['another type', pick('ticketTypes', 'ticketType', '2'), 0],
		['the type', pick('ticketTypes', 'ticketType', '1'), 1],
		['another status', pick('statuses', 'status', '9'), 0],
		['the status', pick('statuses', 'status', '1'), 1],
		['a ticket with our reference', { only: { onlyReferenced: true } }, 1],
	];

	test.each(cases)('%s', async (_, parameters, started) => {
		const answer = await deliver(simulator, about(), { parameters: { ...parameters } });

		expect(jsonOf(answer)).toHaveLength(started);
		expect(answer.result.webhookResponse).toMatchObject({ received: 1, started });
	});

	test('a ticket without our reference', async () => {
		const parameters = { only: { onlyReferenced: true } };

		startsNothing(await deliver(simulator, delivery(), { parameters }));
	});

	const copies: Array<[string, { client_id: number; reportedby?: string }]> = [
		["another client's ticket", { client_id: 12 }],
		['a mail of the same client', { client_id: 11, reportedby: 'mallory@contoso.example' }],
	];

	test.each(copies)('a ticket of ours copied word for word onto %s', async (_, fields) => {
		const texts = ownTexts('Disk full', referenceOf('disk'));
		const copy = simulator.technician.create({ ...texts, ...fields });
		for (const readTicket of ['always', 'whenMissing']) {
			const parameters = { readTicket, only: { onlyReferenced: true } };
			startsNothing(await deliver(simulator, delivery({ object_id: copy }), { parameters }));
		}
		const ticket = { ...texts, ...fields, id: copy };
		const parameters = { readTicket: 'never' };
		const told = await deliver(simulator, delivery({ object_id: copy, ticket }), { parameters });
		expect(jsonOf(told)).toMatchObject([{ reference: null }]);
	});

	test('an event that has no word here passes: somebody attached it by hand', async () => {
		const answer = await deliver(simulator, about({ event: '1st sla warning' }));

		expect(jsonOf(answer)).toMatchObject([{ event: 'other', eventName: '1st sla warning' }]);
	});

	test('an event of another kind of record is not taken for a ticket', async () => {
		const change = { event: 'new client created', message: 'A client', object_id: 1001 };

		startsNothing(await deliver(simulator, delivery(change)));
	});
});

describe('a delivery that is refused starts no execution', () => {
	const text = JSON.stringify(delivery());
	const tampered = text.replace('"object_id":1001', '"object_id":1002');
	const signed = { 'X-Halo-Signature': signatureOf(text) };
	const cases: Array<[string, string | Buffer, Record<string, string>, number]> = [
		['one tampered byte', tampered, signed, 401],
		['one byte more', `${text} `, signed, 401],
		['no signature', text, {}, 401],
		['an empty signature', text, { 'X-Halo-Signature': '' }, 401],
		['a signature in hex', text, { 'X-Halo-Signature': signatureOf(text).slice(2) }, 401],
		['a signature in another header', text, { Token: signatureOf(text) }, 401],
		['a signature by another secret', text, { 'X-Halo-Signature': signatureOf(text, 'x') }, 401],
		['no JSON', '{"a":', { 'X-Halo-Signature': signatureOf('{"a":') }, 400],
		['an empty body', '', { 'X-Halo-Signature': signatureOf('') }, 400],
		['a text', '"x"', { 'X-Halo-Signature': signatureOf('"x"') }, 400],
		['something else', '{"a":1}', { 'X-Halo-Signature': signatureOf('{"a":1}') }, 400],
		['17 MB', Buffer.alloc(17 * 1024 * 1024, 'a'), {}, 413],
	];

	test.each(cases)('%s', async (_, body, headers, status) => {
		const answer = await deliver(simulator, '', { body, headers });

		expect(answer.status).toBe(status);
		startsNothing(answer);
		if (status === 401) expect(answer.body).toEqual({ error: 'Unauthorized' });
		expect(simulator.journal).toEqual([]);
	});

	test('the same bytes with their own signature are taken', async () => {
		expect(jsonOf(await deliver(simulator, text))).toHaveLength(1);
	});

	test('without a secret nothing is taken, and it can be sent again', async () => {
		const answer = await deliver(simulator, about(), {
			credentials: credentialsFor(simulator, '  '),
			headers: { 'X-Halo-Signature': signatureOf(JSON.stringify(about()), '') },
		});

		expect(answer.status).toBe(503);
		startsNothing(answer);
	});

	test('when Halo cannot be asked for the ticket, it can be sent again', async () => {
		simulator.faults.add({ name: 'error-text', path: '/Tickets/', times: 'always' });

		const answer = await deliver(simulator, about());

		expect(answer.status).toBe(503);
		startsNothing(answer);
	});

	test('when the delivery holds the ticket, that one is given, with what went wrong', async () => {
		simulator.faults.add({ name: 'error-text', path: '/Tickets/', times: 'always' });

		const answer = await deliver(simulator, about({ ticket: { id: ticketId, status_id: 9 } }));

		expect(jsonOf(answer)).toMatchObject([
			{ ticketFrom: 'delivery', problem: expect.stringContaining('400') },
		]);
	});

	test('__proto__ reaches nothing', async () => {
		const body = text.replace('{', '{"__proto__":{"polluted":1},"constructor":1,');

		await deliver(simulator, body);

		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});

describe('authentication', () => {
	const body = JSON.stringify(delivery());
	const basic = (words: string) => ({
		Authorization: `Basic ${Buffer.from(words).toString('base64')}`,
	});
	const prefixed = { additionalFields: { signaturePrefix: 'sha256=' } };
	const cases: Array<[string, object, Record<string, string>, Record<string, string>]> = [
		['basic', {}, basic(`halo:${SECRET}`), basic(`halo:${SECRET}x`)],
		['bearer', {}, { Authorization: 'Bearer one-word' }, { Authorization: 'Bearer other' }],
		[
			'signature',
			{ signatureHeader: 'Token' },
			{ token: signatureOf(body) },
			{ token: signatureOf(`${body} `) },
		],
		[
			'signature',
			prefixed,
			{ 'X-Halo-Signature': `sha256=${signatureOf(body)}` },
			{ 'X-Halo-Signature': signatureOf(body) },
		],
	];

	test.each(cases)('%s %j takes the good one only', async (authentication, more, good, bad) => {
		const credentials = credentialsFor(
			simulator,
			authentication === 'bearer' ? 'one-word' : SECRET,
		);
		const parameters = { authentication, ...more };

		expect(
			jsonOf(await deliver(simulator, body, { parameters, credentials, headers: good })),
		).toHaveLength(1);
		const refused = await deliver(simulator, body, { parameters, credentials, headers: bad });
		expect(refused.status).toBe(401);
		startsNothing(refused);
	});

	test('the previous secret is taken while Halo still has it', async () => {
		const credentials = {
			...credentialsFor(simulator),
			webhookSecretApi: { user: '', secret: 'new', previousSecret: SECRET },
		};

		expect(jsonOf(await deliver(simulator, body, { credentials }))).toHaveLength(1);
	});
});

describe('what the simulator delivers', () => {
	const kinds: Array<[string, number, 'webhook' | 'api', number]> = [
		['full', 0, 'webhook', 0],
		['full, spelt as answers', 0, 'api', 0],
		['small', 1, 'webhook', 0],
		['event only', 2, 'webhook', 0],
		['in a batch', 0, 'webhook', 3],
	];

	test.each(kinds)('%s is understood byte for byte', async (_, payload, spelling, batch) => {
		simulator.rights.administrator = true;
		simulator.switches.webhookSpelling = spelling;
		const { startReceiver } = await import('../../support/receiver');
		const receiver = await startReceiver();
		const { hooks } = simulator.state;
		hooks.webhooks.push({
			id: 'aaaaaaaa-0000-4000-8000-000000000000',
			name: 'n8n',
			note: '',
			url: receiver.url,
			active: true,
			disabled: false,
			type: 0,
			content_type: 'application/json',
			authentication_type: 3,
			authentication_header: 'X-Halo-Signature',
			basic_username: '',
			basic_password: SECRET,
			signature_prefix: '',
			payload_type: payload,
			batch_method: batch,
			batch_delay_seconds: 0,
			batch_limit: 0,
			failures: 0,
		});
		hooks.notifications.push({
			id: 118,
			webhook_id: 'aaaaaaaa-0000-4000-8000-000000000000',
			name: 'closed',
			eventno: 39,
			delivery_method: 6,
			conditions: [],
		});
		simulator.technician.close(ticketId);
		await simulator.deliveries.idle();
		const [sent] = receiver.received;
		await receiver.stop();

		const answer = await deliver(simulator, sent?.text, {
			headers: Object.fromEntries(
				Object.entries(sent?.headers ?? {}).map(([name, value]) => [name, String(value)]),
			),
		});

		expect(jsonOf(answer)).toMatchObject([
			{ event: 'closed', ticketId, agentId: 2, ticket: { id: ticketId, hasbeenclosed: true } },
		]);
	});
});

describe('the description', () => {
	const { description } = new HaloTrigger();

	test('hands the body over unread: version 1, and hidden options that say so', () => {
		const options = description.properties.find(({ name }) => name === 'options');

		expect(description.version).toBe(1);
		expect(options).toMatchObject({ type: 'hidden', default: { binaryData: true } });
	});

	test('the steps by hand name the menu, the header, the events and where answers show', () => {
		const notice = description.properties.find(({ name }) => name === 'byHandNotice');

		for (const words of ['Integrations > Webhooks', 'X-Halo-Signature', 'Events', 'Deliveries']) {
			expect(notice?.displayName).toContain(words);
		}
	});
});
