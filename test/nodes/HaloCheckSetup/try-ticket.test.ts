import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloCheckSetup } from '../../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { PROBE_FACTS } from '../../../nodes/shared/domain/set-up/probe-line';
import { startHaloSimulator, type HaloSimulator, type HaloSwitches } from '../../../sandbox/halo';
import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { haloCredentialOf, runNode } from '../../support/engine';
import { evaluated, LEAST } from '../HaloTicket/support';
import { ownTime } from '../../support/engine/own-time';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../../support/engine/own-time')>('../../support/engine/own-time')
		.workflowWithOwnTime(),
);

/** Contoso Ltd of the seed. */
const CONTOSO = 11;
const CLOSED = [9, 23];

let halo: HaloSimulator;

/** The lines of a tenant that does as most do. */
let usual: Record<string, string> = {};

beforeAll(async () => {
	ownTime.takeOver();
	halo = await startHaloSimulator();
	usual = texts(await tried());
});
beforeEach(() => {
	halo.reset();
	// Requests of the test before do not count against Halo's five minutes.
	ownTime.advance(6 * 60_000);
});
afterEach(() => {
	expect(halo.failures).toEqual([]);
	expect(halo.mails).toEqual([]);
});
afterAll(async () => await halo.stop());

const picked = (id: number | string) => ({ __rl: true, mode: 'id', value: String(id) });
const named = (value: string) => ({ __rl: true, mode: 'name', value });
const TICKED: INodeParameters = {
	operation: 'tryTicket',
	testClient: picked(CONTOSO),
	confirmed: true,
};

async function tried(parameters: INodeParameters = {}, onStart?: (stop: () => void) => void) {
	const before = new Set(halo.tickets().map(({ id }) => id));
	const run = await runNode({
		node: new HaloCheckSetup(),
		parameters: { ...TICKED, ...parameters },
		inputs: [[{}]],
		credentials: { haloPsaBridgeApi: haloCredentialOf(halo) as never },
		...(onStart === undefined ? {} : { onStart }),
	});
	const lines = run.json[0] ?? [];
	const made = halo.state.tickets.filter(({ id }) => !before.has(id));
	return {
		run,
		lines,
		made,
		summary: run.json[1]?.[0] ?? {},
		/** `state: seen` of one fact. */
		said: (fact: string) => {
			const line = lines.find((one) => one.fact === fact);
			return `${String(line?.state)}: ${String(line?.seen)}`;
		},
		isOpen: made.some(({ status_id }) => !CLOSED.includes(status_id)),
	};
}

/** Text of each line, without what differs from run to run. */
function texts({ lines, made }: Awaited<ReturnType<typeof tried>>): Record<string, string> {
	const bare = (value: unknown): string =>
		String(value ?? '-')
			.replaceAll(halo.origin, 'HALO')
			.replaceAll(String(made[0]?.id ?? 'none'), 'N')
			.replace(/record_count 28\d/, 'record_count 281')
			// How long the machine takes between two looks plays a part.
			.replace(/After (?:[5-9]|1\d) seconds/, 'After some seconds');
	return Object.fromEntries(
		lines.map(({ fact, seen, setting, state }) => [
			String(fact),
			`${String(state)}: ${bare(seen)} [${bare(setting)}]`,
		]),
	);
}

const COUNTED =
	'Tickets: pages of 100 for 100 that were asked for, the last page again behind the end';
const NOT_CLOSED = 'not tried: Not tried: the ticket could not be closed. [-]';
const NEVER_CLOSED = {
	Filters:
		'as expected: Honoured: client_id, status_id, closed_only, order. Not told by the answers: open_only. [-]',
	'Unit of the closure time': NOT_CLOSED,
	'Closed tickets in lists': NOT_CLOSED,
	Reopening: NOT_CLOSED,
	'Flag hasbeenclosed': NOT_CLOSED,
	'End of the test ticket': 'wrong: Ticket N stays open in New. [-]',
};
const FOREIGN = 'not tried: Not tried: the ticket stands on a foreign client. [-]';

