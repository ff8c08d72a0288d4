import axios from 'axios';

import { ownTexts, referenceOf } from '../support/own-ticket';
import { type JsonRecord, outputOf, waitFor } from '../../sandbox/host';
import {
	HALO_CREDENTIAL,
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	node,
	openStage,
	pinnedN8n,
} from '../support/host';
import {
	adminCredential,
	endedExecutions,
	haloSecretCredential,
	makeTables,
	settled,
	templateWith,
} from '../support/host/halo-two-ways';

const MINUTES = 60_000;

const TRIGGER = 'Halo Trigger';

function listening(events: string[]): JsonRecord {
	return { registration: 'automatic', events, readTicket: 'always', additionalFields: {} };
}

function workflow(events: string[], name = 'Listens to Halo') {
	const secret = haloSecretCredential();
	return chain('listensToHalo001', name, [
		node(TRIGGER, 'n8n-nodes-halopsa-bridge.haloTrigger', 1, listening(events), {
			webhookId: '5f0b7d1e-6f5b-4a53-9c3e-1f2d3c4b5a69',
			credentials: {
				haloPsaBridgeApi: HALO_CREDENTIAL,
				webhookSecretApi: { id: null, name: secret.name },
			},
		}),
		node('Seen', 'n8n-nodes-base.noOp', 1, {}),
	]);
}

const LISTENS = workflow(['created', 'closed']);
const POLL = templateWith('poll-tickets', {});

