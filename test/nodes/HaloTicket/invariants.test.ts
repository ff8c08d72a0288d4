import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloTicket } from '../../../nodes/HaloTicket/HaloTicket.node';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import type { ScopePreset } from '../../../nodes/shared/halo/sign-in/scopes';
import { createRandom } from '../../support/random';
import { waitFor } from '../../../sandbox/host/wait';
import { haloCredentialOf, runNode } from '../../support/engine';
import { ownTime } from '../../support/engine/own-time';
import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	LEAST,
	mappedTo,
	picked,
	resolved,
	startTicketing,
	type Ticketing,
} from './support';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../../support/engine/own-time')>('../../support/engine/own-time')
		.workflowWithOwnTime(),
);

const FINDINGS = 50;
const ROUNDS = 20;
const MINUTE = 60_000;
/** Halo's window of requests: a run that has to wait for it moves the clock. */
const WINDOW = 5 * MINUTE;

let halo: Ticketing;

beforeAll(() => ownTime.takeOver());
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	expect(halo.simulator.mails).toEqual([]);
	expect(halo.simulator.failures).toEqual([]);
	await halo.simulator.stop();
});

/** Finding n; even ones are Contoso's, odd ones Fabrikam's, so that no client has more than its storm cap. */
function finding(number: number, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	return make({
		dedupKey: `v1|wazuh|finding ${number}`,
		title: `Finding ${number}`,
		mapping: mappedTo(number % 2 === 0 ? CONTOSO : FABRIKAM),
		...change,
	});
}

function shuffled<Entry>(entries: readonly Entry[], random: () => number): Entry[] {
	return entries
		.map((entry): [number, Entry] => [random(), entry])
		.sort(([left], [right]) => left - right)
		.map(([, entry]) => entry);
}

/** Our notes on a ticket; what Halo logs by itself is none. */
function notesOn(ticket: IDataObject): string[] {
	return ((ticket.actions ?? []) as IDataObject[])
		.map(({ note }) => String(note))
		.filter((note) => note.includes('(scannote '));
}

/** A run of another n8n process: it shares neither queue nor budget nor lists with the others. */
async function runElsewhere(events: IDataObject[], scopePreset: ScopePreset) {
	const credential = { ...haloCredentialOf(halo.simulator), scopePreset };
	return await runNode({
		node: new HaloTicket(),
		parameters: LEAST,
		inputs: [events],
		credentials: { haloPsaBridgeApi: credential },
	});
}

function references(): string[] {
	return halo.openTickets().flatMap(({ summary }) => referencesIn(String(summary)));
}

test('CS-02 CS-22 50 findings sent 20 times in any order, with other scores and times, are 50 tickets with one note at most', async () => {
	const random = createRandom(20_260_504);
	const start = Date.now() - 24 * 60 * MINUTE;
	// Every finding gets worse once, some of them before they are first sent, and stays so.
	const worseFrom = Array.from({ length: FINDINGS }, () => Math.floor(random() * ROUNDS));
	for (let round = 0; round < ROUNDS; round += 1) {
		const events = Array.from({ length: FINDINGS }, (_, number) =>
			finding(number, {
				severity: round < (worseFrom[number] ?? 0) ? 'medium' : 'high',
				cvss: Math.round(random() * 100) / 10,
				epss: random(),
				rawSeverity: String(Math.floor(random() * 15)),
				deliveryId: `delivery ${round}`,
				time: new Date(start + (round + random()) * 60 * MINUTE).toISOString(),
			}),
		);
		const decisions = await halo.decide(shuffled(events, random));
		expect(decisions).toHaveLength(FINDINGS);
		expect(decisions.filter(({ decision }) => decision === 'failed')).toEqual([]);
		ownTime.advance(WINDOW);
	}
	expect(halo.tickets()).toHaveLength(FINDINGS);
	expect(new Set(references()).size).toBe(FINDINGS);
	const counts = halo.tickets().map((ticket) => notesOn(ticket).length);
	expect(Math.max(...counts)).toBe(1);
	expect(counts.filter((count) => count === 1)).toHaveLength(
		worseFrom.filter((round) => round > 0).length,
	);
}, 180_000);