interface Variant {
	name: string;
	switches: Partial<HaloSwitches>;
	/** The lines that differ from those of a tenant that does as most do: all of them, and no other. */
	tells: Readonly<Record<string, string>>;
	/** True where Halo lets nobody close it. */
	staysOpen?: boolean;
}

const VARIANTS: readonly Variant[] = [
	{
		name: 'hasbeenclosed stays',
		switches: { keepsHasBeenClosed: true },
		tells: {
			'Flag hasbeenclosed': 'differs: It stays true after a reopening. [-]',
		},
	},
	{
		name: 'a status sticks by an action',
		switches: { statusSticks: 'by-action' },
		tells: {
			'Way of closing':
				'differs: An update of the status is accepted and leaves it in New; an action with the new status closes it. [-]',
			'Unit of the closure time':
				'not tried: The close left no time on any action. [Halo Ticket > Closure Time Unit in Halo]',
			Reopening: 'differs: Only an action with the new status reopens it: New. [-]',
		},
	},
	{
		name: 'pages of 50',
		switches: { pageCap: 50 },
		tells: {
			'Pages and counts':
				'differs: Tickets: pages of 50 for 100 that were asked for, the last page again behind the end; record_count 281. [-]',
		},
	},
	{
		name: 'the count of the page',
		switches: { recordCount: 'page' },
		tells: {
			'Pages and counts': `differs: ${COUNTED}; record_count 100, which is not the list's: it holds 200 and more. [-]`,
		},
	},
	{
		name: 'a count of 50',
		switches: { recordCount: 'fifty' },
		tells: {
			'Pages and counts': `differs: ${COUNTED}; record_count 50, which is not the list's: it holds 200 and more. [-]`,
		},
	},
	{
		name: 'no count',
		switches: { recordCount: 'missing' },
		tells: {
			'Pages and counts': `differs: ${COUNTED}; no record_count. [-]`,
		},
	},
	{
		name: 'Internal Note refused',
		switches: { refusedOutcomes: '7' },
		tells: {
			'Action for notes':
				'differs: The role may not use Internal Note (7). Note (8) writes a private note and mails nobody by itself. [Halo Ticket > Note Action]',
		},
	},
	{
		name: 'rows without details',
		switches: { rowDetails: 'missing' },
		tells: {
			'Details in list rows': 'differs: Rows have no details. [-]',
		},
	},
	{
		name: 'details cut in rows',
		switches: { rowDetails: 'cut' },
		tells: {
			'Details in list rows': 'differs: Rows have the first 255 of 521 characters. [-]',
		},
	},
	{
		name: 'details as HTML in rows',
		switches: { rowDetails: 'html' },
		tells: {
			'Details in list rows': 'differs: Rows have them as HTML. [-]',
		},
	},
	{
		name: 'other white space in rows',
		switches: { rowDetails: 'spaced' },
		tells: {
			'Details in list rows': 'differs: Rows have them with other white space. [-]',
		},
	},
	{
		name: 'details that do not change',
		switches: { detailsMayChange: false },
		tells: {
			'Rewriting the details': 'differs: Halo keeps the first details and says nothing. [-]',
			'Longest details': 'not tried: Details do not change. [-]',
		},
	},
	{
		name: 'details cut at 4,000',
		switches: { detailsCutAt: 4_000 },
		tells: {
			'Longest details': 'differs: They are cut at 4000 of 20032 characters. [-]',
		},
	},
	{
		name: 'updates without a body',
		switches: { updateAnswer: 'empty' },
		tells: {
			'Answer to an update': 'differs: 201 with nothing. [-]',
		},
	},
	{
		name: 'updates as an array',
		switches: { updateAnswer: 'array' },
		tells: {
			'Answer to an update': 'differs: 201 with an array. [-]',
		},
	},
	{
		name: 'updates in an envelope',
		switches: { updateAnswer: 'envelope' },
		tells: {
			'Answer to an update': 'differs: 200 with an envelope. [-]',
		},
	},
	{
		name: 'writes as an array',
		switches: { wrapSingle: true },
		tells: {
			'Answer to a create': 'differs: 201 with an array. [-]',
			'Answer to an update': 'differs: 200 with an array. [-]',
		},
	},
	{
		name: 'a rule on new tickets',
		switches: { ruleActsOnCreate: true },
		tells: {
			'Rules on new tickets':
				'differs: Sam Okafor acted on the new ticket at once: Internal Note. [Halo Ticket > Ignore Actions Of]',
		},
	},
	{
		name: 'a search of beginnings',
		switches: { textSearch: 'prefix' },
		tells: {
			'Search of summaries':
				'as expected: search_summary finds whole words, beginnings of words, the whole text. [-]',
		},
	},
	{
		name: 'a search of whole words',
		switches: { textSearch: 'full-text' },
		tells: {
			'Search of summaries': 'as expected: search_summary finds whole words, the whole text. [-]',
		},
	},
	{
		name: 'a search of equal texts',
		switches: { textSearch: 'equal' },
		tells: {
			'Search of summaries': 'differs: search_summary finds the whole text only. [-]',
			'Search of details':
				'differs: search_details does not find the test ticket. The basic search finds it. [Halo Ticket > Second Look-up by Details]',
		},
	},
	{
		name: 'a search that is ignored',
		switches: { textSearch: 'ignored' },
		tells: {
			'Search of summaries': 'differs: search_summary is ignored: every ticket is found. [-]',
			'Search of details':
				'differs: search_details is ignored: every ticket is found. The basic search finds it. [Halo Ticket > Second Look-up by Details]',
		},
	},
	{
		name: 'a search that lags',
		switches: { searchLagMs: 5_000 },
		tells: {
			'Time until it is found': 'differs: After some seconds. [-]',
		},
	},
	{
		name: 'rows without a client',
		switches: { rowWithout: 'client_id' },
		tells: {
			'Members of list rows': 'differs: Rows have no client_id. [-]',
			Filters:
				'as expected: Honoured: status_id, closed_only, open_only, order. Not told by the answers: client_id. [-]',
		},
	},
	{
		name: 'ids as text',
		switches: { rowIds: 'text' },
		tells: {
			'Members of list rows':
				'differs: Ids stand as text: id, client_id, status_id, tickettype_id, agent_id. [-]',
		},
	},
	{
		name: 'local times',
		switches: { dates: 'local' },
		tells: {
			Times: 'differs: They stand 2 hours ahead of UTC, written without a zone. [-]',
		},
	},
	{
		name: 'times with a Z',
		switches: { dates: 'zulu' },
		tells: {
			Times: 'as expected: They are UTC, written with a Z. [-]',
		},
	},
	{
		name: 'lists of open tickets',
		switches: { listsOpenOnly: true },
		tells: {
			'Pages and counts': `as expected: ${COUNTED}; record_count 187. [-]`,
			'Closed tickets in lists':
				'differs: A list without a word about the state leaves them out. [-]',
		},
	},
	{
		name: 'a user and a site needed',
		switches: { needsUserAndSite: true },
		tells: {
			'Making a ticket': 'as expected: Incident (1) on Contoso Ltd (11), for its General User. [-]',
			'Where the ticket landed':
				'differs: Halo asks for a user and a site; it stands on client Contoso Ltd (11), site Main (1011), user General User (2011). [halo_profiles > user]',
		},
	},
	{
		name: 'closure time in minutes',
		switches: { closureTimeUnit: 'minutes' },
		tells: {
			'Unit of the closure time':
				'differs: Minutes: 1 became 0.017 hours of the action. [Halo Ticket > Closure Time Unit in Halo]',
		},
	},
	{
		name: 'three at once',
		switches: { rowDetails: 'missing', textSearch: 'equal', updateAnswer: 'empty' },
		tells: {
			'Details in list rows': 'differs: Rows have no details. [-]',
			'Search of summaries': 'differs: search_summary finds the whole text only. [-]',
			'Search of details':
				'differs: search_details does not find the test ticket. The basic search finds it. [Halo Ticket > Second Look-up by Details]',
			'Answer to an update': 'differs: 201 with nothing. [-]',
		},
	},
	{
		name: 'a status that never sticks',
		switches: { statusSticks: 'never' },
		tells: {
			...NEVER_CLOSED,
			'Way of closing':
				'wrong: An update of the status is accepted and leaves it in New; an action with the new status is accepted and leaves it in New. [Halo Ticket > Close Status]',
		},
		staysOpen: true,
	},
	{
		name: 'a field that closing needs',
		switches: { neededToClose: 'category_1' },
		tells: {
			...NEVER_CLOSED,
			'Way of closing':
				'wrong: An update of the status is refused (Please complete the following fields: category_1); an action with the new status is refused (Please complete the following fields: category_1). [halo_profiles > fieldsClose]',
		},
		staysOpen: true,
	},
	{
		name: 'a foreign client',
		switches: { createdOnClient: 12 },
		tells: {
			...Object.fromEntries(
				PROBE_FACTS.slice(PROBE_FACTS.indexOf('Rules on new tickets'), -1).map((fact) => [
					fact,
					FOREIGN,
				]),
			),
			'Where the ticket landed':
				'wrong: Sent to Contoso Ltd (11), it stands on client Fabrikam Inc (12), site Main (1012), user none. [-]',
		},
	},
];