describeWith('Halo Trigger in a real n8n', pinnedN8n(), (host) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage('halo-trigger', host, (halo) => ({
			credentials: [adminCredential(halo), haloSecretCredential()],
			workflows: [LISTENS, POLL, templateWith('setup', {})],
		}));
		await makeTables(stage.session);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	const webhooks = () => stage.halo.state.hooks.webhooks;
	const events = () => stage.halo.state.hooks.notifications.map(({ eventno }) => eventno).sort();
	const newTicket = (word: string) =>
		stage.halo.technician.create({
			...ownTexts(word, referenceOf(word)),
			client_id: 11,
			agent_id: 2,
		});
	const executions = async () => await stage.session.executions(LISTENS.id);

	it(
		'publishing registers one webhook; again, a restart, a change and unpublishing leave one, one, one and none',
		async () => {
			const { n8n, session } = stage;
			const counts: Array<[string, number, number[]]> = [];
			const count = (when: string) => counts.push([when, webhooks().length, events()]);

			await session.publish(LISTENS.id);
			count('published');
			await session.publish(LISTENS.id);
			count('published again');
			await n8n.pause();
			await n8n.start();
			count('restarted');
			const { nodes, connections, settings } = workflow(['closed', 'statusChanged', 'deleted']);
			const body = { name: LISTENS.name, nodes, connections, settings };
			await session.api('PUT', `/workflows/${LISTENS.id}`, body);
			await session.publish(LISTENS.id);
			await waitFor('The change', () => (events().includes(1072) ? true : null), {
				withinMs: MINUTES,
			});
			count('changed');
			await session.unpublish(LISTENS.id);
			await waitFor('Unpublishing', () => (webhooks().length === 0 ? true : null), {
				withinMs: MINUTES,
			});
			count('unpublished');
			await session.publish(LISTENS.id);
			await waitFor('Publishing', () => (webhooks().length === 1 ? true : null), {
				withinMs: MINUTES,
			});
			count('published once more');

			expect(counts).toEqual([
				['published', 1, [3, 39]],
				['published again', 1, [3, 39]],
				['restarted', 1, [3, 39]],
				['changed', 1, [1072, 39, 76]],
				['unpublished', 0, []],
				['published once more', 1, [1072, 39, 76]],
			]);
			expect(stage.halo.state.hooks.webhooks).toMatchObject([
				{ url: expect.stringContaining(n8n.url), authentication_type: 3 },
			]);
		},
		4 * MINUTES,
	);

	it(
		'ID-49 a technician closes a ticket: the workflow starts with it; our own write starts nothing',
		async () => {
			const { halo, session } = stage;
			const id = newTicket('door');
			const before = (await executions()).length;

			await axios.post(`${halo.origin}/__admin/technician`, { do: 'close', ticketId: id });
			await settled(halo);
			const runs = (await endedExecutions(session, LISTENS.id, before + 2)).slice(before);

			const seen = runs.flatMap((run) => outputOf(run, 'Seen'));
			expect(seen.map(({ event }) => event).sort()).toEqual(['closed', 'statusChanged']);
			expect(seen[0]).toMatchObject({
				ticketId: id,
				reference: referenceOf('door'),
				ticketFrom: 'halo',
				agent: { name: 'Alex Rivera' },
				ticket: { hasbeenclosed: true, client_name: 'Contoso Ltd' },
			});

			const token = await axios.post(
				`${halo.authServer}/token?tenant=${halo.tenant}`,
				new URLSearchParams({
					grant_type: 'client_credentials',
					client_id: halo.clientId,
					client_secret: halo.clientSecret,
					scope: 'all',
				}),
			);
			const { access_token: bearer } = token.data as { access_token: string };
			await axios.post(
				`${halo.resourceServer}/Tickets`,
				[{ id, status_id: 1, client_id: 11, tickettype_id: 1 }],
				{ headers: { Authorization: `Bearer ${bearer}` } },
			);
			await settled(halo);

			expect(halo.state.hooks.log.at(-1)).toMatchObject({ delivered: true, responsestatus: 200 });
			expect(halo.state.hooks.log.at(-1)?.responsebody).toContain('"started":0');
			expect(await executions()).toHaveLength(before + 2);
		},
		2 * MINUTES,
	);

	it(
		'one tampered byte: 401 and no execution; nor without a signature, nor for broken JSON',
		async () => {
			const [sent] = stage.halo.state.hooks.log;
			if (sent === undefined) throw new Error('Nothing was delivered yet');
			const before = (await executions()).length;
			const post = async (body: string, headers = sent.requestheaders) =>
				(
					await axios.post<unknown>(String(webhooks()[0]?.url), Buffer.from(body), {
						headers: { ...headers, 'content-type': 'application/json' },
						validateStatus: () => true,
						proxy: false,
					})
				).status;

			expect(await post(sent.requestbody.replace('"object_id":', '"object_id": '))).toBe(401);
			expect(await post(sent.requestbody, {})).toBe(401);
			expect(await post('{"broken')).toBe(401);
			expect(await executions()).toHaveLength(before);
			expect(await post(sent.requestbody)).toBe(200);
			await endedExecutions(stage.session, LISTENS.id, before + 1);
		},
		2 * MINUTES,
	);

	it(
		'a webhook that is lost is brought by poll-tickets, once, and own writes are not',
		async () => {
			const { halo, session } = stage;
			const lost = newTicket('lost');
			const noted = newTicket('noted');
			const before = (await executions()).length;
			halo.switches.webhooksLost = true;
			halo.technician.close(lost);
			halo.technician.note(noted, 'Looking at it.');
			await settled(halo);
			expect(await executions()).toHaveLength(before);

			const first = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			const second = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			halo.technician.reopen(lost);
			const third = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			halo.switches.webhooksLost = false;

			expect([first, second, third].map(({ error, status }) => [status, error])).toEqual([
				['success', null],
				['success', null],
				['success', null],
			]);
			const came = (run: typeof first) =>
				outputOf(run, 'New changes').map(({ ticketId }) => ticketId);
			expect(came(first)).toEqual(expect.arrayContaining([lost, noted]));
			expect(came(second)).toEqual([]);
			expect(came(third)).toEqual([lost]);
			const rows = await session.tableRows('halo_sync_status');
			expect(rows.filter(({ flow }) => flow === 'poll-tickets')).toMatchObject([
				{ integration: 'default', checkpoint: expect.stringMatching(/^\d{4}-/), lastError: null },
			]);
		},
		3 * MINUTES,
	);

	it(
		'when Halo is down poll-tickets says so, keeps its checkpoint, and goes on from there',
		async () => {
			const { halo, session } = stage;
			const row = async () =>
				(await session.tableRows('halo_sync_status')).find(({ flow }) => flow === 'poll-tickets');
			const before = await row();
			const id = newTicket('later');
			halo.technician.note(id, 'While nobody listens.');
			halo.faults.add({ name: 'error-text', path: '/Tickets', times: 'always', message: 'Down' });

			const failed = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			halo.faults.clear();

			expect(failed.status).toBe('error');
			expect(await row()).toMatchObject({
				checkpoint: before?.checkpoint,
				lastError: expect.stringContaining('400'),
			});
			const good = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			expect(outputOf(good, 'New changes').map(({ ticketId }) => ticketId)).toContain(id);
		},
		2 * MINUTES,
	);

	it(
		'a checkpoint of poll-tickets that is no date brings nothing twice and is a date again; two rows are named',
		async () => {
			const { session } = stage;
			const table = (await session.dataTables()).get('halo_sync_status');
			await session.api('PATCH', `/data-tables/${String(table)}/rows/update`, {
				filter: {
					type: 'and',
					filters: [{ columnName: 'flow', condition: 'eq', value: 'poll-tickets' }],
				},
				data: { checkpoint: 'soon' },
			});

			const run = await session.runWorkflow(POLL.id, 'Every 5 minutes');

			expect(run).toMatchObject({ status: 'success' });
			expect(outputOf(run, 'New changes')).toEqual([]);
			const row = { integration: 'default', flow: 'poll-tickets' };
			expect(await session.tableRows('halo_sync_status')).toContainEqual(
				expect.objectContaining({ ...row, checkpoint: expect.stringMatching(/^\d{4}-/) }),
			);
			await session.insertRows('halo_sync_status', [row]);
			const twice = await session.runWorkflow(POLL.id, 'Every 5 minutes');
			expect(twice.error).toContain('halo_sync_status has 2 rows for default, flow poll-tickets');
		},
		2 * MINUTES,
	);

	it('asks for nothing that the simulator does not know, and mails nobody', () => {
		const { halo } = stage;

		expect(halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(halo.failures).toEqual([]);
		expect(halo.mails.filter(({ cause }) => cause === 'note')).toEqual([]);
	});
});
