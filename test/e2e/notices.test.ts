import { type JsonRecord, type WorkflowFile, waitFor } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { settings, switchedOn, templateWith } from '../support/host/halo-two-ways';
import { type Internet, startInternet } from '../support/internet';
import { type Mailbox, smtpCredential, startMailbox } from '../support/mailbox';
import { CLIENTS, type Operations, finding, openOperations, rowsWhen } from './operations-support';

/** Tables of the tests stay far below this; five large events do not fit. */
const STORE_BYTES = 6 * 1024 * 1024;
const LARGE = 1_200_000;
/** One run by hand on a busy machine. */
const RUN_LIMIT_MS = 120_000;
/** The outage ends at a pause of the process: 30, 60, 120 and 240 s after the first failures. */
const RECOVERY_MS = 400_000;

const TEAM = '11111111-2222-4333-8444-555555555555';
const TEAMS_HOST = 'graph.microsoft.com';
const SLACK_HOST = 'slack.com';

/** The template as a user has set it up. Without quiet time, so that the tests need not wait for it. */
function filledIn(): WorkflowFile {
	const template = templateWith('notices', {
		Settings: settings({
			sender: 'bridge@msp.example',
			incomingTo: 'scanners@msp.example',
			outgoingTo: 'halo-team@msp.example',
			outgoingByTeams: true,
			outgoingBySlack: true,
			quietMinutes: 0,
		}),
		Teams: (parameters) => ({
			...parameters,
			teamId: { __rl: true, mode: 'id', value: TEAM },
			channelId: { __rl: true, mode: 'id', value: '19:operations@thread.tacv2' },
		}),
		Slack: (parameters) => ({
			...parameters,
			channelId: { __rl: true, mode: 'name', value: '#operations' },
		}),
	});
	return switchedOn(switchedOn(template, 'Teams'), 'Slack');
}