test('CS-22 two n8n processes that get the same 50 findings at once leave 50 open tickets, the older of each pair', async () => {
	const random = createRandom(7);
	const events = Array.from({ length: FINDINGS }, (_, number) => finding(number));
	const runs = await Promise.all([
		runElsewhere(shuffled(events, random), 'all'),
		runElsewhere(shuffled(events, random), 'ticketsAndAssets'),
	]);
	for (const { error, json } of runs) {
		expect(error).toBeNull();
		expect(json[0]).toHaveLength(FINDINGS);
	}
	// They did race, or this would prove nothing.
	expect(halo.tickets().length).toBeGreaterThan(FINDINGS);
	expect(halo.openTickets()).toHaveLength(FINDINGS);
	expect(new Set(references()).size).toBe(FINDINGS);
	const open = new Set(halo.openTickets().map(({ id }) => id));
	const decisions = runs.flatMap(({ json }) => json[0] ?? []);
	expect(decisions.filter(({ ticketId }) => !open.has(ticketId as number))).toEqual([]);
	expect(decisions.filter(({ decision }) => decision === 'created')).toHaveLength(FINDINGS);
}, 120_000);

test('CS-22 five runs at once with the same 50 problems of one client leave 25 tickets and one digest', async () => {
	const here = { mapping: mappedTo(CONTOSO) };
	const events = Array.from({ length: FINDINGS }, (_, number) => finding(number, here));
	const runs = await Promise.all(
		[1, 2, 3, 4, 5].map(async (seed) => await halo.decide(shuffled(events, createRandom(seed)))),
	);
	expect(runs.flat().filter(({ decision }) => decision === 'failed')).toEqual([]);
	// They did race, or this would prove nothing.
	expect(halo.tickets().length).toBeGreaterThan(26);
	const digests = halo
		.openTickets()
		.filter(({ summary }) => String(summary).includes('scanroster'));
	expect(digests).toHaveLength(1);
	expect(halo.openTickets()).toHaveLength(26);
	expect(new Set(references()).size).toBe(26);
	const again = await halo.decide(events);
	expect(new Set(again.map(({ decision }) => decision))).toEqual(new Set(['unchanged']));
	expect(halo.openTickets()).toHaveLength(26);
}, 180_000);

test.each([
	['resolve later', 0, 'closed'],
	['open later', 1, 'open'],
])(
	'ID-03 a batch that holds open and resolve of one problem ends as the later time says, in either order: %s',
	async (_, swapped, end) => {
		const times = [30, 20].map((ago) => new Date(Date.now() - ago * MINUTE).toISOString());
		const pair = [
			finding(0, { time: times[swapped] }),
			finding(0, { status: 'resolved', time: times[1 - swapped] }),
		];
		for (const [first, last] of [pair, [...pair].reverse()]) {
			halo.simulator.reset();
			await halo.decide([finding(2)]);
			const batch = [first, finding(1), finding(2, { severity: 'critical' }), last];
			const decisions = await halo.decide(batch.filter((event) => event !== undefined));
			expect(decisions).toHaveLength(4);
			expect(halo.tickets()).toHaveLength(3);
			const left = halo.openTickets().map(({ summary }) => /Finding \d/.exec(String(summary))?.[0]);
			expect(left.sort()).toEqual([
				...(end === 'open' ? ['Finding 0'] : []),
				'Finding 1',
				'Finding 2',
			]);
		}
	},
);

