import type { WebhookAuthentication } from '../../../nodes/shared/domain/webhook/authentication';
import { deliveryIdOf, isAuthentic } from '../../../nodes/shared/domain/webhook/authentication';

const body = Buffer.from('{}');
const secrets = { user: 'scanner', secret: 'current secret', previousSecret: 'older secret' };
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

function check(
	authentication: WebhookAuthentication,
	headers: Record<string, string>,
	known = secrets,
): boolean {
	return isAuthentic(authentication, { headers, body }, known, Date.now());
}

const TOKEN = { kind: 'headerToken', header: 'X-Webhook-Token' } as const;

const CASES: Array<[string, WebhookAuthentication, Record<string, string>, boolean]> = [
	['the token in its header', TOKEN, { 'x-webhook-token': 'current secret' }, true],
	['the previous token', TOKEN, { 'x-webhook-token': 'older secret' }, true],
	['a wrong token', TOKEN, { 'x-webhook-token': 'current secre' }, false],
	['the token in another header', TOKEN, { authorization: 'current secret' }, false],
	['no token', TOKEN, {}, false],
	['an empty token', TOKEN, { 'x-webhook-token': '' }, false],
	[
		'user and password',
		{ kind: 'basic' },
		{ authorization: basic('scanner:current secret') },
		true,
	],
	[
		'the previous password',
		{ kind: 'basic' },
		{ authorization: basic('scanner:older secret') },
		true,
	],
	['another user', { kind: 'basic' }, { authorization: basic('root:current secret') }, false],
	['a wrong password', { kind: 'basic' }, { authorization: basic('scanner:x') }, false],
	['a password alone', { kind: 'basic' }, { authorization: basic('current secret') }, false],
	['basic without a value', { kind: 'basic' }, { authorization: 'Basic' }, false],
	['a bearer for basic', { kind: 'basic' }, { authorization: 'Bearer x' }, false],
	['no bearer', { kind: 'bearer' }, {}, false],
	['a wrong bearer', { kind: 'bearer' }, { authorization: 'Bearer nope' }, false],
	['nothing at all, by choice', { kind: 'none' }, {}, true],
];

describe('who may send', () => {
	test('there are 16 cases', () => expect(CASES).toHaveLength(16));

	test.each(CASES)('%s', (_, authentication, headers, taken) =>
		expect(check(authentication, headers)).toBe(taken),
	);

	test('a bearer token is taken in any case of the word', () => {
		const known = { ...secrets, secret: 'abc.def' };

		expect(check({ kind: 'bearer' }, { authorization: 'bearer abc.def' }, known)).toBe(true);
	});

	test.each<WebhookAuthentication>([
		TOKEN,
		{ kind: 'basic' },
		{ kind: 'bearer' },
		{ kind: 'hmac', header: 'x-signature', scheme: { encoding: 'hex', prefix: '' } },
		{ kind: 'pagerDuty' },
		{ kind: 'svix' },
	])('without a secret $kind takes nothing, whatever comes', (authentication) => {
		const blank = { user: '', secret: '', previousSecret: '  ' };

		for (const value of ['', ' ', 'Bearer ', basic(':'), 'v1=', 'v1,']) {
			const headers = {
				'x-webhook-token': value,
				authorization: value,
				'x-signature': value,
				'x-pagerduty-signature': value,
				'svix-signature': value,
				'svix-id': 'a',
				'svix-timestamp': String(Math.floor(Date.now() / 1000)),
			};
			expect(check(authentication, headers, blank)).toBe(false);
		}
	});
});

describe('the id of a delivery', () => {
	test('stands in the header that the sender uses', () => {
		expect(deliveryIdOf({ 'svix-id': 'msg_1' })).toBe('msg_1');
		expect(deliveryIdOf({ 'x-snyk-transport-id': ' t-1 ' })).toBe('t-1');
	});

	test('is null when no header names one: equal bodies are no proof of a repeat', () => {
		expect(
			deliveryIdOf({ 'content-type': 'application/json', 'x-request-id': 'proxy' }),
		).toBeNull();
	});
});
