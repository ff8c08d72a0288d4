import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { ConnectSecureBridgeApi } from '../../../credentials/ConnectSecureBridgeApi.credentials';
import {
	CONNECTION,
	startConnectSecureSimulator,
	type ConnectSecureSimulator,
} from '../../../sandbox/connectsecure';
import { CredentialStore, runNode, testCredential } from '../../support/engine';

const TYPE = 'connectSecureBridgeApi';
const COMPANIES = '/r/company/companies';

/** Asks for the companies. The HTTP Request node itself is asked in the end-to-end test of the poll. */
class Asker implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Asker',
		name: 'asker',
		group: ['transform'],
		version: 1,
		description: 'Test only',
		defaults: { name: 'Asker' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: TYPE, required: true }],
		properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const url = String(this.getNodeParameter('url', 0));
		const request = { url, json: true };
		const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
			this,
			TYPE,
			request,
		);
		return [[{ json: { answer: JSON.stringify(answer) } }]];
	}
}

let pod: ConnectSecureSimulator;
let good: ICredentialDataDecryptedObject;
let store: CredentialStore;

beforeEach(async () => {
	pod = await startConnectSecureSimulator();
	pod.feeds.set(COMPANIES, [{ id: 42, name: 'Contoso Ltd' }]);
	const { tenant, clientId, clientSecret } = CONNECTION;
	good = { pod: pod.origin, tenant, clientId, clientSecret, accessToken: '' };
	store = new CredentialStore({ [TYPE]: good });
});

afterEach(async () => {
	await pod.stop();
});

const PLACEHOLDER = `https://connectsecure.invalid${COMPANIES}?limit=5`;

async function ask(url = PLACEHOLDER) {
	return await runNode({
		node: new Asker(),
		parameters: { url },
		credentials: store,
	});
}

const signIns = () => pod.journal.filter(({ path }) => path === '/w/authorize').length;

describe('the ConnectSecure token', () => {
	test('is fetched once and sent with the user', async () => {
		for (let n = 0; n < 3; n++) expect((await ask()).error).toBeNull();
		const asked = pod.journal.filter(({ path }) => path === COMPANIES);
		expect(signIns()).toBe(1);
		expect(asked).toHaveLength(3);
		for (const { headers, status, query } of asked) {
			expect(status).toBe(200);
			expect(query).toEqual({ limit: '5' });
			expect(headers).toMatchObject({
				authorization: 'Bearer pod-token-1',
				'x-user-id': CONNECTION.userId,
			});
		}
	});

	test('is made from tenant, client id and secret, joined by a plus and a colon', async () => {
		await ask();
		const header = pod.journal[0]?.headers['client-auth-token'] ?? '';
		expect(Buffer.from(header, 'base64').toString()).toBe(
			`${CONNECTION.tenant}+${CONNECTION.clientId}:${CONNECTION.clientSecret}`,
		);
	});

	test('no request is ever sent without one, not even when the stored one has run out', async () => {
		await ask();
		const { accessToken } = store.stored(TYPE);
		const [owner, , ...rest] = String(accessToken).split('.');
		store.save(TYPE, {
			accessToken: [owner, Date.now() - 1, ...rest].join('.'),
		});
		expect((await ask()).error).toBeNull();
		const asked = pod.journal.filter(({ path }) => path === COMPANIES);
		expect(asked.map(({ status }) => status)).toEqual([200, 200]);
	});

	test('an edit of the secret takes effect at once', async () => {
		await ask();
		store.save(TYPE, { clientSecret: 'another' });
		expect((await ask()).error?.message).toMatch(/refused tenant, client id or secret \(401/);
		store.save(TYPE, { clientSecret: CONNECTION.clientSecret });
		expect((await ask()).error).toBeNull();
	});

	test('one that ConnectSecure no longer takes is replaced', async () => {
		await ask();
		pod.forgetTokens();
		expect((await ask()).error).toBeNull();
		expect(signIns()).toBe(2);
	});

	test('20 runs that start together fetch one', async () => {
		const runs = await Promise.all(Array.from({ length: 20 }, async () => await ask()));
		expect(runs.map(({ error }) => error)).toEqual(Array(20).fill(null));
		expect(signIns()).toBe(1);
	});

	test('the address of a request may be called url or, as the HTTP Request node does, uri', async () => {
		await ask();
		const { authenticate } = new ConnectSecureBridgeApi();
		const older = { uri: PLACEHOLDER, url: '' };
		expect(await authenticate(store.stored(TYPE), older)).toMatchObject({
			uri: `${pod.origin}${COMPANIES}?limit=5`,
			headers: { Authorization: 'Bearer pod-token-1', 'X-USER-ID': CONNECTION.userId },
		});
	});

	test('is sent to the pod only', async () => {
		await ask();
		const { authenticate } = new ConnectSecureBridgeApi();
		const credentials = store.stored(TYPE);
		for (const url of [
			'https://evil.example.org/r/x',
			'//evil.example.org/r/x',
			'https://user:secret@connectsecure.invalid/r/x',
			'http://connectsecure.invalid/r/x',
			'https://connectsecure.invalid.example.org/r/x',
		]) {
			const foreign = await authenticate(credentials, { url });
			expect(foreign).toEqual({ url });
		}
	});
});

describe('the test of the ConnectSecure credential', () => {
	const press = async (fields: ICredentialDataDecryptedObject) =>
		await testCredential(store, fields, new ConnectSecureBridgeApi());

	test('is green when everything is right', async () => {
		expect(await press(good)).toMatchObject({ status: 'OK' });
	});

	test('HTTP 200 with status false is red: at the sign-in, and at the first request', async () => {
		pod.switches.refuseSignInPolitely = true;
		const wrong = await press({ ...good, clientSecret: 'wrong secret' });
		expect(wrong).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(
				/^ConnectSecure refused .* \(200 on .*Invalid client credentials\)\. Next: make a new key under Settings > Users/,
			),
		});
		expect(wrong.message).not.toContain('wrong secret');
		pod.faults.set(COMPANIES, { refuse: 'No access' });
		expect(await press(good)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/does not accept it\. Next: check the user/),
		});
	});

	const CAUSES: Array<[string, (origin: string) => ICredentialDataDecryptedObject, RegExp]> = [
		['no pod', () => ({ pod: '' }), /^Pod is empty\. Next: type the pod/],
		['the portal', () => ({ pod: 'portal.myconnectsecure.com' }), /is the portal, .* Next: /],
		[
			'a pod without encryption',
			() => ({ pod: 'http://pod104.myconnectsecure.com' }),
			/^Pod begins with http:\/\/, so the secret would be sent unencrypted\. Next: type the pod/,
		],
		['a pod that is no address', () => ({ pod: 'my pod' }), /^Pod is no address/],
		[
			'no tenant',
			() => ({ tenant: ' ' }),
			/^Tenant is empty\. Next: copy it from Settings > Users/,
		],
		[
			'a wrong secret',
			() => ({ clientSecret: 'wrong' }),
			/refused .* \(401 .*Next: make a new key/,
		],
		[
			'a pod that does not answer',
			() => ({ pod: 'http://127.0.0.1:9' }),
			/^No answer from http:\/\/127\.0\.0\.1:9\/w\/authorize: .*Next: check Pod/,
		],
	];

	test.each(CAUSES)('is red for %s, with the next step', async (_, spoil, words) => {
		const { status, message } = await press({
			...good,
			...spoil(pod.origin),
		});
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(words),
		});
	});

	test('there are 7 causes', () => expect(CAUSES).toHaveLength(7));
});
