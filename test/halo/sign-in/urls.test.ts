import {
	HaloAddressError,
	readAddresses,
	readTenant,
	toApiUrl,
} from '../../../nodes/shared/halo/sign-in/urls';

const HOSTED_API = 'https://acme.halopsa.com/api';
const HOSTED_TOKEN = 'https://acme.halopsa.com/auth/token';

type Case = [
	why: string,
	domain: string,
	authorisationServer: string,
	tenant: string,
	api: string,
	token: string,
];

const CASES: Case[] = [
	['CS-11 the bare host', 'acme.halopsa.com', '', '', HOSTED_API, HOSTED_TOKEN],
	[
		'CN-04 host without https, server without https',
		'acme.halopsa.com',
		'acme.halopsa.com/auth',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'CS-13 both as Halo shows them',
		'https://acme.halopsa.com/api',
		'https://acme.halopsa.com/auth',
		'acme',
		HOSTED_API,
		`${HOSTED_TOKEN}?tenant=acme`,
	],
	['CS-11 /API in capitals', 'https://acme.halopsa.com/API', '', '', HOSTED_API, HOSTED_TOKEN],
	[
		'slash at the end',
		'https://acme.halopsa.com/api/',
		'https://acme.halopsa.com/auth/',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	['/api twice', 'https://acme.halopsa.com/api/api', '', '', HOSTED_API, HOSTED_TOKEN],
	[
		'page of the API reference',
		'https://acme.halopsa.com/api/swagger',
		'',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'auth address in the domain field',
		'https://acme.halopsa.com/auth',
		'',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'token address in the domain field',
		'https://acme.halopsa.com/auth/token',
		'',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'spaces and quotes around it',
		'  "https://acme.halopsa.com"  ',
		' acme.halopsa.com ',
		' acme ',
		HOSTED_API,
		`${HOSTED_TOKEN}?tenant=acme`,
	],
	['characters without width', '\u200bacme.halopsa.com\ufeff', '', '', HOSTED_API, HOSTED_TOKEN],
	['host in capitals', 'HTTPS://ACME.HALOPSA.COM', '', '', HOSTED_API, HOSTED_TOKEN],
	[
		'ID-19 URL of the instance with a query',
		'https://acme.halopsa.com/?x=1#top',
		'',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		"HI-11 agent URL of a server of one's own",
		'https://halo.example.org',
		'',
		'',
		'https://halo.example.org/api',
		'https://halo.example.org/auth/token',
	],
	[
		'HI-08 application below a path',
		'https://it.example.org/halo',
		'',
		'',
		'https://it.example.org/halo/api',
		'https://it.example.org/halo/auth/token',
	],
	[
		'path and /api',
		'https://it.example.org/halo/api',
		'',
		'',
		'https://it.example.org/halo/api',
		'https://it.example.org/halo/auth/token',
	],
	[
		'http typed, port typed',
		'http://10.0.0.5:8080',
		'',
		'',
		'http://10.0.0.5:8080/api',
		'http://10.0.0.5:8080/auth/token',
	],
	[
		'http typed for the server only',
		'acme.halopsa.com',
		'http://auth.example.org',
		'',
		HOSTED_API,
		'http://auth.example.org/auth/token',
	],
	[
		'X-2 bare authorisation host means /auth/token',
		'acme.halopsa.com',
		'acme.halopsa.com',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'X-2 trial host with /token and no /auth',
		'https://acme.halopsa.com',
		'https://uk-trial.halopsa.com/token',
		'acme',
		HOSTED_API,
		'https://uk-trial.halopsa.com/token?tenant=acme',
	],
	[
		'full token address',
		'acme.halopsa.com',
		'https://acme.halopsa.com/auth/token',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'token address with slash',
		'acme.halopsa.com',
		'https://acme.halopsa.com/auth/token/',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		'path typed is taken as typed',
		'acme.halopsa.com',
		'https://sso.example.org/identity',
		'',
		HOSTED_API,
		'https://sso.example.org/identity/token',
	],
	[
		'resource server in the authorisation field',
		'acme.halopsa.com',
		'https://acme.halopsa.com/api',
		'',
		HOSTED_API,
		HOSTED_TOKEN,
	],
	[
		"domain of one's own, hosted sign-in",
		'https://support.example.org/api',
		'https://acme.halopsa.com/auth',
		'acme',
		'https://support.example.org/api',
		`${HOSTED_TOKEN}?tenant=acme`,
	],
	[
		'tenant in the pasted token address',
		'acme.halopsa.com',
		'https://acme.halopsa.com/auth/token?tenant=acme',
		'',
		HOSTED_API,
		`${HOSTED_TOKEN}?tenant=acme`,
	],
	[
		'the tenant field wins over a pasted one',
		'acme.halopsa.com',
		'https://acme.halopsa.com/auth/token?tenant=old',
		'acme',
		HOSTED_API,
		`${HOSTED_TOKEN}?tenant=acme`,
	],
	['X-3 tenant None means none', 'acme.halopsa.com', '', 'None', HOSTED_API, HOSTED_TOKEN],
	['X-3 tenant null means none', 'acme.halopsa.com', '', 'null', HOSTED_API, HOSTED_TOKEN],
	[
		'CS-12 tenant with letters that need encoding',
		'acme.halopsa.com',
		'',
		'a&b',
		HOSTED_API,
		`${HOSTED_TOKEN}?tenant=a%26b`,
	],
	['tenant with a plus', 'acme.halopsa.com', '', 'a+b', HOSTED_API, `${HOSTED_TOKEN}?tenant=a%2Bb`],
	[
		'host with hyphens and digits',
		'acme-2.eu.haloitsm.com/api',
		'',
		'',
		'https://acme-2.eu.haloitsm.com/api',
		'https://acme-2.eu.haloitsm.com/auth/token',
	],
];

describe('the address forms that people copy', () => {
	test('the table has every form of the field guide and the requirements', () => {
		expect(CASES).toHaveLength(32);
	});

	test.each(CASES)('%s', (_why, domain, authorisationServer, tenant, api, token) => {
		const addresses = readAddresses({ domain, authorisationServer, tenant, allowHttp: true });
		expect(addresses).toEqual({ resourceServer: api, tokenUrl: token });
	});

	test('what was understood is understood the same way again', () => {
		for (const [, domain, authorisationServer, tenant] of CASES) {
			const once = readAddresses({ domain, authorisationServer, tenant, allowHttp: true });
			const again = readAddresses({
				domain: once.resourceServer,
				authorisationServer: once.tokenUrl,
				tenant: '',
				allowHttp: true,
			});
			expect(again).toEqual(once);
		}
	});
});

describe('the secret is not sent unencrypted', () => {
	const LOOPBACK = [
		'http://localhost:8080',
		'http://127.0.0.1',
		'http://127.8.9.1:90',
		'http://[::1]:9',
	];
	const OTHERS = [
		'http://acme.halopsa.com',
		'HTTP://acme.halopsa.com/api',
		'http://10.0.0.5:8080',
		'http://0.0.0.0',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://[::ffff:7f00:1]',
	];
	const read = (domain: string, authorisationServer: string, allowHttp: boolean) =>
		readAddresses({ domain, authorisationServer, tenant: '', allowHttp });

	test.each(LOOPBACK)('%s does not leave the machine', (address) => {
		expect(read(address, '', false).tokenUrl).toMatch(/^http:/);
		expect(read('acme.halopsa.com', address, false).tokenUrl).toMatch(/^http:/);
	});

	test.each(OTHERS)('%s is refused in both fields, unless the credential allows it', (address) => {
		expect(() => read(address, '', false)).toThrow(
			/^Domain begins with http:\/\/, so the secret and all tickets would be sent unencrypted\..*Allow HTTP/,
		);
		expect(() => read('acme.halopsa.com', address, false)).toThrow(
			/^Authorisation server begins with http:\/\//,
		);
		expect(read(address, '', true).resourceServer).toMatch(/^http:/);
	});
});

describe('fields that are no address are refused', () => {
	const REFUSED: Array<[string, string, RegExp]> = [
		['empty', '', /^Domain is empty\./],
		['only spaces', '   ', /^Domain is empty\./],
		['two words', 'acme halopsa.com', /^Domain holds a space\./],
		['another scheme', 'ftp://acme.halopsa.com', /begins with ftp:\/\//],
		['script', 'javascript://x', /begins with javascript:\/\//],
		['user and password', 'https://user:word@acme.halopsa.com', /user name or a password/],
		['only a scheme', 'https://', /is no address/],
	];

	test('the table is complete', () => {
		expect(REFUSED).toHaveLength(7);
	});

	test.each(REFUSED)('%s', (_why, domain, message) => {
		const read = () =>
			readAddresses({ domain, authorisationServer: '', tenant: '', allowHttp: false });
		expect(read).toThrow(HaloAddressError);
		expect(read).toThrow(message);
		expect(read).toThrow(/Configuration > Integrations > HaloPSA API/);
	});

	test('the authorisation server is named when it is the wrong one', () => {
		const read = () =>
			readAddresses({
				domain: 'acme.halopsa.com',
				authorisationServer: 'a b',
				tenant: '',
				allowHttp: false,
			});
		expect(read).toThrow(/^Authorisation server holds a space\./);
	});

	test.each(['acme corp', 'acme\tcorp', 'Acme Ltd UK'])(
		'PH-18 tenant "%s" is refused with the hint that it is a single word',
		(tenant) => {
			expect(() => readTenant(tenant)).toThrow(/single word/);
		},
	);
});

describe('a path of a node becomes an address of its own Halo only', () => {
	const SERVER = 'https://acme.halopsa.com/api';
	const PATHS: Array<[string, string | null]> = [
		['/Tickets', 'https://acme.halopsa.com/api/Tickets'],
		['/Tickets/12', 'https://acme.halopsa.com/api/Tickets/12'],
		['https://acme.halopsa.com/api/Tickets', 'https://acme.halopsa.com/api/Tickets'],
		['https://evil.example.org/api/Tickets', null],
		['https://acme.halopsa.com.evil.example.org/api/x', null],
		['http://acme.halopsa.com/api/Tickets', null],
		['https://acme.halopsa.com/other', null],
		['https://acme.halopsa.com/apiary', null],
		['https://acme.halopsa.com@evil.example.org/api/x', null],
		['//evil.example.org/api/x', null],
		['/\\evil.example.org/x', null],
		['/../auth/token', null],
		['Tickets', null],
		['', null],
	];

	test('the table is complete', () => {
		expect(PATHS).toHaveLength(14);
	});

	test.each(PATHS)('%s', (path, address) => {
		expect(toApiUrl(SERVER, path)).toBe(address);
	});
});
