import axios from 'axios';

import { openFlow, prepareFlow } from '../../sandbox/flow';
import type { Webhook } from '../../sandbox/run-samples';
import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';
import { makeQueue, queueServices } from '../support/host/queue';

const SECRET = 'a-secret-for-the-tests-only';
const FINDINGS = 20;
const WORKERS = 2;

/** Three runs of process-inbox and the time that a worker takes to fetch them. */
const DECIDED_LIMIT_MS = 120_000;

/** Sends as a scanner does: again, when the answer is a 5xx. */
async function deliver(webhook: Webhook, body: unknown): Promise<void> {
	await waitFor(
		'The answer 200 of the webhook',
		async () => {
			const { status } = await axios.post(webhook.url, body, {
				headers: webhook.headers,
				validateStatus: () => true,
				proxy: false,
			});
			if (status < 500 && status !== 200) throw new Error(`The webhook answered ${status}`);
			return status === 200 ? true : null;
		},
		{ withinMs: DECIDED_LIMIT_MS, everyMs: 2000 },
	);
}

describeWith('n8n in queue mode', queueServices(pinnedN8n().found), (host) => {
	let stage: Stage;
	let queue: ReturnType<typeof makeQueue>;
	let decided: JsonRecord[];

	beforeAll(async () => {
		const flow = prepareFlow(false);
		queue = makeQueue(host);
		stage = await openStage('queue', host, (halo) => ({
			credentials: [haloCredential(halo), webhookCredential(SECRET)],
			workflows: flow.workflows,
			database: queue.database,
			mode: queue.mode,
			workers: WORKERS,
		}));
		const { n8n, session } = stage;
		const { canonical } = await openFlow(session, flow, {
			n8nUrl: n8n.url,
			secret: SECRET,
			clients: new Map([['Contoso', { id: 11, name: 'Contoso Ltd' }]]),
		});
		if (canonical === undefined) throw new Error('intake has no trigger for canonical JSON');
		const event = (index: number) => ({
			dedupKey: `queue-${index}`,
			title: `Finding ${index} in queue mode`,
			severity: 'high',
			company: 'Contoso',
		});
		// Each twice and all at once: workers meet the same findings in runs of their own.
		const posts = Array.from({ length: 2 * FINDINGS }, (_, index) =>
			deliver(canonical, event(index % FINDINGS)),
		);
		await Promise.all(posts);
		decided = await waitFor(
			'A decision on every finding',
			async () => {
				const rows = await session.tableRows('halo_inbox');
				return rows.every(({ state }) => state !== 'new') ? rows : null;
			},
			{ withinMs: DECIDED_LIMIT_MS, everyMs: 1000 },
		);
	}, START_LIMIT_MS + DECIDED_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		queue?.drop();
	}, START_LIMIT_MS);

	it('stores every event of parallel webhooks and decides about each', () => {
		expect(new Set(decided.map(({ dedupKey }) => dedupKey)).size).toBe(FINDINGS);
		expect(decided.length).toBeGreaterThanOrEqual(2 * FINDINGS);
		expect(decided.filter(({ state }) => state !== 'done')).toEqual([]);
	});

	it('makes one ticket per finding, though workers meet it more than once', () => {
		const open = stage.halo.state.tickets.filter(({ summary }) => /in queue mode/.test(summary));

		expect(new Set(open.map(({ summary }) => summary)).size).toBe(FINDINGS);
		expect(open.filter(({ status_id }) => status_id === 1)).toHaveLength(FINDINGS);
		expect(stage.halo.mails).toEqual([]);
	});
});
