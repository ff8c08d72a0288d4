import type { IDataObject } from 'n8n-workflow';

import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { undescribedNames } from '../../contract/check-journal';
import { credentialsFor, hook } from './support';

let simulator: HaloSimulator;

beforeAll(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
});

beforeEach(() => {
	simulator.reset();
	simulator.rights.administrator = true;
});

afterEach(() => {
	expect(simulator.failures).toEqual([]);
	expect(undescribedNames(simulator.journal)).toEqual([]);
});

afterAll(async () => {
	await simulator.stop();
});

const webhooks = () => simulator.state.hooks.webhooks;
const events = () => simulator.state.hooks.notifications.map(({ eventno }) => eventno).sort();
const create = async (call: Parameters<typeof hook>[2] = {}) =>
	await hook('create', simulator, call);

describe('publishing', () => {
	test('registers one webhook with its events, signed with the secret of the credential', async () => {
		const { error, result, url } = await create();

		expect([error, result]).toEqual([null, true]);
		expect(webhooks()).toMatchObject([
			{
				url,
				active: true,
				authentication_type: 3,
				authentication_header: 'X-Halo-Signature',
				basic_password: 'a secret between Halo and n8n',
				name: 'n8n Halo Trigger workflow-under-test',
				note: expect.stringContaining('Workflow under test'),
			},
		]);
		expect(events()).toEqual([3, 39, 76]);
		expect(url).toBe('http://localhost/webhook/00000000-0000-4000-8000-000000000001/halo');
	});

	test('twice leaves one webhook and no event twice', async () => {
		await create();
		const [first] = webhooks();
		await hook('checkExists', simulator);
		await create();

		expect(webhooks().map(({ id }) => id)).toEqual([first?.id]);
		expect(events()).toEqual([3, 39, 76]);
	});

	test('two processes at the same moment leave one webhook', async () => {
		await Promise.all([create(), create(), create()]);

		expect(webhooks()).toHaveLength(1);
		expect(events()).toEqual([3, 39, 76]);
	});

	test('again after a change of events, secret and header writes the same webhook anew', async () => {
		await create();
		const [first] = webhooks();
		const { error } = await create({
			parameters: { events: ['updated', 'deleted'], signatureHeader: 'Token' },
			credentials: credentialsFor(simulator, 'another secret'),
		});

		expect(error).toBeNull();
		expect(webhooks()).toMatchObject([
			{ id: first?.id, basic_password: 'another secret', authentication_header: 'Token' },
		]);
		expect(events()).toEqual([1072, 61]);
	});

	test('finds a half-made one and finishes it; surplus ones go', async () => {
		await create();
		simulator.state.hooks.notifications = [];
		const [only] = webhooks();
		if (only === undefined) throw new Error('There is no webhook');
		webhooks().push({ ...only, id: 'ffffffff-0000-4000-8000-000000000000' });
		await create();

		expect(webhooks()).toHaveLength(1);
		expect(events()).toEqual([3, 39, 76]);
	});

	test("leaves everybody else's webhooks alone, by name and by address", async () => {
		await create();
		const [ours] = webhooks();
		if (ours === undefined) throw new Error('There is no webhook');
		webhooks().push(
			{ ...ours, id: '00000000-1111-4000-8000-000000000000', url: 'https://other.example/hook' },
			{ ...ours, id: '00000000-2222-4000-8000-000000000000', name: 'made by hand' },
		);
		await create();
		await hook('delete', simulator);

		expect(webhooks().map(({ id }) => id.slice(9, 13))).toEqual(['1111', '2222']);
	});

	test.each(['reset-after-commit', 'status-500-after-commit', 'reset-before'] as const)(
		'%s on the webhook leaves one webhook all the same',
		async (name) => {
			simulator.faults.add({ name, method: 'POST', path: '/Webhook$' });

			const { error } = await create();

			expect(error).toBeNull();
			expect(webhooks()).toHaveLength(1);
			expect(events()).toEqual([3, 39, 76]);
		},
	);

	test('an event whose answer is lost is not attached twice', async () => {
		simulator.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Notification$' });

		expect((await create()).error).toBeNull();
		expect(events()).toEqual([3, 39, 76]);
	});

	test('when the events are refused nothing is left behind, and the refusal is shown', async () => {
		simulator.faults.add({
			name: 'error-text',
			method: 'POST',
			path: '/Notification$',
			message: 'Please select an Event.',
		});

		const { error } = await create();

		expect(error?.message).toContain('Please select an Event.');
		expect(webhooks()).toEqual([]);
	});

	test('when it cannot even be taken back, the error names what is left', async () => {
		simulator.faults.add({ name: 'error-text', method: 'POST', path: '/Notification$' });
		simulator.faults.add({ name: 'error-text', method: 'DELETE', path: '/Webhook/' });

		const { error } = await create();

		expect(error?.message).toMatch(/made in Halo only in part/);
		expect(error?.description).toContain(webhooks()[0]?.id);
		expect((await create()).error).toBeNull();
		expect(webhooks()).toHaveLength(1);
	});

	test('further event numbers and the numbers of Halo that nobody publishes are settings', async () => {
		const additionalFields = { moreEvents: '42, 46', payloadType: 2, signaturePrefix: 'sha256=' };
		await create({ parameters: { events: ['closed'], additionalFields } });

		expect(events()).toEqual([39, 42, 46]);
		expect(webhooks()).toMatchObject([{ payload_type: 2, signature_prefix: 'sha256=' }]);
	});

	test.each([
		['basic', { authentication_type: 1, basic_username: 'halo' }],
		['bearer', { authentication_type: 2, basic_username: '' }],
		['signature', { authentication_type: 3, basic_username: '' }],
	])('%s is registered as such', async (authentication, expected) => {
		await create({ parameters: { authentication } });

		expect(webhooks()).toMatchObject([expected]);
	});

	test('"Listen for test event" has a webhook of its own, and stopping removes only that', async () => {
		await create();
		const listening = await create({ test: true });
		expect(listening.url).toContain('/webhook-test/');
		expect(webhooks()).toHaveLength(2);

		await hook('delete', simulator, { test: true });

		expect(webhooks().map(({ name }) => name)).toEqual(['n8n Halo Trigger workflow-under-test']);
	});

	test('CS-01 without the right the 403 names the mode, the steps and what is missing', async () => {
		simulator.rights.administrator = false;

		const { error } = await create();

		expect(error?.message).toContain('403');
		expect(error?.description).toMatch(/scope admin/);
		expect(error?.description).toMatch(/Administrator/);
		expect(error?.description).toMatch(/Registration to By Hand/);
		expect(webhooks()).toEqual([]);
	});

	test('by hand asks Halo for nothing, and still wants a secret', async () => {
		const parameters = { registration: 'byHand' };
		expect((await create({ parameters })).error).toBeNull();
		expect((await hook('delete', simulator, { parameters })).error).toBeNull();
		expect(simulator.journal).toEqual([]);

		const { error } = await create({ parameters, credentials: credentialsFor(simulator, ' ') });

		expect(error?.message).toMatch(/no secret/);
	});

	test('without an event it says so, before Halo is asked', async () => {
		const { error } = await create({ parameters: { events: [] } });

		expect(error?.message).toBe('No event is chosen');
		expect(simulator.journal).toEqual([]);
	});
});

describe('unpublishing', () => {
	test('removes the webhook and its events', async () => {
		await create();

		expect((await hook('delete', simulator)).error).toBeNull();
		expect(webhooks()).toEqual([]);
		expect(simulator.state.hooks.notifications).toEqual([]);
	});

	test('what is gone already is no error', async () => {
		expect((await hook('delete', simulator)).error).toBeNull();
	});

	test('finds it without a memory, and with one also after the address has changed', async () => {
		await create({ staticData: {} });
		await hook('delete', simulator, { staticData: {} });
		expect(webhooks()).toEqual([]);

		const staticData: IDataObject = {};
		await create({ staticData, webhookBaseUrl: 'https://old.example/webhook' });
		expect(staticData).toEqual({ webhookId: webhooks()[0]?.id });
		await hook('delete', simulator, { staticData, webhookBaseUrl: 'https://new.example/webhook' });

		expect(webhooks()).toEqual([]);
		expect(staticData).toEqual({});
	});

	test('a failure is shown, not swallowed', async () => {
		await create();
		simulator.faults.add({ name: 'forbidden-403', method: 'DELETE', path: '/Webhook/' });

		expect((await hook('delete', simulator)).error?.message).toContain('403');
	});
});
