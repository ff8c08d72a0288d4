import { withoutSecrets } from '../../../nodes/shared/domain/values/json';
import { hideSecrets, isSecretName } from '../../../nodes/shared/domain/values/secrets';
import { cleanText } from '../../../nodes/shared/domain/values/text';
import { redact } from '../../../nodes/shared/halo/http/redact';

const NAMES = [
	'access_token',
	'refresh_token',
	'id_token',
	'token',
	'client_secret',
	'secret',
	'password',
	'passwd',
	'authorization',
	'api_key',
	'apiKey',
	'x-api-key',
	'routing_key',
	'private_key',
	'clientSecret',
	'AccessToken',
	'db_password',
];

const VALUE = 'Zm9vYmFy9xQ';

const HIDERS: Array<[string, (text: string) => string]> = [
	['a text on a ticket', (text) => cleanText(text) ?? ''],
	['an error', (text) => redact(text)],
];

describe.each(HIDERS)('%s', (_what, hide) => {
	test.each(NAMES)('hides the value of %s, however it is written', (name) => {
		for (const text of [
			`${name}=${VALUE}`,
			`at x?${name}=${VALUE}&y=1`,
			`${name}: ${VALUE}`,
			`{"${name}":"${VALUE}"}`,
			`{"${name}": "two words ${VALUE}"}`,
			`${name} = '${VALUE}'`,
		]) {
			expect(hide(text)).not.toContain(VALUE);
			expect(hide(text)).toContain('[hidden]');
		}
	});

	test.each([
		['Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
		['Authorization: Bearer abcdefgh', 'abcdefgh'],
		['curl -H "authorization: bearer s3cr3tvalue"', 's3cr3tvalue'],
		['sent Basic dXNlcjpwYXNz to it', 'dXNlcjpwYXNz'],
		['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI5In0.c2lnbmF0dXJl', 'eyJzdWIiOiI5In0'],
		['https://user:hunter2@host.example/x', 'hunter2'],
	])('hides the secret of %s', (text, secret) => {
		expect(hide(text)).not.toContain(secret);
	});

	test.each([
		'Basic authentication is enabled for SMTP',
		'Weak password: administrator',
		'Basic Electronics and Basic Mechanics',
		'The bearer certificate expires soon',
		'CSRF token: missing.',
		'3 secrets in the image; password policy too weak',
		'https://host.example:8443/a?b=c',
	])('keeps "%s" as it was sent', (text) => {
		expect(hide(text)).toBe(text);
	});
});

describe('the payload that is kept beside an event', () => {
	test.each(NAMES)('hides the member %s', (name) => {
		expect(isSecretName(name)).toBe(true);
		expect(withoutSecrets({ a: [{ [name]: VALUE }] })).toEqual({ a: [{ [name]: '[hidden]' }] });
	});

	test.each(['tokens', 'passwordPolicy', 'key', 'name', 'secrets', 'keyId'])(
		'keeps the member %s',
		(name) => {
			expect(withoutSecrets({ [name]: 'x' })).toEqual({ [name]: 'x' });
		},
	);
});

test('what is hidden once stays as it is', () => {
	for (const name of NAMES) {
		const once = hideSecrets(`${name}=${VALUE} ${name}: "${VALUE}"`);
		expect(hideSecrets(once)).toBe(once);
	}
});
