import axios from 'axios';

import {
	type JsonRecord,
	type N8nHost,
	type WorkflowFile,
	asRecord,
	findHost,
} from '../../sandbox/host';
import {
	haloCredential,
	HALO_CREDENTIAL,
	node,
	openStage,
	type Stage,
	webhookCredential,
} from '../support/host';
import { codeNodeScript } from './data/code-node';
import { makeEvents, makeRules, makeSetRow } from './data/events';
import { median } from './measure';
import { count, duration, perSecond, ratio, share, type Section } from './report';
import type { BenchSizes } from './sizes';

const PACK = 'n8n-nodes-halopsa-bridge';
const TITLE = 'In a real n8n';
const SECRET = 'a-secret-for-the-benchmark';
const WEBHOOK_CREDENTIAL = { id: null, name: 'Scanner webhook secret' };
const BUILT_IN_CREDENTIAL = { id: null, name: 'Halo of n8n itself' };

/** Over many clients, as the storm cap counts per client: the seed generates 101 and on. */
const CLIENT_OF_COMPANY = "={{ 101 + (Number($json.company.name.split(' ')[1]) % 50) }}";
/** Bodies of 20,000 events are larger than n8n's 16 MB. */
const LARGEST_BODY_MB = 256;
/** A scanner that sends what it found does not wait for each answer. */
const IN_FLIGHT = 5;
/** After one that does not count; each takes seconds. */
const RUNS = 3;

type Wire = readonly [from: string, to: string, input?: number];

/** Successful runs are not stored: that would be measured too. */
export function workflow(
	id: string,
	name: string,
	nodes: JsonRecord[],
	wires: Wire[],
): WorkflowFile {
	const connections: Record<string, { main: [JsonRecord[]] }> = {};
	for (const [from, to, input = 0] of wires) {
		const { main } = (connections[from] ??= { main: [[]] });
		main[0].push({ node: to, type: 'main', index: input });
	}
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };
	return { id, name, nodes, connections, settings };
}

/** A webhook that answers with what its workflow gives. @param path its own, too, as id */
export function webhook(path: string): JsonRecord {
	const parameters = { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} };
	return node('Webhook', 'n8n-nodes-base.webhook', 2, parameters, { webhookId: path });
}

/** Runs before the other branches, which lie lower: n8n goes from top to bottom. */
const TOP = { position: [0, -200] };

/** The time, once for all items that come in. */
function clock(name: string, more: JsonRecord = {}): JsonRecord {
	const before = name === 'Begin' ? '{{ Date.now() }}' : "{{ $('Begin').first().json.begin }}";
	const assignments = [
		{ id: 'begin', name: 'begin', value: `=${before}`, type: 'number' },
		{ id: 'end', name: 'end', value: '={{ Date.now() }}', type: 'number' },
	];
	const parameters = { mode: 'manual', assignments: { assignments }, options: {} };
	return node(name, 'n8n-nodes-base.set', 3.4, parameters, { executeOnce: true, ...more });
}

/** Events in, the time that the node in the middle took out: with our node, with the Code node. */
function evaluations(rules: number): WorkflowFile[] {
	const written = makeRules(rules);
	const split = node('Split Out', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.events',
		options: {},
	});
	const set = { mode: 'raw', jsonOutput: JSON.stringify(makeSetRow(written)), options: {} };
	const sets = node('Sets', 'n8n-nodes-base.set', 3.4, set, TOP);
	const evaluate = node('Node', `${PACK}.evaluateEventSet`, 1, { eventSetFrom: 'rows' });
	const code = node('Node', 'n8n-nodes-base.code', 2, { jsCode: codeNodeScript(written) });
	const around = [split, clock('Begin', TOP), clock('End')];
	const wires: Wire[] = [
		['Webhook', 'Split Out'],
		['Split Out', 'Begin'],
		['Split Out', 'Node'],
		['Node', 'End'],
	];
	return [
		workflow(
			'benchEvaluate001',
			'Evaluate Event Set',
			[webhook('bench-evaluate'), sets, evaluate, ...around],
			[['Webhook', 'Sets'], ['Sets', 'Node', 1], ...wires],
		),
		workflow('benchCode0000001', 'Code', [webhook('bench-code'), code, ...around], wires),
	];
}

