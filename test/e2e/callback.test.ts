import { createHmac } from 'node:crypto';

import axios from 'axios';

import { type JsonRecord, waitFor } from '../../sandbox/host';
import { START_LIMIT_MS, type Stage, describeWith, openStage, pinnedN8n } from '../support/host';
import {
	adminCredential,
	endedExecutions,
	failureThatSays,
	haloSecretCredential,
	makeTables,
	settings,
	settled,
	templateWith,
} from '../support/host/halo-two-ways';
import { type Receiver, startReceiver } from '../support/receiver';
import { ownTexts, referenceOf } from '../support/own-ticket';

const MINUTES = 60_000;
const CALLBACK_SECRET = 'between n8n and the scanner, for the tests only';
const JIT_TYPE = 'application/vnd.dvmi.entra.app.user.disable+json';

/** What a JIT account's customer is called where the other side knows another name. */
const CUSTOMER_NAMES = { 'Fabrikam Inc': 'Fabrikam PAM' };

const WITHOUT_EMAIL = {
	id: 6,
	name: 'Lee Park',
	email: '',
	isdisabled: false,
	isapiagent: false,
	teams: [1],
};

describeWith('What Halo tells other tools, in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;
	let scanner: Receiver;
	let idemeum: Receiver;

	const callback = () => scanner.received.filter(({ path }) => path === '/callback');
	const disabled = () => idemeum.received.filter(({ path }) => path.endsWith('/entrajitaccounts'));
	const tokens = () => idemeum.received.filter(({ path }) => path.endsWith('/token'));
	const rows = async (source: string): Promise<JsonRecord[]> =>
		(await stage.session.tableRows('halo_inbox')).filter((row) => row.source === source);
	const ended = ({ decision, state }: JsonRecord) => `${String(state)} ${String(decision)}`;

	beforeAll(async () => {
		scanner = await startReceiver();
		idemeum = await startReceiver();
		idemeum.replies.set('/api/oauth2/v1/token', {
			access_token: 'a-token-of-idemeum',
			token_type: 'Bearer',
			expires_in: 3600,
		});
		stage = await openStage('callback', host, (halo) => ({
			credentials: [
				adminCredential(halo),
				haloSecretCredential(),
				{
					name: 'Callback signature',
					type: 'webhookSecretApi',
					data: { secret: CALLBACK_SECRET },
				},
				{
					name: 'idemeum',
					type: 'oAuth2Api',
					data: {
						grantType: 'clientCredentials',
						accessTokenUrl: `${idemeum.url}/api/oauth2/v1/token`,
						clientId: 'client-of-n8n',
						clientSecret: 'secret-of-n8n',
						scope: '',
						authentication: 'body',
					},
				},
			],
			workflows: [
				templateWith('setup', {}),
				templateWith('ticket-closed-callback', {
					Settings: settings({ callbackUrl: `${scanner.url}/callback` }),
				}),
				templateWith('jit-disable', {
					Settings: settings({
						accountsUrl: `${idemeum.url}/api/integrations/entrajitaccounts`,
						customerNames: JSON.stringify(CUSTOMER_NAMES),
					}),
				}),
			],
		}));
		// Before the list of agents is read and kept.
		stage.halo.state.agents.push(WITHOUT_EMAIL);
		await makeTables(stage.session);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
		await scanner?.stop();
		await idemeum?.stop();
	}, START_LIMIT_MS);

	/** A ticket of ours that two findings of two sources became. */
	async function knownTicket(word: string): Promise<number> {
		const ticketId = stage.halo.technician.create({
			...ownTexts(word, referenceOf(word)),
			client_id: 11,
			agent_id: 2,
		});
		await stage.session.insertRows(
			'halo_inbox',
			['wazuh', 'tenable'].map((source) => ({
				integration: 'default',
				source,
				dedupKey: `v1|${source}|${word}`,
				deliveryId: `${source}-1`,
				event: '{}',
				state: 'done',
				decision: 'created',
				ticketId,
			})),
		);
		return ticketId;
	}

	/** A close by the application that the pack signs in with. */
	async function closeAsThePack(ticketId: number, change: JsonRecord = {}): Promise<void> {
		const { halo } = stage;
		const { data } = await axios.post<{ access_token: string }>(
			`${halo.authServer}/token?tenant=${halo.tenant}`,
			new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: halo.clientId,
				client_secret: halo.clientSecret,
				scope: 'all',
			}),
		);
		await axios.post(
			`${halo.resourceServer}/Tickets`,
			[{ id: ticketId, status_id: 9, client_id: 11, tickettype_id: 1, ...change }],
			{ headers: { Authorization: `Bearer ${data.access_token}` } },
		);
	}

	describe('ticket-closed-callback', () => {
		beforeAll(async () => await stage.session.publish('haloBridgeCallback01'), MINUTES);
		afterAll(async () => await stage.session.unpublish('haloBridgeCallback01'), MINUTES);

		it(
			'a close in Halo is one signed call, however many deliveries tell of it',
			async () => {
				const { halo } = stage;
				const ticketId = await knownTicket('door');
				halo.switches.webhookDuplicates = true;
				halo.technician.close(ticketId);
				await settled(halo);
				halo.switches.webhookDuplicates = false;
				await waitFor(
					'All claims',
					async () =>
						(await rows('halo-callback')).filter(({ state }) => state !== 'sending').length === 4
							? true
							: null,
					{ withinMs: MINUTES },
				);

				expect(callback()).toHaveLength(1);
				const [call] = callback();
				const signature = createHmac('sha256', CALLBACK_SECRET)
					.update(call?.text ?? '')
					.digest('hex');
				expect(call?.headers['x-signature']).toBe(`sha256=${signature}`);
				expect(call?.headers['idempotency-key']).toContain(`halo|${ticketId}|closed|9`);
				expect(JSON.parse(call?.text ?? '')).toEqual({
					change: 'closed',
					at: expect.stringMatching(/^\d{4}-.*Z$/),
					reference: referenceOf('door'),
					ticket: {
						id: ticketId,
						summary: expect.stringContaining('door'),
						statusId: 9,
						mergedIntoId: null,
					},
					client: { id: 11, name: 'Contoso Ltd' },
					agent: { name: 'Alex Rivera', email: 'alex.rivera@msp.example' },
					findings: [
						{ source: 'wazuh', dedupKey: 'v1|wazuh|door', deliveryId: 'wazuh-1' },
						{ source: 'tenable', dedupKey: 'v1|tenable|door', deliveryId: 'tenable-1' },
					],
					findingsTotal: 2,
				});
				expect((await rows('halo-callback')).map(ended).sort()).toEqual([
					'done sent',
					'done skipped_replay',
					'done skipped_replay',
					'done skipped_replay',
				]);
			},
			2 * MINUTES,
		);

		it(
			'a merge and a change of status are told as such; a ticket of nobody of ours is not told',
			async () => {
				const { halo } = stage;
				const before = callback().length;
				const [moved, merged, into] = [
					await knownTicket('moved'),
					await knownTicket('merged'),
					await knownTicket('into'),
				];
				halo.technician.close(1001);
				halo.technician.edit(moved, { status_id: 2 });
				halo.technician.merge(merged, into);
				await settled(halo);
				await waitFor('Two calls', () => (callback().length > before + 1 ? true : null), {
					withinMs: MINUTES,
				});

				const told = callback()
					.slice(before)
					.map(({ text }) => JSON.parse(text) as JsonRecord);
				expect(told).toHaveLength(2);
				expect(told).toEqual(
					expect.arrayContaining([
						expect.objectContaining({
							change: 'statusChanged',
							ticket: expect.objectContaining({ id: moved, statusId: 2 }),
						}),
						expect.objectContaining({
							change: 'merged',
							ticket: expect.objectContaining({ id: merged, mergedIntoId: into }),
						}),
					]),
				);
			},
			2 * MINUTES,
		);

		it(
			'D23 our own close tells nobody',
			async () => {
				const { halo } = stage;
				const before = callback().length;
				const ticketId = await knownTicket('ours');
				await closeAsThePack(ticketId);
				await settled(halo);

				expect(halo.tickets().find(({ id }) => id === ticketId)).toMatchObject({ status_id: 9 });
				expect(halo.state.hooks.log.at(-1)?.responsebody).toContain('"started":0');
				expect(callback()).toHaveLength(before);
			},
			2 * MINUTES,
		);

		it('a delivery that was changed on the way, or carries no signature, gets 401, and nobody is told', async () => {
			const { halo } = stage;
			const sent = halo.state.hooks.log.find(({ responsestatus }) => responsestatus === 200);
			const webhook = halo.state.hooks.webhooks.find(({ id }) => id === sent?.webhook_id);
			if (sent === undefined) throw new Error('Nothing was delivered yet');
			const claimed = await rows('halo-callback');
			const before = callback().length;
			const post = async (body: string, headers: Record<string, string>) => {
				const { status } = await axios.post<unknown>(String(webhook?.url), Buffer.from(body), {
					headers: { ...headers, 'content-type': 'application/json' },
					validateStatus: () => true,
					proxy: false,
				});
				return status;
			};
			const other = sent.requestbody.replace(/"object_id":\s*(\d+)/, '"object_id":1002');
			expect(other).not.toBe(sent.requestbody);
			expect(await post(other, sent.requestheaders)).toBe(401);
			expect(await post(sent.requestbody, {})).toBe(401);
			expect(callback()).toHaveLength(before);
			expect(await rows('halo-callback')).toEqual(claimed);
		});

		it(
			'a receiver that is down is tried again, reported, and told later; the ticket is left alone',
			async () => {
				const { halo, session } = stage;
				const ticketId = await knownTicket('down');
				scanner.answers(503);
				const before = callback().length;
				halo.technician.close(ticketId);
				const ticket = JSON.stringify(halo.tickets().find(({ id }) => id === ticketId));
				await settled(halo);
				const dead = await waitFor(
					'The report',
					async () => {
						const found = await session.tableRows('halo_errors');
						return found.length > 0 ? found : null;
					},
					{ withinMs: 2 * MINUTES },
				);

				expect(callback().slice(before)).toHaveLength(5);
				expect(dead).toMatchObject([
					{ direction: 'outgoing', message: expect.stringContaining(`Ticket ${ticketId}`) },
				]);
				expect((await rows('halo-callback')).filter(({ state }) => state === 'dead')).toHaveLength(
					1,
				);

				scanner.answers(200);
				const run = await session.runWorkflow('haloBridgeCallback01', 'Every 15 minutes');
				expect([run.status, run.error]).toEqual(['success', null]);
				expect(callback().slice(before)).toHaveLength(6);
				expect(callback().at(-1)?.text).toBe(callback().at(-2)?.text);
				expect((await rows('halo-callback')).filter(({ state }) => state === 'dead')).toEqual([]);
				expect(JSON.stringify(halo.tickets().find(({ id }) => id === ticketId))).toBe(ticket);
				const again = await session.runWorkflow('haloBridgeCallback01', 'Every 15 minutes');
				expect(again.status).toBe('success');
				expect(callback().slice(before)).toHaveLength(6);
			},
			4 * MINUTES,
		);

		it(
			'when Halo cannot be read, what the delivery itself holds is told',
			async () => {
				const { halo } = stage;
				const ticketId = await knownTicket('unreadable');
				const before = callback().length;
				halo.faults.add({ name: 'status-503', path: '/Tickets', times: 'always' });
				halo.technician.close(ticketId);
				await settled(halo);
				await waitFor(
					'The call to the source',
					async () => (callback().length > before ? true : null),
					{ withinMs: 2 * MINUTES },
				);
				halo.faults.clear();

				expect(callback()).toHaveLength(before + 1);
				expect(callback().at(-1)?.text).toContain(`${ticketId}`);
			},
			2 * MINUTES,
		);
	});

	describe('jit-disable', () => {
		beforeAll(async () => await stage.session.publish('haloBridgeJitDisab01'), MINUTES);
		afterAll(async () => await stage.session.unpublish('haloBridgeJitDisab01'), MINUTES);

		const ticketOf = (client: number, agent: number) =>
			stage.halo.technician.create({
				summary: 'Needs an account',
				client_id: client,
				agent_id: agent,
			});

		it(
			'ID-43 ID-46 ID-47 ID-49 a closed ticket disables the JIT account of its agent, once, through OAuth2',
			async () => {
				const { halo, session } = stage;
				halo.switches.webhookDuplicates = true;
				halo.technician.edit(ticketOf(11, 3), { status_id: 9 }, 2);
				halo.technician.edit(ticketOf(12, 3), { status_id: 9 }, 2);
				await settled(halo);
				halo.switches.webhookDuplicates = false;
				const runs = await endedExecutions(session, 'haloBridgeJitDisab01', 4);
				expect(runs.map(({ error }) => error)).toEqual([null, null, null, null]);
				expect((await rows('halo-jit')).map(ended).sort()).toEqual([
					'done sent',
					'done sent',
					'done skipped_replay',
					'done skipped_replay',
				]);

				expect(disabled().map(({ method, path }) => [method, path])).toEqual([
					['POST', '/api/integrations/entrajitaccounts'],
					['POST', '/api/integrations/entrajitaccounts'],
				]);
				expect(disabled().map(({ text }) => JSON.parse(text) as JsonRecord)).toEqual(
					expect.arrayContaining([
						{
							customerDisplayName: 'Contoso Ltd',
							technicianEmailAddress: 'Sam.Okafor@msp.example',
						},
						{
							customerDisplayName: 'Fabrikam PAM',
							technicianEmailAddress: 'Sam.Okafor@msp.example',
						},
					]),
				);
				for (const { headers } of disabled()) {
					expect(headers['content-type']).toBe(JIT_TYPE);
					expect(headers.authorization).toBe('Bearer a-token-of-idemeum');
				}
				expect(tokens()[0]?.text).toContain('grant_type=client_credentials');
			},
			2 * MINUTES,
		);

		it(
			'ID-49 a close by the pack itself ends the account of the ticket’s agent; with nobody on the ticket it calls nobody',
			async () => {
				const { halo, session } = stage;
				const before = disabled().length;
				const runs = (await session.executions('haloBridgeJitDisab01')).length;
				await closeAsThePack(ticketOf(11, 1), { agent_id: 9 });
				await closeAsThePack(ticketOf(11, 3));
				await settled(halo);
				const ended = await endedExecutions(session, 'haloBridgeJitDisab01', runs + 2);

				expect(ended.map(({ error }) => error)).toEqual(ended.map(() => null));
				expect(
					disabled()
						.slice(before)
						.map(({ text }) => JSON.parse(text) as JsonRecord),
				).toEqual([
					{
						customerDisplayName: 'Contoso Ltd',
						technicianEmailAddress: 'Sam.Okafor@msp.example',
					},
				]);
			},
			2 * MINUTES,
		);

		it(
			'a ticket whose people have no e-mail in Halo disables nobody: the run fails and says where to enter it',
			async () => {
				const { halo, session } = stage;
				const before = disabled().length;
				halo.technician.close(ticketOf(11, WITHOUT_EMAIL.id), 9, WITHOUT_EMAIL.id);
				await settled(halo);
				const failure = await failureThatSays(
					session,
					'haloBridgeJitDisab01',
					'no agent with an e-mail address',
				);

				expect(failure).toContain('Configuration > Teams & Agents > Agents');
				expect(disabled()).toHaveLength(before);
			},
			2 * MINUTES,
		);

		it(
			'when Halo cannot be read, what the delivery itself holds is enough',
			async () => {
				const { halo } = stage;
				const before = disabled().length;
				const ticketId = ticketOf(11, 3);
				halo.faults.add({ name: 'status-503', path: '/Tickets', times: 'always' });
				halo.technician.edit(ticketId, { status_id: 9 }, 2);
				await settled(halo);
				await waitFor(
					'The call to idemeum',
					async () => (disabled().length > before ? true : null),
					{ withinMs: 2 * MINUTES },
				);
				halo.faults.clear();

				expect(
					disabled()
						.slice(before)
						.map(({ text }) => JSON.parse(text) as JsonRecord),
				).toEqual([
					{
						customerDisplayName: 'Contoso Ltd',
						technicianEmailAddress: 'Sam.Okafor@msp.example',
					},
				]);
			},
			2 * MINUTES,
		);

		it(
			'when idemeum is down the call is kept and reported, and made when it is back',
			async () => {
				const { halo, session } = stage;
				const before = disabled().length;
				idemeum.answers(500);
				halo.technician.close(ticketOf(11, 2));
				await settled(halo);
				await waitFor(
					'The kept call',
					async () =>
						(await rows('halo-jit')).some(({ state }) => state === 'dead') ? true : null,
					{ withinMs: 2 * MINUTES },
				);
				expect(disabled()).toHaveLength(before + 5);

				idemeum.answers(200);
				const run = await session.runWorkflow('haloBridgeJitDisab01', 'Send failed ones now');

				expect([run.status, run.error]).toEqual(['success', null]);
				expect(disabled()).toHaveLength(before + 6);
				expect((await rows('halo-jit')).filter(({ state }) => state === 'dead')).toEqual([]);
			},
			4 * MINUTES,
		);
	});

	it('HI-16 Last Sync of both flows stands in halo_sync_status', async () => {
		const status = (await stage.session.tableRows('halo_sync_status')).filter(
			({ integration }) => integration === '(all)',
		);
		expect(status).toEqual([
			expect.objectContaining({ flow: 'tell the source what became of a ticket' }),
			expect.objectContaining({ flow: 'disable JIT accounts when a ticket is closed' }),
		]);
		for (const { lastSync } of status) expect(Date.parse(String(lastSync))).not.toBeNaN();
	});

	it('asks for nothing that the simulator does not know', () => {
		expect(stage.halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(stage.halo.failures).toEqual([]);
	});
});
