import { createHmac } from 'node:crypto';

import { HookContext } from 'n8n-core';
import type { IHookFunctions } from 'n8n-workflow';

import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import { curlLine } from '../../../nodes/ScannerTrigger/description';
import { SOURCES } from '../../../nodes/shared/domain/sources';
import { alertmanager } from '../../../nodes/shared/domain/sources/alertmanager/source';
import { pagerDuty } from '../../../nodes/shared/domain/sources/pagerduty';
import { wazuh } from '../../../nodes/shared/domain/sources/wazuh/source';
import type { WebhookAnswer, WebhookCall } from '../../support/engine';
import { callWebhook } from '../../support/engine';
import { prepareNode } from '../../support/engine/workflow';

const SECRET = 'correct horse battery staple';
const TOKEN = { 'X-Webhook-Token': SECRET };

async function post(call: Partial<WebhookCall>): Promise<WebhookAnswer> {
	return await callWebhook({
		node: new ScannerTrigger(),
		credentials: { webhookSecretApi: { user: 'scanner', secret: SECRET, previousSecret: '' } },
		headers: TOKEN,
		...call,
	});
}

const json = (answer: WebhookAnswer) => (answer.items[0] ?? []).map((item) => item.json);

function startsNothing(answer: WebhookAnswer): void {
	expect(answer.items).toEqual([]);
	expect(JSON.stringify([answer.body ?? null, answer.result])).not.toMatch(/\bat .+\.(ts|js):\d+/);
}

describe('a delivery', () => {
	test('gives one item per event, each whole, in one execution', async () => {
		const body = {
			...alertmanager.sample,
			alerts: [
				{
					status: 'firing',
					fingerprint: '1',
					labels: { alertname: 'A', company: 'Contoso Ltd' },
					annotations: {},
				},
				{
					status: 'resolved',
					fingerprint: '2',
					labels: { alertname: 'B', company: 'Fabrikam' },
					annotations: {},
				},
			],
		};

		const answer = await post({ body });

		expect(json(answer).map(({ title, status }) => [title, status])).toEqual([
			['A', 'open'],
			['B', 'resolved'],
		]);
		expect(json(answer).map(({ company }) => company)).toMatchObject([
			{ name: 'Contoso Ltd' },
			{ name: 'Fabrikam' },
		]);
		expect(answer.result.webhookResponse).toEqual({ received: 2, failed: 0 });
		expect(answer.status).toBeNull();
	});

	test('that is half good gives its events and one failed item per bad record', async () => {
		const body = {
			events: [{ id: '1', title: 'Good' }, { id: '2' }, { id: '3', title: 'Good too' }],
		};

		const answer = await post({ parameters: { source: 'canonical' }, body });

		expect(json(answer).map(({ title, decision }) => [title, decision ?? null])).toEqual([
			['Good', null],
			['Good too', null],
			['Record 2 could not be read: title', 'failed'],
		]);
		expect(json(answer)[2]).toMatchObject({
			raw: { id: '2' },
			reason: expect.stringContaining('title'),
		});
		expect(answer.result.webhookResponse).toEqual({ received: 2, failed: 1 });
	});

	test('of no records, or one that only tests the connection, is answered and starts nothing', async () => {
		const empty = await post({ body: { ...alertmanager.sample, alerts: [] } });
		const ping = await post({ body: { event: { event_type: 'pagey.ping', data: {} } } });

		for (const answer of [empty, ping]) {
			startsNothing(answer);
			expect(answer.status).toBeNull();
		}
		expect(ping.result.webhookResponse).toMatchObject({ received: 0, ping: true });
	});

	test('carries the id that its sender gave it', async () => {
		const answer = await post({
			headers: { ...TOKEN, 'Webhook-Id': 'msg_7' },
			body: pagerDuty.sample,
		});

		expect(json(answer)[0]?.deliveryId).toBe('msg_7');
	});

	test.each(SOURCES.map(({ id, sample }) => ({ id, sample })))(
		'the sample of $id is taken',
		async ({ id, sample }) => {
			const answer = await post({ parameters: { source: id }, body: sample });

			expect(json(answer)).toHaveLength(1);
		},
	);

	test('the company comes from the payload, a fixed value or the path', async () => {
		const named = async (call: Partial<WebhookCall>) =>
			json(await post({ body: alertmanager.sample, ...call }))[0]?.company;

		expect(await named({})).toMatchObject({ name: 'Contoso Ltd' });
		expect(await named({ parameters: { companyPath: 'labels.alertname' } })).toMatchObject({
			name: 'DiskAlmostFull',
		});
		expect(
			await named({ parameters: { companyFrom: 'fixed', fixedCompany: 'Fabrikam' } }),
		).toMatchObject({ name: 'Fabrikam' });
		expect(
			await named({ parameters: { companyFrom: 'path' }, params: { company: 'Tailwind Toys' } }),
		).toMatchObject({
			name: 'Tailwind Toys',
		});
	});
});

