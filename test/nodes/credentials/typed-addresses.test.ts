import nock from 'nock';

import { ProbeNode } from '../../support/engine/probe-node';
import { CredentialStore, runNode, testCredential } from '../../support/engine';

/** Where the token and a client have to be asked for. */
interface Addresses {
	tokenHost: string;
	tokenPath: string;
	apiHost: string;
	apiPath: string;
}

const HOSTED: Addresses = {
	tokenHost: 'https://acme.halopsa.example',
	tokenPath: '/auth/token',
	apiHost: 'https://acme.halopsa.example',
	apiPath: '/api',
};

const OWN: Addresses = {
	tokenHost: 'https://it.example.org',
	tokenPath: '/halo/auth/token',
	apiHost: 'https://it.example.org',
	apiPath: '/halo/api',
};

const TYPED: Array<[title: string, domain: string, server: string, tenant: string, to: Addresses]> =
	[
		['CS-11 the bare host', 'acme.halopsa.example', '', '', HOSTED],
		['CS-11 with https and /api', 'https://acme.halopsa.example/api', '', '', HOSTED],
		[
			'CS-13 CS-12 authorisation server and tenant as Halo shows them',
			'https://acme.halopsa.example/api',
			'https://acme.halopsa.example/auth',
			'acme',
			HOSTED,
		],
		[
			'CN-04 https typed into neither',
			'acme.halopsa.example',
			'acme.halopsa.example/auth',
			'acme',
			HOSTED,
		],
		[
			'CN-04 https typed into both, with a slash behind',
			'https://acme.halopsa.example/',
			'https://acme.halopsa.example/auth/',
			'',
			HOSTED,
		],
		[
			'ID-19 the address of the instance, copied from the browser',
			'https://acme.halopsa.example/?x=1#top',
			'',
			'',
			HOSTED,
		],
		['HI-08 a Halo of one’s own below a path', 'https://it.example.org/halo', '', '', OWN],
		[
			'HI-11 the agents’ address of a Halo of one’s own',
			'https://halo.example.org',
			'',
			'',
			{
				tokenHost: 'https://halo.example.org',
				tokenPath: '/auth/token',
				apiHost: 'https://halo.example.org',
				apiPath: '/api',
			},
		],
	];

let application = 0;

beforeEach(() => {
	nock.disableNetConnect();
});

afterEach(() => {
	nock.cleanAll();
});

afterAll(() => {
	nock.enableNetConnect();
	nock.restore();
});

test.each(TYPED)('%s: the test is green, and a node reads a client', async (...typed) => {
	const [, domain, authorisationServer, tenant, to] = typed;
	application += 1;
	const fields = {
		domain,
		authorisationServer,
		tenant,
		clientId: `application-${application}`,
		clientSecret: 'secret',
		scopePreset: 'ticketsAndAssets',
	};
	const asked: string[] = [];
	nock(to.tokenHost)
		.persist()
		.post(to.tokenPath)
		.query(tenant === '' ? {} : { tenant })
		.reply(200, { access_token: 'a token', expires_in: 3600, token_type: 'Bearer' });
	nock(to.apiHost, { reqheaders: { authorization: 'Bearer a token' } })
		.persist()
		.get((uri) => uri.startsWith(`${to.apiPath}/`))
		.reply(200, (uri) => {
			asked.push(uri.slice(to.apiPath.length).replace(/\?.*/, ''));
			return { id: 11, name: 'Contoso Ltd', isapiagent: true, agents: [] };
		});

	const store = new CredentialStore({ haloPsaBridgeApi: fields });
	expect(await testCredential(store, fields)).toMatchObject({ status: 'OK' });
	const run = await runNode({
		node: new ProbeNode(async ({ api }) => await api.getClient(11)),
		credentials: store,
	});
	expect(run.error).toBeNull();
	expect(asked.at(-1)).toBe('/Client/11');
});
