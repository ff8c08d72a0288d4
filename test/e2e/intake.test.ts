import axios from 'axios';

import { type Flow, openFlow, prepareFlow } from '../../sandbox/flow';
import { nodeOfType, readTemplates, templateOf, withParameters } from '../../sandbox/templates';
import { type JsonRecord, type WorkflowFile, waitFor } from '../../sandbox/host';
import type { Webhook } from '../../sandbox/run-samples';
import {
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	haloCredential,
	node,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';

const SECRET = 'a-secret-for-the-tests-only';
const CONTOSO = { id: 11, name: 'Contoso Ltd' };

/** Two schedules of process-inbox and one slow run. */
const DECIDED_LIMIT_MS = 90_000;

/** Every execution of this one is kept, so that what started none can be told. */
const PROBE = 'executionProbe01';

/** Halo Ticket tries a Halo that is down five times, with growing pauses. */
const HALO_DOWN_LIMIT_MS = 200_000;

/** What a person fills into quick-start: a client for the company, ticket type and close status. */
function filledQuickStart(): WorkflowFile {
	const pick = (mode: string, value: string) => ({ __rl: true, mode, value });
	const pair = { company: 'Contoso', client: pick('id', String(CONTOSO.id)), more: {} };
	const mapped = withParameters(
		templateOf(readTemplates(), 'quick-start'),
		'n8n-nodes-halopsa-bridge.mapCompany',
		(parameters) => ({ ...parameters, pairs: { pair: [pair] } }),
	);
	return withParameters(mapped, 'n8n-nodes-halopsa-bridge.haloTicket', (parameters) => ({
		...parameters,
		ticketType: pick('name', 'Incident'),
		closeStatus: pick('name', 'Closed'),
	}));
}

async function post(webhook: Webhook, body: unknown, headers: Record<string, string> = {}) {
	// Bytes: axios would make JSON of a text that is none.
	const bytes = typeof body === 'string' ? Buffer.from(body) : body;
	const { status, data } = await axios.post<unknown>(webhook.url, bytes, {
		headers: { 'content-type': 'application/json', ...webhook.headers, ...headers },
		validateStatus: () => true,
		maxBodyLength: Infinity,
		proxy: false,
	});
	return { status, body: typeof data === 'string' ? data : JSON.stringify(data) };
}

describeWith('Scanner webhooks in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let flow: Flow;
	let intake: Webhook;
	let probe: Webhook;
	let straight: Webhook;
	const quickStart = filledQuickStart();

	const rows = async (key: string): Promise<JsonRecord[]> =>
		(await stage.session.tableRows('halo_inbox')).filter(({ dedupKey }) =>
			String(dedupKey).includes(key),
		);
	const decided = async (key: string, count = 1): Promise<JsonRecord[]> =>
		await waitFor(
			`${count} decisions about ${key}`,
			async () => {
				const done = (await rows(key)).filter(({ state }) => state !== 'new');
				return done.length === count ? done : null;
			},
			{ withinMs: DECIDED_LIMIT_MS, everyMs: 1000 },
		);
	const tickets = (text: string) =>
		stage.halo.tickets().filter(({ summary }) => String(summary).includes(text));

	beforeAll(async () => {
		flow = prepareFlow(false);
		stage = await openStage('intake', host, (halo) => ({
			credentials: [haloCredential(halo), webhookCredential(SECRET)],
			workflows: [
				...flow.workflows.filter(({ id }) => id !== quickStart.id),
				quickStart,
				chain(PROBE, 'Execution probe', [
					node(
						'Scanner Trigger',
						'n8n-nodes-halopsa-bridge.scannerTrigger',
						1,
						{ source: 'canonical', path: 'execution-probe' },
						{
							webhookId: '3f9c0a52-55a4-4d8e-9a54-6f0b9f3d7c11',
							credentials: {
								webhookSecretApi: { id: null, name: 'Scanner webhook secret' },
							},
						},
					),
					node('Done', 'n8n-nodes-base.noOp', 1, {}),
				]),
			],
		}));
		const { n8n, session } = stage;
		const webhooks = await openFlow(session, flow, {
			n8nUrl: n8n.url,
			secret: SECRET,
			clients: new Map([['Contoso', CONTOSO]]),
		});
		await session.publish(PROBE);
		const { canonical } = webhooks;
		if (canonical === undefined)
			throw new Error('The intake template has no trigger for canonical JSON');
		intake = canonical;
		probe = { url: `${n8n.url}/webhook/execution-probe`, headers: intake.headers };
		await session.publish(quickStart.id);
		straight = { url: `${n8n.url}/webhook/halo-quick-start`, headers: intake.headers };
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	describe('given what is no event', () => {
		const REFUSED: Array<{
			what: string;
			status: number;
			body: () => string;
			headers?: Record<string, string>;
			says: RegExp;
		}> = [
			{
				what: 'a body that is not JSON',
				status: 400,
				body: () => '{"title": ',
				says: /expected JSON/,
			},
			{ what: 'an empty body', status: 400, body: () => '', says: /empty/ },
			{ what: 'a text', status: 400, body: () => '"hello"', says: /expected/i },
			{
				what: 'an event without a key',
				status: 400,
				body: () => '{"title":"No key"}',
				says: /dedupKey/,
			},
			{
				what: 'a wrong secret',
				status: 401,
				body: () => '{"dedupKey":"a","title":"a"}',
				headers: { 'X-Webhook-Token': 'wrong' },
				says: /Unauthorized/,
			},
			{
				what: 'no secret',
				status: 401,
				body: () => '{"dedupKey":"a","title":"a"}',
				headers: { 'X-Webhook-Token': '' },
				says: /Unauthorized/,
			},
			{
				what: '17 MB',
				status: 413,
				body: () => JSON.stringify({ dedupKey: 'big', title: 'x'.repeat(17 * 1024 * 1024) }),
				says: /too large/,
			},
		];

		it.each(REFUSED)(
			'answers $what with $status, in words, without a stack trace',
			async ({ status, body, headers, says }) => {
				const answer = await post(probe, body(), headers);

				expect(answer.status).toBe(status);
				expect(answer.body).toMatch(says);
				expect(answer.body).not.toMatch(/\bat \S+ \(|node_modules|\.js:\d/);
			},
		);

		it('starts no execution for any of these, and one for an event', async () => {
			expect(REFUSED).toHaveLength(7);
			expect(await stage.session.executions(PROBE)).toEqual([]);

			expect(await post(probe, { dedupKey: 'probe', title: 'A finding' })).toMatchObject({
				status: 200,
			});
			const found = await waitFor(
				'The execution of the probe',
				async () => {
					const all = await stage.session.executions(PROBE);
					return all.length > 0 ? all : null;
				},
				{ withinMs: 20_000 },
			);
			expect(found).toHaveLength(1);
		});
	});

	it(
		'stores hostile texts as texts: no prototype, no markup, no control characters in the ticket',
		async () => {
			const title = 'Bold <b onclick=alert(1)>move</b> \u0007\u0000 of srv-66';
			const body = `{"dedupKey":"hostile","severity":"high","company":"Contoso","title":${JSON.stringify(title)},"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}`;

			expect(await post(intake, body)).toMatchObject({ status: 200 });
			const [row] = await decided('hostile');

			expect(row).toMatchObject({ decision: 'created' });
			expect(String(row?.event)).not.toContain('polluted');
			const [ticket] = tickets('srv-66');
			expect(String(ticket?.summary)).not.toMatch(/\p{Cc}/u);
			expect(String(ticket?.details_html)).not.toContain('<b onclick');
		},
		DECIDED_LIMIT_MS,
	);

	it(
		'takes the good events of a batch and keeps the bad one for a person',
		async () => {
			const events = [
				{ dedupKey: 'batch-good', title: 'Good one', severity: 'high', company: 'Contoso' },
				{ dedupKey: 'batch-bad', title: 'Bad one', status: 'broken' },
			];

			expect(await post(intake, { events })).toMatchObject({ status: 200 });
			const [good] = await decided('batch-good');

			expect(good).toMatchObject({ decision: 'created', state: 'done' });
			const dead = (await stage.session.tableRows('halo_inbox')).filter(
				({ state }) => state === 'dead',
			);
			expect(dead).toMatchObject([
				{ decision: 'failed', reason: expect.stringMatching(/^Status: expected one of open/) },
			]);
		},
		DECIDED_LIMIT_MS,
	);

	it(
		'makes one ticket, created, when the answer to the create is lost',
		async () => {
			stage.halo.faults.add({ name: 'reset-after-commit', method: 'POST', path: '/Tickets$' });

			await post(intake, {
				dedupKey: 'lost-answer',
				title: 'The answer got lost',
				severity: 'high',
				company: 'Contoso',
			});
			const [row] = await decided('lost-answer');

			expect(row).toMatchObject({ decision: 'created' });
			expect(tickets('The answer got lost')).toMatchObject([{ id: row?.ticketId }]);
			expect(stage.halo.faults.list()).toEqual([]);
		},
		DECIDED_LIMIT_MS,
	);

	it(
		'makes no ticket and no note of a delivery that is sent again',
		async () => {
			const delivery = { 'X-Delivery-Id': 'delivery-0001' };
			const event = {
				dedupKey: 'replayed',
				title: 'Sent twice',
				severity: 'high',
				company: 'Contoso',
			};
			await post(intake, event, delivery);
			const [first] = await decided('replayed');
			const writes = () =>
				stage.halo.journal.filter(
					({ method, path }) => method !== 'GET' && !path.endsWith('/token'),
				).length;
			const before = writes();

			expect(await post(intake, event, delivery)).toMatchObject({ status: 200 });
			const [, second] = await decided('replayed', 2);

			expect(first).toMatchObject({ decision: 'created' });
			expect(second).toMatchObject({ decision: 'skipped_replay', state: 'done' });
			expect(tickets('Sent twice')).toHaveLength(1);
			expect(writes()).toBe(before);
		},
		2 * DECIDED_LIMIT_MS,
	);

	describe('quick-start', () => {
		const event = (dedupKey: string, more: JsonRecord = {}): JsonRecord => ({
			dedupKey,
			title: `Straight ${dedupKey}`,
			severity: 'high',
			company: 'Contoso',
			...more,
		});

		/** What a person reads in the last node of the latest execution. */
		const lastDecision = async (node: string): Promise<string> => {
			const [latest] = await stage.session.executions(quickStart.id);
			const { runData } = await stage.session.execution(latest?.id ?? '');
			return JSON.stringify(runData[node] ?? null);
		};

		it('opens a ticket by one webhook and closes it by the next, and the last node says so', async () => {
			expect(await post(straight, event('line-1'))).toMatchObject({ status: 200 });
			expect(tickets('Straight line-1')).toMatchObject([{ client_id: 11, hasbeenclosed: false }]);
			expect(await lastDecision('Halo Ticket')).toContain('"created"');
			const over = event('line-1', { status: 'resolved' });
			expect(await post(straight, over)).toMatchObject({ status: 200 });
			expect(tickets('Straight line-1')).toMatchObject([{ hasbeenclosed: true }]);
			expect(await lastDecision('Halo Ticket')).toContain('"closed"');
		});

		it.each([
			['that answers nothing', '^/api', undefined],
			['that takes no ticket', '/Tickets$', 'POST'],
		])(
			'a Halo %s: the sender gets 500 and sends again; then there is one ticket',
			async (what, path, method) => {
				const key = `line-2-${method ?? 'all'}`;
				stage.halo.faults.add({
					name: 'status-503',
					path,
					times: 'always',
					...(method === undefined ? {} : { method }),
				});
				expect({ what, ...(await post(straight, event(key))) }).toMatchObject({ status: 500 });
				stage.halo.faults.clear();
				expect(await post(straight, event(key))).toMatchObject({ status: 200 });
				expect(await post(straight, event(key))).toMatchObject({ status: 200 });
				expect(tickets(`Straight ${key}`)).toHaveLength(1);
			},
			HALO_DOWN_LIMIT_MS,
		);

		it('a body that is no event gets 400; a company without a pair is held, with the reason', async () => {
			expect(await post(straight, '{"title": ')).toMatchObject({ status: 400 });
			const stranger = event('line-3', { company: 'Nobody Ltd' });
			expect(await post(straight, stranger)).toMatchObject({ status: 200 });
			expect(await lastDecision('Held for a person')).toContain('held_unmapped');
			expect(tickets('Straight line-3')).toEqual([]);
		});
	});

	describe('setup', () => {
		const runSetup = async () => {
			const trigger = nodeOfType(flow.setup, 'n8n-nodes-base.manualTrigger');
			return await stage.session.runWorkflow(flow.setup.id, trigger);
		};
		const drop = async (name: string): Promise<void> => {
			const id = (await stage.session.dataTables()).get(name);
			await stage.session.api('DELETE', `/data-tables/${String(id)}`);
		};

		it('CS-24 made an event set and a profile per priority; run again it changes nothing', async () => {
			const before = {
				sets: await stage.session.tableRows('halo_event_sets'),
				profiles: await stage.session.tableRows('halo_profiles'),
				mappings: await stage.session.tableRows('halo_company_mappings'),
			};
			expect(before.sets).toMatchObject([{ isDefault: true, minSeverity: 'high' }]);
			expect(
				before.profiles.map(({ name, severities, isDefault }) => [name, severities, isDefault]),
			).toEqual([
				['P1', 'critical', false],
				['P2', 'high', false],
				['P3', 'medium, low, informational, unknown', true],
			]);
			expect(await runSetup()).toMatchObject({ status: 'success' });
			expect(await stage.session.tableRows('halo_event_sets')).toEqual(before.sets);
			expect(await stage.session.tableRows('halo_profiles')).toEqual(before.profiles);
			expect(await stage.session.tableRows('halo_company_mappings')).toEqual(before.mappings);
		});

		it('with Halo down it makes what is missing all the same', async () => {
			stage.halo.faults.add({ name: 'status-503', path: '^/', times: 'always' });
			await drop('halo_companies');
			await runSetup();
			expect(await stage.session.tableRows('halo_companies')).toEqual([]);
			stage.halo.faults.clear();
		});

		it('a table whose name only begins with ours is not taken for ours', async () => {
			const columns = [{ name: 'name', type: 'string' }];
			await stage.session.api('POST', '/data-tables', { name: 'halo_companies_old', columns });
			await drop('halo_companies');
			expect(await runSetup()).toMatchObject({ status: 'success' });
			expect([...(await stage.session.dataTables()).keys()]).toEqual(
				expect.arrayContaining(['halo_companies', 'halo_companies_old']),
			);
		});

		it('a table of an earlier version keeps its rows; the run makes what is missing, then says which column to add and where', async () => {
			const columns = [{ name: 'name', type: 'string' }];
			await drop('halo_companies');
			await stage.session.api('POST', '/data-tables', { name: 'halo_companies', columns });
			await stage.session.insertRows('halo_companies', [{ name: 'Contoso' }]);
			await drop('halo_errors');
			expect(await runSetup()).toMatchObject({
				status: 'error',
				error: expect.stringContaining(
					'halo_companies has no column review. Open halo_companies under Data tables, Add Column: name review, type string.',
				),
			});
			expect(await stage.session.tableRows('halo_companies')).toMatchObject([{ name: 'Contoso' }]);
			expect(await stage.session.tableRows('halo_errors')).toEqual([]);
			await drop('halo_companies');
			expect(await runSetup()).toMatchObject({ status: 'success' });
		});

		it('until it made the inbox, intake answers 500, so that no finding is lost', async () => {
			const event = { dedupKey: 'no-table', title: 'No table', severity: 'high' };
			await drop('halo_inbox');
			expect(await post(intake, event)).toMatchObject({ status: 500 });
			expect(await runSetup()).toMatchObject({ status: 'success' });
			expect(await post(intake, event)).toMatchObject({ status: 200 });
			expect(await rows('no-table')).toHaveLength(1);
		});
	});

	it(
		'tickets a finding after the restart when n8n is killed between intake and processing',
		async () => {
			const { n8n, halo } = stage;
			const answer = await post(intake, {
				dedupKey: 'survivor',
				title: 'Older than the crash',
				severity: 'high',
				company: 'Contoso',
			});
			await n8n.kill();
			expect(answer.status).toBe(200);
			expect(tickets('Older than the crash')).toEqual([]);

			await n8n.start();
			stage.session = await n8n.login();
			const [row] = await decided('survivor');

			expect(row).toMatchObject({ decision: 'created' });
			expect(tickets('Older than the crash')).toMatchObject([{ id: row?.ticketId }]);
			expect(halo.mails).toEqual([]);
			expect(halo.failures).toEqual([]);
		},
		START_LIMIT_MS,
	);
});
