import {
	type ConnectSecureSimulator,
	CONNECTION,
	type FeedRow,
	startConnectSecureSimulator,
} from '../../sandbox/connectsecure';
import { type JsonRecord, asRecord, asText } from '../../sandbox/host';
import { nodeOfType, readTemplates, templateOf } from '../../sandbox/templates';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
} from '../support/host';
import { openForm, saveForm } from '../support/host/credential-form';

const POD_CREDENTIAL = 'ConnectSecure account';
const REMEDIATION = '/r/report_queries/get_remediation';
const RESOLVED = '/r/report_queries/resolved_remediation';
const EVENTS = '/report_queries/system_events_view';
const FEEDS = [
	EVENTS,
	REMEDIATION,
	RESOLVED,
	'/r/report_queries/cert_info_view',
	'/r/company/jobs_view',
	'/report_queries/adaudit',
];

/** Several runs of templates, on a machine that does other things too. */
const RUN_LIMIT_MS = 120_000;

function solution(id: number, changes: FeedRow = {}): FeedRow {
	return {
		solution_id: id,
		product: `Product ${id}`,
		fix: `Upgrade to ${id}.1`,
		severity: 'Critical',
		total_vuls_count: 3,
		last_vul_discovered: '2026-05-04T09:12:33',
		asset_id: 7,
		host_name: 'SRV-01',
		company_id: 42,
		company_name: 'Contoso Ltd',
		...changes,
	};
}

