import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { HaloTrigger } from '../../nodes/HaloTrigger/HaloTrigger.node';
import { callHook, CredentialStore, runNode, type NodeRun } from '../support/engine';
import { ownTime } from '../support/engine/own-time';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/engine/own-time')>('../support/engine/own-time')
		.workflowWithOwnTime(),
);

const HALO = 'https://halo.example';
const SECRET = 'client secret & sign';
const TICKET = { id: 7, summary: 'Printer', status_id: 1, client_id: 11 };

let secretOf = 0;

/** A credential of its own for each test: nothing that another test learnt about a Halo is known. */
function credentials(halo = HALO): CredentialStore {
	secretOf += 1;
	return new CredentialStore({
		haloPsaBridgeApi: {
			domain: `${halo}/api`,
			authorisationServer: `${halo}/auth`,
			tenant: 'msp',
			clientId: `application-${secretOf}`,
			clientSecret: SECRET,
			scopePreset: 'ticketsAndAssets',
		},
		webhookSecretApi: { user: 'halo', secret: 'shared with Halo', previousSecret: '' },
	});
}

function token(): nock.Interceptor {
	return nock(HALO).post('/auth/token').query({ tenant: 'msp' });
}

const GRANT = { access_token: 'a token', expires_in: 3600, token_type: 'Bearer' };

function ticketRead(): nock.Interceptor {
	return nock(HALO).get('/api/Tickets/7').query({ includedetails: 'true' });
}

/** The ticket's notes as Halo has them: one page with "Hello", written by our application just now. */
function notesWithHello(): nock.Scope {
	const note = {
		id: 900,
		ticket_id: 7,
		note: 'Hello',
		outcome_id: 7,
		actionby_application_id: 'our application',
		datetime: new Date(Date.now()).toISOString(),
	};
	return nock(HALO)
		.persist()
		.get('/api/Actions')
		.query(true)
		.reply(200, (uri) => ({ actions: /page_no=[2-9]/.test(uri) ? [] : [note] }));
}

function noteWrite(): nock.Interceptor {
	return nock(HALO).post('/api/Actions');
}

/** Adds the note "Hello" to ticket 7: one token, one read, one write. */
async function addNote(halo?: string): Promise<NodeRun> {
	return await runNode({
		node: new HaloTicket(),
		parameters: {
			operation: 'addNote',
			ticket: { __rl: true, mode: 'id', value: '7' },
			note: 'Hello',
		},
		credentials: credentials(halo),
	});
}

function failure(code: string, message: string): Error {
	return Object.assign(new Error(message), { code });
}

beforeAll(() => {
	ownTime.takeOver();
});

beforeEach(() => {
	nock.disableNetConnect();
	ownTime.forgetWaits();
});

afterEach(() => {
	const left = nock.pendingMocks();
	nock.cleanAll();
	expect(left).toEqual([]);
});

afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

describe('what is sent', () => {
	test('for a token: the form, with the secret encoded and nowhere else', async () => {
		let sent: IDataObject = {};
		token().reply(function (uri, body) {
			sent = { uri, body: String(body), ...this.req.headers };
			return [200, GRANT];
		});
		ticketRead().reply(200, TICKET);
		noteWrite().reply(201, { id: 900, ticket_id: 7 });

		expect((await addNote()).error).toBeNull();
		expect(sent).toMatchObject({
			uri: '/auth/token?tenant=msp',
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
		});
		expect([...new URLSearchParams(String(sent.body))]).toEqual([
			['grant_type', 'client_credentials'],
			['client_id', `application-${secretOf}`],
			['client_secret', SECRET],
			['scope', 'read:tickets edit:tickets read:customers read:assets'],
		]);
		expect(sent).not.toHaveProperty('authorization');
	});

	test('for a note: one JSON array with the token, and no mail asked for', async () => {
		token().reply(200, GRANT);
		ticketRead().reply(200, TICKET);
		let headers: Record<string, string> = {};
		noteWrite()
			.matchHeader('authorization', 'Bearer a token')
			.matchHeader('content-type', 'application/json')
			.reply(function (_uri, body) {
				headers = this.req.headers;
				return JSON.stringify(body) ===
					JSON.stringify([
						{
							ticket_id: 7,
							note_html: '<p>Hello</p>',
							hiddenfromuser: true,
							outcome_id: 7,
							sendemail: false,
							_prevent_outgoing: true,
						},
					])
					? [201, { id: 900, ticket_id: 7 }]
					: [400, JSON.stringify(body)];
			});

		expect((await addNote()).error).toBeNull();
		expect(Object.keys(headers).sort()).toEqual([
			'accept',
			'accept-encoding',
			'authorization',
			'connection',
			'content-length',
			'content-type',
			'host',
			'user-agent',
		]);
	});

	test('on publishing Halo Trigger: the webhook, then its events, each once', async () => {
		token().reply(200, GRANT);
		nock(HALO).get('/api/Webhook').query(true).times(2).reply(200, []);
		nock(HALO).get('/api/Notification').query(true).reply(200, []);
		const bodies: unknown[] = [];
		nock(HALO)
			.post('/api/Webhook')
			.reply(201, (_uri: string, body: unknown) => {
				bodies.push(body);
				return { id: '7b6c0000-0000-4000-8000-000000000002' };
			});
		nock(HALO)
			.persist()
			.post('/api/Notification')
			.reply(201, (_uri: string, body: unknown) => {
				bodies.push(body);
				return { id: 118 };
			});
		const answer = await callHook('create', {
			node: new HaloTrigger(),
			credentials: credentials(),
			parameters: { events: ['closed'] },
		});

		expect(answer.error).toBeNull();
		expect(bodies[0]).toMatchObject([
			{ url: answer.url, authentication_type: 3, basic_password: 'shared with Halo' },
		]);
		expect(bodies).toHaveLength(2);
	});
});

