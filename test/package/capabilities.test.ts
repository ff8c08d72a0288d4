import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readPage, sectionOf } from '../support/markdown';
import { parametersOfTemplates, parametersWithoutTemplate } from '../support/template-parameters';
import { kindOf } from '../support/proof-kinds';
import { CAPABILITY, titlesIn } from '../support/test-titles';

const root = join(__dirname, '..', '..');

interface Row {
	id: string;
	capability: string;
	where: string;
	file: string;
	part: string;
	how: string;
}

const rows: Row[] = readPage('docs/capabilities.md')
	.split('\n')
	.filter((line) => /^\| (?:CS|CN|ID|HI|PH)-\d{2} \|/.test(line))
	.map((line) => {
		const [id = '', capability = '', where = '', proof = '', how = ''] = line
			.slice(2, -2)
			.split(' | ')
			.map((cell) => cell.trim());
		const [, file = '', part = ''] = /^`([\w./-]+)`: (.+)$/.exec(proof) ?? [];
		return { id, capability, where, file, part, how };
	});

/** Capabilities per origin, as the documents that the pack comes from count them. */
const COUNTS = { CS: 44, CN: 41, ID: 49, HI: 21, PH: 19 };

describe('the table of capabilities', () => {
	const all = Object.values(COUNTS).reduce((sum, count) => sum + count, 0);

	test(`lists ${all} capabilities, each number once and none left out`, () => {
		const expected = Object.entries(COUNTS).flatMap(([letters, count]) =>
			Array.from({ length: count }, (_, n) => `${letters}-${String(n + 1).padStart(2, '0')}`),
		);
		expect(expected).toHaveLength(174);
		expect(rows.map(({ id }) => id)).toEqual(expected);
		expect(rows.filter(({ capability, where }) => capability === '' || where === '')).toEqual([]);
	});

	test('names for each capability a test that carries its number', () => {
		const titles = new Map<string, string[]>();
		const lost = rows.filter(({ id, file, part }) => {
			const path = join(root, 'test', file);
			if (file === '' || !existsSync(path)) return true;
			const known = titles.get(file) ?? titlesIn(path);
			titles.set(file, known);
			return !known.some((title) => title.includes(part) && title.match(CAPABILITY)?.includes(id));
		});
		expect(lost.map(({ id, file, part }) => `${id} ${file}: ${part}`)).toEqual([]);
	});
});

test('each capability says what its test runs on', () => {
	const wrong = rows.filter(({ file, how }) => how !== kindOf(file, join(root, 'test')));
	expect(wrong.map(({ id, file, how }) => `${id} ${file}: ${how}`)).toEqual([]);
	expect(rows.filter(({ how }) => how === 'rule').map(({ id }) => id)).toEqual([]);
});

const AGENT = 'docs/setup-in-halo.md#1-an-agent-for-the-integration';
const APPLICATION = 'docs/setup-in-halo.md#2-an-application';
const MODULE = 'docs/halo-integrator.md#where-it-is-in-halo';