/** One event per call, into n8n's own Halo node and into the straight line of the pack. */
function ticketLines(): WorkflowFile[] {
	const halo = { credentials: { haloPsaBridgeApi: HALO_CREDENTIAL } };
	const picked = (value: string) => ({ __rl: true, mode: 'id', value });
	return [
		workflow(
			'benchBuiltIn0001',
			'Built-in HaloPSA node',
			[
				webhook('bench-built-in'),
				node(
					'Create',
					'n8n-nodes-base.haloPSA',
					1,
					{
						resource: 'ticket',
						operation: 'create',
						ticketType: '1',
						summary: '={{ $json.body.title }}',
						details: '={{ $json.body.description }}',
						additionalFields: {},
					},
					{ credentials: { haloPSAApi: BUILT_IN_CREDENTIAL } },
				),
			],
			[['Webhook', 'Create']],
		),
		workflow(
			'benchOurs0000001',
			'The pack',
			[
				node(
					'Scanner Trigger',
					`${PACK}.scannerTrigger`,
					1,
					{ source: 'canonical', path: 'bench-ours' },
					{
						webhookId: '7c1f5f0e-52c1-4bb0-9f5e-0f2f0f4f6a01',
						credentials: { webhookSecretApi: WEBHOOK_CREDENTIAL },
					},
				),
				node(
					'Map',
					`${PACK}.mapCompany`,
					1,
					{ operation: 'resolve', mappingFrom: 'fixed', client: picked(CLIENT_OF_COMPANY) },
					halo,
				),
				node('Evaluate', `${PACK}.evaluateEventSet`, 1, {}),
				node(
					'Ticket',
					`${PACK}.haloTicket`,
					1,
					{ ticketType: picked('1'), closeStatus: picked('9') },
					halo,
				),
			],
			[
				['Scanner Trigger', 'Map'],
				['Map', 'Evaluate'],
				['Evaluate', 'Ticket'],
			],
		),
	];
}

async function post(url: string, body: unknown): Promise<unknown> {
	const { status, data } = await axios.post<unknown>(url, body, {
		headers: { 'X-Webhook-Token': SECRET },
		maxBodyLength: Infinity,
		validateStatus: () => true,
		proxy: false,
	});
	if (status === 200) return data;
	throw new Error(`n8n answered ${status}: ${JSON.stringify(data).slice(0, 300)}`);
}

interface EvaluationCost {
	size: number;
	/** Milliseconds of the node alone. */
	node: number;
	code: number;
}

async function measureEvaluations(url: string, size: number): Promise<EvaluationCost> {
	const events = makeEvents(size);
	const time = async (path: string): Promise<number> => {
		const { begin, end } = asRecord(await post(`${url}/webhook/${path}`, { events }), path);
		const ms = Number(end) - Number(begin);
		if (ms >= 0) return Math.max(ms, 1);
		throw new Error(`${path} answered no times: ${String(begin)}, ${String(end)}`);
	};
	// Not counted: it starts what n8n starts late, the task runner among it.
	await time('bench-evaluate');
	await time('bench-code');
	const ours: number[] = [];
	const code: number[] = [];
	for (let run = 0; run < RUNS; run += 1) {
		ours.push(await time('bench-evaluate'));
		code.push(await time('bench-code'));
	}
	return { size, node: median(ours), code: median(code) };
}

interface LineCost {
	ms: number;
	requests: number;
	tickets: number;
}

function openTickets({ halo }: Stage): number {
	return halo
		.tickets()
		.filter(({ hasbeenclosed, deleted }) => hasbeenclosed !== true && deleted !== true).length;
}

