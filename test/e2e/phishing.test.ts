import axios from 'axios';

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
import {
	makeTables,
	settings,
	switchedOn,
	templateWith,
	withCredential,
} from '../support/host/halo-two-ways';
import { type Receiver, startReceiver } from '../support/receiver';

const MINUTES = 60_000;
const SECRET = 'what Phin sends, for the tests only';
const TEMPLATE = 'haloBridgePhishing01';
const TENANT = '0d6b3f5e-2f44-4a3c-8a55-6a1f5f3f2b11';
const SUBMISSIONS = '/beta/security/threatSubmission/emailThreats';

let count = 0;
/** A submission as Microsoft gives it out. */
function submission(change: JsonRecord = {}): JsonRecord {
	count += 1;
	const reporter = String(change.reporter ?? 'grace@contoso.example');
	return {
		'@odata.type': '#microsoft.graph.security.emailContentThreatSubmission',
		id: `sub-${count}`,
		category: 'phishing',
		source: 'user',
		subject: 'Invoice 4711 is overdue',
		sender: `accounts${count}@parcel.example`,
		senderIP: '203.0.113.77',
		recipientEmailAddress: reporter,
		internetMessageId: `<m${count}@parcel.example>`,
		tenantId: TENANT,
		createdDateTime: '2026-05-04T09:12:33.8476880Z',
		createdBy: { user: { email: reporter, displayName: reporter.split('@')[0] } },
		attackSimulationInfo: null,
		...change,
	};
}

/** Not while the tests run: they read when they want to. */
const seldom = (parameters: JsonRecord): JsonRecord => ({
	...parameters,
	rule: { interval: [{ field: 'days', daysInterval: 30 }] },
});

