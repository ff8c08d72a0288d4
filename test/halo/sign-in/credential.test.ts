import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';

import { HaloPsaBridgeApi } from '../../../credentials/HaloPsaBridgeApi.credentials';
import { WebhookSecretApi } from '../../../credentials/WebhookSecretApi.credentials';
import { SCOPE_PRESETS, scopesFor } from '../../../nodes/shared/halo/sign-in/scopes';
import {
	packToken,
	readFields,
	readTokenRequest,
	unpackToken,
} from '../../../nodes/shared/halo/sign-in/token';
import { checkWebhookSecret } from '../../../nodes/shared/n8n/webhook-secret-test';
import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { CredentialStore, haloCredentialOf, runNode, testCredential } from '../../support/engine';
import { ProbeNode } from '../../support/engine/probe-node';

const TYPE = 'haloPsaBridgeApi';
const FAILED =
	/^Failed to enable HaloPSA Integration\. Please review your credentials, agent permissions, and application permissions, and then try again\. /;

let simulator: HaloSimulator;
let good: ICredentialDataDecryptedObject;
let store: CredentialStore;

beforeEach(async () => {
	// A simulator of its own: tokens are shared in the process by the fields they were fetched with.
	simulator = await startHaloSimulator();
	good = haloCredentialOf(simulator);
	store = new CredentialStore({ [TYPE]: good });
});

afterEach(async () => {
	await simulator.stop();
});

function tokens(): number {
	return simulator.journal.filter(({ path }) => path.endsWith('/token')).length;
}

async function run(credentials = store) {
	const node = new ProbeNode(async ({ api }) => await api.getClient(11));
	return await runNode({ node, credentials });
}

describe('the token', () => {
	test('its fields are understood once, and anew when any of them changes', () => {
		const fields = { ...readFields(good), scopePreset: 'custom', scopes: 'read:tickets' };
		const known = readTokenRequest(fields);
		expect(readTokenRequest({ ...fields })).toBe(known);
		const edits = [
			{ domain: 'https://other.example' },
			{ authorisationServer: 'https://other.example/auth' },
			{ tenant: 'other' },
			{ clientId: 'other' },
			{ clientSecret: 'other' },
			{ scopes: 'read:tickets edit:tickets' },
		].map((edit) => readTokenRequest({ ...fields, ...edit }).fingerprint);
		expect(new Set([known.fingerprint, ...edits]).size).toBe(7);
	});

	test('is fetched once and used by all runs that follow', async () => {
		for (let n = 0; n < 5; n++) expect((await run()).error).toBeNull();
		expect(tokens()).toBe(1);
	});

	test('20 runs that start together fetch one', async () => {
		simulator.faults.add({ name: 'slow-token', ms: 50 });
		const runs = await Promise.all(Array.from({ length: 20 }, async () => await run()));
		expect(runs.map(({ error }) => error)).toEqual(Array(20).fill(null));
		expect(tokens()).toBe(1);
	});

	test('one that ran out is replaced, at the cost of one unsigned request', async () => {
		await run();
		const { accessToken, ...fields } = store.stored(TYPE);
		const { fingerprint } = readTokenRequest({ ...textsOf(fields) });
		const expired = packToken(fingerprint, 'old', 0, Date.now());
		store.save(TYPE, { accessToken: expired });
		await run();
		expect(store.stored(TYPE).accessToken).not.toBe(expired);
		expect(typeof accessToken).toBe('string');
		expect(simulator.journal.filter(({ status }) => status === 401)).toHaveLength(1);
	});

	test('one that Halo no longer takes is replaced', async () => {
		await run();
		const before = store.stored(TYPE).accessToken;
		simulator.reset();
		expect((await run()).error).toBeNull();
		expect(store.stored(TYPE).accessToken).not.toBe(before);
	});

	test('an edit of the secret takes effect at once', async () => {
		await run();
		store.save(TYPE, { clientSecret: 'another secret' });
		const { error } = await run();
		expect(error?.message).toMatch(/refused the client id or the secret/);
		store.save(TYPE, { clientSecret: simulator.clientSecret });
		expect((await run()).error).toBeNull();
	});

	test.each(['tenant', 'clientId'])('an edit of %s takes effect at once', async (field) => {
		await run();
		store.save(TYPE, { [field]: 'other' });
		expect((await run()).error).not.toBeNull();
	});

	test('belongs to the fields that it was fetched with, and lives a minute less than Halo says', () => {
		const packed = packToken('owner', 'a.b.c', 3600, 0);
		expect(unpackToken(packed, 'owner', 3_539_999)).toBe('a.b.c');
		expect(unpackToken(packed, 'owner', 3_540_000)).toBeNull();
		expect(unpackToken(packed, 'another', 0)).toBeNull();
		expect(unpackToken('', 'owner', 0)).toBeNull();
		expect(unpackToken(undefined, 'owner', 0)).toBeNull();
	});

	test('is sent to the resource server only', async () => {
		await run();
		const { authenticate } = new HaloPsaBridgeApi();
		const credentials = store.stored(TYPE);
		const own = await authenticate(credentials, { url: '/Tickets' });
		expect(own.url).toBe(`${simulator.resourceServer}/Tickets`);
		expect(own.headers?.Authorization).toMatch(/^Bearer ./);
		for (const url of [
			'https://evil.example.org/api/Tickets',
			'//evil.example.org/x',
			`${simulator.origin}/auth/token`,
		]) {
			const foreign = await authenticate(credentials, { url });
			expect(foreign.url).toBe(url);
			expect(foreign.headers?.Authorization).toBeUndefined();
		}
	});
});

