import { inspect } from 'node:util';

import { Logger } from '@n8n/backend-common';
import axios from 'axios';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';

import { EvaluateEventSet } from '../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { HaloCheckSetup } from '../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { HaloOutbox } from '../../nodes/HaloOutbox/HaloOutbox.node';
import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { HaloTrigger } from '../../nodes/HaloTrigger/HaloTrigger.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import { MapCompany } from '../../nodes/MapCompany/MapCompany.node';
import { ScannerEvents } from '../../nodes/ScannerEvents/ScannerEvents.node';
import { ScannerTrigger } from '../../nodes/ScannerTrigger/ScannerTrigger.node';
import { wazuh } from '../../nodes/shared/domain/sources/wazuh/source';
import { startHaloSimulator, type FaultName, type HaloSimulator } from '../../sandbox/halo';
import {
	callHook,
	callWebhook,
	CredentialStore,
	haloCredentialOf,
	runNode,
	searchList,
	testCredential,
} from '../support/engine';
import { evaluated, LEAST, picked, resolved } from './HaloTicket/support';

// What is said after a retry is looked at here, not how long it waits.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow'),
	sleep: async () => await Promise.resolve(),
}));

/** Secrets with signs that addresses, forms and JSON write in other ways. */
const CLIENT_SECRET = 'halo+client/secret=Zq7&"Xw9';
const WEBHOOK_SECRET = 'webhook+secret/Kj5="Vb3';
const PREVIOUS_SECRET = 'previous+secret/Ym2="Rt8';
const WRONG_SECRET = 'mistyped+secret/Lp4="Hn6';
const USER = 'scanner-user';
/** What a sender used that was refused. */
const SENT_SECRET = 'senders+guess/Fd1="Gc0';

/** A secret in every form in which a text may carry it. */
function formsOf(secret: string): string[] {
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams({ '': secret }).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
		base64(secret),
		base64(`${USER}:${secret}`),
	];
}

/** A text with all that an object holds: hidden members, getters, causes and stacks too. */
function everythingIn(value: unknown): string {
	const depth = { depth: 30, showHidden: true, getters: true, maxArrayLength: null } as const;
	const seen = new WeakSet();
	const json = JSON.stringify(value, (_, member: unknown) => {
		if (typeof member !== 'object' || member === null) return member;
		if (seen.has(member)) return undefined;
		seen.add(member);
		return member instanceof Error
			? { ...member, message: member.message, stack: member.stack, cause: member.cause }
			: member;
	});
	return `${inspect(value, { ...depth, maxStringLength: null })}\n${json ?? ''}`;
}

/** What people, logs and Halo get to see, by where it came from. */
const seen = new Map<string, string>();
const logs: string[] = [];
const simulators: HaloSimulator[] = [];
const tokens = new Set<string>();

/** Where n8n, its nodes and their libraries write what an operator reads. */
beforeAll(() => {
	const keep = (...words: unknown[]): void => void logs.push(everythingIn(words));
	const logger = { error: keep, warn: keep, info: keep, debug: keep };
	LoggerProxy.init(logger);
	for (const level of ['error', 'warn', 'info', 'debug'] as const) {
		jest.spyOn(Logger.prototype, level).mockImplementation(keep);
		jest.spyOn(console, level).mockImplementation(keep);
	}
	jest.spyOn(console, 'log').mockImplementation(keep);
});
afterAll(async () => {
	jest.restoreAllMocks();
	await Promise.all(simulators.map(async (simulator) => await simulator.stop()));
});

interface Condition {
	faults: Array<{ name: FaultName; path: string; method?: string }>;
	secret?: string;
}

const EVERYWHERE = '^/api/';
const TOKEN = '/token$';
const WRITES = '/(Tickets|Actions|Attachment)$';
const CONDITIONS: Record<string, Condition> = {
	'nothing wrong': { faults: [] },
	'a wrong client secret': { faults: [], secret: WRONG_SECRET },
	'401 everywhere': { faults: [{ name: 'unauthorized-401', path: EVERYWHERE }] },
	'a 400 that repeats the request': { faults: [{ name: 'echo-400', path: EVERYWHERE }] },
	'a 500 that repeats the request': { faults: [{ name: 'echo-500', path: EVERYWHERE }] },
	'a page that repeats the request': { faults: [{ name: 'echo-html-502', path: EVERYWHERE }] },
	'a write refused with the request': {
		faults: [{ name: 'echo-400', path: WRITES, method: 'POST' }],
	},
	'a sign-in refused with the request': { faults: [{ name: 'echo-400', path: TOKEN }] },
	'a sign-in that fails with the request': { faults: [{ name: 'echo-500', path: TOKEN }] },
	'a sign-in page with the request': { faults: [{ name: 'echo-html-502', path: TOKEN }] },
};

