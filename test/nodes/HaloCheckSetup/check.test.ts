import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloCheckSetup } from '../../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { haloCredentialOf, runNode } from '../../support/engine';

const GENERAL =
	'Failed to enable HaloPSA Integration. Please review your credentials, agent permissions, and application permissions, and then try again.';

let halo: HaloSimulator;
/** Something at an address that is no Halo. */
const webPage = createServer((_, response) => {
	response.writeHead(200, { 'content-type': 'text/html' });
	response.end('<!DOCTYPE html><html><head><title>Sign in</title></head></html>');
});
let webPageHost = '';

beforeAll(async () => {
	halo = await startHaloSimulator();
	await new Promise<void>((resolve) => webPage.listen(0, '127.0.0.1', () => resolve()));
	webPageHost = `http://127.0.0.1:${(webPage.address() as AddressInfo).port}`;
});
beforeEach(() => halo.reset());
afterAll(async () => {
	await halo.stop();
	await new Promise((resolve) => webPage.close(resolve));
});

type Credential = Partial<ICredentialDataDecryptedObject>;

async function check(
	parameters: INodeParameters = {},
	credential: Credential = {},
	inputs: IDataObject[][] = [[{}]],
) {
	const run = await runNode({
		node: new HaloCheckSetup(),
		parameters,
		inputs,
		credentials: {
			haloPsaBridgeApi: { ...haloCredentialOf(halo), ...credential } as never,
		},
	});
	expect(run.error).toBeNull();
	const lines = run.json[0] ?? [];
	return {
		run,
		lines,
		summary: run.json[1]?.[0] ?? {},
		named: (name: string) => lines.find((line) => line.check === name),
		/** The host stands in texts; it differs from run to run. */
		text: (line: IDataObject | undefined) =>
			`${String(line?.state)}: ${String(line?.seen)} -> ${String(line?.fix)}`
				.replaceAll(halo.origin, 'HALO')
				.replaceAll(new URL(halo.origin).host, 'HALO')
				.replaceAll(webPageHost, 'PAGE')
				.replaceAll(new URL(webPageHost).host, 'PAGE'),
	};
}

const INCIDENT = {
	profileFrom: 'typed',
	ticketType: { __rl: true, mode: 'name', value: 'Incident' },
	createStatus: { __rl: true, mode: 'name', value: 'New' },
	closeStatus: { __rl: true, mode: 'name', value: 'Closed' },
	sla: { __rl: true, mode: 'name', value: 'Gold SLA' },
	priority: { __rl: true, mode: 'name', value: 'P2 Urgent' },
	team: { __rl: true, mode: 'name', value: 'Security' },
};

const name = (value: string) => ({ __rl: true, mode: 'name', value });

const API = 'Configuration > Integrations > HaloPSA API';
const APPLICATION = `${API} > View applications`;
const RIGHTS = 'Configuration > Teams & Agents > Agents > Permissions';

interface Broken {
	what: string;
	/** The check whose line must say it. */
	line: string;
	/** The whole line: state, what was seen, the fix. */
	says: string;
	credential?: () => Credential;
	breaks?: () => void;
	parameters?: INodeParameters;
}

function agent() {
	const own = halo.state.agents.find(({ id }) => id === 9);
	if (own === undefined) throw new Error('The seed holds no API agent');
	return own;
}

