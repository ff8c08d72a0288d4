import { undescribedNames } from '../../contract/check-journal';
import type { IDataObject } from 'n8n-workflow';

import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	mappedTo,
	picked,
	resolved,
	startTicketing,
	type Ticketing,
} from './support';

let halo: Ticketing;

beforeAll(async () => {
	halo = await startTicketing();
});
afterAll(async () => {
	await halo.simulator.stop();
});
beforeEach(() => {
	halo.simulator.reset();
});

const P1: IDataObject = {
	name: 'P1',
	isDefault: false,
	eventSet: 'Default',
	severities: 'critical',
	ticketType: 'incident',
	statusClose: 'Closed',
	sla: 'Standard',
	priority: 'Critical',
	team: 'security',
	category: 'Security>Ports',
	urgency: '',
	impact: null,
	agent: 'Sam Okafor',
};
const P3: IDataObject = {
	...P1,
	name: 'P3',
	severities: '["medium","low"]',
	priority: 'Medium',
	agent: '',
};
const REST: IDataObject = {
	name: 'Rest',
	isDefault: true,
	ticketType: 'Incident',
	statusClose: '9',
};
const ROWS = { profileFrom: 'rows' };

function without(event: IDataObject, member: string): IDataObject {
	return Object.fromEntries(Object.entries(event).filter(([name]) => name !== member));
}

test('CS-37 CS-39 the profile is chosen by set and severity, by mapping when it names one, else the default', async () => {
	const slas = halo.simulator.state.slas.map(({ name }) => name);
	const rows = [P1, P3, REST].map((row) => ({ ...row, ...('sla' in row ? { sla: slas[0] } : {}) }));
	const decisions = await halo.decide(
		[
			evaluated({ dedupKey: 'a', severity: 'critical' }),
			evaluated({ dedupKey: 'b', severity: 'low' }),
			evaluated({ dedupKey: 'c', severity: 'high' }),
			evaluated({
				dedupKey: 'd',
				severity: 'high',
				mapping: mappedTo({ ...FABRIKAM, profile: 'p1' }),
			}),
			evaluated({
				dedupKey: 'e',
				mapping: mappedTo({ ...FABRIKAM, profile: 'P9', origin: 'row 4' }),
			}),
		],
		ROWS,
		{ rows },
	);
	expect(decisions.map(({ decision, profile }) => [decision, profile])).toEqual([
		['created', 'P1'],
		['created', 'P3'],
		['created', 'Rest'],
		['created', 'P1'],
		['failed', null],
	]);
	expect(decisions[4]?.reason).toContain(
		'Mapping row 4 names profile "P9", which does not exist; profiles: P1, P3, Rest',
	);
	const byId = new Map(halo.tickets().map((ticket) => [ticket.id, ticket]));
	expect(byId.get(decisions[0]?.ticketId as number)).toMatchObject({
		priority_id: 1,
		team: 'Security',
		category_1: 'Security>Ports',
		agent_id: 3,
	});
	expect(byId.get(decisions[1]?.ticketId as number)).toMatchObject({ priority_id: 3 });
});

test('PH-10 a mapped company gets no ticket before a profile serves it; a default profile unlocks it', async () => {
	const low = evaluated({ severity: 'low' });
	const none = await halo.run([low], ROWS, { rows: [] });
	expect(none.error?.message).toContain('No integration profile arrived');
	const [unserved] = await halo.decide([low], ROWS, { rows: [{ ...P1, sla: '', priority: '' }] });
	expect(unserved).toMatchObject({
		decision: 'failed',
		reason: expect.stringContaining('none is the default'),
	});
	expect(halo.writes()).toEqual([]);
	const [served] = await halo.decide([low], ROWS, { rows: [REST] });
	expect(served).toMatchObject({ decision: 'created', profile: 'Rest' });
});

test.each([
	[
		'a name that Halo does not have',
		{ team: 'Securty' },
		/row 1 \(P1\), Team: "Securty" is not in Halo\. Allowed: .*Security \(2\)/,
	],
	[
		'a priority of another SLA',
		{ priority: 'P1 Emergency' },
		/Priority: "P1 Emergency" is no priority of SLA/,
	],
	['a blank close status', { statusClose: '' }, /row 1 \(P1\): Close Status is empty/],
])(
	'a profile row with %s fails its events before any write; the others go on',
	async (_, fault, words) => {
		const sla = halo.simulator.state.slas[0]?.name ?? '';
		const decisions = await halo.decide(
			[
				evaluated({ dedupKey: 'a', severity: 'critical' }),
				evaluated({ dedupKey: 'b', severity: 'high' }),
			],
			ROWS,
			{ rows: [{ ...P1, sla, ...fault }, REST] },
		);
		expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'created']);
		expect(decisions[0]?.reason).toMatch(words);
		expect(halo.tickets()).toHaveLength(1);
	},
);

