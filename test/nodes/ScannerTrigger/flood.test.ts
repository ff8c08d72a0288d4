import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloTrigger } from '../../../nodes/HaloTrigger/HaloTrigger.node';
import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import { callWebhook, type WebhookAnswer, type WebhookCall } from '../../support/engine';

const SECRET = 'a-secret-for-floods';
const BASIC = Buffer.from(`scanner:${SECRET}`).toString('base64');

async function post(call: Partial<WebhookCall>): Promise<WebhookAnswer> {
	return await callWebhook({
		node: new ScannerTrigger(),
		credentials: { webhookSecretApi: { user: 'scanner', secret: SECRET, previousSecret: '' } },
		headers: { 'X-Webhook-Token': SECRET },
		...call,
	});
}

const items = (answer: WebhookAnswer): IDataObject[] =>
	(answer.items[0] ?? []).map(({ json }) => json);
const bad = (count: number): number[] => Array.from({ length: count }, () => 1);
const good = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: `f-${index}`, title: 'T' }));
const limited = (mostRecords: number): INodeParameters => ({
	source: 'canonical',
	additionalFields: { mostRecords },
});

describe('records of one delivery', () => {
	test.each([
		['a list', (count: number): unknown => good(count)],
		['events', (count: number): unknown => ({ events: good(count) })],
		['lists in a list', (count: number): unknown => [{ events: good(count - 1) }, good(1)[0]]],
	])('more than 1,000 of them as %s get 413 and start nothing', async (_what, bodyOf) => {
		const parameters = { source: 'canonical' };
		const most = await post({ parameters, body: JSON.stringify(bodyOf(1_000)) });
		const more = await post({ parameters, body: JSON.stringify(bodyOf(1_001)) });

		expect([most.status, items(most).length]).toEqual([null, 1_000]);
		expect([more.status, more.items]).toEqual([413, []]);
		expect(more.body).toMatchObject({
			error: 'The delivery holds more than 1000 records.',
			nextStep: expect.stringContaining('Most Records per Delivery'),
		});
	});

	test('the number is a setting', async () => {
		expect((await post({ parameters: limited(2), body: good(3) })).status).toBe(413);
		expect(items(await post({ parameters: limited(3), body: good(3) }))).toHaveLength(3);
		await expect(post({ parameters: limited(0), body: good(3) })).rejects.toThrow(/mostRecords/);
	});

	test.each(['detect', 'canonical', 'wazuh', 'alertmanager', 'connectsecure', 'ninjaone'])(
		'190 kB of numbers for %s are 413, not 95,000 rows',
		async (source) => {
			const answer = await post({ parameters: { source }, body: bad(95_000) });

			expect([answer.status, answer.items]).toEqual([413, []]);
		},
	);

	test('that cannot be read are one item with their count and the first few', async () => {
		const answer = await post({
			parameters: { source: 'canonical' },
			body: [...good(2), ...bad(900)],
		});

		const [, , failed, ...others] = items(answer);
		expect(others).toEqual([]);
		expect(failed).toMatchObject({
			decision: 'failed',
			title: expect.stringMatching(/^900 records could not be read, record 3 first/),
			reason: expect.stringMatching(/^900 records .* Record 7: .* And 895 more\.$/),
			raw: { unreadable: 900 },
		});
		expect(JSON.stringify(failed).length).toBeLessThan(6_000);
		expect(answer.result.webhookResponse).toEqual({ received: 2, failed: 900 });
	});

	test('a record of megabytes that cannot be read is kept by its beginning', async () => {
		const body = JSON.stringify({ events: [{ id: 'x', note: 'n'.repeat(3_000_000) }] });

		const [failed] = items(await post({ parameters: { source: 'canonical' }, body }));

		expect(failed?.decision).toBe('failed');
		expect(JSON.stringify(failed).length).toBeLessThan(12_000);
		expect(failed?.raw).toMatch(/characters more$/);
	});
});