describeWith('The template poll-connectsecure in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let pod: ConnectSecureSimulator;
	const templates = readTemplates();
	const poll = templateOf(templates, 'poll-connectsecure');
	const processInbox = templateOf(templates, 'process-inbox');
	const setup = templateOf(templates, 'setup');
	const MANUAL = 'n8n-nodes-base.manualTrigger';

	const runPoll = async () =>
		await stage.session.runWorkflow(poll.id, nodeOfType(poll, MANUAL), RUN_LIMIT_MS);
	const rows = async () => await stage.session.tableRows('halo_inbox');
	const status = async (): Promise<JsonRecord> => {
		const all = await stage.session.tableRows('halo_sync_status');
		const own = all.filter(({ flow }) => flow === 'poll-connectsecure');
		expect(own).toHaveLength(1);
		return asRecord(own[0], 'halo_sync_status');
	};
	const decide = async () => {
		const trigger = nodeOfType(processInbox, MANUAL);
		const run = await stage.session.runWorkflow(processInbox.id, trigger, RUN_LIMIT_MS);
		expect(run).toMatchObject({ status: 'success' });
	};
	const asked = (path: string) => pod.journal.filter((request) => request.path === path);

	beforeAll(async () => {
		pod = await startConnectSecureSimulator();
		for (const feed of FEEDS) pod.feeds.set(feed, []);
		const { tenant, clientId, clientSecret } = CONNECTION;
		stage = await openStage('poll-connectsecure', host, (halo) => ({
			credentials: [
				haloCredential(halo),
				{
					name: POD_CREDENTIAL,
					type: 'connectSecureBridgeApi',
					data: { pod: pod.origin, tenant, clientId, clientSecret },
				},
			],
			workflows: [setup, poll, processInbox],
		}));
		const made = await stage.session.runWorkflow(setup.id, nodeOfType(setup, MANUAL));
		expect(made).toMatchObject({ status: 'success' });
		await stage.session.insertRows('halo_company_mappings', [
			{
				source: 'connectsecure',
				companyId: '42',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				createTicket: true,
				noNotification: false,
			},
		]);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		await pod?.stop();
	}, START_LIMIT_MS);

	it(
		'reads page after page of every feed with one sign-in, and stores one row per event',
		async () => {
			pod.feeds.set(
				REMEDIATION,
				Array.from({ length: 205 }, (_, index) => solution(1000 + index)),
			);
			pod.feeds.set(EVENTS, [
				{
					id: 9,
					event_name: 'Probe Went Down',
					category_name: 'System Changes',
					company_id: 42,
					status: 'New',
					created: '2026-05-04T08:00:00',
					updated: '2026-05-04T08:00:00',
				},
			]);

			expect(await runPoll()).toMatchObject({ status: 'success', error: null });

			expect(asked('/w/authorize')).toHaveLength(1);
			expect(asked(REMEDIATION).map(({ query }) => query)).toEqual([
				{ limit: '100', skip: '0', order_by: 'last_vul_discovered' },
				{ limit: '100', skip: '100', order_by: 'last_vul_discovered' },
				{ limit: '100', skip: '200', order_by: 'last_vul_discovered' },
			]);
			for (const feed of FEEDS) expect(asked(feed)[0]?.headers['x-user-id']).toBe('4711');
			const stored = await rows();
			expect(stored).toHaveLength(206);
			expect(new Set(stored.map(({ dedupKey }) => dedupKey)).size).toBe(206);
			expect(
				stored.every(({ state, source }) => state === 'new' && source === 'connectsecure'),
			).toBe(true);
		},
		RUN_LIMIT_MS,
	);

	it('keeps the newest time of each feed as the checkpoint', async () => {
		const { checkpoint, lastSync, lastError, counts } = await status();

		expect(JSON.parse(asText(checkpoint, 'checkpoint'))).toEqual({
			system_events_view: '2026-05-04 08:00:00',
			get_remediation: '2026-05-04 09:12:33',
		});
		expect(JSON.parse(asText(counts, 'counts'))).toMatchObject({
			get_remediation: 205,
			adaudit: 0,
		});
		expect(lastSync).toEqual(expect.any(String));
		expect(lastError).toBe('');
	});

	it(
		'asks next time for what is newer, and stores nothing that is unchanged',
		async () => {
			pod.journal.length = 0;

			expect(await runPoll()).toMatchObject({ status: 'success' });

			expect(asked(REMEDIATION)[0]?.query.condition).toBe(
				"last_vul_discovered >= '2026-05-04 08:12:33'",
			);
			expect(asked(RESOLVED)[0]?.query.condition).toBeUndefined();
			expect(await rows()).toHaveLength(206);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a row of the resolved feed closes the ticket that the open feed made',
		async () => {
			pod.feeds.set(REMEDIATION, [
				solution(5001, { last_vul_discovered: '2026-05-05T09:00:00', product: 'OpenSSL' }),
			]);
			await runPoll();
			await decide();
			const tickets = () =>
				stage.halo.tickets().filter(({ summary }) => String(summary).includes('OpenSSL'));
			expect(tickets()).toMatchObject([{ client_id: 11 }]);

			pod.feeds.set(REMEDIATION, []);
			pod.feeds.set(RESOLVED, [
				solution(5001, { last_vul_discovered: '2026-05-05T09:00:00', product: 'OpenSSL' }),
			]);
			await runPoll();
			await decide();

			const about = (await rows()).filter(({ dedupKey }) => String(dedupKey).includes('/5001'));
			expect(about.map(({ decision }) => decision)).toEqual(['created', 'closed']);
			expect(tickets()).toHaveLength(1);

			await runPoll();
			expect(
				(await rows()).filter(({ dedupKey }) => String(dedupKey).includes('/5001')),
			).toHaveLength(2);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'with Halo down new findings are stored all the same, and a row that is none is named',
		async () => {
			stage.halo.faults.add({ name: 'status-503', path: '^/', times: 'always' });
			const later = { last_vul_discovered: '2026-05-06T09:00:00' };
			pod.feeds.set(REMEDIATION, [solution(7001, later), { note: 'Nothing to go by', ...later }]);
			await runPoll();
			const stored = (await rows()).filter(
				({ dedupKey, state }) => String(dedupKey).includes('/7001') || state === 'dead',
			);
			expect(stored).toMatchObject([
				{ state: 'new', company: 'Contoso Ltd' },
				{
					state: 'dead',
					decision: 'failed',
					cause: 'damaged',
					reason: expect.stringMatching(/\w/),
				},
			]);
			stage.halo.faults.clear();
			pod.feeds.set(REMEDIATION, []);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HTTP 200 with status false ends the run red in the words of ConnectSecure, keeps the checkpoint and reads the other feeds',
		async () => {
			const before = asRecord(
				JSON.parse(asText((await status()).checkpoint, 'checkpoint')),
				'checkpoint',
			);
			pod.faults.set(REMEDIATION, { refuse: 'Licence has ended' });
			pod.feeds.set(RESOLVED, [solution(6001)]);

			const run = await runPoll();

			expect(run.status).toBe('error');
			expect(run.error).toMatch(/get_remediation: it refused: Licence has ended.*Next: /);
			const after = await status();
			expect(String(after.lastError)).toContain('Licence has ended');
			expect(JSON.parse(asText(after.checkpoint, 'checkpoint'))).toEqual(before);
			expect((await rows()).some(({ dedupKey }) => String(dedupKey).includes('/6001'))).toBe(true);

			pod.faults.clear();
			expect(await runPoll()).toMatchObject({ status: 'success' });
			expect(await status()).toMatchObject({ lastError: '' });
		},
		RUN_LIMIT_MS,
	);

	it(
		'a feed that fails, one with pages cut short and a wrong key are said, each with the next step',
		async () => {
			pod.faults.set(EVENTS, { status: 500 });
			pod.switches.largestPage = 2;
			pod.feeds.set(RESOLVED, [solution(6001), solution(6002), solution(6003)]);

			const { error } = await runPoll();
			expect(error).toMatch(/system_events_view: .*500/);
			expect(error).toMatch(/resolved_remediation: 2 of 3 rows were given.*Lower Page Size/);

			pod.faults.clear();
			pod.switches.largestPage = 1000;
			const form = await openForm(stage.session, POD_CREDENTIAL);
			await saveForm(stage.session, form, { clientSecret: 'wrong' });
			const refused = await runPoll();
			expect(refused.error).toMatch(/ConnectSecure refused tenant, client id or secret/);
			expect(refused.error).not.toContain(CONNECTION.clientSecret);
		},
		RUN_LIMIT_MS,
	);
});