const BROKEN: Broken[] = [
	{
		what: 'no domain',
		credential: () => ({ domain: '' }),
		line: 'Domain',
		says: `failed: Domain is empty. -> Type the host, e.g. acme.halopsa.com. Halo shows it under ${API}.`,
	},
	{
		what: 'a domain with a space',
		credential: () => ({ domain: 'acme halopsa.com' }),
		line: 'Domain',
		says: `failed: Domain holds a space. -> Type the host, e.g. acme.halopsa.com. Halo shows it under ${API}.`,
	},
	{
		what: 'a host that does not answer',
		credential: () => ({ domain: 'http://127.0.0.1:9' }),
		line: 'Halo answers',
		says: `failed: No answer from http://127.0.0.1:9/api: the host refused the connection. -> Type the Resource Server that ${API} shows into Domain, and check that the n8n host can reach it (DNS, proxy, firewall).`,
	},
	{
		what: 'a web page instead of Halo',
		credential: () => ({ domain: webPageHost }),
		line: 'Halo answers',
		says: `failed: PAGE/api answers with a web page, not with Halo's API. -> Copy it from ${API}.`,
	},
	{
		what: 'a folder in the domain, whose bare form answers',
		credential: () => ({
			domain: `${halo.origin}/portal/api`,
			authorisationServer: halo.authServer,
		}),
		line: 'Halo answers',
		says: 'failed: There is no Halo at HALO/portal/api (404: No HTTP resource was found that matches the request URI.); HALO/api answers. -> Type HALO into Domain.',
	},
	{
		what: 'a sign-in without /auth, whose other form answers',
		breaks: () => halo.faults.add({ name: 'not-found-404', path: '^/auth/token', times: 'always' }),
		line: 'Sign-in address',
		says: 'failed: HALO/auth/token is no sign-in (404: Record not found); HALO/token is. -> Type HALO/token into Authorisation Server.',
	},
	{
		what: 'another authorisation server',
		credential: () => ({ authorisationServer: `${webPageHost}/login` }),
		line: 'Sign-in address',
		says: 'failed: PAGE/login/token is no sign-in of Halo (200: Sign in), nor is its other form. -> Type HALO/auth into Authorisation Server, as Configuration > Integrations > HaloPSA API shows it.',
	},
	{
		what: 'PH-18 a tenant with a space',
		credential: () => ({ tenant: 'sand box' }),
		line: 'Tenant',
		says: `failed: Tenant "sand box" holds a space; a tenant is a single word. -> Type the word that Halo shows as Tenant under ${API}.`,
	},
	{
		what: 'a tenant that Halo does not know',
		credential: () => ({ tenant: 'sandbux' }),
		line: 'Tenant',
		says: `failed: Halo does not know the tenant sandbux; it answers to sandbox. -> Type sandbox into Tenant; ${API} shows it.`,
	},
	{
		what: 'a tenant that Halo does not know, answered with 500',
		credential: () => ({ tenant: 'sandbux' }),
		breaks: () => {
			halo.switches.wrongTenantStatus = 500;
		},
		line: 'Tenant',
		says: `failed: Halo does not know the tenant sandbux; it answers to sandbox. -> Type sandbox into Tenant; ${API} shows it.`,
	},
	{
		what: 'a sign-in that answers 500 where Halo names no tenant',
		credential: () => ({ tenant: 'sandbux' }),
		breaks: () => {
			halo.faults.add({ name: 'not-found-404', path: '/AuthInfo$', times: 'always' });
			halo.faults.add({ name: 'status-500', path: '/token', times: 'always' });
		},
		line: 'Sign-in address',
		says: "failed: HALO/auth/token is no sign-in of Halo (500: Something went wrong.), nor is its other form. Servers answer so to a wrong tenant: is sandbux Halo's own word for it? -> Copy Authorisation Server and Tenant from Configuration > Integrations > HaloPSA API.",
	},
	{
		what: 'a ticket type with rules of its own',
		breaks: () => {
			const type = halo.state.ticketTypes.find(({ id }) => id === 1);
			Object.assign(type ?? {}, {
				statusAfterUpdate: 2,
				workflow: 'Triage',
				mustCloseChildren: true,
				actionFields: [28],
			});
		},
		line: 'Rules of ticket type Incident',
		says: "ok: an agent's update sets it to In Progress; workflow Triage holds it; its children must be closed first; actions, the closing one too, need urgency. -> Such a rule can keep a ticket open: Try on a Test Client says whether it does.",
	},
	{
		what: 'a ticket type that wants fields on closing which the profile leaves empty',
		breaks: () => {
			const type = halo.state.ticketTypes.find(({ id }) => id === 1);
			Object.assign(type ?? {}, { actionFields: [2, 14, 27, 28, 205] });
		},
		parameters: {
			fieldsClose: { field: [{ name: 'Impact', value: 'Company Wide' }] },
		},
		line: 'Fields on Closing of profile typed in',
		says: 'failed: Incident wants Urgency, Scanner reference filled before a ticket is closed; profile typed into this node leaves it empty. -> Fill it under Fields on Closing (column fieldsClose of halo_profiles), or make it optional in actions: Configuration > Tickets > Ticket Types > Incident > Field list.',
	},
	{
		what: 'a ticket type whose fields on closing the profile fills',
		breaks: () => {
			const type = halo.state.ticketTypes.find(({ id }) => id === 1);
			Object.assign(type ?? {}, { actionFields: [28, 205] });
		},
		parameters: {
			fieldsClose: {
				field: [
					{ name: 'urgency', value: 'High' },
					{ name: 'scannerreference', value: 'closed by the scanner' },
				],
			},
		},
		line: 'Fields on Closing of profile typed in',
		says: 'ok: What Incident wants filled on closing is filled. -> null',
	},
	{
		what: 'no tenant on a shared sign-in',
		credential: () => ({ tenant: '' }),
		breaks: () => {
			halo.switches.tenantRequired = true;
		},
		line: 'Tenant',
		says: `failed: The field is empty, and this sign-in wants a tenant: sandbox. -> Type sandbox into Tenant; ${API} shows it.`,
	},
	{
		what: 'an empty client id',
		credential: () => ({ clientId: '' }),
		line: 'Client ID and secret',
		says: `failed: Client ID of the credential is empty. -> ${APPLICATION}: copy them from the saved application.`,
	},
	{
		what: 'HI-06 an old secret',
		credential: () => ({ clientSecret: 'the-one-before' }),
		line: 'Client ID and secret',
		says: `failed: Halo refused the client id or the secret (401: The specified client credentials are invalid.). -> ${APPLICATION}: open the application, check that it is active, copy its Client ID as it is after saving, and generate a new secret. A new secret disconnects what still uses the old one.`,
	},
	{
		what: 'an inactive application on a Halo that answers 400',
		breaks: () => {
			halo.application.inactive = true;
			halo.switches.invalidClientStatus = 400;
		},
		line: 'Client ID and secret',
		says: `failed: Halo refused the client id or the secret (400: The specified client credentials are invalid.). -> ${APPLICATION}: open the application, check that it is active, copy its Client ID as it is after saving, and generate a new secret. A new secret disconnects what still uses the old one.`,
	},
	{
		what: 'an application that signs in another way',
		breaks: () =>
			halo.faults.add({ name: 'error-object', path: '/token$', message: 'unauthorized_client' }),
		line: 'Authentication method',
		says: `failed: The application does not sign in by client id and secret (400: unauthorized_client). -> ${APPLICATION}: set the authentication method to Client ID and Secret (Services).`,
	},
	{
		what: 'PH-18 a login type that is not Agent',
		breaks: () => {
			halo.application.agentId = 0;
		},
		line: 'Login type Agent',
		says: `failed: Halo gave a token with no agent behind it (404: Record not found on /Agent/me). -> ${APPLICATION}: open the application, set Login Type to Agent, pick the agent to log in as, save.`,
	},
	{
		what: 'a Halo that fails when it is asked whom the application logs in as',
		breaks: () => {
			halo.faults.add({ name: 'status-503', path: '/Agent/me', times: 'always' });
		},
		line: 'Login type Agent',
		says: `failed: Halo gave a token and did not say whom it belongs to (503: Service Unavailable on /Agent/me). -> Run the check again in a few minutes; nothing is known about the login type yet.`,
	},
	{
		what: 'a disabled agent',
		breaks: () => {
			agent().isdisabled = true;
		},
		line: 'Login type Agent',
		says: 'failed: The agent Scanner Bridge (9) is disabled. -> Configuration > Teams & Agents > Agents: open Scanner Bridge and enable it, or pick another agent in the application.',
	},
	...['read:tickets', 'edit:tickets', 'read:customers', 'read:assets'].map(
		(scope): Broken => ({
			what: `PH-18 an application without ${scope}`,
			breaks: () => {
				halo.application.scopes = [
					'read:tickets',
					'edit:tickets',
					'read:customers',
					'read:assets',
				].filter((held) => held !== scope);
			},
			line: `Scope ${scope}`,
			says: `failed: The application does not grant it (400: The specified scope is invalid.). -> ${APPLICATION} > Permissions: tick ${scope}, save.`,
		}),
	),
	{
		what: 'a scope preset that asks for too little',
		credential: () => ({ scopePreset: 'tickets' }),
		line: 'Scope read:assets',
		says: `failed: The credential does not ask for it. -> In the n8n credential choose a Scope Preset that holds read:assets, and grant it in Halo: ${APPLICATION} > Permissions.`,
	},
	{
		what: 'ID-11 an agent without access to tickets',
		breaks: () => {
			halo.rights.ticketsAccess = 'none';
		},
		line: 'Feature access: Tickets',
		says: `not testable: None seen: Halo shows the agent not one of its tickets, or there are none. -> Where there are some: ${RIGHTS}: set Tickets to Read and Modify. New rights count from the next token on.`,
	},
	{
		what: 'ID-11 an agent without access to clients',
		breaks: () => {
			halo.rights.customersAccess = 'none';
		},
		line: 'Feature access: Clients',
		says: `failed: Halo shows the agent not one of its clients. -> ${RIGHTS}: set Clients to Read Only. New rights count from the next token on.`,
	},
	{
		what: 'ID-11 an agent without access to users',
		breaks: () => {
			halo.rights.usersAccess = 'none';
		},
		line: 'Feature access: Users',
		says: `failed: Halo shows the agent not one of its users. -> ${RIGHTS}: set Users to Read Only. New rights count from the next token on.`,
	},
	{
		what: 'ID-11 ID-13 an agent without access to assets',
		breaks: () => {
			halo.rights.assetsAccess = 'none';
		},
		line: 'Feature access: Assets',
		says: `not testable: None seen: Halo shows the agent not one of its assets, or there are none. -> Where there are some: ${RIGHTS}: set Assets to Read Only, and allow the use of all Asset Types. New rights count from the next token on.`,
	},
	{
		what: 'PH-04 a list that Halo refuses although its scope is granted',
		breaks: () => halo.faults.add({ name: 'forbidden-403', path: '/Users$' }),
		line: 'Feature access: Users',
		says: `failed: Halo refused the list of users (403), although read:customers is granted. -> ${RIGHTS}: set Users to Read Only. New rights count from the next token on.`,
	},
	{
		what: 'ID-12 an agent that does not see unassigned tickets',
		breaks: () => {
			halo.rights.viewUnassigned = false;
		},
		line: 'Can view Unassigned Tickets',
		says: `not testable: 0 of the newest 100 tickets have no agent. -> ${RIGHTS}: check that "Can view Unassigned Tickets" is on. Without it the look-up misses tickets, and a duplicate can be made.`,
	},
	{
		what: 'an agent without a role',
		breaks: () => {
			halo.rights.hasRole = false;
		},
		line: 'Role',
		says: 'failed: Halo shows the agent no ticket type and no status, as it does without a role. -> Configuration > Teams & Agents > Agents: open Scanner Bridge and give it a role.',
	},
	{
		what: 'ID-07 an agent without a default team',
		breaks: () => {
			halo.rights.hasDefaultTeam = false;
		},
		line: 'Default team',
		says: 'failed: The agent sees no other agent, as it does without a default team. -> Configuration > Teams & Agents > Agents: open Scanner Bridge and choose a Default team.',
	},
	{
		what: 'ID-09 an agent in no team',
		breaks: () => {
			agent().teams = [];
		},
		line: 'Team membership',
		says: 'failed: Scanner Bridge is in no team. -> Configuration > Teams & Agents > Agents > Departments and teams: for each team that gets scanner tickets tick "Can be assigned to", "Can see unassigned tickets for this Team" and "Can see Tickets assigned to other Agents in this Team".',
	},
	{
		what: 'an agent that is held to some clients',
		breaks: () => {
			halo.rights.onlyClients = [11, 12];
		},
		line: 'Allow use of all Customers',
		says: `failed: The agent does not see Halo's own client Unknown (1) (404: Record not found): it is held to some clients. -> ${RIGHTS}: set "Allow use of all Customers" to Yes. Tickets of the other clients cannot be found or made.`,
	},
	{
		what: 'an agent that is held to no ticket type at all',
		breaks: () => {
			halo.rights.onlyTicketTypes = [];
		},
		parameters: { profileFrom: 'none' },
		line: 'Ticket types',
		says: `failed: There is no ticket type that the agent may make tickets of. -> ${RIGHTS}: "Can add new Tickets" and "Allow use of all Ticket Types".`,
	},
	{
		what: 'a ticket type of which the agent may make none',
		parameters: { ticketType: name('Internal Project Task') },
		line: 'Ticket type of profile typed in',
		says: `failed: Internal Project Task (3) exists, but the agent may make no ticket of it. -> Configuration > Tickets > Ticket Types > Internal Project Task: let agents choose it for new tickets; ${RIGHTS}: "Allow use of all Ticket Types".`,
	},
	{
		what: 'a status that belongs to quotes',
		parameters: { createStatus: { __rl: true, mode: 'id', value: '31' } },
		line: 'Create Status of profile typed in',
		says: 'failed: Profile typed into this node, Create Status: "Quote Sent" (31) is no ticket status. Allowed: New (1), In Progress (2), With User (4), With Supplier (5), Closed (9), Risk Accepted (23). -> Correct the value in the profile. Names are compared whole, in any letter case. Configuration > Tickets > Statuses shows them.',
	},
	{
		what: 'CS-29 a close status that leaves tickets open',
		parameters: { closeStatus: name('In Progress') },
		line: 'Close Status of profile typed in',
		says: 'failed: Profile typed into this node, Close Status: "In Progress" (2) is an open status in Halo: the ticket would stay open. Allowed: Closed (9), Risk Accepted (23). -> Correct the value in the profile. Names are compared whole, in any letter case. Configuration > Tickets > Statuses shows them.',
	},
	{
		what: 'CS-28 a create status that closes',
		parameters: { createStatus: name('Closed') },
		line: 'Create Status of profile typed in',
		says: 'failed: Profile typed into this node, Create Status: "Closed" (9) is a closed status in Halo: a new ticket would be born closed. Allowed: New (1), In Progress (2), With User (4), With Supplier (5). -> Correct the value in the profile. Names are compared whole, in any letter case. Configuration > Tickets > Statuses shows them.',
	},
	{
		what: 'a priority of another SLA',
		parameters: { sla: name('Standard SLA') },
		line: 'SLA and priority of profile typed in',
		says: 'failed: Profile typed into this node, Priority: "P2 Urgent" is no priority of SLA Standard SLA. Allowed: Critical (1), High (2), Medium (3), Low (4). -> Correct the value in the profile. Names are compared whole, in any letter case. Configuration > Service Level Agreements shows them.',
	},
	{
		what: 'a team that the agent is not in',
		breaks: () => {
			agent().teams = [1];
		},
		line: 'Team of profile typed in',
		says: `failed: The API's agent is not in the team Security. -> Configuration > Teams & Agents > Agents > Departments and teams: add Security, with "Can be assigned to", "Can see unassigned tickets for this Team" and "Can see Tickets assigned to other Agents in this Team".`,
	},
	{
		what: 'a tenant without the action for notes',
		breaks: () => {
			halo.state.outcomes = halo.state.outcomes.filter(({ id }) => id !== 7);
		},
		line: 'Action for notes',
		says: `failed: Halo shows the agent no action with id 7; it shows: Note (8), Email User (2), Close Ticket (12). -> Configuration > Tickets > Actions: allow the action Internal Note for the agent's role, or write the id of another one under Note Action ID.`,
	},
	{
		what: 'webhooks wanted of an agent that is no administrator',
		credential: () => ({ scopePreset: 'all' }),
		parameters: { usedFor: ['tickets', 'webhooks'] },
		line: 'Right to register webhooks',
		says: 'failed: Halo refused the list of webhooks (403). -> Configuration > Teams & Agents > Agents: give the agent the role Administrator while webhooks are registered, or make them by hand under Configuration > Integrations > Webhooks.',
	},
	{
		what: 'a request limit that others use up',
		breaks: () => halo.faults.add({ name: 'rate-limit-429', path: '/Asset$' }),
		line: 'Request budget',
		says: 'failed: Halo refused 1 of 19 requests: its limit is reached. -> Wait 5 minutes and check again. When it stays, another integration uses up the 300 requests per 5 minutes that Halo allows in all.',
	},
];

