import { type JsonRecord, asRecord, asText, outputOf } from '../../../sandbox/host';
import {
	HALO_CREDENTIAL,
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	haloCredential,
	node,
	openStage,
	pinnedN8n,
	ticketLine,
} from '../../support/host';
import { openForm, saveForm } from '../../support/host/credential-form';

const WORKFLOW = 'credentialCheck1';
const HTTP_WORKFLOW = 'credentialHttp01';

/** What the editor sends when Save or Retry is pressed with changes that are not stored yet. */
async function test({ session }: Stage, form: JsonRecord, changes: JsonRecord = {}) {
	const { id, name, type } = form;
	const data = { ...asRecord(form.data, 'credential data'), ...changes };
	const answer = await session.rest('POST', '/credentials/test', {
		credentials: { id, name, type, data },
	});
	const { status, message } = asRecord(answer, 'test');
	return { status: asText(status, 'status'), message: asText(message, 'message') };
}

const isOurs = ({ summary }: JsonRecord): boolean => /^A finding \(scanref/.test(String(summary));

describeWith('The HaloPSA Bridge credential in n8n', pinnedN8n(), (host) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage('credential', host, (halo) => ({
			credentials: [haloCredential(halo)],
			workflows: [
				chain(HTTP_WORKFLOW, "A request of one's own", [
					node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
					node(
						'HTTP Request',
						'n8n-nodes-base.httpRequest',
						4.2,
						{
							url: `${halo.resourceServer}/Status`,
							authentication: 'predefinedCredentialType',
							nodeCredentialType: 'haloPsaBridgeApi',
							options: {},
						},
						{ credentials: { haloPsaBridgeApi: HALO_CREDENTIAL } },
					),
				]),
				ticketLine(WORKFLOW, 'A run with the credential', {
					dedupKey: 'credential-check',
					title: 'A finding',
					severity: 'high',
				}),
			],
		}));
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	it('HI-12 tests green when it is right', async () => {
		const form = await openForm(stage.session, HALO_CREDENTIAL.name);

		expect(await test(stage, form)).toMatchObject({ status: 'OK' });
	});

	it('CS-10 never shows its secret and its token to the editor', async () => {
		const { data } = await openForm(stage.session, HALO_CREDENTIAL.name);

		expect(JSON.stringify(data)).not.toContain(stage.halo.clientSecret);
		expect(JSON.stringify(data)).not.toMatch(/\.ey|Bearer/);
	});

	it('PH-17 tests red at once when the secret is edited to a wrong one, before it is saved', async () => {
		const form = await openForm(stage.session, HALO_CREDENTIAL.name);

		const { status, message } = await test(stage, form, { clientSecret: 'not-the-secret' });

		expect(status).toBe('Error');
		expect(message).toMatch(/Next: .*secret/i);
		expect(message).not.toContain('not-the-secret');
	});

	it('stays red and stops runs when the wrong secret is saved', async () => {
		const form = await openForm(stage.session, HALO_CREDENTIAL.name);
		await saveForm(stage.session, form, { clientSecret: 'not-the-secret' });

		const saved = await openForm(stage.session, HALO_CREDENTIAL.name);
		const { status, message } = await test(stage, saved);
		const execution = await stage.session.runWorkflow(WORKFLOW, 'Start');

		expect(status).toBe('Error');
		expect(message).toMatch(/Next: .*secret/i);
		expect(`${execution.status} ${JSON.stringify(outputOf(execution, 'Halo Ticket'))}`).toMatch(
			/error|failed/,
		);
		expect(stage.halo.tickets().some(isOurs)).toBe(false);
	});

	it('CN-05 CS-15 tests green and runs again when the right secret is saved', async () => {
		const form = await openForm(stage.session, HALO_CREDENTIAL.name);
		const right = { clientSecret: stage.halo.clientSecret };

		expect(await test(stage, form, right)).toMatchObject({ status: 'OK' });
		await saveForm(stage.session, form, right);
		expect(await test(stage, await openForm(stage.session, HALO_CREDENTIAL.name))).toMatchObject({
			status: 'OK',
		});
		const execution = await stage.session.runWorkflow(WORKFLOW, 'Start');
		expect(execution).toMatchObject({ status: 'success', error: null });
		expect(outputOf(execution, 'Halo Ticket')).toMatchObject([{ decision: 'created' }]);
		expect(stage.halo.tickets().some(isOurs)).toBe(true);
	});

	it("signs the requests of n8n's own HTTP Request node", async () => {
		const execution = await stage.session.runWorkflow(HTTP_WORKFLOW, 'Start');

		expect(execution).toMatchObject({ status: 'success', error: null });
		expect(outputOf(execution, 'HTTP Request').map(({ name }) => name)).toContain('In Progress');
	});

	it('says in words that a new credential names a Halo that is not there', async () => {
		const { name, type, data } = haloCredential(stage.halo, {
			domain: 'http://127.0.0.1:9',
			authorisationServer: '',
		});

		const { status, message } = await test(stage, { id: '', name, type, data });

		expect(status).toBe('Error');
		expect(message).toContain('127.0.0.1:9');
		expect(message).toMatch(/Next: /);
	});
});
