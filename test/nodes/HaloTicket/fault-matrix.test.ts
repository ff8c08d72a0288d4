import type { IDataObject } from 'n8n-workflow';

import type { FaultName, FaultRule } from '../../../sandbox/halo';
import { limitTimeouts, ownTime } from '../../support/engine/own-time';
import { fillTenant, SCENARIOS, type Scenario } from './fault-scenarios';
import { finalState, type FinalTicket } from './final-state';
import { startTicketing, type Ticketing } from './support';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../../support/engine/own-time')>('../../support/engine/own-time')
		.workflowWithOwnTime(),
);

type Subject = Parameters<NonNullable<FaultRule['when']>>[0];

/** A way to break Halo: what is armed on a tenant that is otherwise well. */
type Break = (halo: Ticketing) => void;

/** Long enough for an answer on a busy machine, short enough for dozens of requests that get none. */
const TIMEOUT_MS = 250;
/** Halo's creates read their number so long before they store the ticket; a person's ticket comes in between. */
const RACE_MS = 40;
/** Refusals in a row of a burst: the node gives up after the fifth try. */
const BURST = 3;
const MINUTE = 60_000;
const BY_HAND = 'Logged by hand';

/** What kind of request it is: each kind meets the fault once. */
function kindOf({ body, method, path, query }: Subject): string {
	const first: unknown = Array.isArray(body) ? body[0] : null;
	const changes = typeof first === 'object' && first !== null && 'id' in first;
	const names = Object.keys(query).sort().join(' ');
	const page = query.page_no === undefined ? '' : `page ${query.page_no}`;
	return [method, path.replace(/\d+/g, '#'), names, page, changes ? 'change' : ''].join('|');
}

/** True for the first requests of every kind. @param times how many of each */
function firstOfKind(times = 1): (subject: Subject) => boolean {
	const seen = new Map<string, number>();
	return (subject) => {
		if (subject.path.endsWith('/token')) return false;
		const kind = kindOf(subject);
		const before = seen.get(kind) ?? 0;
		seen.set(kind, before + 1);
		return before < times;
	};
}

function once(name: FaultName, more: Partial<FaultRule> = {}, times = 1): Break {
	return ({ simulator }) => {
		simulator.faults.add({
			name,
			times: 'always',
			when: firstOfKind(times),
			...more,
		});
	};
}

/** Somebody logs a ticket while ours is on its way, and Halo gives both the same number. */
function race(outcome: 'status-500' | 'same-id'): Break {
	return ({ simulator }) => {
		const { switches, technician } = simulator;
		Object.assign(switches, {
			idAllocation: 'max-plus-one',
			idRaceMs: RACE_MS,
			idRaceOutcome: outcome,
		});
		const raced = new Set<string>();
		const meet = ({ body, method, path }: Subject): boolean => {
			const [draft] = Array.isArray(body) ? (body as IDataObject[]) : [];
			const summary = String(draft?.summary);
			const creates = method === 'POST' && path.endsWith('/Tickets') && draft?.id === undefined;
			if (!creates || raced.has(summary)) return false;
			raced.add(summary);
			setTimeout(() => technician.create({ summary: BY_HAND, client_id: 13 }), RACE_MS / 4);
			return false;
		};
		// The rule meets nothing; it only sees the creates come in.
		simulator.faults.add({ name: 'slow', times: 'always', when: meet });
	};
}

const FAULTS: ReadonlyArray<[name: string, breaks: readonly Break[]]> = [
	['timeout', [once('timeout-before'), once('timeout-after-commit')]],
	['reset after commit', [once('reset-after-commit')]],
	['reset before', [once('reset-before')]],
	['500 once', [once('status-500'), once('status-500-after-commit')]],
	['502 as HTML', [once('html-502')]],
	['504', [once('html-504'), once('html-504-after-commit')]],
	[
		'429, seconds',
		[once('rate-limit-429', { retryAfter: 'seconds', retryAfterSeconds: 7 }, BURST)],
	],
	['429, date', [once('rate-limit-429', { retryAfter: 'date', retryAfterSeconds: 9 }, BURST)]],
	['429, nothing', [once('rate-limit-429', { retryAfter: 'none' }, BURST)]],
	['401 mid-run', [once('unauthorized-401')]],
	[
		'ignored filter',
		[({ simulator }) => simulator.faults.add({ name: 'ignore-filters', times: 'always' })],
	],
	[
		'repeated page',
		[
			once('repeat-page'),
			({ simulator }) => simulator.faults.add({ name: 'repeat-page', times: 'always' }),
		],
	],
	[
		'slow token',
		[({ simulator }) => simulator.faults.add({ name: 'slow-token', ms: 300, times: 'always' })],
	],
	['id race', [race('status-500'), race('same-id')]],
];