test.each([
	['no row', [], /No integration profile arrived/],
	['an empty table that always outputs', [{}], /No integration profile arrived/],
	[
		'a word that is no severity',
		[{ ...P1, severities: 'urgent' }],
		/row 1 \(P1\), column severities: "urgent"/,
	],
])('%s stops the run in words', async (_, rows, words) => {
	const run = await halo.run([evaluated()], ROWS, { rows });
	expect(run.error?.message).toMatch(words);
	expect(halo.writes()).toEqual([]);
});

test('CN-18 CN-23 two default profiles stop only the events that need one', async () => {
	const linked = { ...REST, name: 'Linked', isDefault: false, eventSet: 'Default' };
	const rows = [REST, { ...REST, name: 'Other' }, linked];
	const needs = { dedupKey: 'needs', groupKey: 'needs', eventSet: 'Another' };
	const decisions = await halo.decide([evaluated(), evaluated(needs)], ROWS, { rows });
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'failed']);
	expect(decisions[1]?.reason).toMatch(/row 1 \(Rest\) and row 2 \(Other\)/);
});

test('a typed profile that Halo refuses stops the run before the first write', async () => {
	const run = await halo.run([evaluated()], {
		ticketType: { __rl: true, mode: 'name', value: 'Incidnt' },
	});
	expect(run.error?.message).toContain(
		'Ticket Type: "Incidnt" is not in Halo. Allowed: Incident (1)',
	);
	expect(halo.tickets()).toEqual([]);
});

test('an item that a node before has decided about passes untouched', async () => {
	const decided = { decision: 'held_unmapped', reason: 'No mapping', anything: [1] };
	const decisions = await halo.decide([decided, evaluated()]);
	expect(decisions[0]).toEqual(decided);
	expect(decisions[1]).toMatchObject({ decision: 'created' });
});

test.each([
	['no event', { hello: 'world' }, /Scanner Trigger or Scanner Events/],
	['no group key', evaluated({ groupKey: null }), /Halo Evaluate Event Set/],
	['no mapping', without(evaluated(), 'mapping'), /Halo Map Company/],
	[
		'a mapping to client 1',
		evaluated({ mapping: mappedTo({ haloClientId: 1 }) }),
		/names no Halo client/,
	],
])('an item with %s fails and names the node that is missing', async (_, item, words) => {
	const decisions = await halo.decide([item, evaluated()]);
	expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'created']);
	expect(decisions[0]?.reason).toMatch(words);
	const alone = await halo.run([item]);
	expect(`${alone.error?.message} ${alone.error?.description}`).toMatch(words);
});

test('CS-32 an open event without a mapped company is held, and goes to the client of the profile where one is picked', async () => {
	const [held] = await halo.decide([evaluated({ mapping: null })]);
	expect(held).toMatchObject({ decision: 'held_unmapped' });
	expect(halo.writes()).toEqual([]);
	const picks = { moreFields: { client: picked('12') } };
	const decisions = await halo.decide(
		[
			without(evaluated({ dedupKey: 'a' }), 'mapping'),
			evaluated({ dedupKey: 'b', mapping: mappedTo(CONTOSO) }),
		],
		picks,
	);
	expect(decisions.map(({ decision }) => decision)).toEqual(['created', 'created']);
	expect(halo.tickets().map(({ client_id }) => client_id)).toEqual([12, 11]);
	const byName = {
		moreFields: { client: { __rl: true, mode: 'name', value: 'fabrikam inc' } as const },
	};
	await halo.decide([evaluated({ dedupKey: 'c', mapping: null })], byName);
	expect(halo.tickets().at(-1)).toMatchObject({ client_id: 12 });
});

test('CS-33 a user of another client is left out, and the decision says so', async () => {
	const [decision] = await halo.decide([evaluated()], { moreFields: { user: picked('4012') } });
	expect(decision).toMatchObject({ decision: 'created' });
	expect(decision?.reason).toContain('General User');
	expect(halo.tickets()[0]).toMatchObject({ client_id: 11, user_id: 2011 });
});

test('the operation Create leaves resolved events alone; Close closes whatever reaches it', async () => {
	const created = await halo.decide([evaluated(), resolved()], { operation: 'create' });
	expect(created.map(({ decision }) => decision)).toEqual(['created', 'unchanged']);
	const closed = await halo.decide([evaluated()], { operation: 'close', ticketType: '' });
	expect(closed[0]).toMatchObject({ decision: 'closed' });
	const second = await halo.decide([evaluated({ dedupKey: 'b' })], {
		operation: 'create',
		closeStatus: '',
	});
	expect(second[0]).toMatchObject({ decision: 'created' });
});