describe('what comes back', () => {
	interface Fault {
		name: string;
		/** What the fault does to a request: answers or breaks it. */
		arm(interceptor: nock.Interceptor): void;
		/** Whether the same read is sent again. */
		again: boolean;
		says: RegExp;
	}
	const FAULTS: Fault[] = [
		{
			name: 'a reset',
			arm: (request) => request.replyWithError(failure('ECONNRESET', 'socket hang up')),
			again: true,
			says: /the connection was cut/,
		},
		{
			name: 'a refused connection',
			arm: (request) =>
				request.replyWithError(failure('ECONNREFUSED', 'connect ECONNREFUSED 192.0.2.1:443')),
			again: true,
			says: /refused/i,
		},
		{
			name: 'a name that does not resolve',
			arm: (request) =>
				request.replyWithError(failure('ENOTFOUND', 'getaddrinfo ENOTFOUND halo.example')),
			again: true,
			says: /the host name is not known/,
		},
		{
			name: 'a certificate that nobody knows',
			arm: (request) =>
				request.replyWithError(failure('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')),
			again: true,
			says: /certificate/i,
		},
		{
			name: 'a 429 without Retry-After',
			arm: (request) => request.reply(429, 'Too many requests'),
			again: true,
			says: /429|limit/i,
		},
		{
			name: 'a 502 of a gateway',
			arm: (request) => request.reply(502, '<html>Bad Gateway</html>'),
			again: true,
			says: /502/,
		},
		{
			name: 'a redirect',
			arm: (request) => request.reply(302, '', { location: 'https://elsewhere.example/login' }),
			again: false,
			says: /302/,
		},
		{
			name: 'broken JSON',
			arm: (request) => request.reply(200, '{"id":7,', { 'content-type': 'application/json' }),
			again: false,
			says: /cannot be read.*\{"id":7,/s,
		},
	];

	test.each(FAULTS)('$name of a read: sent again only where that may help', async (fault) => {
		token().reply(200, GRANT);
		fault.arm(ticketRead());
		if (!fault.again) {
			const { error } = await addNote();
			expect(`${error?.message} ${error?.description}`).toMatch(fault.says);
			return;
		}
		ticketRead().reply(200, TICKET);
		noteWrite().reply(201, { id: 900, ticket_id: 7 });
		expect((await addNote()).error).toBeNull();
		expect(ownTime.waits.filter((wait) => wait >= 1000)).toHaveLength(1);
	});

	test.each(FAULTS.filter(({ again }) => again))(
		'$name of every read: the error says what happened',
		async (fault) => {
			token().reply(200, GRANT);
			const tries = fault.name.startsWith('a 429') ? 5 : 4;
			for (let index = 0; index < tries; index++) fault.arm(ticketRead());
			const { error } = await addNote();
			expect(`${error?.message} ${error?.description}`).toMatch(fault.says);
			expect(`${error?.message} ${error?.description}`).not.toContain(SECRET);
		},
	);

	test.each(FAULTS.filter(({ name }) => /reset|502/.test(name)))(
		'$name of a write that was stored: found among the notes, not sent twice',
		async (fault) => {
			token().reply(200, GRANT);
			ticketRead().reply(200, TICKET);
			fault.arm(noteWrite());
			notesWithHello();
			const { error, json } = await addNote();
			expect(error).toBeNull();
			expect(json[0]).toMatchObject([{ ticketId: 7, noted: true }]);
		},
	);

	test('half an answer of a read is not taken for the whole: it is read again', async () => {
		nock.enableNetConnect('127.0.0.1');
		const reads: string[] = [];
		const server = createServer((request, response) => {
			const { method, url } = request;
			reads.push(`${method} ${url?.replace(/\?.*/, '')}`);
			if (url?.startsWith('/auth/') === true) response.end(JSON.stringify(GRANT));
			else if (reads.length > 2) response.end(JSON.stringify(TICKET));
			else {
				response.writeHead(200, { 'content-type': 'application/json', 'content-length': 300 });
				response.write('{"id":7,', () => response.destroy());
			}
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = server.address() as AddressInfo;
			expect((await addNote(`http://127.0.0.1:${port}`)).error).toBeNull();
			expect(reads).toEqual([
				'POST /auth/token',
				'GET /api/Tickets/7',
				'GET /api/Tickets/7',
				'POST /api/Actions',
			]);
		} finally {
			server.close();
		}
	});

	test('Retry-After is waited for to the second', async () => {
		token().reply(200, GRANT);
		ticketRead().reply(429, 'Slow down', { 'retry-after': '17' });
		ticketRead().reply(200, TICKET);
		noteWrite().reply(201, { id: 900, ticket_id: 7 });
		expect((await addNote()).error).toBeNull();
		expect(ownTime.waits).toContain(17_000);
	});

	test('headers that come late are waited for', async () => {
		token().reply(200, GRANT);
		ticketRead().delay({ head: 300 }).reply(200, TICKET);
		noteWrite().delay({ head: 300, body: 100 }).reply(201, { id: 900, ticket_id: 7 });
		expect((await addNote()).error).toBeNull();
		expect(ownTime.waits).toEqual([]);
	});

	test.each(FAULTS.filter(({ name }) => /refused|resolve|certificate|reset/.test(name)))(
		'$name of the token: no request without one, and the sign-in is named',
		async (fault) => {
			for (let index = 0; index < 4; index++) fault.arm(token());
			const { error } = await addNote();
			const words = `${error?.message} ${error?.description}`;
			expect(words).toMatch(fault.says);
			expect(words).toMatch(/token/);
			expect(words).not.toContain(SECRET);
		},
	);
});
