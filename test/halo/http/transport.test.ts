import { HaloConnectionError, HaloError } from '../../../nodes/shared/halo/http/errors';
import type {
	HaloRequest,
	HaloResponse,
	HaloTransport,
} from '../../../nodes/shared/halo/http/transport';
import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { CredentialStore, haloCredentialOf, runNode } from '../../support/engine';
import { ProbeNode } from '../../support/engine/probe-node';
import { createAxiosTransport } from '../../support/simulator';

/** What a transport did with one request, in words that both transports share. */
type Outcome = { response: HaloResponse } | { failure: string };

async function outcomeOf(transport: HaloTransport, request: HaloRequest): Promise<Outcome> {
	try {
		return { response: await transport.send(request) };
	} catch (error) {
		if (error instanceof HaloConnectionError) return { failure: 'HaloConnectionError' };
		if (error instanceof HaloError) return { failure: `${error.name} ${String(error.status)}` };
		return { failure: String(error) };
	}
}

type Send = (request: HaloRequest) => Promise<Outcome>;

const TRANSPORTS: Array<[name: string, make: (simulator: HaloSimulator) => Send]> = [
	[
		'axios',
		(simulator) => {
			const transport = createAxiosTransport(simulator);
			return async (request) => await outcomeOf(transport, request);
		},
	],
	[
		'n8n',
		(simulator) => {
			const credentials = new CredentialStore({ haloPsaBridgeApi: haloCredentialOf(simulator) });
			return async (request) => {
				const probe = async ({ transport }: { transport: HaloTransport }) =>
					await outcomeOf(transport, request);
				const run = await runNode({ node: new ProbeNode(probe), credentials });
				if (run.error !== null) throw new Error(run.error.message);
				return run.json[0]?.[0]?.result as Outcome;
			};
		},
	],
];