describeWith('Reported mail, in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let graph: Receiver;

	beforeAll(async () => {
		graph = await startReceiver();
		graph.replies.set('/token', {
			access_token: 'of-graph',
			token_type: 'Bearer',
			expires_in: 3600,
		});
		const graphCredential = {
			name: 'Microsoft Graph',
			type: 'oAuth2Api',
			data: {
				grantType: 'clientCredentials',
				accessTokenUrl: `${graph.url}/token`,
				clientId: 'client-of-n8n',
				clientSecret: 'secret-of-n8n',
				scope: 'https://graph.microsoft.com/.default',
				authentication: 'body',
			},
		};
		stage = await openStage('phishing', host, (halo) => ({
			credentials: [haloCredential(halo), webhookCredential(SECRET), graphCredential],
			workflows: [
				templateWith('setup', {}),
				withCredential(
					switchedOn(
						templateWith('phishing-report', {
							Settings: settings({ submissionsUrl: `${graph.url}${SUBMISSIONS}` }),
							'Every 10 minutes': seldom,
						}),
						'Every 10 minutes',
					),
					'Submissions',
					graphCredential,
				),
			],
		}));
		await makeTables(stage.session);
		await stage.session.insertRows('halo_company_mappings', [
			{
				companyId: TENANT,
				companyName: 'Contoso',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				method: 'by hand',
				createTicket: true,
				noNotification: false,
			},
		]);
		await stage.session.publish(TEMPLATE);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		await graph?.stop();
	}, START_LIMIT_MS);

	const tickets = (): JsonRecord[] =>
		stage.halo.tickets().filter(({ summary }) => /scanref/.test(String(summary)));
	const reporters = (ticket: JsonRecord | undefined) =>
		(stage.halo.state.tickets.find(({ id }) => id === ticket?.id)?.actions ?? [])
			.filter(({ note }) => note.includes('Reported by'))
			.map(({ note, hiddenfromuser }) => [
				/Reported by (\S+)/.exec(note)?.[1] ?? note,
				hiddenfromuser,
			]);
	const read = async () => await stage.session.runWorkflow(TEMPLATE, 'Every 10 minutes');
	const report = async (body: unknown): Promise<number> => {
		const { status } = await axios.post<unknown>(
			`${stage.n8n.url}/webhook/halo-reported-mail`,
			body,
			{
				headers: { 'X-Webhook-Token': SECRET, 'content-type': 'application/json' },
				validateStatus: () => true,
				proxy: false,
				timeout: MINUTES,
			},
		);
		return status;
	};
	const errors = async () => await stage.session.tableRows('halo_errors');

	it(
		'PH-01 PH-13 three reports of one campaign, one of another, a simulation: two tickets, a private note per reporter',
		async () => {
			graph.replies.set(SUBMISSIONS, {
				value: [
					submission({ reporter: 'grace@contoso.example' }),
					submission({ reporter: 'alan@contoso.example', subject: 'RE: Invoice 4712 is overdue' }),
					submission({ subject: 'A training', attackSimulationInfo: { attackSimId: '1' } }),
				],
				'@odata.nextLink': `${graph.url}/page-2`,
			});
			graph.replies.set('/page-2', {
				value: [
					submission({ reporter: 'edsger@contoso.example', subject: 'invoice 4713 is overdue' }),
					submission({ reporter: 'alan@contoso.example', subject: 'Your password' }),
					submission({ subject: 'Newsletter', category: 'spam' }),
					submission({ subject: 'Looked at by IT', source: 'administrator' }),
				],
			});
			const run = await read();

			expect([run.status, run.error]).toEqual(['success', null]);
			expect(tickets()).toHaveLength(2);
			const [invoice, password] = tickets();
			expect(invoice).toMatchObject({ client_id: 11, tickettype_id: 1, status_id: 1 });
			expect(`${String(invoice?.summary)} ${String(invoice?.details)}`).toContain('Invoice 4711');
			expect(reporters(invoice)).toEqual([
				['grace@contoso.example', true],
				['alan@contoso.example', true],
				['edsger@contoso.example', true],
			]);
			expect(String(password?.summary)).toContain('Your password');
			expect(reporters(password)).toEqual([['alan@contoso.example', true]]);
			expect(stage.halo.mails).toEqual([]);
			const asked = graph.received.filter(({ path }) => path.startsWith(SUBMISSIONS));
			expect(decodeURIComponent(asked[0]?.path ?? '')).toMatch(
				/\?\$filter=createdDateTime ge \d{4}-\d\d-\d\dT[\d:.]+Z$/,
			);
			expect(asked[0]?.headers.authorization).toBe('Bearer of-graph');
		},
		3 * MINUTES,
	);

	it(
		'the same submissions again: no ticket, no note',
		async () => {
			const before = JSON.stringify(tickets().map((ticket) => [ticket.id, reporters(ticket)]));
			const run = await read();

			expect([run.status, run.error]).toEqual(['success', null]);
			expect(JSON.stringify(tickets().map((ticket) => [ticket.id, reporters(ticket)]))).toBe(
				before,
			);
		},
		2 * MINUTES,
	);

	it(
		'PH-14 a report by webhook is found on the ticket of its campaign; sent twice it stands there once',
		async () => {
			const mail = submission({ reporter: 'barbara@contoso.example' });
			await waitFor('The webhook', async () => ((await report(mail)) === 200 ? true : null), {
				withinMs: MINUTES,
				everyMs: 1000,
			});

			expect(await report(mail)).toBe(200);
			expect(tickets()).toHaveLength(2);
			expect(reporters(tickets()[0]).map(([who]) => who)).toEqual([
				'grace@contoso.example',
				'alan@contoso.example',
				'edsger@contoso.example',
				'barbara@contoso.example',
			]);
		},
		2 * MINUTES,
	);

	it(
		'PH-13 a simulation by webhook makes nothing; what is no mail, or no JSON, is refused',
		async () => {
			expect(
				await report(submission({ subject: 'Training', attackSimulationInfo: { id: '1' } })),
			).toBe(200);
			expect(await report('{"broken')).toBe(400);
			expect(await report({ hello: 'world' })).toBe(400);
			expect(tickets()).toHaveLength(2);
			expect(await errors()).toEqual([]);
		},
		2 * MINUTES,
	);

	it(
		'a company without a mapping is reported once, and its mail becomes a ticket when it is mapped',
		async () => {
			const value = [submission({ tenantId: 'fabrikam-tenant', subject: 'Parcel at the door' })];
			graph.replies.set(SUBMISSIONS, { value });
			for (let run = 0; run < 2; run++) expect((await read()).error).toBeNull();

			expect(tickets()).toHaveLength(2);
			expect(await errors()).toMatchObject([
				{
					direction: 'incoming',
					cause: 'held_unmapped',
					message: expect.stringContaining('Parcel'),
				},
			]);
			await stage.session.insertRows('halo_company_mappings', [
				{
					companyId: 'fabrikam-tenant',
					haloClientId: 12,
					createTicket: true,
					noNotification: false,
				},
			]);
			expect((await read()).error).toBeNull();
			expect(tickets().at(-1)).toMatchObject({
				client_id: 12,
				summary: expect.stringContaining('Parcel at the door'),
			});
		},
		3 * MINUTES,
	);

	it(
		'Halo is down: the sender gets an error and repeats, it is reported once, and nothing is lost',
		async () => {
			const { halo } = stage;
			const mail = submission({ reporter: 'ken@contoso.example', subject: 'While Halo is down' });
			halo.faults.add({ name: 'error-text', path: '/Tickets', times: 'always', message: 'Down' });

			expect([await report(mail), await report(mail)]).toEqual([500, 500]);
			// Each failed run is stored by the workflow's error branch besides, as in every template.
			expect((await errors()).filter(({ cause }) => cause === 'failed')).toMatchObject([
				{ direction: 'incoming', message: expect.stringContaining('While Halo is down') },
			]);
			halo.faults.clear();
			expect(await report(mail)).toBe(200);
			const made = tickets().at(-1);
			expect(String(made?.summary)).toContain('While Halo is down');
			expect(reporters(made)).toEqual([['ken@contoso.example', true]]);
		},
		3 * MINUTES,
	);

	it(
		'Microsoft is down: the run says so, nothing is made, and the next run brings it',
		async () => {
			const made = tickets().length;
			graph.answers(503);
			const value = [submission({ subject: 'While Graph is down' })];
			graph.replies.set(SUBMISSIONS, { value });
			const failed = await read();

			expect(failed.status).toBe('error');
			expect(failed.error).toContain('Nothing is lost');
			expect(tickets()).toHaveLength(made);
			graph.answers(200);
			expect((await read()).error).toBeNull();
			expect(tickets()).toHaveLength(made + 1);
		},
		3 * MINUTES,
	);

	it('mails nobody, asks for nothing that the simulator does not know', () => {
		expect(stage.halo.mails).toEqual([]);
		expect(stage.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(stage.halo.failures).toEqual([]);
	});
});