interface Given {
	simulator: HaloSimulator;
	store: CredentialStore;
}

async function run(
	{ store }: Given,
	node: INodeType,
	parameters: INodeParameters,
	inputs: IDataObject[][] = [[{}]],
): Promise<unknown> {
	const settings = [{}, { onError: 'continueRegularOutput' as const }];
	const runs = settings.map(
		async (setting) =>
			await runNode({ node, parameters, inputs, credentials: store, settings: setting }),
	);
	return (await Promise.all(runs)).map(({ whole }) => whole);
}

async function settled(given: Promise<unknown>): Promise<unknown> {
	return await given.then(
		(value) => value,
		(error: unknown) => error,
	);
}

const NOTE = { operation: 'addNote', ticket: picked('1002'), note: 'A note' };
const COMPANIES = [
	{ source: 'demo', companyId: 'c1', name: 'Contoso Ltd', displayName: null, domain: null },
];
const MAPPINGS = [
	{ source: 'demo', companyId: 'c1', companyName: 'Contoso', haloClientId: 11, method: 'name' },
];
const CLIENTS = [{ id: 11, name: 'Contoso Ltd', inactive: false }];
const PROFILE = { name: 'P1', isDefault: true, ticketType: 'Incident', statusClose: 'Closed' };

/** Everything of the pack that knows a secret, or passes on what somebody sent. */
const DOINGS: Record<string, (given: Given) => Promise<unknown>> = {
	'Halo Ticket': async (given) =>
		await run(given, new HaloTicket(), LEAST, [
			[evaluated(), resolved({ dedupKey: 'v1|never' }), { hello: 'world' }],
		]),
	'Halo Ticket, Sync Scan': async (given) =>
		await run(given, new HaloTicket(), { ...LEAST, operation: 'syncScan', scanComplete: 'yes' }, [
			[evaluated()],
		]),
	'Halo Ticket, Add Note': async (given) => await run(given, new HaloTicket(), NOTE),
	'Halo Ticket, Get': async (given) =>
		await run(given, new HaloTicket(), { operation: 'get', ticket: picked('1002') }),
	'Halo Ticket, Get Many': async (given) =>
		await run(given, new HaloTicket(), { operation: 'getMany' }),
	'Halo Import Companies': async (given) => await run(given, new ImportCompanies(), {}),
	'Halo Map Company, Auto-Map': async (given) =>
		await run(given, new MapCompany(), { operation: 'autoMap' }, [COMPANIES, [], []]),
	'Halo Map Company, Check': async (given) =>
		await run(given, new MapCompany(), { operation: 'check' }, [MAPPINGS, CLIENTS, [PROFILE], []]),
	'Halo Check Setup': async (given) => await run(given, new HaloCheckSetup(), {}),
	'Halo Evaluate Event Set': async (given) =>
		await run(given, new EvaluateEventSet(), {}, [[evaluated()]]),
	'Scanner Events': async (given) =>
		await run(given, new ScannerEvents(), {}, [[wazuh.sample as IDataObject, { hello: 'x' }]]),
	'Scanner Trigger': async ({ store }) =>
		await Promise.all(
			['headerToken', 'basic', 'bearer', 'hmac', 'svix', 'pagerDuty'].flatMap((authentication) =>
				[WEBHOOK_SECRET, PREVIOUS_SECRET, SENT_SECRET].map(async (secret) => {
					const basic = Buffer.from(`${USER}:${secret}`).toString('base64');
					const answer = await settled(
						callWebhook({
							node: new ScannerTrigger(),
							credentials: store,
							parameters: { authentication },
							headers: {
								'X-Webhook-Token': secret,
								authorization: authentication === 'bearer' ? `Bearer ${secret}` : `Basic ${basic}`,
							},
							body: wazuh.sample as object,
						}),
					);
					return answer;
				}),
			),
		),
	'Halo Trigger, hooks': async ({ store }) => {
		const call = { node: new HaloTrigger(), credentials: store, staticData: {} };
		const answers: unknown[] = [];
		for (const name of ['checkExists', 'create', 'delete'] as const) {
			answers.push(await settled(callHook(name, call)), call.staticData);
		}
		return answers;
	},
	'Halo Trigger, deliveries': async ({ store }) =>
		await Promise.all(
			[WEBHOOK_SECRET, SENT_SECRET].map(
				async (secret) =>
					await settled(
						callWebhook({
							node: new HaloTrigger(),
							credentials: store,
							headers: { 'X-Halo-Signature': secret },
							body: { event: 'ticket closed', object_id: 1002 },
						}),
					),
			),
		),
	'Halo Outbox, Claim': async (given) => {
		const row = { id: 4, source: 'halo-callback', dedupKey: 'a', event: '{}', state: 'sending' };
		const parameters = { operation: 'claim', signature: 'hmacSha256' };
		return await run(given, new HaloOutbox(), parameters, [[row], [row]]);
	},
	"the credential's test": async ({ simulator, store }) =>
		await testCredential(store, { ...haloCredentialOf(simulator) }),
	'a list of the editor': async ({ store }) =>
		await settled(
			searchList({ node: new HaloTicket(), credentials: store, method: 'searchTeams' }),
		),
};