describe('PH-17 Halo Check Setup', () => {
	test('a set-up as the guide describes it: nothing fails', async () => {
		const { lines, summary } = await check(INCIDENT);
		expect(lines.filter(({ state }) => state === 'failed')).toEqual([]);
		expect(lines.map(({ check: title }) => title)).toEqual([
			'Domain',
			'Authorisation server',
			'Tenant',
			'Halo answers',
			'Sign-in address',
			'Client ID and secret',
			'Authentication method',
			'Login type Agent',
			'Scope read:tickets',
			'Scope edit:tickets',
			'Scope read:customers',
			'Scope read:assets',
			'Feature access: Tickets',
			'Feature access: Clients',
			'Feature access: Users',
			'Feature access: Assets',
			'Pages and counts of lists',
			'Can view Unassigned Tickets',
			'Can view Tickets that are assigned to other Agents',
			'Ticket permissions for writing',
			'Role',
			'Default team',
			'Team membership',
			'Allow use of all Customers',
			'Ticket type of profile typed in',
			'Create Status of profile typed in',
			'Close Status of profile typed in',
			'SLA and priority of profile typed in',
			'Team of profile typed in',
			'Rules of ticket type Incident',
			'Required fields',
			'Action for notes',
			'Right to register webhooks',
			'Unit of the closure time',
			'Signing Key',
			'Request budget',
		]);
		expect(summary).toMatchObject({ ready: true, failed: 0, requests: halo.journal.length });
		expect(summary.message).not.toContain('Failed to enable');
	});

	test('a tenant without tickets and assets: none seen is no failure', async () => {
		halo.state.tickets.length = 0;
		halo.state.assets.length = 0;
		const { lines, summary } = await check(INCIDENT);
		expect(lines.filter(({ state }) => state === 'failed')).toEqual([]);
		expect(summary.ready).toBe(true);
	});

	test("pages that are cut and counts that are the page's are told as they come", async () => {
		Object.assign(halo.switches, { pageCap: 50, recordCount: 'list' });
		const cut = (await check(INCIDENT)).named('Pages and counts of lists');
		expect(cut?.seen).toContain(
			'Tickets: pages of 50 for 100 that were asked for; record_count 280',
		);
		expect(cut?.fix).toContain('Nothing to set');
		halo.switches.recordCount = 'missing';
		const none = (await check(INCIDENT)).named('Pages and counts of lists');
		expect(none?.seen).toContain('Clients: one page of 50; no record_count');
	});

	test('ID-12 the ticket permissions are all named, and what only a write would show is not called ok', async () => {
		const { named, lines } = await check();
		const permissions = [
			'Can add new Tickets',
			'Can edit closed Tickets',
			'Can view Unassigned Tickets',
			'Can view Tickets that are assigned to other Agents',
			'Can Re-assign Tickets',
			'Can Edit Tickets Which Are Not Assigned To Them',
			'Can always update Ticket Statuses and re-assign Tickets outside of actions',
		];
		const said = lines.map(({ check: title, fix }) => `${String(title)} ${String(fix)}`).join(' ');
		expect(permissions.filter((permission) => !said.includes(permission))).toEqual([]);
		expect(named('Ticket permissions for writing')?.state).toBe('not testable');
		expect(named('Unit of the closure time')?.state).toBe('not testable');
		expect(named('Right to register webhooks')?.state).toBe('not testable');
	});

	test.each(BROKEN)(
		'PH-17 $what: the line "$line" says what was seen and where to correct it',
		async ({ breaks, credential, parameters, line, says }) => {
			breaks?.();
			const { named, text, summary, run } = await check(
				{ ...INCIDENT, ...parameters },
				credential?.() ?? {},
			);
			expect(text(named(line))).toBe(says);
			if (says.startsWith('failed')) expect(String(summary.message)).toContain(GENERAL);
			expect(JSON.stringify(run.json)).not.toContain(halo.clientSecret);
			expect(JSON.stringify(run.json)).not.toMatch(/eyJ/);
			const writes = halo.journal.filter(
				({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
			);
			expect(writes).toEqual([]);
			expect(halo.journal.filter(({ unhandled }) => unhandled).map(({ path }) => path)).toEqual(
				line === 'Halo answers' && says.includes('portal') ? ['/portal/api/AuthInfo'] : [],
			);
		},
	);

	test.each([
		['none', '', /^ok: .*can be computed.* -> .*openssl rand -base64 32.*every credential/],
		['one', 'a signing key of the tests', /^ok: .*only who has this key.* -> null$/],
		['a short one', 'short', /^failed: Signing Key has 5 characters.* -> .*openssl rand/],
	])('the line about the Signing Key says what %s means', async (_, signingKey, says) => {
		const { lines, text } = await check(INCIDENT, { signingKey });
		const about = lines.filter(({ check: title }) => title === 'Signing Key');
		expect(about.map(text)).toEqual([expect.stringMatching(says)]);
		if (signingKey !== '') expect(JSON.stringify(lines)).not.toContain(`"${signingKey}"`);
	});

	test('the table holds every broken set-up that was promised, and more', () => {
		expect(BROKEN).toHaveLength(47);
		expect(new Set(BROKEN.map(({ what }) => what)).size).toBe(BROKEN.length);
	});

	test('one fault does not hide the next: a wrong tenant, a missing scope and a missing team stand in one report', async () => {
		halo.application.scopes = ['read:tickets', 'edit:tickets', 'read:customers'];
		agent().teams = [];
		const { lines } = await check(INCIDENT, { tenant: 'sandbux' });
		const failed = lines.filter(({ state }) => state === 'failed').map(({ check: title }) => title);
		expect(failed).toEqual([
			'Tenant',
			'Scope read:assets',
			'Team membership',
			'Team of profile typed in',
		]);
	});

	test('the secret goes to no host but the typed ones, whatever the other side names', async () => {
		const seen: string[] = [];
		const elsewhere = createServer((request, response) => {
			seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
			response.end('{}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', () => resolve()));
		const { port } = elsewhere.address() as AddressInfo;
		const naming = createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ auth_url: `http://127.0.0.1:${port}/auth`, tenant_id: 'x' }));
		});
		await new Promise<void>((resolve) => naming.listen(0, '127.0.0.1', () => resolve()));
		const origin = `http://127.0.0.1:${(naming.address() as AddressInfo).port}`;
		const { named } = await check({}, { domain: origin, authorisationServer: '' });
		elsewhere.close();
		naming.close();
		expect(named('Sign-in address')?.fix).toContain(`http://127.0.0.1:${port}/auth`);
		expect(seen).toEqual([]);
	});

	test('CN-21 every row of halo_profiles is checked, each by its name', async () => {
		const row = {
			ticketType: 'Incident',
			statusCreate: 'New',
			statusClose: 'Closed',
			priority: 'High',
			team: 'Service Desk',
		};
		const { lines } = await check({ profileFrom: 'rows' }, {}, [
			[{}],
			[
				{ name: 'P1', ...row, priority: 'Critical' },
				{ name: 'P2', ...row, priority: 'Hihg', category: 'Security>Patching' },
			],
		]);
		const failed = lines.filter(({ state }) => state === 'failed');
		expect(failed.map(({ check: title }) => title)).toEqual(['SLA and priority of profile P2']);
		expect(failed[0]?.seen).toBe(
			'Profile row 2 (P2), Priority: "Hihg" is not in Halo. Allowed: Critical (1), High (2), Medium (3), Low (4).',
		);
		expect(lines.find(({ check: title }) => title === 'Category of profile P2')?.state).toBe('ok');
	});

	test('CN-21 for one of two Halos only its rows and those of none are checked', async () => {
		const row = { ticketType: 'Incident', statusCreate: 'New', statusClose: 'Closed' };
		const profiles = [
			{ name: 'Of all', ...row },
			{ name: 'Own', integration: 'second', ...row, statusClose: 'Gone' },
			{ name: 'Of the other', integration: 'first', ...row, statusClose: 'Gone too' },
		];
		const failed = async (more: IDataObject) => {
			const { lines } = await check({ profileFrom: 'rows', ...more }, {}, [[{}], profiles]);
			return lines.filter(({ state }) => state === 'failed').map(({ check: title }) => title);
		};
		expect(await failed({ integration: ' Second ' })).toEqual(['Close Status of profile Own']);
		expect(await failed({})).toHaveLength(2);
	});

	test('a row that is no profile is a line of its own, and the other rows are checked all the same', async () => {
		const row = { ticketType: 'Incident', statusCreate: 'New', statusClose: 'Closed' };
		const rows = async (profiles: IDataObject[]) => {
			const { lines, summary } = await check({ profileFrom: 'rows' }, {}, [[{}], profiles]);
			expect(String(summary.message)).toContain(GENERAL);
			return lines.filter(({ state }) => state === 'failed');
		};
		expect(
			await rows([
				{ name: 'P1', ...row, severities: 'critical, hgih' },
				{ name: 'P2', ...row, isDefault: true, statusClose: 'Gone' },
				{ name: 'P3', ...row, isDefault: true },
			]),
		).toMatchObject([
			{ check: 'Close Status of profile P2' },
			{
				check: 'Row 1 of halo_profiles',
				seen: expect.stringContaining(
					'Profile row 1 (P1), column severities: "hgih" is no severity',
				),
				fix: 'Correct the row in the table halo_profiles.',
			},
			{
				check: 'Table halo_profiles',
				seen: 'Two profiles are the default: row 2 (P2) and row 3 (P3).',
				fix: 'Leave isDefault on in one row of halo_profiles.',
			},
		]);
		expect(await rows([])).toMatchObject([
			{ check: 'Table halo_profiles', seen: 'It holds no row, or there is no such table.' },
		]);
	});

	test('company sync needs read:customers only, and asks for no ticket right', async () => {
		halo.application.scopes = ['read:customers'];
		const { lines, summary } = await check(
			{ usedFor: ['companySync'] },
			{ scopePreset: 'companySync' },
		);
		expect(summary).toMatchObject({ ready: true });
		expect(lines.find(({ check: title }) => title === 'Feature access: Tickets')?.state).toBe(
			'not testable',
		);
		expect(lines.find(({ check: title }) => title === 'Feature access: Clients')?.state).toBe('ok');
	});

	test('PH-03 a person as agent is said, but is no failure', async () => {
		halo.application.agentId = 3;
		const { named } = await check();
		expect(named('Login type Agent')).toMatchObject({
			state: 'ok',
			fix: expect.stringContaining('tick Is an API-only Agent'),
		});
	});

	test('the page holds every line, what failed first, and no markup of the other side', async () => {
		agent().name = '<script>alert(1)</script>';
		halo.rights.hasDefaultTeam = false;
		const { lines, summary } = await check();
		const page = String(summary.page);
		expect(page).not.toMatch(/<script|onclick|javascript:/i);
		expect(page).toContain('&lt;script&gt;');
		for (const { check: title } of lines) expect(page).toContain(String(title));
		expect(page.indexOf('To correct')).toBeLessThan(page.indexOf('All checks'));
	});

	test('with several items in, the set-up is checked once', async () => {
		const { lines } = await check({}, {}, [[{ a: 1 }, { a: 2 }, { a: 3 }]]);
		expect(new Set(lines.map(({ check: title }) => title)).size).toBe(lines.length);
		expect(halo.journal.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
	});
});