/** What only a page can give: a step in Halo or in a vendor's portal. The section has to hold every text. */
const FACTS: Array<[title: string, place: string, says: string[]]> = [
	[
		"CS-07 ConnectSecure's own integration is under Overview > Integrations > HaloPSA",
		'docs/vendors.md',
		['| ConnectSecure | **Overview > Integrations > HaloPSA** |'],
	],
	[
		"CN-02 CyberCNS' own integration is under Global Settings > Integrations",
		'docs/vendors.md',
		['| CyberCNS | **Global Settings** (the gear) **> Integrations > Halo PSA** |'],
	],
	[
		"CS-44 ConnectSecure's support address, and what to send",
		'docs/support.md',
		['support@connectsecure.com', '## What to send', 'Version of the pack', 'What never to send'],
	],
	[
		'PH-19 when nothing helps: a support ticket with Phin',
		'docs/support.md#whom-to-ask',
		['Phin: a support ticket in its portal'],
	],
	[
		'CS-01 the rights per operation are listed, and only the webhook wants an administrator',
		'docs/setup-in-halo.md#least-privilege-per-operation',
		[
			'`read:tickets` `edit:tickets` `read:customers`',
			'Halo Map Company: every operation | none',
			'Halo Trigger: Automatic | `admin`',
		],
	],
	[
		'ID-07 an API-only agent with a username, a default team and working hours',
		AGENT,
		[
			'Configuration > Teams & Agents > Agents > New',
			'Username',
			'**Is an API-only Agent**',
			'**Default team**',
			'**working hours**',
		],
	],
	[
		'ID-08 the agent is edited in the tab Departments and teams',
		AGENT,
		['**Edit**, tab **Departments and teams**'],
	],
	[
		'ID-09 three rights in each team',
		AGENT,
		[
			'*Can be assigned to*',
			'*Can see unassigned tickets for this Team*',
			'*Can see Tickets assigned to other Agents in this Team*',
		],
	],
	['ID-10 with departments: Modify all', AGENT, ['**Modify all** for the department']],
	[
		'ID-11 four features, each with its level',
		'docs/setup-in-halo.md#feature-access',
		[
			'| Tickets | Read and Modify |',
			'| Clients | Read Only |',
			'| Users | Read Only |',
			'| Assets | Read Only |',
		],
	],
	[
		'ID-12 seven ticket permissions, and what fails without each',
		'docs/setup-in-halo.md#ticket-permissions',
		[
			'| Can add new Tickets | ',
			'| Can edit closed Tickets | ',
			'| Can view Unassigned Tickets | ',
			'| Can view Tickets that are assigned to other Agents | ',
			'| Can Re-assign Tickets | ',
			'| Can Edit Tickets Which Are Not Assigned To Them | ',
			'| Can always update Ticket Statuses and re-assign Tickets outside of actions | ',
		],
	],
	[
		'ID-13 all asset types are allowed',
		'docs/setup-in-halo.md#feature-access',
		['**Allow use of all Asset Types**'],
	],
	[
		'ID-14 the agent is saved, and its rights count from the next token on',
		AGENT,
		['**Save** again', 'New rights count from the next token on'],
	],
	[
		'ID-15 an application under View applications > New, with a name',
		APPLICATION,
		['**Configuration > Integrations > HaloPSA API > View applications > New**', 'Name it'],
	],
	[
		'PH-05 its authentication method is Client ID and Secret (Services)',
		APPLICATION,
		['Authentication method: **Client ID and Secret (Services)**'],
	],
	[
		'PH-07 its login type is Agent (Login type: Agent), and what happens with another one',
		APPLICATION,
		['**Login type: Agent**', 'With another login type Halo still gives a token'],
	],
	[
		'ID-17 the agent is picked in the application',
		APPLICATION,
		["in the agent's dropdown the agent from step 1"],
	],
	[
		'PH-08 client id and secret are copied after saving, the secret is shown once',
		APPLICATION,
		['Save first, **then** copy client id and secret', 'The secret is shown once'],
	],
	[
		"PH-04 the agent's rights go before the application's scopes",
		'docs/setup-in-halo.md#agent-and-application',
		['the agent wins', 'a scope never gives what the agent may not do'],
	],
	[
		'HI-06 a new secret disconnects whatever uses the old one, a hosted Integrator too',
		'docs/setup-in-halo.md#when-the-secret-changes',
		['disconnects **everything**', "ask Halo's support to connect it again"],
	],
	[
		'HI-08 Halo on your own server, and tools that only your network reaches: two n8n',
		'docs/setup-in-halo.md#self-hosted-halo',
		['leave **Tenant** empty', 'run two n8n', 'More than one n8n for one Halo'],
	],
	[
		'HI-01 what the Integrator is, and what takes its place here',
		'docs/halo-integrator.md',
		['program for scheduled imports', 'This pack does its own scheduled work in n8n'],
	],
	[
		'HI-02 the module is under Configuration > Integrations > Halo Integrator',
		MODULE,
		['**Configuration > Integrations > Halo Integrator**'],
	],
	[
		'HI-03 its four actions: download, agent, secret, list of integrations',
		MODULE,
		[
			'| download the newest version',
			'| choose the agent that it logs in as; an API-only one',
			'| make a client secret',
			'| list the integrations that are switched on',
		],
	],
	[
		'HI-04 its logs are in the backend service monitoring',
		'docs/halo-integrator.md#what-corresponds-to-what',
		['**backend service monitoring**'],
	],
	[
		"HI-05 an API-only agent with an administrator's role for the Integrator, and not for this pack",
		'docs/halo-integrator.md#its-agent',
		[
			'Configuration > Teams & Agents > Agents > New',
			'role under **Roles**',
			'*HaloITSM Administrator*',
			'**Is an API-only Agent**',
			'Do not use that agent, or its application, for this pack',
		],
	],
	[
		'HI-07 hosted: once it is set up, no further step',
		'docs/halo-integrator.md',
		['nothing to install and, once it is set up, no further step'],
	],
	[
		'HI-09 an application of its own, by the guide of that name',
		'docs/halo-integrator.md#its-agent',
		['An application of its own', '*Creating a New Application for API Connections*'],
	],
	[
		'HI-10 nothing to unpack or to start',
		'docs/halo-integrator.md#what-corresponds-to-what',
		['32- or 64-bit program', 'nothing to unpack: the pack is installed in n8n'],
	],
	[
		"HI-21 Halo's guides by their names, all twelve",
		'docs/halo-integrator.md#halos-guides-on-this',
		[
			'Asset Import (CSV/XLS/Spreadsheet Method)',
			'Call Management in Halo',
			'Creating a New Application for API Connections',
			'Creating Agents and Editing Agent Details',
			'Departments and Teams',
			'| Halo Integrator |',
			'Importing Data',
			'Multiple New Portals with different branding for one customer [Hosted]',
			'NHServer Deprecation User Guide',
			'Organisation Basics',
			'Organising Teams of Agents',
			'Step-by-Step Configuration Walk Through',
		],
	],
	[
		'ID-01 three parts, each by itself: tickets, JIT accounts from a ticket, their end with it',
		'docs/jit.md',
		[
			'in three ways, each by itself',
			'template *elevation-approval*',
			'a custom tab, [custom-tabs.md](custom-tabs.md)',
			'JIT accounts end when the ticket is closed',
		],
	],
	[
		'ID-35 JIT accounts are requested in a frame inside the ticket',
		'docs/custom-tabs.md',
		['requests a JIT account', 'Type: **iFrame**'],
	],
	[
		'ID-36 a session of 8 hours, up to 30 days',
		'docs/custom-tabs.md#stay-logged-in-at-idemeum',
		['every 8 hours', '**Settings > Global > Session expiration**', 'up to 30 days', 'Optional'],
	],
	[
		'ID-37 a tab to the parent tenant, where the technician searches for the customer',
		'docs/custom-tabs.md#addresses-by-hand',
		['the technician searches for the customer | `https://<your tenant>.idemeum.com`'],
	],
	[
		'ID-38 a tab straight to the customer, by a variable of Halo',
		'docs/custom-tabs.md#addresses-by-hand',
		['straight to the customer', '$CLIENT_REFERENCE'],
	],
	[
		'ID-39 the address by customerDisplayName or customerName, and which name is meant',
		'docs/custom-tabs.md#addresses-by-hand',
		[
			'https://<your tenant>.idemeum.com?customerDisplayName=',
			'https://<your tenant>.idemeum.com?customerName=',
			'the first part of its sub-domain',
		],
	],
	[
		'ID-40 the client reference is filled alike for all customers',
		'docs/custom-tabs.md#fill-the-client-reference',
		['**Client Reference**', 'The same field for all customers'],
	],
	[
		'ID-41 the tab is made under Custom Objects > Custom Tabs, with the client reference',
		'docs/custom-tabs.md',
		[
			'?customerDisplayName=$CLIENT_REFERENCE',
			'**Configuration > Custom Objects > Custom Tabs > New**',
			'URL: the address from above',
		],
	],
	[
		"ID-42 the test: any ticket, the tab, that customer's portal",
		'docs/custom-tabs.md#test-the-tab',
		['Open any ticket', 'Click the tab', 'all workstation and Entra apps'],
	],
	[
		'ID-43 a JIT account ends after 4 hours by itself',
		'docs/jit.md',
		['ends by itself after 4 hours'],
	],
	[
		'ID-44 Add oAuth2 client; the secret is shown this one time',
		'docs/jit.md#get-api-credentials-from-idemeum',
		['**Settings > Integrations > Add oAuth2 client**', 'The secret is shown this one time'],
	],
	[
		'ID-45 Halo as the caller: a custom integration with OAuth2 and all its fields',
		'docs/jit.md#the-integration',
		[
			'**Configuration > Integrations > Custom integrations > New**',
			'https://<your tenant>.idemeum.com/api/integrations',
			'**oAuth2**',
			'`Authorization`',
			'`Bearer`',
			'**Client credentials**',
			'https://<your tenant>.idemeum.com/api/oauth2/v1/token',
		],
	],
	[
		'ID-46 the method: POST /entrajitaccounts with its media type',
		'docs/jit.md#the-method',
		['**POST**', '`/entrajitaccounts`', 'application/vnd.dvmi.entra.app.user.disable+json'],
	],
	[
		'ID-48 the test of the call shows the success response',
		'docs/jit.md#test-the-call',
		['**Test**', 'the success response'],
	],
	[
		'ID-49 the runbook starts when the ticket is closed',
		'docs/jit.md#the-runbook',
		['**when the ticket is closed**'],
	],
	[
		'PH-02 four things that Phin needs first',
		'docs/phishing.md#what-you-need-first',
		[
			'Administrator in Halo',
			'Partner ID: Phin portal, **Settings**',
			'Microsoft Report Phishing button',
			'Phinbox IQ switched on',
		],
	],
	[
		"PH-03 the agent's access: tickets read and modify, clients read",
		'docs/phishing.md#an-agent-and-an-application-for-phin',
		['*Tickets Access Level: Read and Modify*', '*Clients Access Level: Read*'],
	],
	[
		'PH-09 the HaloPSA tile at the Partner level: client id, secret, tenant id, Connect',
		'docs/phishing.md#connect',
		[
			'**Partner level**',
			'tile **HaloPSA**',
			'Client ID, Client Secret and **Tenant ID**',
			'**Connect**',
		],
	],
	[
		'PH-10 Global Ticket Settings unlock the table of companies',
		'docs/phishing.md#connect',
		['**Global Ticket Settings** first', 'unlock'],
	],
	[
		'PH-12 two columns per company: the button, Phinbox IQ',
		'docs/phishing.md#connect',
		['Columns three and four', 'Report Phishing button', 'Phinbox IQ'],
	],
	[
		'PH-13 a test by a real report: up to 24 hours, never by a simulation',
		'docs/phishing.md#test-it',
		['up to 24 hours', 'Do **not** test with a phishing simulation'],
	],
	[
		"PH-15 Phin's address with the ticket's id, without a secure parameter",
		'docs/custom-tabs.md',
		[
			'https://portal.phinsec.io/<Partner ID>/pod/halo/$FAULTID',
			'Send Secure URL Parameter: Not required',
		],
	],
	[
		'PH-16 the tab is added to a ticket type under Allowed Values',
		'docs/custom-tabs.md#add-the-tab-to-ticket-types',
		[
			'**Configuration > Tickets > Ticket Types**',
			'Tab **Allowed Values**, section **Custom Tabs**',
		],
	],
];