describeWith('Error notices in a real n8n', pinnedN8n(), (host) => {
	let at: Operations;
	let mailbox: Mailbox;
	let internet: Internet;

	const notices = async () => {
		const run = await at.session.runWorkflow(at.template('notices').id, 'Every minute');
		expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: null });
	};
	const subjects = () => mailbox.mails.map(({ subject }) => subject);
	const messages = (to: string) =>
		internet.received.filter(({ headers }) => headers.host === to).map(({ text }) => text);
	const errors = async (): Promise<JsonRecord[]> => await at.session.tableRows('halo_errors');
	const tableId = async (name: string) => String((await at.session.dataTables()).get(name));
	const deleteRows = async (table: string, columnName: string, value: string) =>
		await at.session.api('DELETE', `/data-tables/${await tableId(table)}/rows/delete`, undefined, {
			filter: JSON.stringify({
				type: 'and',
				filters: [{ columnName, condition: 'like', value }],
			}),
		});
	const status = async (integration: string): Promise<JsonRecord | undefined> =>
		(await at.session.tableRows('halo_sync_status')).find(
			(row) => row.flow === 'notices' && row.integration === integration,
		);

	beforeAll(async () => {
		mailbox = await startMailbox();
		internet = await startInternet([TEAMS_HOST, SLACK_HOST], () => ({ ok: true, subject: null }));
		at = await openOperations('notices', host, {
			prepare: (templates) => templates.set('notices', filledIn()),
			credentials: [
				smtpCredential(mailbox),
				{
					name: 'Microsoft Teams account',
					type: 'microsoftTeamsOAuth2Api',
					data: {
						clientId: 'client',
						clientSecret: 'secret',
						oauthTokenData: { access_token: 'a token for Teams', token_type: 'Bearer' },
					},
				},
				{
					name: 'Slack account',
					type: 'slackApi',
					data: { accessToken: 'a-token-for-slack' },
				},
			],
			env: { N8N_DATA_TABLES_MAX_SIZE_BYTES: String(STORE_BYTES), ...internet.env },
		});
	}, START_LIMIT_MS);
	afterAll(async () => {
		await at?.stop();
		await mailbox?.stop();
		await internet?.stop();
	}, START_LIMIT_MS);

	it(
		'without an error nobody is told anything',
		async () => {
			await notices();
			await notices();
			expect(mailbox.mails).toEqual([]);
			expect(internet.received).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'HI-19 HI-20 Halo answering 503 for the length of 40 findings: 40 rows stored, 1 notice; afterwards 40 tickets in order, 1 notice of recovery',
		async () => {
			const { halo, session, flow } = at;
			halo.faults.add({ name: 'status-503', path: '^/(api|auth)', times: 'always' });
			await session.publish(flow.processInbox.id);
			const keys = Array.from(
				{ length: 40 },
				(_, index) => `out-${String(index + 1).padStart(2, '0')}`,
			);
			const companies = Object.keys(CLIENTS);
			for (const [index, key] of keys.entries()) {
				// Several clients, so that none of them has a storm of tickets.
				const company = companies[index % companies.length] ?? '';
				expect(await at.post([finding(key, { company })])).toBe(200);
			}
			const stored = await at.inbox('out-');
			// By hand, one after the other: beside a run of its schedule it could tell the same twice.
			await waitFor(
				'The first notice',
				async () => {
					await notices();
					return mailbox.mails.length > 0 ? true : null;
				},
				{ withinMs: RECOVERY_MS, everyMs: 5_000 },
			);
			// A second failed run of the process, and two more runs of notices: nothing more is told.
			await rowsWhen(
				at,
				'out-',
				(rows) => rows.every(({ state, tries }) => state === 'failed' && Number(tries) > 1),
				RECOVERY_MS,
			);
			await notices();
			await notices();
			const during = [...mailbox.mails];
			const failures = (await errors()).filter(({ cause }) => cause === 'halo_down');

			halo.faults.clear();
			const done = await rowsWhen(
				at,
				'out-',
				(rows) => rows.every(({ state }) => state === 'done'),
				RECOVERY_MS,
			);
			await notices();
			await notices();
			await session.unpublish(flow.processInbox.id);

			expect(stored).toHaveLength(40);
			expect(failures.length).toBeGreaterThan(1);
			expect(during).toHaveLength(1);
			expect(during[0]).toMatchObject({
				from: 'bridge@msp.example',
				to: 'halo-team@msp.example',
				subject: 'Halo bridge, outgoing: Halo does not answer',
			});
			expect(during[0]?.text).toContain('503');
			expect(during[0]?.text).toContain('Nothing is lost');
			expect(done.map(({ decision }) => decision)).toEqual(keys.map(() => 'created'));
			const tickets = halo
				.tickets()
				.map(({ summary }) => /out-\d\d/.exec(String(summary))?.[0])
				.filter((key) => key !== undefined);
			expect(tickets).toEqual(keys);
			expect(subjects()).toEqual([
				'Halo bridge, outgoing: Halo does not answer',
				'Halo bridge, outgoing: Halo answers again',
			]);
			process.stdout.write(
				`  findings 40, rows stored ${stored.length}, errors ${failures.length}, notices ${during.length}, tickets ${new Set(tickets).size}, notices of recovery ${mailbox.mails.length - during.length}\n`,
			);
		},
		START_LIMIT_MS + RECOVERY_MS * 3,
	);

	it("the same two went to Teams and Slack, by n8n's own nodes", () => {
		const said = ['Halo does not answer', 'Halo answers again'];
		for (const to of [TEAMS_HOST, SLACK_HOST]) {
			expect(messages(to)).toEqual(said.map((text) => expect.stringContaining(text)));
		}
		const paths = new Set(internet.received.map(({ path }) => decodeURIComponent(path)));
		expect([...paths].sort()).toEqual([
			'/api/chat.postMessage',
			`/beta/teams/${TEAM}/channels/19:operations@thread.tacv2/messages`,
		]);
	});

	it(
		'full Data Tables: intake answers 500, one notice is sent, Halo is left alone; with room again one more',
		async () => {
			mailbox.mails.length = 0;
			expect(await at.post([finding('before-full')])).toBe(200);
			let fitted = 0;
			const fill = async () => {
				for (; fitted < 12; fitted += 1) {
					await at.session.insertRows('halo_inbox', [
						{ dedupKey: `large-${fitted}`, state: 'done', event: 'x'.repeat(LARGE) },
					]);
				}
			};
			// n8n measures the tables at most every 5 s, so the last row can come late.
			await waitFor('Full tables', async () => await fill().then(() => true, fullOrNull), {
				withinMs: 60_000,
			});
			expect(fitted).toBeGreaterThan(2);
			expect(await at.post([finding('while-full')])).toBe(500);
			const before = at.halo.journal.length;
			await notices();
			await notices();
			await expect(at.process()).rejects.toThrow(/size limit/i);
			expect(at.halo.journal.length).toBe(before);
			expect(mailbox.mails).toHaveLength(1);
			expect(mailbox.mails[0]).toMatchObject({
				to: 'scanners@msp.example',
				subject: 'Halo bridge, incoming: The Data Tables of n8n take no more rows',
			});
			expect(mailbox.mails[0]?.text).toContain('N8N_DATA_TABLES_MAX_SIZE_BYTES');

			await deleteRows('halo_inbox', 'dedupKey', '%large-%');
			await waitFor(
				'Room in the tables',
				async () => ((await at.post([finding('while-full')])) === 200 ? true : null),
				{ withinMs: 60_000, everyMs: 1_000 },
			);
			await notices();
			await notices();
			expect(subjects().filter((subject) => subject.includes('Data Tables'))).toEqual([
				'Halo bridge, incoming: The Data Tables of n8n take no more rows',
				'Halo bridge, incoming: There is room in the Data Tables again',
			]);
			await at.process();
			for (const key of ['before-full', 'while-full']) {
				expect((await at.inbox(key)).map(({ decision }) => decision)).toEqual(['created']);
			}
		},
		START_LIMIT_MS,
	);

	it(
		'HI-19 a workflow that fails leaves one error by its own Error Trigger, and people are told once, with its words and its direction',
		async () => {
			mailbox.mails.length = 0;
			const before = (await errors()).length;
			// The intake does not find its table: it fails, and says so to the scanner.
			const inbox = await tableId('halo_inbox');
			await at.session.api('PATCH', `/data-tables/${inbox}`, { name: 'halo_inbox_away' });
			expect(await at.post([finding('nowhere')])).toBe(500);
			await at.session.api('PATCH', `/data-tables/${inbox}`, { name: 'halo_inbox' });
			const stored = await waitFor(
				'The stored error',
				async () => {
					const rows = await errors();
					return rows.length > before ? rows : null;
				},
				{ withinMs: 60_000 },
			);
			expect(stored).toHaveLength(before + 1);
			expect(stored.at(-1)).toMatchObject({
				workflow: 'intake',
				node: 'Rows for halo_inbox',
				direction: 'incoming',
				cause: 'workflow',
			});
			await notices();
			expect(subjects()).toEqual(['Halo bridge, incoming: A workflow failed (workflow intake)']);
			expect(mailbox.mails[0]).toMatchObject({ to: 'scanners@msp.example' });
			expect(mailbox.mails[0]?.text).toContain('There is no Data Table called halo_inbox');
			await notices();
			expect(subjects().slice(1)).toEqual([
				'Halo bridge, incoming: No further failures (workflow intake)',
			]);
		},
		START_LIMIT_MS,
	);

	it(
		'a mail server that refuses: the reason stands in the status table, and the notice is sent when mails are taken again',
		async () => {
			mailbox.mails.length = 0;
			mailbox.takes(false);
			const rows = Array.from({ length: 3 }, (_, index) => ({
				workflow: 'intake',
				node: 'Store in halo_inbox',
				direction: 'incoming',
				cause: 'workflow',
				message: `The store broke ${index + 1}`,
				at: new Date(Date.now() + 60_000).toISOString(),
			}));
			await at.session.insertRows('halo_errors', rows);
			await notices();
			await notices();
			expect(String((await status('(notices)'))?.lastError)).toMatch(/A workflow failed.*451/);
			expect((await status('incoming: workflow intake'))?.checkpoint).toBe('open');
			mailbox.takes(true);
			await notices();
			await notices();
			expect(subjects()).toEqual(['Halo bridge, incoming: A workflow failed (workflow intake)']);
		},
		START_LIMIT_MS,
	);

	it(
		'never more than noticesPerHour: what is above waits',
		async () => {
			mailbox.mails.length = 0;
			const at60 = new Date(Date.now() + 60_000).toISOString();
			await at.session.insertRows(
				'halo_errors',
				Array.from({ length: 30 }, (_, index) => ({
					workflow: `copy ${index}`,
					direction: 'incoming',
					cause: 'workflow',
					message: 'It broke',
					at: at60,
				})),
			);
			await notices();
			await notices();
			const counts: unknown = JSON.parse(String((await status('(notices)'))?.counts));
			expect(counts).toHaveLength(12);
			expect(mailbox.mails.length).toBeLessThan(12);
			const waiting = (await at.session.tableRows('halo_sync_status')).filter(
				({ flow, checkpoint }) => flow === 'notices' && checkpoint === 'open',
			);
			expect(waiting).toHaveLength(30 - mailbox.mails.length);
		},
		START_LIMIT_MS,
	);
});

function fullOrNull(error: unknown): true | null {
	if (/size limit/i.test(String(error))) return true;
	throw error;
}
