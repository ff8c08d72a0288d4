import { createHmac } from 'node:crypto';

import axios from 'axios';

import { type CredentialFile, type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	node,
	openStage,
	pinnedN8n,
} from '../support/host';

const SECRET = 'a-secret-for-the-tests-only';
const SVIX_KEY = Buffer.from('a-signing-key-of-the-tests').toString('base64');
const BODY = JSON.stringify({ dedupKey: 'authentication', title: 'A finding', severity: 'high' });

type Headers = Record<string, string>;

interface Case {
	kind: string;
	parameters: JsonRecord;
	good: () => Headers;
	/** What is refused; none for a webhook that takes everybody. */
	bad: Record<string, () => Headers>;
	credential: string | null;
}

const hmac = (encoding: 'hex' | 'base64', key = SECRET, body = BODY) =>
	createHmac('sha256', key).update(body).digest(encoding);
const basic = (pair: string) => ({
	Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});
const svix = (secondsAgo: number, key = SVIX_KEY): Headers => {
	const time = String(Math.floor(Date.now() / 1000) - secondsAgo);
	const signed = createHmac('sha256', Buffer.from(key, 'base64'));
	const signature = signed.update(`msg_1.${time}.${BODY}`).digest('base64');
	return { 'svix-id': 'msg_1', 'svix-timestamp': time, 'svix-signature': `v1,${signature}` };
};
const nothing = () => ({});

const CASES: Case[] = [
	{
		kind: 'header token',
		parameters: { authentication: 'headerToken', headerName: 'X-Api-Key' },
		good: () => ({ 'X-Api-Key': SECRET }),
		bad: { wrong: () => ({ 'X-Api-Key': `${SECRET}!` }), missing: nothing },
		credential: 'plain',
	},
	{
		kind: 'basic',
		parameters: { authentication: 'basic' },
		good: () => basic(`scanner:${SECRET}`),
		bad: { 'with another user': () => basic(`other:${SECRET}`), missing: nothing },
		credential: 'plain',
	},
	{
		kind: 'bearer',
		parameters: { authentication: 'bearer' },
		good: () => ({ Authorization: `Bearer ${SECRET}` }),
		bad: { wrong: () => ({ Authorization: 'Bearer another-token' }), missing: nothing },
		credential: 'plain',
	},
	{
		kind: 'HMAC in hex',
		parameters: { authentication: 'hmac' },
		good: () => ({ 'X-Hub-Signature-256': `sha256=${hmac('hex')}` }),
		bad: {
			'of another body': () => ({
				'X-Hub-Signature-256': `sha256=${hmac('hex', SECRET, `${BODY} `)}`,
			}),
			missing: nothing,
		},
		credential: 'plain',
	},
	{
		kind: 'HMAC in base64',
		parameters: {
			authentication: 'hmac',
			signatureHeader: 'X-Sig',
			signatureEncoding: 'base64',
			signaturePrefix: '',
		},
		good: () => ({ 'X-Sig': hmac('base64') }),
		bad: { 'with another key': () => ({ 'X-Sig': hmac('base64', 'another') }), missing: nothing },
		credential: 'plain',
	},
	{
		kind: 'PagerDuty',
		parameters: { authentication: 'pagerDuty' },
		good: () => ({ 'X-PagerDuty-Signature': `v1=${hmac('hex', 'old')},v1=${hmac('hex')}` }),
		bad: {
			'with an old key alone': () => ({ 'X-PagerDuty-Signature': `v1=${hmac('hex', 'old')}` }),
			missing: nothing,
		},
		credential: 'plain',
	},
	{
		kind: 'Svix',
		parameters: { authentication: 'svix' },
		good: () => svix(0),
		bad: { 'outside its time window': () => svix(400), missing: nothing },
		credential: 'svix',
	},
	{
		kind: 'none, chosen on purpose',
		parameters: { authentication: 'none' },
		good: nothing,
		bad: {},
		credential: null,
	},
];

const REFUSALS = CASES.flatMap(({ kind, bad }, index) =>
	Object.entries(bad).map(([why, headers]) => ({ kind, why, headers, index })),
);

const secret = (name: string, value: string): CredentialFile => ({
	name: `Secret ${name}`,
	type: 'webhookSecretApi',
	data: { user: 'scanner', secret: value },
});

const workflowId = (index: number) => `authWorkflow${index}`;
const pathOf = (index: number) => `authentication-${index}`;

describeWith('Authentication of webhooks in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;

	const send = async (index: number, headers: Headers) =>
		await axios.post<unknown>(`${stage.n8n.url}/webhook/${pathOf(index)}`, BODY, {
			headers: { 'content-type': 'application/json', ...headers },
			// The bytes are signed: axios must not write them anew.
			transformRequest: [(body: unknown) => body],
			transformResponse: [(text: unknown) => text],
			validateStatus: () => true,
			proxy: false,
		});

	beforeAll(async () => {
		stage = await openStage('webhook-authentication', host, () => ({
			credentials: [secret('plain', SECRET), secret('svix', `whsec_${SVIX_KEY}`)],
			workflows: CASES.map(({ kind, parameters, credential }, index) =>
				chain(workflowId(index), `Authentication: ${kind}`, [
					node(
						'Scanner Trigger',
						'n8n-nodes-halopsa-bridge.scannerTrigger',
						1,
						{ source: 'canonical', path: pathOf(index), ...parameters },
						{
							webhookId: `3f9c0a52-55a4-4d8e-9a54-6f0b9f3d800${index}`,
							...(credential === null
								? {}
								: {
										credentials: {
											webhookSecretApi: { id: null, name: `Secret ${credential}` },
										},
									}),
						},
					),
					node('Done', 'n8n-nodes-base.noOp', 1, {}),
				]),
			),
		}));
		for (const index of CASES.keys()) await stage.session.publish(workflowId(index));
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	it('there are 8 kinds and 14 refusals', () => {
		expect(CASES).toHaveLength(8);
		expect(REFUSALS).toHaveLength(14);
	});

	it.each(REFUSALS)(
		'$kind: one that is $why is answered with 401 and nothing more',
		async ({ headers, index }) => {
			const { status, data } = await send(index, headers());

			expect(status).toBe(401);
			expect(String(data)).toMatch(/Unauthorized/);
			expect(String(data)).not.toContain(SECRET);
		},
	);

	it.each(CASES.map((entry, index) => ({ ...entry, index })))(
		'$kind: the good one is answered with 200, and its execution is the only one',
		async ({ good, index }) => {
			// The refusals above were sent to this very webhook.
			expect(await stage.session.executions(workflowId(index))).toEqual([]);

			expect((await send(index, good())).status).toBe(200);

			const found = await waitFor(
				'The execution of the good request',
				async () => {
					const all = await stage.session.executions(workflowId(index));
					return all.length > 0 ? all : null;
				},
				{ withinMs: 20_000 },
			);
			expect(found).toMatchObject([{ status: 'success' }]);
		},
	);
});