describe('what only a page can give', () => {
	test.each(FACTS)('%s', (_, place, says) => {
		const section = sectionOf(place);
		expect(says.filter((text) => !section.includes(text))).toEqual([]);
	});

	test('the table of facts is complete: each with a number and something that has to be said', () => {
		expect(FACTS).toHaveLength(53);
		expect(
			FACTS.filter(([title, , says]) => !/^[A-Z]{2}-\d{2} /.test(title) || says.length === 0),
		).toEqual([]);
	});
});

describe('npm run requirements', () => {
	const folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-results-'));
	afterAll(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	/** A file of each suite, for results that name none. */
	const FILES: Record<string, string> = {
		unit: 'domain/company/resolve.test.ts',
		engine: 'nodes/MapCompany/resolve.test.ts',
		e2e: 'e2e/start.test.ts',
	};

	type Result = [title: string, status: string, file?: string];

	function run(name: string, suites: Record<string, Result[]>) {
		const results = join(folder, name);
		mkdirSync(results);
		for (const [suite, tests] of Object.entries(suites)) {
			const testResults = tests.map(([fullName, status, file = FILES[suite]]) => ({
				name: join(root, 'test', file ?? ''),
				assertionResults: [{ fullName, title: fullName, status }],
			}));
			writeFileSync(join(results, `${suite}.json`), JSON.stringify({ testResults }));
		}
		const { status, stdout } = spawnSync(
			process.execPath,
			['--import', 'tsx', 'test/requirements.ts', results],
			{ cwd: root, encoding: 'utf8' },
		);
		return { status, lines: stdout.trim().split('\n') };
	}

	const everyId: Result[] = rows.map(({ id }) => [`${id} it works`, 'passed']);

	test('ends with 0 when every number stands in the title of a test that passed', () => {
		const { status, lines } = run('whole', {
			unit: [],
			engine: everyId,
			e2e: [['no number', 'failed']],
		});
		expect(lines).toEqual([
			'174 of 174 capabilities stand in the titles of 174 passing tests.',
			'174 of them are exercised on the shipped nodes and templates.',
			' 174  engine',
		]);
		expect(status).toBe(0);
	});

	test('counts apart what a rule, a page or an option of no template proves', () => {
		const { lines } = run('kinds', {
			unit: [
				['CS-01 a rule', 'passed'],
				['CS-02 a page', 'passed', 'package/capabilities.test.ts'],
			],
			engine: [
				...everyId.filter(([title]) => !/^(CS-0[123]|PH-19) /.test(title)),
				['CS-03 CN-23 one test for two', 'passed'],
				['PH-19 seen in its form', 'passed', 'e2e/editor/browser.test.ts'],
			],
			e2e: [],
		});
		expect(lines).toEqual([
			'174 of 174 capabilities stand in the titles of 174 passing tests.',
			'172 of them are exercised on the shipped nodes and templates.',
			'   1  rule: CS-01',
			'   1  page: CS-02',
			' 171  engine',
			'   1  browser',
		]);
	});

	test('a parameter that no shipped template sets is seen in the test that sets it', () => {
		const shipped = parametersOfTemplates();
		const path = join(root, 'test/nodes/HaloTrigger/receive.test.ts');
		const own = 'by the application of its action, when it is named';
		expect(parametersWithoutTemplate(path, own, shipped)).toEqual(['ownApplication']);
		const wanted = 'unless they are wanted; an agent that is typed in is not asked for';
		expect(parametersWithoutTemplate(path, wanted, shipped)).toEqual(['ownAgentId']);
		expect(shipped).toContain('includeOwnWrites');
	});

	test('a test that failed or was skipped proves nothing, and is named', () => {
		const { status, lines } = run('part', {
			unit: [],
			engine: [
				...everyId.filter(([title]) => !/^(CS-01|PH-19|HI-07) /.test(title)),
				['CS-01 the first', 'failed'],
			],
			e2e: [['PH-19 the last', 'pending']],
		});
		expect(lines).toEqual([
			'171 of 174 capabilities stand in the titles of 171 passing tests.',
			'171 of them are exercised on the shipped nodes and templates.',
			' 171  engine',
			'missing  CS-01  failed: CS-01 the first',
			'missing  HI-07  no test names it',
			'missing  PH-19  pending: PH-19 the last',
		]);
		expect(status).toBe(1);
	});

	test('says which suites were not run, and fails', () => {
		const { status, lines } = run('one-suite', { unit: everyId });
		expect(lines).toContain('No results of: engine, e2e. Run npm test first.');
		expect(status).toBe(1);
	});

	test('a number that the table does not know is an error', () => {
		const { status, lines } = run('unknown', {
			unit: [...everyId, ['CS-99 invented', 'passed']],
			engine: [],
			e2e: [],
		});
		expect(lines).toContain('unknown  CS-99  passed: CS-99 invented');
		expect(status).toBe(1);
	});
});
