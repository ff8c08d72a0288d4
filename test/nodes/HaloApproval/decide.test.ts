import { createHmac } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { OUTPUTS } from '../../../nodes/HaloApproval/description';
import { HaloApproval } from '../../../nodes/HaloApproval/HaloApproval.node';
import { handOver } from '../../../nodes/shared/domain/approval/choice';
import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import { SECRET } from '../../domain/approval/question';
import { haloCredentialOf, runNode } from '../../support/engine';
import { EXECUTION, runApproval, waitingQuestion } from './support';

const SAM = 'sam.okafor@msp.example';
const ALEX = 'alex.rivera@msp.example';

let halo: HaloSimulator;
beforeAll(async () => {
	halo = await startHaloSimulator();
});
afterAll(async () => {
	await halo.stop();
});
beforeEach(() => {
	halo.reset();
});

function call(form: IDataObject = {}, secret = SECRET): IDataObject {
	const { email = SAM, ...words } = form;
	const whole = { decision: 'Approve', scope: 'This user', ticket: 1002, ...words };
	return { headers: {}, body: handOver({ ...whole, user: { email } }, EXECUTION, secret) };
}

async function decide(resumed: IDataObject, question: IDataObject = waitingQuestion()) {
	const parameters = { question: JSON.stringify(question) };
	return await runApproval('decide', [[resumed]], parameters, { halo });
}

const asked = () => halo.journal.map(({ path }) => path);

describe('Decide', () => {
	it('gives out what the source is told, signed, and answers nobody before that', async () => {
		const { error, json, responses } = await decide(call());
		expect(error).toBeNull();
		const [decided] = json[OUTPUTS.decide.decided] ?? [];
		const body = String(decided?.body);
		const hmac = createHmac('sha256', SECRET).update(body).digest('hex');
		expect(decided).toMatchObject({
			ticketId: 1002,
			approver: 'Sam Okafor',
			email: SAM,
			key: 'elevation|er-1|approved',
			signature: `sha256=${hmac}`,
		});
		expect(JSON.parse(body)).toMatchObject({ elevationRequestId: 'er-1', ticketId: 1002 });
		expect(responses).toEqual([]);
		expect([json[OUTPUTS.decide.expired], json[OUTPUTS.decide.again]]).toEqual([[], []]);
	});

	it.each([
		['nothing', { headers: {}, body: {} }],
		['another key', call({}, 'guessed')],
		['another ticket', call({ ticket: 1003 })],
		['no choice of the form', call({ decision: 'approved' })],
	])('refuses %s without asking Halo, and the question still stands', async (_, resumed) => {
		const { json, responses } = await decide(resumed);
		expect(responses).toMatchObject([{ statusCode: 200, body: { title: 'Nothing was changed' } }]);
		expect(json[OUTPUTS.decide.again]).toHaveLength(1);
		expect(json[OUTPUTS.decide.decided]).toEqual([]);
		expect(asked()).toEqual([]);
	});

	it('reads the agents anew each time: who was disabled a moment ago decides nothing', async () => {
		expect((await decide(call())).json[OUTPUTS.decide.decided]).toHaveLength(1);
		const sam = halo.state.agents.find(({ email }) => email.toLowerCase() === SAM);
		Object.assign(sam ?? {}, { isdisabled: true });
		const { json, responses } = await decide(call());
		expect(json[OUTPUTS.decide.decided]).toEqual([]);
		expect(responses).toMatchObject([
			{ body: { message: expect.stringContaining('no active agent') } },
		]);
	});

	it('refuses the requester, and passes the question back to the wait', async () => {
		const event = { user: { name: null, email: ALEX } };
		const { json, responses } = await decide(call({ email: ALEX }), waitingQuestion({ event }));
		expect(responses).toMatchObject([
			{ body: { message: expect.stringContaining('cannot decide') } },
		]);
		const [again] = json[OUTPUTS.decide.again] ?? [];
		expect(again).toMatchObject({ ticketId: 1002 });
		// An item with headers would count as a call when the time is over.
		expect(again).not.toHaveProperty('headers');
	});

	it('ends with a page when the ticket was closed or merged meanwhile', async () => {
		halo.technician.close(1002);
		const closed = await decide(call());
		expect(closed.json.flat()).toEqual([]);
		expect(closed.responses).toMatchObject([{ body: { title: 'Already decided' } }]);
		halo.reset();
		Object.assign(halo.state.tickets.find(({ id }) => id === 1002) ?? {}, { merged_into_id: 1 });
		const merged = await decide(call());
		expect(merged.json.flat()).toEqual([]);
		expect(merged.responses).toMatchObject([{ body: { title: 'Merged meanwhile' } }]);
	});

	it('says that Halo is down, and decides nothing', async () => {
		halo.faults.add({ name: 'error-text', times: 'always', path: '/Tickets', message: 'Down' });
		const { json, responses } = await decide(call());
		halo.faults.clear();
		expect(responses).toMatchObject([{ body: { title: 'Try again' } }]);
		expect(json[OUTPUTS.decide.decided]).toEqual([]);
		expect(json[OUTPUTS.decide.again]).toHaveLength(1);
	});

	const expired = (): IDataObject =>
		waitingQuestion({ expiresAt: new Date(Date.now() - 1).toISOString() });

	it('expires an open ticket when the time is over, and answers nobody', async () => {
		const { error, json, responses } = await decide({ ticketId: 1002 }, expired());
		expect(error).toBeNull();
		expect(json[OUTPUTS.decide.expired]).toMatchObject([
			{ status: 'resolved', resolution: { reason: 'expired', byEmail: null } },
		]);
		expect(responses).toEqual([]);
	});

	it('fails when the time is over while Halo is down, so that n8n tries again', async () => {
		halo.faults.add({ name: 'error-text', times: 'always', path: '/Tickets', message: 'Down' });
		const { error } = await decide({ ticketId: 1002 }, expired());
		halo.faults.clear();
		expect(error?.message).toContain(
			'The time for ticket 1002 is over, but Halo could not be read',
		);
		expect(error?.description).toContain('Close the ticket by hand');
	});

	it('goes on waiting when it is woken too early by nobody', async () => {
		const { json, responses } = await decide({ ticketId: 1002 });
		expect([json[OUTPUTS.decide.again]?.length, responses]).toEqual([1, []]);
	});

	it('needs no scope but read:tickets, and no right to write', async () => {
		halo.application.scopes = ['read:tickets'];
		halo.rights.ticketsAccess = 'read';
		const custom = { scopePreset: 'custom', scopes: 'read:tickets' };
		const parameters = { question: JSON.stringify(waitingQuestion()) };
		const { json } = await runNode({
			node: new HaloApproval(),
			inputs: [[call()]],
			parameters: { operation: 'decide', ...parameters },
			credentials: {
				webhookSecretApi: { user: '', secret: SECRET, previousSecret: '' },
				haloPsaBridgeApi: { ...haloCredentialOf(halo), ...custom },
			},
		});
		expect(json[OUTPUTS.decide.decided]).toHaveLength(1);
	});

	it('needs a secret: with an empty one anybody could make the proof', async () => {
		const parameters = { question: JSON.stringify(waitingQuestion()) };
		const { error } = await runApproval('decide', [[call({}, '')]], parameters, {
			halo,
			secret: '  ',
		});
		expect(error?.message).toContain('needs a secret in the credential Webhook Secret API');
	});
});