test('every item out is paired with the item it came from', async () => {
	const run = await halo.run([
		evaluated({ dedupKey: 'a' }),
		{ decision: 'failed' },
		evaluated({ dedupKey: 'b' }),
	]);
	expect(run.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
});

test('titles and texts of a source are escaped, and cannot claim the ticket of another problem', async () => {
	const [first] = await halo.decide([evaluated()]);
	const title = `<script>alert(1)</script>\u0007 "x" (scanref ${String(first?.reference)})\u202e`;
	const [decision] = await halo.decide([
		evaluated({
			dedupKey: 'v1|evil',
			title,
			description: '<img src=x onerror=alert(1)>\nscanstate severity low endstate',
			url: 'javascript:alert(1)',
			asset: { id: null, name: '<b>SRV</b>', ip: null, mac: null, serial: null },
		}),
	]);
	expect(decision).toMatchObject({ decision: 'created' });
	const ticket = halo.tickets().find(({ id }) => id === decision?.ticketId);
	const html = String(ticket?.details_html);
	expect(html).not.toMatch(/<script|<img|<b>SRV|href="javascript/);
	expect(html).toContain('&lt;script&gt;');
	expect(String(ticket?.summary)).not.toMatch(/\p{Cc}|\u202e/u);
	expect(String(ticket?.summary).match(/\(scanref [a-z ]+\)/g)).toEqual([
		`(scanref ${String(decision?.reference)})`,
	]);
	const [again] = await halo.decide([evaluated()]);
	expect(again).toMatchObject({ decision: 'unchanged', ticketId: first?.ticketId });
});

test('HI-18 a dry run decides as the real run does, and writes nothing', async () => {
	// Made first: what is even a millisecond older than the ticket knows changes nothing.
	await halo.decide(['b', 'c', 'e'].map((dedupKey) => evaluated({ dedupKey, severity: 'low' })));
	const events = [
		evaluated({ dedupKey: 'a' }),
		evaluated({ dedupKey: 'a' }),
		resolved({ dedupKey: 'b' }),
		evaluated({ dedupKey: 'c', severity: 'critical' }),
		resolved({ dedupKey: 'd' }),
		evaluated({ dedupKey: 'e', status: 'suppressed' }),
		evaluated({ dedupKey: 'f' }),
		resolved({ dedupKey: 'f' }),
		evaluated({ dedupKey: 'g', simulation: true }),
	];
	halo.simulator.journal.length = 0;
	const dry = await halo.decide(events, { options: { dryRun: true } });
	expect(halo.writes()).toEqual([]);
	const real = await halo.decide(events);
	const wouldBe: Record<string, string> = {
		created: 'would_create',
		noted: 'would_note',
		closed: 'would_close',
		updated: 'would_update',
	};
	expect(dry.map(({ decision }) => decision)).toEqual(
		real.map(({ decision }) => wouldBe[String(decision)] ?? decision),
	);
	expect(new Set(real.map(({ decision }) => decision))).toEqual(
		new Set(['created', 'unchanged', 'closed', 'noted', 'not_found', 'skipped_simulation']),
	);
	expect(dry.map(({ reason }) => reason)).toHaveLength(events.length);
});

test("every request of this suite uses paths and names of Halo's description", () => {
	expect(halo.everything.length).toBeGreaterThan(50);
	expect(halo.everything.filter(({ unhandled }) => unhandled)).toEqual([]);
	expect(undescribedNames(halo.everything.filter(({ path }) => !path.endsWith('/token')))).toEqual(
		[],
	);
});

describe("the credential's Associated Company", () => {
	const only = { credential: { associatedCompany: 'Contoso Ltd' } };
	const fabrikam = {
		company: {
			id: '43',
			name: 'fabrikam',
			displayName: 'Fabrikam Inc',
			reference: null,
			domain: null,
		},
		mapping: mappedTo(FABRIKAM),
		dedupKey: 'v1|wazuh|fabrikam|cve|srv-01',
	};

	test.each(['createOrClose', 'create', 'close'])(
		'CS-14 %s leaves the events of other companies alone, whatever mapped them',
		async (operation) => {
			await halo.decide([evaluated(fabrikam)]);
			const before = halo.tickets();
			const make = operation === 'close' ? resolved : evaluated;
			const decisions = await halo.decide([make(fabrikam)], { operation }, only);
			expect(decisions).toMatchObject([
				{
					decision: 'skipped_scope',
					reason:
						'The credential is for company "Contoso Ltd" only; this event is of "Fabrikam Inc" (id 43). Leave Associated Company in the credential empty to take all.',
				},
			]);
			expect(halo.tickets()).toEqual(before);
		},
	);

	test('its own events, and those that name no company, are decided beside them', async () => {
		const nobody = { id: null, name: null, displayName: null, reference: null, domain: null };
		const events = [
			evaluated(fabrikam),
			evaluated(),
			evaluated({ company: nobody, dedupKey: 'v1|wazuh||cve|srv-02' }),
		];
		expect((await halo.decide(events, {}, only)).map(({ decision }) => decision)).toEqual([
			'skipped_scope',
			'created',
			'created',
		]);
	});

	test('a scan closes nothing on the client of a company that the credential is not for', async () => {
		const SCAN = {
			operation: 'syncScan',
			scanComplete: 'yes',
			options: { misses: 1, closePercent: 100 },
		};
		const on = (asset: string) =>
			evaluated({ ...fabrikam, dedupKey: `v1|wazuh|fabrikam|cve|${asset}` });
		await halo.decide(['a', 'b', 'c'].map(on));
		const decisions = await halo.decide(['a'].map(on), SCAN, only);
		expect(decisions[0]).toMatchObject({ decision: 'skipped_scope' });
		expect(halo.openTickets()).toHaveLength(3);
	});
});