describe('the test in the editor', () => {
	test('HI-12 CS-15 is green when everything is right', async () => {
		expect(await testCredential(store, good)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	test('CS-10 is red at once for a wrong secret, before and after saving, and green for the right one again', async () => {
		const wrong = { ...good, clientSecret: 'wrong secret' };
		await run();
		expect(await testCredential(store, wrong)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(FAILED),
		});
		store.save(TYPE, wrong);
		const saved = await testCredential(store, wrong);
		expect(saved.message).toMatch(
			/refused the client id or the secret \(401 .*Next: Configuration > Integrations > HaloPSA API/,
		);
		expect(saved.message).not.toContain('wrong secret');
		store.save(TYPE, good);
		expect(await testCredential(store, good)).toMatchObject({ status: 'OK' });
	});

	const CAUSES: Array<[why: string, spoil: () => ICredentialDataDecryptedObject, words: RegExp]> = [
		['PH-18 CS-12 a tenant of two words', () => ({ ...good, tenant: 'acme corp' }), /single word/],
		[
			'CS-12 a tenant that is not there',
			() => ({ ...good, tenant: 'nobody' }),
			/tenant is not known there \(404/,
		],
		[
			'CS-09 a wrong client id',
			() => ({ ...good, clientId: 'x' }),
			/refused the client id or the secret/,
		],
		['CS-09 no client id', () => ({ ...good, clientId: ' ' }), /Client ID is empty/],
		['CS-10 no secret', () => ({ ...good, clientSecret: '' }), /Client secret is empty/],
		['CS-11 no domain', () => ({ ...good, domain: '' }), /Domain is empty/],
		[
			'CS-11 a host that is not there',
			() => ({ ...good, domain: 'http://127.0.0.1:9', authorisationServer: '' }),
			/refused the connection/,
		],
		[
			'CS-13 an authorisation server that is not there',
			() => ({ ...good, authorisationServer: 'http://127.0.0.1:9' }),
			/refused the connection/,
		],
		[
			'PH-18 a scope that was not granted',
			() => {
				simulator.application.scopes = ['read:tickets', 'edit:tickets'];
				return good;
			},
			/does not grant one of the scopes asked for, read:tickets edit:tickets read:customers read:assets.*Permissions/,
		],
		[
			'PH-18 a login type that is not Agent',
			() => {
				simulator.faults.add({ name: 'unauthorized-401', path: '/Agent/me', times: 'always' });
				return good;
			},
			/login type to Agent/,
		],
		[
			'a domain of something else',
			() => ({ ...good, domain: `${simulator.origin}/elsewhere/api` }),
			/no Halo API at this domain/,
		],
		...(
			[
				[400, 'error-object'],
				[429, 'rate-limit-429'],
				[500, 'status-500'],
				[502, 'html-502'],
				[503, 'status-503'],
				[504, 'html-504'],
			] as const
		).map(([status, name]): [string, () => ICredentialDataDecryptedObject, RegExp] => [
			`PH-17 PH-18 ${status} when the agent is asked for`,
			() => {
				simulator.faults.add({ name, path: '/Agent/me', times: 'always' });
				return good;
			},
			new RegExp(`\\(${status} on /Agent/me\\).*Next: `),
		]),
		[
			'the limit is reached',
			() => {
				simulator.faults.add({ name: 'rate-limit-429', path: '/token', times: 'always' });
				return good;
			},
			/request limit is reached.*wait 5 minutes/,
		],
	];

	test('PH-18 the causes are told apart: the table is complete', () => {
		expect(CAUSES).toHaveLength(18);
	});

	test.each(CAUSES)('%s', async (_why, spoil, words) => {
		const result = await testCredential(store, spoil());
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(FAILED);
		expect(result.message).toMatch(words);
		expect(result.message).not.toContain(simulator.clientSecret);
	});
});

describe('the fields', () => {
	const properties = new Map(
		new HaloPsaBridgeApi().properties.map((property) => [property.name, property]),
	);

	test('CS-08 CS-09 CS-10 CS-11 CS-12 CS-13 CS-14 CN-03 PH-09 the credential asks for what the guides name', () => {
		expect([...properties.keys()]).toEqual([
			'domain',
			'authorisationServer',
			'tenant',
			'clientId',
			'clientSecret',
			'signingKey',
			'previousSigningKey',
			'scopePreset',
			'scopes',
			'associatedCompany',
			'requestsPerWindow',
			'allowHttp',
			'accessToken',
		]);
		const secrets = ['clientSecret', 'signingKey', 'previousSigningKey'];
		expect(secrets.map((name) => properties.get(name)?.typeOptions?.password)).toEqual([
			true,
			true,
			true,
		]);
		expect(
			['domain', 'clientId', 'clientSecret'].every(
				(name) => properties.get(name)?.required === true,
			),
		).toBe(true);
		expect(properties.get('associatedCompany')?.required).toBeUndefined();
	});

	const CHANGES: Array<[field: string, value: string]> = [
		['domain', 'http://127.0.0.1:9'],
		['authorisationServer', 'http://127.0.0.1:9/auth'],
		['tenant', 'other'],
		['clientId', 'other'],
		['clientSecret', 'other'],
		['scopePreset', 'all'],
		['scopes', 'read:tickets'],
	];

	test.each(CHANGES)(
		'CN-06 CN-08 HI-09 another %s is another credential: what one fetched is not used by the other',
		(field, value) => {
			const base = { ...textsOf(good), ...(field === 'scopes' ? { scopePreset: 'custom' } : {}) };
			const one = readTokenRequest(base);
			const other = readTokenRequest({ ...base, [field]: value });
			expect(other.fingerprint).not.toBe(one.fingerprint);
		},
	);

	test('the table of changes holds every field that is read', () => {
		const changed = [...CHANGES.map(([field]) => field), 'allowHttp'];
		expect(changed.sort()).toEqual(Object.keys(textsOf(good)).sort());
	});

	test('CS-01 ID-18 the default asks for four scopes, no administration among them', () => {
		expect(properties.get('scopePreset')?.default).toBe('ticketsAndAssets');
		expect(SCOPE_PRESETS.ticketsAndAssets).toBe(
			'read:tickets edit:tickets read:customers read:assets',
		);
	});

	test('PH-06 X-1 presets hold what the guides name', () => {
		expect(SCOPE_PRESETS.tickets).toBe('read:tickets edit:tickets read:customers');
		expect(SCOPE_PRESETS.companySync).toBe('read:customers');
		expect(SCOPE_PRESETS.all).toBe('all');
		expect(scopesFor('custom', ' read:tickets,  edit:tickets ')).toBe('read:tickets edit:tickets');
		expect(scopesFor('custom', ' ')).toBe(SCOPE_PRESETS.ticketsAndAssets);
	});

	test('ID-16 HI-11 the grant is client credentials, with the scopes of the preset', async () => {
		await run();
		const request = simulator.journal.find(({ path }) => path.endsWith('/token'));
		expect(request?.body).toMatchObject({
			grant_type: 'client_credentials',
			client_id: simulator.clientId,
			scope: SCOPE_PRESETS.ticketsAndAssets,
		});
		expect(request?.query).toEqual({ tenant: simulator.tenant });
	});

	test('the webhook secret has a user, a secret and the one before it, both hidden', () => {
		const fields = new WebhookSecretApi().properties;
		expect(fields.map(({ name }) => name)).toEqual(['user', 'secret', 'previousSecret']);
		expect(fields.filter(({ typeOptions }) => typeOptions?.password === true)).toHaveLength(2);
	});
});

function textsOf(credential: ICredentialDataDecryptedObject) {
	const text = (name: string) => String(credential[name] ?? '');
	return {
		domain: text('domain'),
		authorisationServer: text('authorisationServer'),
		tenant: text('tenant'),
		clientId: text('clientId'),
		clientSecret: text('clientSecret'),
		scopePreset: text('scopePreset'),
		scopes: text('scopes'),
		allowHttp: false,
	};
}

describe('the test of the webhook secret', () => {
	test.each([
		['', 'Error', /Secret is empty/],
		['   ', 'Error', /Secret is empty/],
		['short', 'Error', /can be guessed/],
		['long enough for a sender', 'OK', /shows with the first webhook/],
	])('"%s" is %s, and nothing is claimed that cannot be known', async (secret, status, message) => {
		const credential = { id: '1', name: 'w', type: 'webhookSecretApi', data: { secret } };
		const result = await checkWebhookSecret.call({} as ICredentialTestFunctions, credential);
		expect(result.status).toBe(status);
		expect(result.message).toMatch(message);
	});
});
