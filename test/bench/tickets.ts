import type { IDataObject } from 'n8n-workflow';

import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { RequestBudget, DEFAULT_REQUESTS_PER_WINDOW } from '../../nodes/shared/halo/http/budget';
import { processStateFor } from '../../nodes/shared/halo/http/process-state';
import { readFields, readTokenRequest } from '../../nodes/shared/halo/sign-in/token';
import { startHaloSimulator, type HaloSimulator } from '../../sandbox/halo';
import { CredentialStore, haloCredentialOf, runNode } from '../support/engine';
import { makeEvent } from './data/events';
import { createRandom } from '../support/random';
import { average, count, duration, perSecond, ratio, type Cell, type Section } from './report';
import type { BenchSizes } from './sizes';

/** First of the clients that the simulator's seed generates. */
const FIRST_CLIENT = 101;
const INCIDENT = '1';
const CLOSED = '9';

/** n8n's built-in HaloPSA node behind a Webhook node: a token and a create per event. */
const BUILT_IN_REQUESTS_PER_EVENT = 2;

const WINDOW_MINUTES = 5;

/** Never makes a request wait: what is measured is the work; the waits are computed. */
class Unlimited extends RequestBudget {
	override waitFor(): number {
		return 0;
	}
}

/** What one run of the node sent to Halo and made there. */
interface TicketRun {
	events: number;
	ms: number;
	requests: number;
	tokens: number;
	creates: number;
	decisions: Map<string, number>;
}

interface Bench {
	halo: HaloSimulator;
	run(events: readonly IDataObject[]): Promise<TicketRun>;
	stop(): Promise<void>;
}

/** An event as it leaves Evaluate Event Set: open, severe, on one of the clients. */
function finding(index: number, clients: number): IDataObject {
	const event = makeEvent(index, createRandom(index + 1));
	const clientId = FIRST_CLIENT + (index % clients);
	return {
		...event,
		status: 'open',
		severity: 'high',
		groupKey: event.dedupKey ?? null,
		eventSet: 'All rules',
		rule: 'rest',
		mapping: {
			haloClientId: clientId,
			haloClientName: null,
			method: 'explicit',
			origin: 'row 1',
			createTicket: true,
			noNotification: false,
			eventSet: null,
			profile: null,
		},
	};
}

/** A simulated Halo with the node on n8n's engine; the credential, and so its token, lives as long. */
async function openBench(): Promise<Bench> {
	const halo = await startHaloSimulator();
	const credential = haloCredentialOf(halo);
	processStateFor(readTokenRequest(readFields(credential)).fingerprint).budget = new Unlimited();
	const store = new CredentialStore({ haloPsaBridgeApi: credential });
	const picked = (value: string) => ({ __rl: true, mode: 'id', value });
	return {
		halo,
		run: async (events) => {
			halo.journal.length = 0;
			const started = performance.now();
			const { json, error } = await runNode({
				node: new HaloTicket(),
				parameters: { ticketType: picked(INCIDENT), closeStatus: picked(CLOSED) },
				inputs: [[...events]],
				credentials: store,
			});
			const ms = performance.now() - started;
			if (error !== null) throw new Error(`${error.message} ${error.description ?? ''}`);
			const decisions = new Map<string, number>();
			for (const { decision } of json[0] ?? []) {
				decisions.set(String(decision), (decisions.get(String(decision)) ?? 0) + 1);
			}
			const { journal } = halo;
			return {
				events: events.length,
				ms,
				requests: journal.length,
				tokens: journal.filter(({ path }) => path.endsWith('/token')).length,
				creates: journal.filter(({ method, path }) => method === 'POST' && /\/tickets$/i.test(path))
					.length,
				decisions,
			};
		},
		stop: async () => await halo.stop(),
	};
}

const ours = (halo: HaloSimulator): IDataObject[] =>
	halo
		.tickets()
		.map((ticket) => ticket as IDataObject)
		.filter(({ summary }) => String(summary).includes('(scanref '));

/** Minutes that Halo's limit adds at least when the requests come at once. */
function waitMinutes(requests: number): number {
	return Math.floor(Math.max(requests - 1, 0) / DEFAULT_REQUESTS_PER_WINDOW) * WINDOW_MINUTES;
}

function decided({ decisions }: TicketRun): string {
	return [...decisions].map(([name, times]) => `${times} ${name}`).join(', ');
}