describe('what one integration may bring in an hour', () => {
	const HOUR = 3_600_000;
	const parameters = (integration: string, mostMegabytes = 1): INodeParameters => ({
		source: 'canonical',
		integration,
		additionalFields: { mostMegabytes },
	});
	/** About 20 kB as it is stored: 50 of them are the share. */
	const large = JSON.stringify({
		events: [{ id: 'f', title: 'T', description: 'd'.repeat(19_000) }],
	});

	afterEach(() => jest.restoreAllMocks());

	const send = async (integration: string) =>
		await post({ parameters: parameters(integration), body: large });

	test('is stored up to its share; then it is told to send again, and others are not', async () => {
		const now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
		const flooded = 'the flooding tool';
		let sent = 0;
		let refused = await send(flooded);
		for (; refused.status === null && sent < 200; sent += 1) refused = await send(flooded);

		expect(sent).toBeGreaterThan(40);
		expect(sent).toBeLessThan(60);
		expect([refused.status, refused.items]).toEqual([429, []]);
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
		expect(refused.body).toMatchObject({
			error: expect.stringContaining('the flooding tool'),
			nextStep: expect.stringContaining('Most Megabytes per Hour'),
		});
		expect((await send('another tool')).status).toBeNull();
		clock.mockReturnValue(now + Number(refused.headers['retry-after']) * 1000);
		expect((await send(flooded)).status).toBeNull();
		expect((await send(flooded)).status).toBe(429);
		clock.mockReturnValue(now + 2 * HOUR);
		for (let again = 0; again < 40; again += 1) expect((await send(flooded)).status).toBeNull();
	});

	test('is refused by a full share before anything is parsed', async () => {
		const integration = 'full';
		for (let sent = 0; sent < 60; sent += 1) await send(integration);
		const answer = await post({ parameters: parameters(integration), body: '{"not JSON' });
		expect(answer.status).toBe(429);
	});

	test('a share that is no number is refused by name', async () => {
		await expect(post({ parameters: parameters('x', 0), body: good(1) })).rejects.toThrow(
			/mostMegabytes/,
		);
	});
});

describe('a stranger', () => {
	/** n8n would refuse to read any body: what is answered before is answered without reading it. */
	const unread = { maxBytes: 0, body: 'x' };

	test.each<[string, INodeParameters, Record<string, string>, Record<string, string>]>([
		[
			'token',
			{ authentication: 'headerToken' },
			{ 'X-Webhook-Token': 'w' },
			{ 'X-Webhook-Token': SECRET },
		],
		[
			'bearer',
			{ authentication: 'bearer' },
			{ Authorization: 'Bearer w' },
			{ Authorization: `Bearer ${SECRET}` },
		],
		[
			'basic',
			{ authentication: 'basic' },
			{ Authorization: 'Basic dzp3' },
			{ Authorization: `Basic ${BASIC}` },
		],
	])(
		'with a wrong %s is refused before the body is read',
		async (_kind, parameters, wrong, right) => {
			expect((await post({ parameters, headers: wrong, ...unread })).status).toBe(401);
			expect((await post({ parameters, headers: {}, ...unread })).status).toBe(401);
			expect((await post({ parameters, headers: right, ...unread })).status).toBe(413);
		},
	);

	test.each(['hmac', 'pagerDuty', 'svix'])(
		'%s is checked over the body that was read',
		async (authentication) => {
			expect((await post({ parameters: { authentication }, ...unread })).status).toBe(413);
			expect((await post({ parameters: { authentication }, body: 'x' })).status).toBe(401);
		},
	);

	test('at Halo Trigger with a wrong user or token is refused before the body is read', async () => {
		const halo = async (authentication: string, headers: Record<string, string>) =>
			(await post({ node: new HaloTrigger(), parameters: { authentication }, headers, ...unread }))
				.status;

		expect(await halo('basic', { Authorization: 'Basic dzp3' })).toBe(401);
		expect(await halo('basic', { Authorization: `Basic ${BASIC}` })).toBe(413);
		expect(await halo('bearer', { Authorization: 'Bearer w' })).toBe(401);
		expect(await halo('bearer', { Authorization: `Bearer ${SECRET}` })).toBe(413);
	});
});
