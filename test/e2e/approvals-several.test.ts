import { createHmac } from 'node:crypto';

import axios from 'axios';

import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	openStage,
	webhookCredential,
} from '../support/host';
import { Approver, type Question, elevation, questionIn, waits } from '../support/host/approvals';
import { browserAndN8n } from '../support/host/editor';
import { adminCredential, makeTables, templateWith } from '../support/host/halo-two-ways';
import { type Receiver, startReceiver } from '../support/receiver';

const MINUTES = 60_000;
const SECRET = 'what the source sends, for the tests only';
const SIGNING = 'signs decisions, for the tests only';
const ELEVATION = 'haloBridgeElevate001';
const PATH = 'halo-elevation';
const SAM = 'sam.okafor@msp.example';
const CLOSED = 9;

interface Asked extends Question {
	requestId: string;
	ticketId: number;
}

describeWith('Elevation requests that somebody mixes up or forges', browserAndN8n(), (found) => {
	let stage: Stage;
	let source: Receiver;
	let sam: Approver;

	beforeAll(async () => {
		source = await startReceiver();
		const callbackUrl = `${source.url}/decisions`;
		stage = await openStage('approvals-several', found.host, (halo) => ({
			editor: true,
			credentials: [
				// Nobody decides about so many requests within five minutes.
				adminCredential(halo, { requestsPerWindow: 1000 }),
				webhookCredential(SECRET),
				{
					name: 'Approval signature',
					type: 'webhookSecretApi',
					data: { secret: SIGNING },
				},
			],
			workflows: [templateWith('setup', {}), elevation(ELEVATION, PATH, { callbackUrl })],
		}));
		const { halo, session, n8n } = stage;
		halo.state.categories.push({ id: 901, type_id: 1, value: 'Business Applications' });
		await makeTables(session);
		await session.insertRows('halo_company_mappings', [
			{
				companyName: 'Contoso Ltd',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				method: 'by hand',
				createTicket: true,
				noNotification: false,
			},
		]);
		await session.publish(ELEVATION);
		sam = await Approver.invite(session, n8n.url, found.chromium, SAM);
	}, START_LIMIT_MS);

	afterAll(async () => {
		await sam?.close();
		await stage?.stop();
		await source?.stop();
	}, START_LIMIT_MS);

	beforeEach(() => {
		source.answers(200);
		source.received.length = 0;
	});

	const told = () => source.received.map(({ text }) => JSON.parse(text) as JsonRecord);
	const ticket = (id: number): JsonRecord => {
		const one = stage.halo.tickets().find((row) => row.id === id);
		if (one === undefined) throw new Error(`There is no ticket ${id}`);
		return one;
	};
	const notes = (id: number) =>
		(stage.halo.state.tickets.find((row) => row.id === id)?.actions ?? []).map(({ note }) => note);

	let count = 0;
	/**
	 * Sends requests as one delivery; resolves to what is asked about each, in the order of `changes`.
	 * @param arrival in which order the delivery holds them: places in `changes`
	 */
	async function deliver(
		changes: JsonRecord[],
		arrival: readonly number[] = changes.map((_, index) => index),
	): Promise<Asked[]> {
		const bodies = changes.map((change) => {
			count += 1;
			return {
				elevationRequestId: `er-${count}`,
				status: 'requested',
				requestedAt: new Date().toISOString(),
				customerDisplayName: 'Contoso Ltd',
				userName: 'Grace Hopper',
				userEmail: 'grace@contoso.example',
				application: `C:\\Tools\\setup-${count}-.exe`,
				deviceName: 'LAPTOP-117',
				...change,
			};
		});
		await waitFor(
			'The published webhook',
			async () => {
				const { status } = await axios.post(
					`${stage.n8n.url}/webhook/${PATH}`,
					bodies.length === 1 ? bodies[0] : arrival.map((index) => bodies[index]),
					{ headers: { 'X-Webhook-Token': SECRET }, validateStatus: () => true, proxy: false },
				);
				return status === 200 ? true : null;
			},
			{ withinMs: MINUTES, everyMs: 1000 },
		);
		const asked: Asked[] = [];
		for (const { elevationRequestId, application } of bodies) {
			const ticketId = await waitFor(
				`The ticket of ${elevationRequestId}`,
				() => {
					const made = stage.halo
						.tickets()
						.find(({ summary }) => String(summary).includes(application));
					return typeof made?.id === 'number' ? made.id : null;
				},
				{ withinMs: MINUTES },
			);
			const question = await questionIn(stage.session, stage.n8n.url, () => notes(ticketId));
			asked.push({ ...question, requestId: elevationRequestId, ticketId });
		}
		return asked;
	}

	const openOf = (asked: Asked[]) =>
		asked.map(({ ticketId }) => ticket(ticketId).status_id !== CLOSED);

	it.each([
		['first to last', [0, 1, 2], [0, 1, 2]],
		['last to first', [0, 1, 2], [2, 1, 0]],
		['the middle one first', [0, 1, 2], [1, 2, 0]],
		['first to last, the last one having come first', [2, 0, 1], [0, 1, 2]],
		['last to first, the last one having come first', [2, 0, 1], [2, 1, 0]],
	])(
		'three requests in one delivery, decided %s: each decision reaches its own request and its own ticket',
		async (_, arrival, order) => {
			const asked = await deliver([{}, {}, {}], arrival);
			// Tickets are made in the order in which their requests came.
			const made = arrival.map((index) => Number(asked[index]?.ticketId));
			expect(made).toEqual(made.toSorted((left, right) => left - right));
			expect(new Set(asked.map(({ ticketId }) => ticketId)).size).toBe(3);
			expect(new Set(asked.map(({ execution }) => execution)).size).toBe(3);
			const decided: number[] = [];
			for (const [turn, index] of order.entries()) {
				const one = asked[index];
				if (one === undefined) throw new Error('There are three requests');
				const decision = turn === 1 ? 'Deny' : 'Approve';
				expect(await sam.decide(one.link, { decision })).toContain(`Ticket ${one.ticketId}:`);
				decided.push(index);

				expect(told().at(-1)).toMatchObject({
					elevationRequestId: one.requestId,
					ticketId: one.ticketId,
					decision: turn === 1 ? 'denied' : 'approved',
				});
				expect(openOf(asked)).toEqual([0, 1, 2].map((each) => !decided.includes(each)));
				expect(ticket(one.ticketId).closure_note).toContain(turn === 1 ? 'denied' : 'approved');
			}
			expect(told()).toHaveLength(3);
		},
		4 * MINUTES,
	);

	it(
		'a link whose ticket was exchanged for that of another request decides neither',
		async () => {
			const [one, other] = await deliver([{}, {}]);
			if (one === undefined || other === undefined) throw new Error('There are two requests');
			const mixed = one.link.replace(`ticket=${one.ticketId}`, `ticket=${other.ticketId}`);
			expect(mixed).not.toBe(one.link);

			expect(await sam.decide(mixed)).toContain('Nothing was changed');
			expect(told()).toEqual([]);
			expect(openOf([one, other])).toEqual([true, true]);
			await waits(stage.session, one.execution);
			expect(await sam.decide(one.link)).toContain('Approved');
			expect(told()).toMatchObject([{ elevationRequestId: one.requestId }]);
			expect(openOf([one, other])).toEqual([false, true]);
		},
		3 * MINUTES,
	);

	it(
		'what is sent to the link without a login decides nothing and expires nothing',
		async () => {
			const [one] = await deliver([{}]);
			if (one === undefined) throw new Error('There is one request');
			const choice = {
				decision: 'Approve',
				scope: 'This user',
				email: SAM,
				ticket: String(one.ticketId),
			};
			const forged = [one.execution, ...Object.values(choice)];
			const proof = createHmac('sha256', 'guessed').update(JSON.stringify(forged)).digest('hex');
			const bodies: Array<[string, unknown, string]> = [
				['nothing', '', 'application/json'],
				['an empty form', '', 'application/x-www-form-urlencoded'],
				['an empty object', '{}', 'application/json'],
				['a choice alone', JSON.stringify(choice), 'application/json'],
				['an empty proof', JSON.stringify({ ...choice, proof: '' }), 'application/json'],
				['a guessed proof', JSON.stringify({ ...choice, proof }), 'application/json'],
				['lists', JSON.stringify({ decision: ['Approve'], proof: [proof] }), 'application/json'],
				['the end of the time', JSON.stringify({ timeIsOver: true }), 'application/json'],
			];
			for (const [what, body, type] of bodies) {
				await waits(stage.session, one.execution);
				const { data } = await axios.post(one.behind, body, {
					headers: { 'content-type': type },
					validateStatus: () => true,
					proxy: false,
				});
				expect([what, data]).toEqual([
					what,
					expect.objectContaining({ title: 'Nothing was changed' }),
				]);
				expect([what, openOf([one]), told()]).toEqual([what, [true], []]);
			}
			await waits(stage.session, one.execution);
			expect(await sam.decide(one.link, { decision: 'Deny' })).toContain('Denied');
			expect(told()).toMatchObject([{ decision: 'denied', approver: { email: SAM } }]);
		},
		4 * MINUTES,
	);

	it(
		'the decision is signed over exactly what is told, with the key of the credential',
		async () => {
			const [one] = await deliver([{}]);
			if (one === undefined) throw new Error('There is one request');
			expect(await sam.decide(one.link)).toContain('Approved');

			const [sent] = source.received;
			const expected = createHmac('sha256', SIGNING).update(String(sent?.text)).digest('hex');
			expect(sent?.headers['x-signature']).toBe(`sha256=${expected}`);
			expect(sent?.headers['idempotency-key']).toBe(`elevation|${one.requestId}|approved`);
		},
		2 * MINUTES,
	);

	it(
		'a ticket that was merged meanwhile is not decided, although it is open',
		async () => {
			const [one] = await deliver([{}]);
			if (one === undefined) throw new Error('There is one request');
			const kept = stage.halo.state.tickets.find(({ id }) => id === one.ticketId);
			if (kept === undefined) throw new Error('The ticket is gone');
			Object.assign(kept, { merged_into_id: 1 });

			expect(await sam.decide(one.link)).toContain('Merged meanwhile');
			expect(told()).toEqual([]);
			expect(ticket(one.ticketId).status_id).not.toBe(CLOSED);
		},
		2 * MINUTES,
	);

	it.each([
		['the agent of an application', { isapiagent: true }],
		['the agent of Halo itself', { id: 1 }],
		['a disabled agent', { isdisabled: true }],
	])(
		'%s decides nothing, whoever is logged in with its e-mail',
		async (_, change) => {
			const agent = stage.halo.state.agents.find(({ email }) => email.toLowerCase() === SAM);
			if (agent === undefined) throw new Error('The seed has no Sam');
			const before = { ...agent };
			const [one] = await deliver([{}]);
			if (one === undefined) throw new Error('There is one request');
			Object.assign(agent, change);
			try {
				expect(await sam.decide(one.link)).toContain('no active agent');
			} finally {
				for (const key of Object.keys(change)) delete (agent as unknown as JsonRecord)[key];
				Object.assign(agent, before);
			}
			expect(told()).toEqual([]);
			expect(openOf([one])).toEqual([true]);
		},
		2 * MINUTES,
	);

	it.each([
		['the e-mail', { userEmail: 'SAM.Okafor@msp.example' }],
		['the name', { userEmail: 'private@home.example', userName: 'sam okafor' }],
		['an account with its domain', { userEmail: '', userName: 'CONTOSO\\sam.okafor' }],
		['nothing at all', { userEmail: '', userName: '' }],
	])(
		'a request that is the own one by %s is refused, and told why',
		async (_, change) => {
			const [one] = await deliver([change]);
			if (one === undefined) throw new Error('There is one request');

			expect(await sam.decide(one.link)).toMatch(/own request|your own/);
			expect(told()).toEqual([]);
			expect(openOf([one])).toEqual([true]);
		},
		2 * MINUTES,
	);
});