test('on a tenant that does as most do every fact is as expected and nothing is to be set', async () => {
	const done = await tried();
	expect(done.run.error).toBeNull();
	expect(done.lines.map(({ fact }) => fact)).toEqual([...PROBE_FACTS]);
	expect(done.lines.filter(({ state }) => state !== 'as expected')).toEqual([
		expect.objectContaining({ fact: "Halo's webhook", state: 'not tried' }),
	]);
	expect(done.summary).toMatchObject({ ready: true, message: 'Nothing to set.', closed: true });
	expect(
		done.lines.filter(({ setting, suggests }) => setting !== null || suggests !== null),
	).toEqual([]);
});

test.each(VARIANTS)(
	'$name: its facts differ, no others',
	async ({ staysOpen = false, switches, tells }) => {
		Object.assign(halo.switches, switches);
		const done = await tried();
		expect(done.run.error).toBeNull();
		const differing = Object.entries(texts(done)).filter(([fact, text]) => usual[fact] !== text);
		expect(Object.fromEntries(differing)).toEqual(tells);
		expect(done.made).toHaveLength(1);
		expect(done.isOpen).toBe(staysOpen);
		expect(done.summary.closed).toBe(!staysOpen);
		expect(JSON.stringify(done.lines).includes(`/ticket?id=${String(done.made[0]?.id)}`)).toBe(
			staysOpen,
		);
	},
);