const CASES = Object.keys(CONDITIONS).flatMap((condition) =>
	Object.keys(DOINGS).map((doing): [string, string] => [doing, condition]),
);

async function carryOut(doing: string, condition: string): Promise<void> {
	const { faults, secret } = CONDITIONS[condition] ?? { faults: [] };
	const simulator = await startHaloSimulator({ seed: 'small', clientSecret: CLIENT_SECRET });
	simulators.push(simulator);
	for (const fault of faults) simulator.faults.add({ ...fault, times: 'always' });
	const halo = haloCredentialOf(simulator);
	const store = new CredentialStore({
		haloPsaBridgeApi: { ...halo, scopePreset: 'all', clientSecret: secret ?? CLIENT_SECRET },
		webhookSecretApi: { user: USER, secret: WEBHOOK_SECRET, previousSecret: PREVIOUS_SECRET },
	});
	const shown = await DOINGS[doing]?.({ simulator, store });
	seen.set(`${doing}, ${condition}`, everythingIn(shown));
	const { tickets } = simulator.state;
	seen.set(`tickets of ${doing}, ${condition}`, everythingIn(tickets));
	for (const token of simulator.state.tokens.keys()) tokens.add(token);
}

/** All secrets of all runs, in all forms; tokens become known while the runs go on. */
function secretForms(): Array<[string, string]> {
	const named = { CLIENT_SECRET, WEBHOOK_SECRET, PREVIOUS_SECRET, WRONG_SECRET, SENT_SECRET };
	return [
		...Object.entries(named).flatMap(([name, secret]) =>
			formsOf(secret).map((form): [string, string] => [name, form]),
		),
		...[...tokens].map((token): [string, string] => ['a token', token]),
	];
}

function leaksIn(text: string): string[] {
	return secretForms().flatMap(([name, form]) => {
		const at = text.indexOf(form);
		return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 120), at + form.length)}`];
	});
}

test('the scan finds a secret in each form, wherever in an object it hides', () => {
	for (const form of formsOf(CLIENT_SECRET)) expect(leaksIn(`x${form}y`)).not.toEqual([]);
	const error = new Error('plain', { cause: { config: { headers: { a: WEBHOOK_SECRET } } } });
	Object.defineProperty(error, 'hidden', { value: SENT_SECRET, enumerable: false });
	const names = leaksIn(everythingIn([{ deep: { error } }])).map((leak) => leak.split(':')[0]);
	expect(new Set(names)).toEqual(new Set(['WEBHOOK_SECRET', 'SENT_SECRET']));
});

test('the answers that repeat a request do hold the secret that was sent', async () => {
	const simulator = await startHaloSimulator({ seed: 'small', clientSecret: CLIENT_SECRET });
	simulators.push(simulator);
	for (const name of ['echo-400', 'echo-500', 'echo-html-502'] as const) {
		simulator.faults.add({ name });
		const form = new URLSearchParams({ client_secret: CLIENT_SECRET });
		const { data } = await axios.post<unknown>(`${simulator.authServer}/token`, form, {
			validateStatus: () => true,
		});
		expect(leaksIn(everythingIn(data))).not.toEqual([]);
	}
});

describe('no secret stands in what people, logs and Halo see', () => {
	beforeAll(async () => {
		await Promise.all(CASES.map(async ([doing, condition]) => await carryOut(doing, condition)));
	}, 300_000);

	test(`the table holds ${CASES.length} runs of nine nodes: Halo Inbox asks nobody and knows no secret`, () => {
		expect(CASES).toHaveLength(170);
		expect(seen.size).toBe(340);
		expect(tokens.size).toBeGreaterThan(50);
	});

	test.each(CASES)('%s, with %s', (doing, condition) => {
		const shown = seen.get(`${doing}, ${condition}`) ?? '';
		expect(shown.length).toBeGreaterThan(20);
		expect(leaksIn(shown)).toEqual([]);
		expect(leaksIn(seen.get(`tickets of ${doing}, ${condition}`) ?? '')).toEqual([]);
	});

	test('the logs of all of them', () => {
		expect(logs.length).toBeGreaterThan(0);
		expect(leaksIn(logs.join('\n'))).toEqual([]);
	});
});