describe('a delivery that is refused starts no execution', () => {
	test.each<[string, Partial<WebhookCall>, number]>([
		['a wrong token', { headers: { 'X-Webhook-Token': 'wrong' } }, 401],
		['no token', { headers: {} }, 401],
		['no JSON', { body: '{"a": "C:\\new"x}' }, 400],
		['an empty body', { body: '' }, 400],
		[
			'a body of another source',
			{ parameters: { source: 'wazuh' }, body: alertmanager.sample },
			400,
		],
		['a body that cannot be told', { body: { hello: 'world' } }, 400],
		['a JSON text', { body: '"hello"' }, 400],
		['too deep a body', { body: `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}` }, 400],
		['17 MB', { body: Buffer.alloc(17 * 1024 * 1024, 'a') }, 413],
	])('%s', async (_, call, status) => {
		const answer = await post({ body: wazuh.sample, ...call });

		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ error: expect.any(String) });
		startsNothing(answer);
	});

	test('a wrong token is told nothing but that', async () => {
		const answer = await post({ headers: {}, body: '{' });

		expect(answer.status).toBe(401);
		expect(answer.body).toEqual({ error: 'Unauthorized' });
	});

	test('a payload of the wrong source is told which one it looks like', async () => {
		const answer = await post({ parameters: { source: 'wazuh' }, body: alertmanager.sample });

		expect(answer.body).toMatchObject({ nextStep: 'Set Source to Prometheus Alertmanager.' });
	});

	test('without a secret nothing is taken, and the sender may try again later', async () => {
		const blank = { webhookSecretApi: { user: '', secret: '', previousSecret: '' } };
		for (const credentials of [blank, {}]) {
			const answer = await post({
				credentials,
				headers: { 'X-Webhook-Token': '' },
				body: wazuh.sample,
			});

			expect(answer.status).toBe(503);
			startsNothing(answer);
		}
	});
});

describe('authentication', () => {
	const body = JSON.stringify(wazuh.sample);
	const sign = (secret: string, encoding: 'hex' | 'base64', text = body) =>
		createHmac('sha256', secret).update(text).digest(encoding);
	const basic = (text: string) => ({
		Authorization: `Basic ${Buffer.from(text).toString('base64')}`,
	});
	const svix = (secret: string, timestamp = Math.floor(Date.now() / 1000)) => ({
		'svix-id': 'msg_1',
		'svix-timestamp': String(timestamp),
		'svix-signature': `v1,${createHmac('sha256', secret).update(`msg_1.${timestamp}.${body}`).digest('base64')}`,
	});
	const key = Buffer.from(SECRET).toString('base64');

	test.each<
		[string, WebhookCall['parameters'], Record<string, string>, Record<string, string>, string]
	>([
		[
			'headerToken',
			{ headerName: 'X-Api-Key' },
			{ 'X-API-KEY': SECRET },
			{ 'X-Webhook-Token': SECRET },
			SECRET,
		],
		['basic', {}, basic(`scanner:${SECRET}`), basic(`scanner:${SECRET}!`), SECRET],
		['bearer', {}, { Authorization: 'Bearer tok-1' }, { Authorization: 'Bearer tok-2' }, 'tok-1'],
		[
			'hmac',
			{},
			{ 'X-Hub-Signature-256': `sha256=${sign(SECRET, 'hex')}` },
			{ 'X-Hub-Signature-256': `sha256=${sign('other', 'hex')}` },
			SECRET,
		],
		[
			'hmac',
			{ signatureHeader: 'X-Sig', signatureEncoding: 'base64', signaturePrefix: '' },
			{ 'X-Sig': sign(SECRET, 'base64') },
			{ 'X-Sig': sign(SECRET, 'base64', `${body} `) },
			SECRET,
		],
		[
			'pagerDuty',
			{},
			{ 'X-PagerDuty-Signature': `v1=${sign('old', 'hex')},v1=${sign(SECRET, 'hex')}` },
			{ 'X-PagerDuty-Signature': `v1=${sign('old', 'hex')}` },
			SECRET,
		],
		['svix', {}, svix(SECRET), svix(SECRET, Math.floor(Date.now() / 1000) - 400), `whsec_${key}`],
		['none', {}, {}, {}, SECRET],
	])(
		'%s takes the good one and answers 401 to the bad one',
		async (authentication, more, good, bad, secret) => {
			const credentials = { webhookSecretApi: { user: 'scanner', secret, previousSecret: '' } };
			const parameters = { authentication, ...more };

			const taken = await post({ parameters, credentials, headers: good, body });
			const refused = await post({ parameters, credentials, headers: bad, body });

			expect(json(taken)).toHaveLength(1);
			if (authentication === 'none') return;
			expect(refused.status).toBe(401);
			startsNothing(refused);
		},
	);

	test('the previous secret is taken while senders move to the new one', async () => {
		const credentials = {
			webhookSecretApi: { user: '', secret: 'new one', previousSecret: SECRET },
		};

		expect(json(await post({ credentials, body }))).toHaveLength(1);
	});
});

