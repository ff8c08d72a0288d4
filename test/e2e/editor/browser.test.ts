import { statSync } from 'node:fs';

import axios from 'axios';

import { openFlow, prepareFlow } from '../../../sandbox/flow';
import { waitFor } from '../../../sandbox/host';
import {
	HALO_CREDENTIAL,
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	ticketLine,
	webhookCredential,
} from '../../support/host';
import { Editor, browserAndN8n } from '../../support/host/editor';

const MINUTES = 60_000;
const SECRET = 'a-secret-for-the-tests-only';

/** High enough for all fields of a profile. */
const TALL = { width: 1440, height: 1700 };

/** Large enough for a batch's decisions. */
const LARGE = { width: 1920, height: 1200 };

/** Smaller than this a screenshot shows an empty page. */
const SMALLEST_SCREENSHOT_BYTES = 20_000;

const BATCH = 'browserBatch0001';

/** A field of a profile as it stands after a pick from its list. */
function fromList(value: number, cachedResultName: string) {
	return { __rl: true, mode: 'list', value: String(value), cachedResultName };
}

const PROFILE = {
	ticketType: fromList(1, 'Incident'),
	closeStatus: fromList(9, 'Closed'),
	moreFields: {
		name: 'P2',
		eventSet: '',
		sla: fromList(2, 'Gold SLA'),
		priority: fromList(2, 'P2 Urgent'),
		createStatus: fromList(2, 'In Progress'),
		team: fromList(2, 'Security'),
		agent: fromList(3, 'Sam Okafor'),
		client: fromList(11, 'Contoso Ltd'),
		user: fromList(4011, 'Robin Vale'),
		category: fromList(62, 'Security>Vulnerability'),
		urgency: fromList(2, 'Medium'),
		impact: fromList(2, 'Multiple Users Affected'),
	},
};

/** A batch with an event for each of the decisions that people meet first. */
const EVENTS = [
	{ dedupKey: 'batch/1', title: 'OpenSSL out of date on SRV-21', severity: 'high', at: 9 },
	{ dedupKey: 'batch/2', title: 'Port 3389 open on FW-02', severity: 'critical', at: 10 },
	{ dedupKey: 'batch/1', title: 'OpenSSL out of date on SRV-21', severity: 'high', at: 11 },
	{ dedupKey: 'batch/2', title: 'Port 3389 closed on FW-02', status: 'resolved', at: 12 },
	{ dedupKey: 'batch/3', title: 'Weak cipher on SRV-22', status: 'suppressed', at: 13 },
	{ dedupKey: 'batch/4', title: 'Chrome updated on PC-7', status: 'resolved', at: 14 },
].map(({ at, ...event }) => ({
	...event,
	company: 'Contoso',
	time: `2026-05-04T${String(at).padStart(2, '0')}:00:00.000Z`,
}));