test.each<[string, INodeParameters, string, string]>([
	['without the tick', { confirmed: false }, 'is not ticked', 'Tick it'],
	// What stands in the field n8n itself refuses before the node runs; an expression may give it all the same.
	[
		'without a client',
		{ testClient: picked("={{ '' }}") },
		'No Test Client is picked',
		'Pick a client',
	],
	['on client 0', { testClient: picked(0) }, '0 is no client', 'Pick a client'],
	['on client -1', { testClient: picked('={{ -1 }}') }, '-1 is no client', 'Pick a client'],
	['on the client Unknown', { testClient: picked(1) }, '1 is no client', 'Pick a client'],
	['on another client called Unknown', { testClient: picked(13) }, 'Client 13 is Halo', 'Pick a'],
	['on a client that is not there', { testClient: picked(9_999) }, 'no client 9999', 'Pick the'],
	[
		'on a client that is no number',
		{ testClient: picked("={{ 'x' }}") },
		'number of a Halo client',
		'Pick',
	],
	['with an unknown type', { testTicketType: named('Party') }, '"Party"', 'Incident, Service'],
	['with an open close status', { testCloseStatus: named('New') }, '"New"', 'Closed, Risk'],
])('%s nothing is written', async (_, parameters, message, step) => {
	const thirteen = halo.state.clients.find(({ id }) => id === 13);
	if (thirteen !== undefined) thirteen.name = 'Unknown';
	const before = halo.journal.length;
	const { made, run } = await tried(parameters);
	expect(run.error?.message).toContain(message);
	expect(run.error?.description).toContain(step);
	expect(made).toEqual([]);
	const sent = halo.journal.slice(before).filter(({ path }) => !path.endsWith('/token'));
	expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test.each<[string, Parameters<HaloSimulator['faults']['add']>[0]]>([
	[
		'the answer to the create is lost',
		{ name: 'reset-after-commit', method: 'POST', path: '/Tickets$' },
	],
	['the answer to the create is half', { name: 'bad-json', method: 'POST', path: '/Tickets$' }],
	['lists fail', { name: 'status-500', method: 'GET', path: '/Tickets$', times: 'always' }],
	['the new ticket cannot be read at first', { name: 'not-found-404', path: '/Tickets/\\d+$' }],
	[
		'actions cannot be read',
		{ name: 'error-text', method: 'GET', path: '/Actions$', times: 'always' },
	],
	[
		'actions are refused',
		{ name: 'forbidden-403', method: 'POST', path: '/Actions$', times: 'always' },
	],
	['the second write fails', { name: 'error-text', method: 'POST', path: '/Tickets$', skip: 1 }],
	['the close fails once', { name: 'error-text', method: 'POST', path: '/Tickets$', skip: 2 }],
	[
		'the reopened ticket cannot be closed by action',
		{ name: 'html-502', method: 'POST', path: '/Actions$', skip: 1, times: 4 },
	],
	['filters are ignored', { name: 'ignore-filters', path: '/Tickets$', times: 'always' }],
])('%s: one ticket, closed, and the rest is told', async (_, fault) => {
	halo.faults.add(fault);
	const { isOpen, lines, made, run, summary } = await tried();
	expect(run.error).toBeNull();
	expect(made).toHaveLength(1);
	expect(isOpen).toBe(false);
	expect(summary).toMatchObject({ closed: true, ticketId: made[0]?.id });
	expect(lines.map(({ fact }) => fact)).toEqual([...PROBE_FACTS]);
});

test('filters that are ignored are named', async () => {
	halo.faults.add({ name: 'ignore-filters', path: '/Tickets$', times: 'always' });
	const { said } = await tried();
	expect(said('Filters')).toBe('differs: Ignored: client_id, status_id, closed_only, open_only.');
});

test('where Halo makes no ticket its words stand in the report, and nothing is left', async () => {
	halo.faults.add({
		name: 'error-text',
		method: 'POST',
		path: '/Tickets$',
		times: 'always',
		message: 'Please complete the following fields: Category',
	});
	const { made, said, summary } = await tried();
	expect(said('Making a ticket')).toContain('Please complete the following fields: Category');
	expect(made).toEqual([]);
	expect(summary).toMatchObject({ ready: false, ticketId: null, closed: true });
});

test('a run that is stopped leaves its ticket closed', async () => {
	let stop = (): void => undefined;
	halo.faults.add({
		name: 'slow',
		path: '/Tickets$',
		method: 'GET',
		ms: 1,
		when: () => {
			stop();
			return true;
		},
	});
	const before = halo.state.tickets.length;
	await tried({}, (end) => {
		stop = end;
	});
	// The engine lets go of a stopped node; the node itself ends its last requests.
	for (let looks = 0; looks < 400; looks += 1) {
		const open = halo.state.tickets.slice(before).filter((one) => !CLOSED.includes(one.status_id));
		if (halo.state.tickets.length > before && open.length === 0) break;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	expect(halo.state.tickets).toHaveLength(before + 1);
	expect(CLOSED).toContain(halo.state.tickets.at(-1)?.status_id);
});

test('two runs leave two closed tickets, no mail and nothing that counts as a finding', async () => {
	const first = await tried();
	const second = await tried();
	expect([first, second].map(({ isOpen, made }) => [made.length, isOpen])).toEqual([
		[1, false],
		[1, false],
	]);
	const texts = JSON.stringify([...first.made, ...second.made]);
	expect(texts).toContain('(scanprobe ');
	expect(texts).not.toContain('scanref');
	const ticket = async (parameters: INodeParameters, items: IDataObject[]) =>
		(
			await runNode({
				node: new HaloTicket(),
				parameters: { ...LEAST, ...parameters },
				inputs: [items],
				credentials: { haloPsaBridgeApi: haloCredentialOf(halo) as never },
			})
		).json[0] ?? [];
	// With room for one new ticket an hour the two would fill it, were they counted.
	const made = await ticket({ options: { stormCap: 1 } }, [evaluated()]);
	expect(made).toEqual([expect.objectContaining({ decision: 'created' })]);
	expect(await ticket({ options: { stormCap: 1 } }, [evaluated()])).toEqual([
		expect.objectContaining({ decision: 'unchanged' }),
	]);
});

test('at most 90 requests and 14 to close, each shown with its time, and no secret anywhere', async () => {
	Object.assign(halo.switches, {
		textSearch: 'equal',
		searchLagMs: 20_000,
		statusSticks: 'by-action',
		updateAnswer: 'empty',
		refusedOutcomes: '7',
		needsUserAndSite: true,
	});
	const before = halo.journal.length;
	const { isOpen, lines, summary } = await tried();
	const sent = halo.journal.slice(before).filter(({ path }) => !path.endsWith('/token'));
	const requests = summary.requests as IDataObject[];
	expect(requests).toHaveLength(sent.length);
	expect(requests.map(({ method, status }) => [method, status])).toEqual(
		sent.map(({ method, status }) => [method, status]),
	);
	expect(sent.length).toBeLessThanOrEqual(90);
	expect(isOpen).toBe(false);
	const all = JSON.stringify([lines, summary]);
	for (const secret of [halo.clientSecret, 'Bearer', 'access_token'])
		expect(all).not.toContain(secret);
});

test('what Halo delivered about the ticket is told where a Halo Trigger is registered', async () => {
	halo.application.scopes = ['all'];
	halo.rights.administrator = true;
	const hook = {
		...{ id: 'a0000000-0000-4000-8000-000000000001', name: 'n8n Halo Trigger abc', note: '' },
		...{ url: `${halo.origin}/nobody`, active: true, disabled: false, type: 0, failures: 0 },
		...{ content_type: 'application/json', authentication_type: 0, authentication_header: '' },
		...{ basic_username: '', basic_password: '', signature_prefix: '', payload_type: 0 },
		...{ batch_method: 0, batch_delay_seconds: 0, batch_limit: 0 },
	};
	halo.state.hooks.webhooks.push(hook);
	for (const [id, eventno] of [3, 76, 39].entries()) {
		halo.state.hooks.notifications.push({
			...{
				id: 200 + id,
				webhook_id: hook.id,
				name: '',
				eventno,
				delivery_method: 6,
				conditions: [],
			},
		});
	}
	const run = await runNode({
		node: new HaloCheckSetup(),
		parameters: TICKED,
		inputs: [[{}]],
		credentials: { haloPsaBridgeApi: { ...haloCredentialOf(halo), scopePreset: 'all' } as never },
	});
	const line = run.json[0]?.find(({ fact }) => fact === "Halo's webhook");
	expect(line).toMatchObject({ state: 'as expected' });
	expect(String(line?.seen)).toMatch(
		/^\d deliveries one by one, with the ticket, with the agent: (?:closed|created|statusChanged), /,
	);
	hook.name = 'another tool';
	await halo.deliveries.idle();
});