async function measureLine(
	stage: Stage,
	path: string,
	events: readonly JsonRecord[],
): Promise<LineCost> {
	const { halo, n8n } = stage;
	halo.reset();
	const before = openTickets(stage);
	const left = [...events];
	const sender = async (): Promise<void> => {
		for (let event = left.shift(); event !== undefined; event = left.shift()) {
			await post(`${n8n.url}/webhook/${path}`, event);
		}
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
	const ms = performance.now() - started;
	return { ms, requests: halo.journal.length, tickets: openTickets(stage) - before };
}

/** Half as many problems as events: all are reported, then all again. */
function problemEvents(events: number): JsonRecord[] {
	const once = makeEvents(Math.ceil(events / 2)).map((event) => ({
		...event,
		status: 'open',
		severity: 'high',
	}));
	return [...once, ...once].slice(0, events);
}

interface HostFigures {
	evaluations: EvaluationCost[];
	builtIn: LineCost;
	pack: LineCost;
}

async function measureHost(sizes: BenchSizes, host: N8nHost): Promise<HostFigures> {
	const workflows = [...evaluations(sizes.rules), ...ticketLines()];
	const stage = await openStage('bench', host, (halo) => ({
		workflows,
		credentials: [
			haloCredential(halo),
			webhookCredential(SECRET),
			{
				name: BUILT_IN_CREDENTIAL.name,
				type: 'haloPSAApi',
				data: {
					hostingType: 'hostedHalo',
					authUrl: halo.authServer,
					resourceApiUrl: halo.resourceServer,
					tenant: halo.tenant,
					client_id: halo.clientId,
					client_secret: halo.clientSecret,
					scope: 'admin edit:tickets edit:customers',
				},
			},
		],
		env: { N8N_PAYLOAD_SIZE_MAX: String(LARGEST_BODY_MB) },
	}));
	try {
		for (const { id } of workflows) await stage.session.publish(id);
		const events = problemEvents(sizes.baselineEvents);
		const builtIn = await measureLine(stage, 'bench-built-in', events);
		const pack = await measureLine(stage, 'bench-ours', events);
		const measured: EvaluationCost[] = [];
		for (const size of sizes.hostEvents) {
			measured.push(await measureEvaluations(stage.n8n.url, size));
		}
		return { evaluations: measured, builtIn, pack };
	} finally {
		await stage.stop();
	}
}

/** The same comparisons where users have them; null when these sizes ask for none. */
export async function benchN8n(sizes: BenchSizes): Promise<Section | null> {
	if (sizes.hostEvents.length === 0) return null;
	const host = findHost();
	if (host === null) {
		const note = 'the pinned n8n is not installed. Next: node sandbox/n8n/install-host.mjs';
		return { title: TITLE, headline: '', method: [], ratios: [], absolute: [], notes: [note] };
	}
	const { evaluations: costs, builtIn, pack } = await measureHost(sizes, host);
	const problems = Math.ceil(sizes.baselineEvents / 2);
	const last = costs.at(-1);
	const largest = last === undefined ? 0 : last.node / last.code;
	const lines: ReadonlyArray<readonly [string, LineCost]> = [
		["n8n's built-in HaloPSA node", builtIn],
		['Scanner Trigger to Halo Ticket', pack],
	];
	return {
		title: TITLE,
		headline: `Evaluate Event Set takes ${share(largest).text} of the time of n8n's Code node with the same rules; one event per call, the pack sends ${ratio(pack.requests / builtIn.requests).text} the requests of the built-in node and leaves ${count(pack.tickets).text} tickets instead of ${count(builtIn.tickets).text}.`,
		method: [
			`The n8n that the sandbox pins, one process, SQLite, against the Halo simulator. Rules: a webhook with all events, Split Out, the node; the time from the end of Split Out to the node after, the median of ${RUNS}. Here the Code node pays for its task runner. Tickets: ${sizes.baselineEvents} events of ${problems} problems, one per call, ${IN_FLIGHT} calls in flight, each answered when its ticket is decided; one run.`,
		],
		ratios: [
			{
				caption: "Evaluate Event Set divided by the same rules in n8n's Code node:",
				head: ['events', 'time, node / Code node'],
				rows: costs.map(({ size, node: ours, code }) => [count(size), ratio(ours / code)]),
			},
			{
				caption: 'The pack divided by the built-in node:',
				head: ['what', 'the pack / built-in'],
				rows: [
					['requests to Halo', ratio(pack.requests / builtIn.requests)],
					['open tickets', ratio(pack.tickets / builtIn.tickets)],
					['time', ratio(pack.ms / builtIn.ms)],
				],
			},
		],
		absolute: [
			{
				caption: 'Absolute, rules:',
				head: ['events', 'Evaluate Event Set', 'Code node'],
				rows: costs.map(({ size, node: ours, code }) => [
					count(size),
					duration(ours),
					duration(code),
				]),
			},
			{
				caption: 'Absolute, tickets:',
				head: ['what', 'requests', 'open tickets', 'duplicates', 'time', 'events'],
				rows: lines.map(([name, { ms, requests, tickets }]) => [
					name,
					count(requests),
					count(tickets),
					count(tickets - problems),
					duration(ms),
					perSecond((sizes.baselineEvents / ms) * 1000),
				]),
			},
		],
	};
}