describe('HI-18 a dry run', () => {
	const URGENT: INodeParameters = { moreFields: { sla: picked('1'), priority: picked('1') } };
	const DECISIONS = [
		'created',
		'updated',
		'noted',
		'reopened',
		'closed',
		'unchanged',
		'digested',
		'kept_open',
		'already_closed',
		'not_found',
		'held_ambiguous',
		'held_unmapped',
		'skipped_info',
		'skipped_suppressed',
		'skipped_simulation',
		'failed',
	];
	const WOULD: Record<string, string> = {
		created: 'would_create',
		updated: 'would_update',
		noted: 'would_note',
		reopened: 'would_reopen',
		closed: 'would_close',
		digested: 'would_digest',
	};
	const key = (dedupKey: string, change: IDataObject = {}) => finding(0, { dedupKey, ...change });
	const over = (dedupKey: string, change: IDataObject = {}) =>
		key(dedupKey, { status: 'resolved', ...change });

	async function prepare(): Promise<void> {
		const low = { moreFields: { sla: picked('1'), priority: picked('4') } };
		const names = ['rises', 'falls', 'returns', 'ends', 'stays', 'touched', 'gone', 'two'];
		const events = names.map((name) => key(name, { severity: name === 'falls' ? 'high' : 'low' }));
		const made = await halo.decide(events, low);
		await halo.decide([over('returns'), over('gone')]);
		await halo.decide([key('two', { mapping: mappedTo(FABRIKAM) })], low);
		const touched = made.find(({ dedupKey }) => dedupKey === 'touched');
		halo.afterTheRules();
		halo.simulator.technician.note(Number(touched?.ticketId), 'On it');
		ownTime.advance(2 * 24 * 60 * MINUTE);
	}

	test('decides about every kind of event as the real run does, and sends reads only', async () => {
		await prepare();
		const batch = [
			key('new'),
			key('rises', { severity: 'critical' }),
			key('falls', { severity: 'medium', time: new Date(Date.now()).toISOString() }),
			key('returns', { severity: 'low' }),
			over('ends'),
			key('stays', { severity: 'low' }),
			over('touched'),
			over('gone'),
			over('never'),
			over('two', { mapping: null }),
			key('homeless', { mapping: null }),
			key('told', { status: 'info' }),
			key('accepted', { status: 'suppressed' }),
			key('drill', { simulation: true }),
			...Array.from({ length: 4 }, (_, number) => key(`more ${number}`, { severity: 'low' })),
			{ ...key('broken'), severity: 'dreadful' },
		];
		const options = { stormCap: 3 };
		halo.simulator.journal.length = 0;
		const dry = await halo.decide(batch, { ...URGENT, options: { ...options, dryRun: true } });
		const sent = halo.simulator.journal.filter(({ path }) => !path.endsWith('/token'));
		expect(sent.length).toBeGreaterThan(0);
		expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);

		const real = await halo.decide(batch, { ...URGENT, options });
		expect(halo.writes().length).toBeGreaterThan(0);
		expect(dry.map(({ decision, reference }) => [reference, decision])).toEqual(
			real.map(({ decision, reference }) => [reference, WOULD[String(decision)] ?? decision]),
		);
		expect(new Set(real.map(({ decision }) => decision))).toEqual(new Set(DECISIONS));
	});
});

test('stopped by hand: the create on its way is finished, no other is sent, and the next run finds it by reference', async () => {
	const { simulator } = halo;
	const events = Array.from({ length: 8 }, (_, number) => finding(number));
	let stop = (): void => undefined;
	let creates = 0;
	simulator.faults.add({
		name: 'slow',
		ms: 200,
		times: 'always',
		when: ({ method, path }) => {
			if (method !== 'POST' || !path.endsWith('/Tickets')) return false;
			creates += 1;
			if (creates === 3) stop();
			return true;
		},
	});
	await runNode({
		node: new HaloTicket(),
		parameters: LEAST,
		inputs: [events],
		simulator,
		onStart: (press) => {
			stop = press;
		},
	});
	// n8n gives the stopped run out at once; the request on its way is still being answered.
	const posts = () =>
		simulator.journal.filter(({ method, path }) => method === 'POST' && !path.endsWith('/token'));
	await waitFor('the answer to the third create', () => posts()[2]?.status || null, {
		withinMs: 10_000,
		everyMs: 20,
	});
	expect(posts().map(({ status }) => status)).toEqual([201, 201, 201]);
	expect(halo.tickets()).toHaveLength(3);
	simulator.faults.clear();

	const after = await halo.decide(events);
	expect(after.map(({ decision }) => decision)).toEqual([
		...Array<string>(3).fill('unchanged'),
		...Array<string>(5).fill('created'),
	]);
	expect(halo.tickets()).toHaveLength(events.length);
	// Whatever the stopped run had gone on to send would stand here too.
	expect(posts()).toHaveLength(events.length);
});

test('a token is fetched once an hour for a credential that is stored, however many runs there are', async () => {
	const credentials = { haloPsaBridgeApi: haloCredentialOf(halo.simulator) };
	const { store } = await runNode({
		node: new HaloTicket(),
		parameters: LEAST,
		inputs: [[finding(0)]],
		credentials,
	});
	const run = async () =>
		await runNode({
			node: new HaloTicket(),
			parameters: LEAST,
			inputs: [[finding(0)]],
			credentials: store,
		});
	const tokens = () => halo.simulator.journal.filter(({ path }) => path.endsWith('/token')).length;
	const refused = () => halo.simulator.journal.filter(({ status }) => status === 401).length;
	// Five minutes short of the hour, eleven runs later.
	for (let minutes = 5; minutes < 60; minutes += 5) {
		ownTime.advance(5 * MINUTE);
		expect((await run()).error).toBeNull();
	}
	expect([tokens(), refused()]).toEqual([1, 0]);
	ownTime.advance(5 * MINUTE);
	expect((await run()).error).toBeNull();
	expect([tokens(), refused()]).toEqual([2, 1]);
});
