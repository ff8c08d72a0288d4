import axios from 'axios';

import { openFlow, prepareFlow } from '../../sandbox/flow';
import { type JsonRecord, type WorkflowFile, outputOf, waitFor } from '../../sandbox/host';
import type { Webhook } from '../../sandbox/run-samples';
import { readTemplates, templateOf, withParameters } from '../../sandbox/templates';
import {
	HALO_CREDENTIAL,
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';
import { openForm, saveForm } from '../support/host/credential-form';
import { beginRuns, withRunWebhook } from '../support/host/inbox-run';
import { makeQueue, queueServices } from '../support/host/queue';

const SECRET = 'a-secret-for-the-tests-only';

/** Below the storm cap at each of three clients. */
const FINDINGS = 50;
const CLIENTS = { Contoso: 11, Fabrikam: 12, Northwind: 13 } as const;

/** 100 creates at 100 ms, with n8n's own work between them, on a busy machine. */
const RUN_LIMIT_MS = 240_000;

/** The template quick-start, filled in as its note says. */
function quickStart(): WorkflowFile {
	const template = templateOf(readTemplates(), 'quick-start');
	const named = (value: string) => ({ __rl: true, mode: 'name', value });
	const mapped = withParameters(template, 'n8n-nodes-halopsa-bridge.mapCompany', (parameters) => ({
		...parameters,
		pairs: {
			pair: Object.entries(CLIENTS).map(([company, id]) => ({
				company,
				client: { __rl: true, mode: 'id', value: String(id) },
				more: {},
			})),
		},
	}));
	return withParameters(mapped, 'n8n-nodes-halopsa-bridge.haloTicket', (parameters) => ({
		...parameters,
		ticketType: named('Incident'),
		closeStatus: named('Closed'),
	}));
}

function finding(key: string, index: number): JsonRecord {
	const companies = Object.keys(CLIENTS);
	return {
		dedupKey: key,
		title: `Finding ${key} in queue mode`,
		severity: 'high',
		company: companies[index % companies.length],
	};
}

describeWith('n8n in queue mode with two workers', queueServices(pinnedN8n()), (host) => {
	let stage: Stage;
	let queue: ReturnType<typeof makeQueue>;
	let line: Webhook;
	let intake: Webhook;

	const post = async (webhook: Webhook, body: unknown, headers: Record<string, string> = {}) => {
		const { status } = await axios.post<unknown>(webhook.url, body, {
			headers: { 'content-type': 'application/json', ...webhook.headers, ...headers },
			validateStatus: () => true,
			proxy: false,
			timeout: RUN_LIMIT_MS,
		});
		return status;
	};
	const tickets = (text: string) =>
		stage.halo.state.tickets.filter(({ summary }) => summary.includes(`Finding ${text}`));
	const closedStatus = (id: number) =>
		stage.halo.state.statuses.some((status) => status.id === id && status.closed);
	const open = (text: string) => tickets(text).filter(({ status_id }) => !closedStatus(status_id));

	beforeAll(async () => {
		const flow = prepareFlow(false);
		const direct = quickStart();
		queue = makeQueue(host);
		stage = await openStage('queue', host, (halo) => ({
			credentials: [haloCredential(halo), webhookCredential(SECRET)],
			workflows: flow.workflows.map((workflow) => {
				if (workflow.id === flow.processInbox.id) return withRunWebhook(workflow);
				return workflow.id === direct.id ? direct : workflow;
			}),
			database: queue.database,
			mode: queue.mode,
			workers: 2,
			// One execution at a time in each worker, so that two at once are on two workers.
			env: { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' },
		}));
		const { n8n, session } = stage;
		const { canonical } = await openFlow(session, flow, {
			n8nUrl: n8n.url,
			secret: SECRET,
			clients: new Map(
				Object.entries({ ...CLIENTS, Wingtip: 16 }).map(([name, id]) => [name, { id, name }]),
			),
		});
		if (canonical === undefined) throw new Error('intake has no trigger for canonical JSON');
		intake = canonical;
		await session.publish(direct.id);
		line = { url: `${n8n.url}/webhook/halo-quick-start`, headers: intake.headers };
	}, 2 * START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		queue?.drop();
	}, START_LIMIT_MS);

	it(
		'the webhook of a Scanner Trigger checks, refuses and answers when a worker has finished',
		async () => {
			expect(await post(line, finding('answered', 0), { 'X-Webhook-Token': 'wrong' })).toBe(401);
			expect(await post(line, Buffer.from('{"title": '))).toBe(400);
			expect(tickets('answered')).toEqual([]);

			expect(await post(line, finding('answered', 0))).toBe(200);
			expect(open('answered')).toMatchObject([{ client_id: CLIENTS.Contoso }]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'the same 50 findings in two executions at once, on two workers, leave 50 open tickets',
		async () => {
			const { halo, n8n, session } = stage;
			const batch = {
				events: Array.from({ length: FINDINGS }, (_, index) => finding(`race-${index}`, index)),
			};
			halo.switches.latencyMs = 100;
			// Whoever asks first gets the answer when the other is at its creates; those take 5 s.
			halo.faults.add({ name: 'slow', method: 'GET', path: '/Tickets$', ms: 3_000 });
			expect(await Promise.all([post(line, batch), post(line, batch)])).toEqual([200, 200]);
			halo.switches.latencyMs = 0;

			const [second, first] = await session.executions('haloBridgeQuick0001');
			const worked = n8n
				.workerLogTails()
				.map((tail) =>
					[first, second].filter((run) => tail.includes(`finished execution ${run?.id} `)),
				);
			expect(worked.map(({ length }) => length)).toEqual([1, 1]);
			expect(new Set(open('race-').map(({ summary }) => summary)).size).toBe(FINDINGS);
			expect(open('race-')).toHaveLength(FINDINGS);
			const raced = tickets('race-').length - FINDINGS;
			process.stdout.write(`Made twice by two workers, and closed as a duplicate: ${raced}\n`);
			expect(raced).toBeGreaterThan(0);
			for (const run of [first, second]) {
				const decisions = outputOf(await session.execution(run?.id ?? ''), 'Halo Ticket');
				expect(decisions).toHaveLength(FINDINGS);
				expect(decisions.filter(({ decision }) => decision === 'failed')).toEqual([]);
			}
		},
		RUN_LIMIT_MS,
	);

	it(
		'a secret that is edited in the editor holds in every worker, from its next run on',
		async () => {
			const { halo, session } = stage;
			const events = Array.from({ length: 2 }, (_, index) => finding(`secret-${index}`, index));
			halo.application.clientSecret = 'the secret that replaced it';
			halo.state.tokens.clear();
			// The sender is told, so that it comes again.
			expect(await Promise.all(events.map((event) => post(line, event)))).toEqual([500, 500]);
			expect(tickets('secret-')).toEqual([]);

			await saveForm(session, await openForm(session, HALO_CREDENTIAL.name), {
				clientSecret: halo.application.clientSecret,
			});
			expect(await Promise.all(events.map((event) => post(line, event)))).toEqual([200, 200]);
			expect(open('secret-')).toHaveLength(2);
		},
		RUN_LIMIT_MS,
	);

	it(
		'what intake stores in one worker becomes one ticket by process-inbox in any, though it was sent twice at once',
		async () => {
			const events = Array.from({ length: 10 }, (_, index) => finding(`stored-${index}`, index));
			const sent = await Promise.all([post(intake, { events }), post(intake, { events })]);
			expect(sent).toEqual([200, 200]);
			const rows = await waitFor(
				'A decision on every row',
				async () => {
					const all = await stage.session.tableRows('halo_inbox');
					return all.every(({ state }) => state === 'done') ? all : null;
				},
				{ withinMs: RUN_LIMIT_MS, everyMs: 1000 },
			);
			expect(rows).toHaveLength(2 * events.length);
			expect(open('stored-')).toHaveLength(events.length);
			expect(tickets('stored-')).toHaveLength(events.length);
			expect(stage.halo.mails).toEqual([]);
			expect(stage.halo.failures).toEqual([]);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'runs of process-inbox that begin at one moment on two workers make one ticket for each problem',
		async () => {
			const { halo, n8n, session } = stage;
			const rounds = 5;
			halo.switches.latencyMs = 60;
			for (let round = 0; round < rounds; round += 1) {
				// A client of their own: the others have had their tickets of this hour.
				const events = [0, 1, 2].map((index) => ({
					...finding(`leased-${round}-${index}`, index),
					company: 'Wingtip',
				}));
				expect(await post(intake, { events })).toBe(200);
				await beginRuns(n8n.url, 4);
				await waitFor(
					'A decision on every row',
					async () => {
						const all = await session.tableRows('halo_inbox');
						return all.every(({ state }) => state === 'done') ? true : null;
					},
					{ withinMs: RUN_LIMIT_MS, everyMs: 500 },
				);
			}
			halo.switches.latencyMs = 0;
			process.stdout.write(
				`Tickets of ${rounds * 3} problems by two workers: ${tickets('leased-').length}\n`,
			);
			expect(tickets('leased-')).toHaveLength(rounds * 3);
			const rows = await session.tableRows('halo_inbox');
			const own = rows.filter(({ dedupKey }) => String(dedupKey).includes('leased-'));
			expect(own.map(({ decision }) => decision)).toEqual(own.map(() => 'created'));
			expect(halo.failures).toEqual([]);
		},
		6 * RUN_LIMIT_MS,
	);
});