interface Ending {
	tickets: FinalTicket[];
	byHand: FinalTicket[];
	decisions: unknown[];
	requests: number;
	/** Tickets that were made. */
	creates: number;
	/** Requests that met the fault. */
	met: number;
	mails: number;
}

function isByHand({ summary }: FinalTicket): boolean {
	return summary === BY_HAND;
}

async function end({ act, before }: Scenario, fault: Break | null): Promise<Ending> {
	const halo = await startTicketing();
	try {
		fillTenant(halo);
		await before(halo);
		halo.simulator.journal.length = 0;
		// Runs that start together share a token; this one fetches its own.
		ownTime.advance(MINUTE);
		fault?.(halo);
		const count = () => halo.tickets().length;
		const there = count();
		const decisions = await act(halo);
		const all = finalState(halo.simulator);
		expect(halo.simulator.failures).toEqual([]);
		return {
			tickets: all.filter((ticket) => !isByHand(ticket)),
			byHand: all.filter(isByHand),
			decisions: decisions.map(({ decision, reference }) => [reference, decision]),
			creates: count() - there,
			requests: halo.simulator.journal.length,
			met: halo.simulator.journal.filter((entry) => entry.fault !== null).length,
			mails: halo.simulator.mails.length,
		};
	} finally {
		await halo.simulator.stop();
	}
}

const cells = FAULTS.flatMap(([fault, breaks]) =>
	SCENARIOS.map((scenario): [string, string, readonly Break[], Scenario] => [
		fault,
		scenario.name,
		breaks,
		scenario,
	]),
);
const healthy = new Map<string, Ending>();
const used = new Map<string, number[]>();

beforeAll(async () => {
	ownTime.takeOver();
	for (const scenario of SCENARIOS) healthy.set(scenario.name, await end(scenario, null));
}, 120_000);

afterAll(() => {
	process.stdout.write(table());
});

test('CS-22 the matrix has 84 cells, and without a fault each operation does what it is named for', () => {
	expect(FAULTS).toHaveLength(14);
	expect(SCENARIOS).toHaveLength(6);
	expect(cells).toHaveLength(84);
	const done = (name: Scenario['name']) =>
		new Set(healthy.get(name)?.decisions.map((one) => (one as string[])[1]));
	expect(done('create')).toEqual(new Set(['created', 'updated']));
	expect(done('note')).toEqual(new Set(['updated', 'unchanged', 'noted']));
	expect(done('close')).toEqual(new Set(['closed', 'updated']));
	expect(done('reopen')).toEqual(new Set(['reopened', 'updated']));
	expect(done('digest')).toEqual(new Set(['created', 'digested', 'updated']));
	expect(done('sync scan')).toEqual(new Set(['created', 'unchanged', 'closed']));
});

test.each(cells)(
	'CS-22 %s, %s: the same tickets as without the fault',
	async (fault, name, breaks, scenario) => {
		const well = healthy.get(name);
		const creates = well?.creates ?? NaN;
		limitTimeouts(fault === 'timeout' ? TIMEOUT_MS : Infinity);
		const endings = await Promise.all(breaks.map(async (broken) => await end(scenario, broken)));
		for (const ending of endings) {
			// Texts are compared first: a comparison member by member is for the eyes of who reads a failure.
			if (JSON.stringify(ending.tickets) !== JSON.stringify(well?.tickets)) {
				expect(ending.tickets).toEqual(well?.tickets);
			}
			expect(ending.decisions).toEqual(well?.decisions);
			expect(ending.mails).toBe(0);
			if (fault === 'id race') expect(ending.byHand).toHaveLength(creates);
			else expect(ending.met).toBeGreaterThan(0);
			// What people logged meanwhile was left alone: its opening is all that stands there.
			expect(ending.byHand.filter(({ notes, open }) => notes.length !== 1 || !open)).toEqual([]);
			const key = `${fault}|${name}`;
			used.set(key, [...(used.get(key) ?? []), ending.requests]);
		}
	},
);

/** Requests of every cell that held; `-` for one that did not. */
function table(): string {
	const names = SCENARIOS.map(({ name }) => name);
	const row = (title: string, values: string[]) =>
		`| ${[title.padEnd(20), ...values.map((value) => value.padEnd(10))].join(' | ')} |\n`;
	const held = [...used.keys()].length;
	return [
		`Same final tickets in ${held} of ${cells.length} cells; requests used, per variant of the fault\n`,
		row('fault', names),
		row(
			'none',
			names.map((name) => String(healthy.get(name)?.requests ?? '-')),
		),
		...FAULTS.map(([fault]) =>
			row(
				fault,
				names.map((name) => used.get(`${fault}|${name}`)?.join(' / ') ?? '-'),
			),
		),
	].join('');
}