describeWith('A person at the n8n editor', browserAndN8n(), ({ host, chromium }) => {
	let stage: Stage;
	let editor: Editor;

	afterEach(async () => {
		const { currentTestName, numPassingAsserts } = expect.getState();
		await editor?.page.screenshot({
			path: `test/.artifacts/browser-${(currentTestName ?? '').replace(/\W+/g, '-').slice(-60)}-${numPassingAsserts}.png`,
		});
	});

	describe('with nothing but the nodes', () => {
		beforeAll(async () => {
			stage = await openStage('browser-nodes', host, () => ({ editor: true }));
			editor = await Editor.open(chromium, stage.n8n.url, stage.n8n.owner);
		}, START_LIMIT_MS);

		afterAll(async () => {
			await editor?.close();
			await stage?.stop();
		}, START_LIMIT_MS);

		it(
			'finds every node of the pack by searching for "halo"',
			async () => {
				await editor.openWorkflow();
				await editor.page.getByTestId('canvas-plus-button').click();

				expect(await editor.search('halo')).toEqual(
					expect.arrayContaining([
						'Scanner Trigger',
						'Scanner Events',
						'Halo Map Company',
						'Halo Evaluate Event Set',
						'Halo Ticket',
					]),
				);
			},
			MINUTES,
		);

		it(
			'builds the straight line from an empty canvas with at most 12 fields and gets a ticket',
			async () => {
				const { halo } = stage;

				await editor.openWorkflow();
				await editor.addFirst('Scanner Trigger');
				await editor.makeCredential({ secret: SECRET });
				const url = await editor.productionUrl();
				await editor.closeNode();

				await editor.addBehind('Scanner Trigger', 'Halo Map Company', 'Resolve the company');
				await editor.makeCredential({
					domain: halo.resourceServer,
					tenant: halo.tenant,
					clientId: halo.clientId,
					clientSecret: halo.clientSecret,
				});
				await editor.press('Add Company');
				await editor.fill('company', 'Contoso');
				await editor.pick('client', 'Contoso Ltd');
				await editor.closeNode();

				await editor.addBehind('Halo Map Company', 'Halo Evaluate Event Set', null);
				await editor.closeNode();

				await editor.addBehind(
					'Halo Evaluate Event Set',
					'Halo Ticket',
					'Create or close a ticket',
				);
				await editor.pick('ticketType', 'Incident');
				await editor.pick('closeStatus', 'Closed');
				expect(await editor.openList('ticketType', 'Service Request')).toContain('Incident');
				const shot = await editor.screenshot('halo-ticket-node');
				await editor.page.keyboard.press('Escape');
				await editor.closeNode();
				await editor.publish();

				const answer = await waitFor(
					'The published webhook',
					async () => {
						const sent = await axios.post(
							url,
							{
								dedupKey: 'browser/disk',
								title: 'Disk D: of srv-05 is full',
								severity: 'high',
								company: 'CONTOSO, Ltd.',
							},
							{ headers: { 'X-Webhook-Token': SECRET }, validateStatus: () => true, proxy: false },
						);
						// n8n starts a trigger some moments after it has said "published".
						return sent.status === 404 ? null : sent;
					},
					{ withinMs: MINUTES, everyMs: 1000 },
				);

				expect(answer.status).toBe(200);
				expect(
					halo.tickets().filter(({ summary }) => String(summary).includes('srv-05')),
				).toMatchObject([{ client_name: 'Contoso Ltd', tickettype_id: 1 }]);
				expect(halo.mails).toEqual([]);
				expect(editor.filled.length).toBeLessThanOrEqual(12);
				expect(editor.filled).toHaveLength(9);
				expect(statSync(shot).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
			},
			4 * MINUTES,
		);
	});

	describe('with the templates', () => {
		beforeAll(async () => {
			const flow = prepareFlow(false);
			stage = await openStage('browser-templates', host, (halo) => ({
				editor: true,
				credentials: [haloCredential(halo), webhookCredential(SECRET)],
				workflows: [...flow.workflows, ticketLine(BATCH, 'A batch', { events: EVENTS }, PROFILE)],
			}));
			const { n8n, session, halo } = stage;
			const webhooks = await openFlow(session, flow, {
				n8nUrl: n8n.url,
				secret: SECRET,
				clients: new Map([['Contoso', { id: 11, name: 'Contoso Ltd' }]]),
			});
			// From here on a person runs it, not the schedule.
			await session.unpublish(flow.processInbox.id);
			const { canonical } = webhooks;
			if (canonical === undefined) throw new Error('intake has no trigger for canonical JSON');
			await axios.post(
				canonical.url,
				{
					events: ['srv-01', 'srv-02', 'srv-03'].map((name) => ({
						dedupKey: `${name}/disk`,
						title: `Disk of ${name} is full`,
						severity: 'high',
						company: 'Contoso',
					})),
				},
				{ headers: canonical.headers, proxy: false },
			);
			expect(halo.tickets().filter(({ summary }) => /scanref/.test(String(summary)))).toEqual([]);
			editor = await Editor.open(chromium, n8n.url, n8n.owner);
		}, START_LIMIT_MS);

		afterAll(async () => {
			await editor?.close();
			await stage?.stop();
		}, START_LIMIT_MS);

		it(
			'runs process-inbox by hand and sees every stage succeed',
			async () => {
				await editor.openWorkflow('haloBridgeProcess01');
				await editor.widen();
				await editor.execute('Run by hand');
				const shot = await editor.screenshot('process-inbox');

				expect(await editor.succeeded()).toEqual(
					expect.arrayContaining([
						'Open rows',
						'Halo Map Company',
						'Halo Evaluate Event Set',
						'Halo Ticket',
						'Write the decision',
					]),
				);
				const made = stage.halo.tickets().filter(({ summary }) => /scanref/.test(String(summary)));
				expect(made).toHaveLength(3);
				expect(statSync(shot).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
			},
			2 * MINUTES,
		);

		it(
			'CS-22 CS-25 CS-26 opens the integration profile: all its fields, and the priorities of the SLA that was picked',
			async () => {
				await editor.openWorkflow(BATCH);
				await editor.openNode('Halo Ticket');
				await editor.page.setViewportSize(TALL);

				const shown = await editor.openList('priority', 'P1 Emergency');
				const shot = await editor.screenshot('halo-ticket-profile');

				// The one that is picked stands first.
				expect(shown).toEqual(['P2 Urgent', 'P1 Emergency', 'P3 Normal', 'P4 Minor']);
				const fields = await editor.page.getByTestId('node-parameters').innerText();
				for (const label of ['Agent', 'Category', 'Impact', 'SLA', 'Team', 'Urgency', 'User']) {
					expect(fields).toContain(label);
				}
				expect(statSync(shot).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
			},
			2 * MINUTES,
		);

		it(
			"sees a batch's decisions in the node's output table",
			async () => {
				await editor.openWorkflow(BATCH);
				await editor.widen();
				await editor.execute('Start');
				await editor.openNode('Halo Ticket');
				const output = editor.page.getByTestId('output-panel');
				await output.getByText('Table', { exact: true }).click();
				await editor.page.setViewportSize(LARGE);
				const heading = output.getByRole('columnheader', { name: 'decision' });
				await heading.evaluate((cell) => cell.scrollIntoView({ inline: 'start' }));
				const shot = await editor.screenshot('halo-ticket-decisions');

				const cells = await output.locator('td').allInnerTexts();
				const decisions = ['created', 'unchanged', 'closed', 'skipped_suppressed', 'not_found'];
				for (const decision of decisions) expect(cells).toContain(decision);
				expect(statSync(shot).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
			},
			2 * MINUTES,
		);

		it(
			'sees the credential tested green, and red with the next step when the secret is wrong',
			async () => {
				const { page } = editor;
				const id = await stage.session.credentialId(HALO_CREDENTIAL.name);
				await page.goto(`${stage.n8n.url}/home/credentials/${id}`);
				const form = page.getByTestId('editCredential-modal');
				await form.getByTestId('credentials-config-container-test-success').waitFor();
				const shot = await editor.screenshot('credential-test');

				await form.getByTestId('parameter-input-clientSecret').locator('input').fill('wrong');
				await form.getByTestId('credential-save-button').click();

				await form.getByText('More details').click();
				await form
					.getByText(/Halo refused the client id or the secret/)
					.first()
					.waitFor();
				expect(await form.innerText()).toMatch(/Next: Configuration > Integrations/);
				expect(statSync(shot).size).toBeGreaterThan(SMALLEST_SCREENSHOT_BYTES);
			},
			2 * MINUTES,
		);
	});
});