describe.each(TRANSPORTS)('the transport by %s', (_name, make) => {
	let simulator: HaloSimulator;
	let send: Send;

	beforeAll(async () => {
		simulator = await startHaloSimulator();
	});

	beforeEach(async () => {
		simulator.reset();
		simulator.faults.clear();
		send = make(simulator);
		await send({ method: 'GET', path: '/Client/11' });
		simulator.journal.length = 0;
	});

	afterAll(async () => {
		await simulator.stop();
	});

	const GET: HaloRequest = { method: 'GET', path: '/Client/11' };

	async function statusOf(request: HaloRequest): Promise<number | string> {
		const outcome = await send(request);
		return 'response' in outcome ? outcome.response.status : outcome.failure;
	}

	test('a good answer comes with status, lower case headers and parsed body', async () => {
		const outcome = await send(GET);
		expect(outcome).toMatchObject({
			response: { status: 200, body: { id: 11, name: 'Contoso Ltd' } },
		});
		const { headers } = (outcome as { response: HaloResponse }).response;
		expect(Object.keys(headers).every((name) => name === name.toLowerCase())).toBe(true);
		expect(headers['content-type']).toMatch(/json/);
	});

	test('query values arrive as text, undefined ones do not arrive', async () => {
		const query = { pageinate: true, page_no: 1, page_size: 5, search: undefined };
		await send({ method: 'GET', path: '/Client', query });
		expect(simulator.journal[0]?.query).toEqual({
			pageinate: 'true',
			page_no: '1',
			page_size: '5',
		});
	});

	test('a body arrives as a JSON array', async () => {
		const body = [{ summary: 'Sent', client_id: 11, tickettype_id: 1 }];
		expect(await statusOf({ method: 'POST', path: '/Tickets', body })).toBe(201);
		expect(simulator.journal[0]?.body).toEqual(body);
	});

	test.each([
		['status-500', 500],
		['html-502', 502],
		['forbidden-403', 403],
		['not-found-404', 404],
		['error-text', 400],
		['rate-limit-429', 429],
	] as const)('%s comes back as an answer', async (name, status) => {
		simulator.faults.add({ name });
		expect(await statusOf(GET)).toBe(status);
		expect(simulator.journal).toHaveLength(1);
	});

	test('Retry-After comes through', async () => {
		simulator.faults.add({ name: 'rate-limit-429', retryAfter: 'seconds', retryAfterSeconds: 9 });
		expect(await send(GET)).toMatchObject({ response: { headers: { 'retry-after': '9' } } });
	});

	test('401 once: a new token, then the answer', async () => {
		simulator.faults.add({ name: 'unauthorized-401', path: '/Client' });
		expect(await statusOf(GET)).toBe(200);
		expect(simulator.journal.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
	});

	test('401 that stays comes back as 401, after one new token', async () => {
		simulator.faults.add({ name: 'unauthorized-401', path: '/Client', times: 'always' });
		expect(await statusOf(GET)).toBe(401);
		expect(simulator.journal.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
		expect(simulator.journal.filter(({ path }) => path.includes('/Client'))).toHaveLength(2);
	});

	test.each(['reset-before', 'reset-after-commit'] as const)(
		'no answer (%s) rejects with HaloConnectionError',
		async (name) => {
			simulator.faults.add({ name });
			expect(await send(GET)).toEqual({ failure: 'HaloConnectionError' });
		},
	);

	test('text that is no JSON comes back as text', async () => {
		simulator.faults.add({ name: 'html-502' });
		const outcome = await send(GET);
		expect(outcome).toMatchObject({ response: { body: expect.stringMatching(/^<html>/) } });
	});
});

describe('what a technician sees when a node fails', () => {
	let simulator: HaloSimulator;

	beforeAll(async () => {
		simulator = await startHaloSimulator();
	});

	afterAll(async () => {
		await simulator.stop();
	});

	async function shown(
		fault: Parameters<HaloSimulator['faults']['add']>[0] | null,
		change: Record<string, string> = {},
	) {
		simulator.reset();
		simulator.faults.clear();
		if (fault !== null) simulator.faults.add({ ...fault, times: 'always', path: '/Client' });
		const credential = { ...haloCredentialOf(simulator), ...change };
		const node = new ProbeNode(async ({ transport }) => {
			const { toHaloError } = await import('../../../nodes/shared/halo/http/errors');
			const request: HaloRequest = { method: 'GET', path: '/Client/11' };
			const response = await transport.send(request);
			if (response.status >= 300) throw toHaloError(request, response);
			return response;
		});
		return (await runNode({ node, credentials: { haloPsaBridgeApi: credential } })).error;
	}

	test('a missing right: what failed, the path, the menu', async () => {
		const error = await shown({ name: 'forbidden-403' });
		expect(error).toMatchObject({
			message: 'Halo denied access (403): GET /Client/11',
			httpCode: '403',
			itemIndex: 0,
		});
		expect(error?.description).toMatch(/read:customers.*Configuration > Integrations/);
	});

	test('PH-17 a wrong secret: the words of the set-up guide, then the cause', async () => {
		const error = await shown(null, { clientSecret: 'wrong-secret-value' });
		expect(error?.message).toMatch(
			/^Failed to enable HaloPSA Integration\..*refused the client id or the secret/,
		);
		expect(error?.message).not.toContain('wrong-secret-value');
	});

	test('a host that does not answer: in words, not in an error code', async () => {
		const error = await shown(null, { domain: 'http://127.0.0.1:9', authorisationServer: '' });
		expect(error?.message).toMatch(/No answer from.*refused the connection/);
		expect(error?.message).not.toMatch(/ECONN|perhaps it is offline/);
	});

	test('PH-18 a tenant of two words is refused before anything is sent', async () => {
		const error = await shown(null, { tenant: 'acme corp' });
		expect(error?.message).toMatch(/single word/);
		expect(simulator.journal).toEqual([]);
	});
});