/** What a case of the design's request budget must not exceed, token and lists left out. */
interface Case {
	name: string;
	run: TicketRun;
	/** Requests that the design allows, lists cached. */
	budget: number;
}

async function measureBatches({ findings, clients }: BenchSizes): Promise<Case[]> {
	const bench = await openBench();
	try {
		const all = Array.from({ length: findings }, (_unused, index) => finding(index, clients));
		const named = `${count(findings).text} findings over ${clients} clients`;
		const fresh = finding(findings + 1, clients);
		const cases: Case[] = [];
		const add = async (name: string, events: IDataObject[], budget: number) => {
			cases.push({ name, run: await bench.run(events), budget });
		};
		await add(`${named}, new, nothing cached`, all, findings + 120);
		await add('the same again', all, 60);
		await add('one new', [fresh], 3);
		await add('one repeated', [fresh], 1);
		return cases;
	} finally {
		await bench.stop();
	}
}

interface BaselineRun {
	requests: number;
	tickets: number;
}

/** Half as many problems as events: every problem is reported twice. */
async function measureBaseline(sizes: BenchSizes, together: boolean): Promise<BaselineRun> {
	const bench = await openBench();
	try {
		const problems = Math.ceil(sizes.baselineEvents / 2);
		const events = Array.from({ length: sizes.baselineEvents }, (_unused, index) =>
			finding(index % problems, sizes.clients),
		);
		const batches = together ? [events] : events.map((event) => [event]);
		let requests = 0;
		for (const batch of batches) requests += (await bench.run(batch)).requests;
		return { requests, tickets: ours(bench.halo).length };
	} finally {
		await bench.stop();
	}
}

/** Halo Ticket against the simulator: requests, tickets, time. */
export async function benchTickets(sizes: BenchSizes): Promise<Section> {
	const cases = await measureBatches(sizes);
	const together = await measureBaseline(sizes, true);
	const oneByOne = await measureBaseline(sizes, false);
	const { baselineEvents: events } = sizes;
	const problems = Math.ceil(events / 2);
	const builtIn: BaselineRun = { requests: events * BUILT_IN_REQUESTS_PER_EVENT, tickets: events };
	const baselineRow = (name: string, { requests, tickets }: BaselineRun): Cell[] => [
		name,
		ratio(requests / builtIn.requests),
		count(requests),
		count(tickets),
		count(tickets - problems),
	];
	return {
		title: 'Halo Ticket',
		headline: `${events} events of ${problems} problems cost ${together.requests} requests in one run and make ${together.tickets} tickets; n8n's built-in node sends ${builtIn.requests} and makes ${builtIn.tickets}.`,
		method: [
			`One run of the node on n8n's engine against the Halo simulator; requests are those that the simulator received, token and lists included. The simulator answers at once and its limit is off: a real Halo adds its own time, and its limit (the node sends at most ${DEFAULT_REQUESTS_PER_WINDOW} requests in ${WINDOW_MINUTES} minutes) the waits of the last column. Times are of one run.`,
			`Baseline: n8n's built-in HaloPSA node behind a Webhook node sends a token request and a create per event: ${builtIn.requests} requests and ${builtIn.tickets} tickets for ${events} events of ${problems} problems, as counted with n8n 2.40.7.`,
		],
		ratios: [
			{
				caption: `${events} events of ${problems} problems, requests divided by those of the built-in node:`,
				head: ['what', 'requests / built-in', 'requests', 'tickets', 'duplicates'],
				rows: [
					baselineRow("n8n's built-in HaloPSA node", builtIn),
					baselineRow('Halo Ticket, all in one run (process-inbox)', together),
					baselineRow('Halo Ticket, one run per event (quick start)', oneByOne),
				],
			},
			{
				caption:
					'Requests per event, and the budget that the design sets (without token and lists):',
				head: ['case', 'requests per event', 'requests', 'of these tokens', 'creates', 'budget'],
				rows: cases.map(({ name, run, budget }) => [
					name,
					average(run.requests / run.events),
					count(run.requests),
					count(run.tokens),
					count(run.creates),
					count(budget),
				]),
			},
		],
		absolute: [
			{
				caption: 'Absolute:',
				head: ['case', 'decisions', 'time', 'events', "waits of Halo's limit"],
				rows: cases.map(({ name, run }) => [
					name,
					decided(run),
					duration(run.ms),
					perSecond((run.events / run.ms) * 1000),
					{ value: waitMinutes(run.requests), text: `${waitMinutes(run.requests)} min` },
				]),
			},
		],
	};
}