describe('publishing the workflow', () => {
	async function publish(secret: string, authentication = 'headerToken'): Promise<boolean> {
		const trigger = new ScannerTrigger();
		const { workflow, node, additionalData } = prepareNode({
			node: trigger,
			parameters: { authentication },
			credentials: { webhookSecretApi: { user: '', secret, previousSecret: '' } },
		});
		const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
		// n8n's own class leaves out members that its interface has for other triggers.
		const hooks = context as unknown as IHookFunctions;
		expect(await trigger.webhookMethods.default.checkExists.call(hooks)).toBe(false);
		expect(await trigger.webhookMethods.default.delete.call(hooks)).toBe(true);
		return await trigger.webhookMethods.default.create.call(hooks);
	}

	test('fails without a secret, and says what to do', async () => {
		await expect(publish(' ')).rejects.toMatchObject({
			message: 'The webhook credential has no secret',
			description: expect.stringContaining('Secret'),
		});
	});

	test('works with a secret, or with authentication switched off by choice', async () => {
		expect(await publish(SECRET)).toBe(true);
		expect(await publish('', 'none')).toBe(true);
	});
});

describe('hostile content', () => {
	test('HTML stays text, control characters go, and __proto__ reaches nothing', async () => {
		const body =
			'{"id":"1","title":"<b>bold</b>\\u0000\\u001b[2J","company":{"__proto__":{"name":"Fabrikam"},"name":"Contoso"},"__proto__":{"polluted":1}}';

		const answer = await post({ parameters: { source: 'canonical' }, body });

		expect(json(answer)[0]).toMatchObject({
			title: '<b>bold</b> [2J',
			company: { name: 'Contoso' },
		});
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('a secret in a text is hidden before anything stores it', async () => {
		const body = {
			id: '1',
			title: 'Login failed',
			description: 'curl -H "Authorization: Bearer abcdef123456"',
		};

		const answer = await post({ parameters: { source: 'canonical' }, body });

		expect(JSON.stringify(answer.items)).not.toContain('abcdef123456');
	});
});

describe('the description', () => {
	const { description } = new ScannerTrigger();

	test('hands the body over unread: version 1, and hidden options that say so', () => {
		const options = description.properties.find(({ name }) => name === 'options');

		expect(description.version).toBe(1);
		expect(options).toMatchObject({ type: 'hidden', default: { binaryData: true } });
	});

	test('asks for the credential with every authentication but none', () => {
		const kinds =
			description.properties.find(({ name }) => name === 'authentication')?.options ?? [];
		const needing = description.credentials?.[0]?.displayOptions?.show?.authentication ?? [];
		const all = kinds.map((option) => ('value' in option ? option.value : null));

		expect(description.credentials?.[0]?.required).toBe(true);
		expect([...needing, 'none'].sort()).toEqual([...all].sort());
	});

	test('every source shows a line that sends its sample, quotes inside it escaped', () => {
		const notices = description.properties.filter(({ name }) => name.startsWith('sample_'));

		expect(notices).toHaveLength(SOURCES.length);
		expect(curlLine({ a: "it's" })).toContain(`-d '{"a":"it'\\''s"}'`);
	});
});
