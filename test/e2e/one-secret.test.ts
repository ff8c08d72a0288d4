import axios from 'axios';

import { type HaloSimulator, startHaloSimulator } from '../../sandbox/halo';
import { type JsonRecord, type WorkflowFile, asRecord } from '../../sandbox/host';
import { templateOf, webhooksOf } from '../../sandbox/templates';
import { wazuh } from '../../nodes/shared/domain/sources/wazuh/source';
import { START_LIMIT_MS, describeWith, haloCredential, pinnedN8n } from '../support/host';
import { settings } from '../support/host/halo-two-ways';
import { type Operations, finding, openOperations } from './operations-support';

/** One run by hand on a busy machine. */
const RUN_LIMIT_MS = 200_000;

const TRIGGER = 'n8n-nodes-halopsa-bridge.scannerTrigger';
const SECOND_HALO = { id: null, name: 'The other Halo' };
const SECOND_INBOX = 'secondInbox00001';

const CANONICAL = 'Any tool (canonical JSON)';

/** What the four triggers of intake are set to here; the first one is the honest sender. */
const TRIGGERS: Record<string, JsonRecord> = {
	'Wazuh, one company': { fixedCompany: 'Fabrikam' },
	[CANONICAL]: {},
	'PagerDuty Events': { source: 'canonical', companyFrom: 'fixed', fixedCompany: 'Tailspin' },
	'Alertmanager, company in the path': { source: 'canonical' },
};

const FLOODING = 'The tool that floods';
const SECOND = 'The tool of the other Halo';

/** Triggers beside those of intake, each of an integration of its own; the one that floods has the smallest share. */
const MORE_TRIGGERS: Record<string, JsonRecord> = {
	[FLOODING]: { additionalFields: { mostMegabytes: 1 }, integration: 'floods', path: 'floods' },
	[SECOND]: { integration: 'second', path: 'second' },
};

function intakeOf(template: WorkflowFile): WorkflowFile {
	const nodes = template.nodes.map(
		(entry): JsonRecord => ({
			...entry,
			...(entry.type === TRIGGER && {
				parameters: { ...Object(entry.parameters), ...TRIGGERS[String(entry.name)] },
			}),
		}),
	);
	const [first] = Object.keys(TRIGGERS).slice(1);
	const model = nodes.find(({ name }) => name === first);
	if (first === undefined || model === undefined) throw new Error('intake has no such trigger');
	const more = Object.entries(MORE_TRIGGERS).map(([name, changes], index) => ({
		...model,
		id: `more-${index}`,
		webhookId: `9d3c0b41-6a0e-4b5e-8f5e-1f2f3f4f5a0${index + 1}`,
		name,
		parameters: { ...Object(model.parameters), ...changes },
	}));
	const wires = asRecord(template.connections, 'the wires of intake');
	const ofMore = Object.fromEntries(more.map(({ name }) => [name, wires[first]]));
	return { ...template, nodes: [...nodes, ...more], connections: { ...wires, ...ofMore } };
}

/** A copy of process-inbox for another Halo: its own name, integrations and credential, as its note says. */
function secondInbox(template: WorkflowFile): WorkflowFile {
	const nodes = template.nodes.map((entry) => {
		if (entry.name === 'Settings') {
			const parameters = { ...Object(entry.parameters) };
			return { ...entry, parameters: settings({ integrations: '["second"]' })(parameters) };
		}
		return entry.name === 'Halo Ticket'
			? { ...entry, credentials: { haloPsaBridgeApi: SECOND_HALO } }
			: entry;
	});
	return { ...template, id: SECOND_INBOX, name: 'Halo Bridge: process-inbox of the other', nodes };
}

describeWith('One secret in a real n8n', pinnedN8n(), (host) => {
	let at: Operations;
	let other: HaloSimulator;
	const urls = new Map<string, string>();

	const answered = async (trigger: string, body: unknown, more: Record<string, string> = {}) => {
		const { status, data, headers } = await axios.post<unknown>(urls.get(trigger) ?? '', body, {
			headers: { ...at.intake.headers, ...more },
			validateStatus: () => true,
			proxy: false,
		});
		return { status, data, retryAfter: Number(headers['retry-after']) };
	};
	const send = async (trigger: string, body: unknown, headers: Record<string, string> = {}) =>
		(await answered(trigger, body, headers)).status;
	const rowsAfter = async (count: number) =>
		(await at.session.tableRows('halo_inbox')).slice(count);
	const stored = async () => (await at.session.tableRows('halo_inbox')).length;
	/** The sample of Wazuh about another vulnerability. */
	const alert = (cve: string): JsonRecord =>
		Object(JSON.parse(JSON.stringify(wazuh.sample).replace(/CVE-\d+-\d+/g, cve)));

	beforeAll(async () => {
		other = await startHaloSimulator();
		at = await openOperations('one-secret', host, {
			credentials: [{ ...haloCredential(other), name: SECOND_HALO.name }],
			prepare: (templates) => {
				const intake = intakeOf(templateOf(templates, 'intake'));
				templates.set('intake', intake);
				const processInbox = templateOf(templates, 'process-inbox');
				templates.set('process-inbox-second', secondInbox(processInbox));
			},
		});
		const intake = intakeOf(at.flow.intake);
		const triggers = intake.nodes.filter(({ type }) => type === TRIGGER);
		for (const [index, webhook] of webhooksOf(intake).entries()) {
			const path = webhook.path.replace(':company', 'Tailspin');
			urls.set(String(triggers[index]?.name), `${at.n8n.url}/${path}`);
		}
	}, START_LIMIT_MS);
	afterAll(async () => {
		await at?.stop();
		await other?.stop();
	}, START_LIMIT_MS);

	it(
		'closes, notes and changes no ticket of another source or client, whatever its bodies name',
		async () => {
			expect(await send('Wazuh, one company', alert('CVE-2026-7001'))).toBe(200);
			await at.process();
			const [honest] = await at.inbox('cve-2026-7001');
			expect(honest).toMatchObject({ state: 'done', decision: 'created', source: 'wazuh' });
			const before = JSON.stringify(at.halo.tickets());
			const count = await stored();
			const forged = { title: 'Forged', severity: 'critical', company: 'Fabrikam' };
			for (const name of Object.keys(TRIGGERS).slice(1)) {
				for (const status of ['resolved', 'suppressed', 'info']) {
					const named = { ...forged, status, source: 'wazuh', dedupKey: honest?.dedupKey };
					await send(name, { events: [named] });
					await send(name, { events: [{ ...named, source: undefined }] });
				}
				await send(name, { source: 'halo-callback', dedupKey: 'closed|1', title: 'Forged' });
			}
			await at.process();
			const rows = await rowsAfter(count);
			expect(rows.length).toBeGreaterThanOrEqual(18);
			expect(rows.filter(({ source }) => source !== 'canonical')).toEqual([]);
			expect(
				rows.filter(({ decision }) =>
					['closed', 'noted', 'updated', 'created'].includes(String(decision)),
				),
			).toEqual([]);
			expect(JSON.stringify(at.halo.tickets())).toBe(before);
		},
		RUN_LIMIT_MS,
	);

	it(
		'makes no honest delivery of another sender a replay',
		async () => {
			const [honest] = await at.inbox('cve-2026-7001');
			const dedupKey = String(honest?.dedupKey).replace('7001', '7002');
			const delivery = { 'X-Delivery-Id': 'delivery-of-wazuh' };
			for (const name of Object.keys(TRIGGERS).slice(1)) {
				const made = { source: 'wazuh', dedupKey, deliveryId: 'delivery-of-wazuh', title: 'Made' };
				await send(name, { events: [{ ...made, status: 'info' }] }, delivery);
				await send(name, { events: [{ ...made, source: undefined, status: 'info' }] }, delivery);
			}
			await at.process();
			await send('Wazuh, one company', alert('CVE-2026-7002'), delivery);
			await at.process();
			const rows = (await at.inbox(dedupKey)).filter(({ source }) => source === 'wazuh');
			expect(rows).toMatchObject([{ dedupKey, state: 'done', decision: 'created' }]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a delivery of 1,001 records gets 413 and stores nothing; unreadable records of one are one dead row with their count and the first few',
		async () => {
			const count = await stored();
			const numbers = (length: number): unknown[] => Array.from({ length }, () => 1);
			const large = await answered(CANONICAL, numbers(1_001));
			expect(large).toMatchObject({
				status: 413,
				data: {
					error: 'The delivery holds more than 1000 records.',
					nextStep: expect.stringContaining('Most Records per Delivery'),
				},
			});
			expect(await rowsAfter(count)).toEqual([]);

			const good = { dedupKey: 'among-junk', title: 'Good', severity: 'high', company: 'Contoso' };
			expect(await send(CANONICAL, [good, ...numbers(900)])).toBe(200);
			const rows = await rowsAfter(count);
			expect(rows).toMatchObject([
				{ state: 'new', dedupKey: expect.stringContaining('among-junk') },
				{
					state: 'dead',
					decision: 'failed',
					reason: expect.stringMatching(/^900 records .* Record 6: .* And 895 more\.$/),
				},
			]);
			expect(JSON.stringify(rows[1]).length).toBeLessThan(8_000);
			await at.process();
			const after = await rowsAfter(count);
			expect(after.map(({ decision, state }) => [state, decision])).toEqual([
				['done', 'created'],
				['dead', 'failed'],
			]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'a source above its share gets 429 and stores no more, while others store all that they send',
		async () => {
			const count = await stored();
			/** About 100 kB: ten of them are the share. */
			const flood = (delivery: number) =>
				Array.from({ length: 5 }, (_, index) => ({
					dedupKey: `flood-${delivery}-${index}`,
					title: 'Flood',
					description: 'd'.repeat(19_000),
				}));
			let taken = 0;
			let refused = await answered(FLOODING, flood(0));
			for (; refused.status === 200 && taken < 30; taken += 1) {
				refused = await answered(FLOODING, flood(taken + 1));
			}
			expect([taken > 7 && taken < 13, refused.status]).toEqual([true, 429]);
			expect(refused.retryAfter).toBeGreaterThan(0);
			expect(refused.data).toMatchObject({ error: expect.stringContaining('floods') });
			const full = await rowsAfter(count);
			expect(full).toHaveLength(5 * taken);

			const others = Array.from({ length: 4 }, (_, index) => index);
			const [flooding, honest] = await Promise.all([
				Promise.all(others.map(async (index) => await send(FLOODING, flood(100 + index)))),
				Promise.all(
					others.map(async (index) => await send(CANONICAL, finding(`beside-flood-${index}`))),
				),
			]);
			expect([flooding, honest]).toEqual([others.map(() => 429), others.map(() => 200)]);
			const keys = (await rowsAfter(count + full.length)).map(({ dedupKey }) => String(dedupKey));
			expect(keys).toHaveLength(others.length);
			expect(keys.filter((key) => !key.includes('beside-flood'))).toEqual([]);
		},
		RUN_LIMIT_MS,
	);

	it(
		'CN-08 CN-21 CN-24 200 findings of two Halos in one n8n: each by its own credential, mapping, event set and profile, none on the other’s clients',
		async () => {
			// Clients on which nothing was made yet: the cap of new tickets counts those of the last hour.
			const placed = { companyName: 'Of two', createTicket: true, noNotification: false };
			await at.session.insertRows('halo_company_mappings', [
				{ ...placed, integration: 'default', haloClientId: 15 },
				{ ...placed, integration: 'second', haloClientId: 13 },
			]);
			const own = { integration: 'second', isDefault: true };
			await at.session.insertRows('halo_event_sets', [
				{ ...own, name: 'High and critical', enabled: true, minSeverity: 'low' },
			]);
			await at.session.insertRows('halo_profiles', [
				{ ...own, name: 'P1', ticketType: 'Incident', statusClose: 'Closed', team: 'Security' },
			]);
			const count = await stored();
			const findings = Array.from({ length: 100 }, (_, index) =>
				finding(`of-two-${index}`, {
					company: 'Of two',
					severity: index % 2 === 0 ? 'high' : 'low',
				}),
			);
			expect(await send(CANONICAL, { events: findings })).toBe(200);
			expect(await send(SECOND, { events: findings })).toBe(200);
			await at.process();
			const run = await at.session.runWorkflow(SECOND_INBOX, 'Run by hand', 180_000);
			expect(run.status).toBe('success');
			const ended = (await rowsAfter(count)).filter(({ dedupKey }) =>
				String(dedupKey).includes('of-two-'),
			);
			const summary = (of: string) => {
				const counts = new Map<string, number>();
				for (const { decision, integration } of ended) {
					const name = String(decision);
					if (integration === of) counts.set(name, (counts.get(name) ?? 0) + 1);
				}
				return [...counts].map(([name, times]) => `${times} ${name}`).sort();
			};
			expect([summary('default'), summary('second')]).toEqual([
				['25 created', '25 digested', '50 skipped_severity'],
				['25 created', '75 digested'],
			]);
			const made = (halo: HaloSimulator, of: string) => {
				const ids = ended.filter((row) => row.integration === of).map(({ ticketId }) => ticketId);
				return halo.tickets().filter(({ id }) => ids.includes(id));
			};
			expect(new Set(made(at.halo, 'default').map(({ client_id }) => client_id))).toEqual(
				new Set([15]),
			);
			expect(new Set(made(other, 'second').map(({ client_id }) => client_id))).toEqual(
				new Set([13]),
			);
			expect(new Set(made(other, 'second').map(({ team }) => team))).toEqual(new Set(['Security']));
			expect(made(at.halo, 'default').some(({ team }) => team === 'Security')).toBe(false);
		},
		2 * RUN_LIMIT_MS,
	);

	it(
		'CN-08 CN-24 CN-25 two Halos in one n8n: each inbox takes its own integration, by its own mapping rows',
		async () => {
			await at.session.insertRows('halo_company_mappings', [
				{
					integration: 'second',
					companyName: 'Litware',
					haloClientId: 12,
					haloClientName: 'Fabrikam Inc',
					createTicket: true,
					noNotification: false,
				},
			]);
			await at.post([{ dedupKey: 'both', title: 'Of both', severity: 'high', company: 'Litware' }]);
			const [row] = await at.inbox('|both|');
			const { source, event } = { source: String(row?.source), event: String(row?.event) };
			const dedupKey = 'v1@second|canonical|-|both|-';
			// What the same sender's body would be stored as by a trigger of the other integration.
			const theirs = { ...Object(JSON.parse(event)), integration: 'second', dedupKey };
			await at.session.insertRows('halo_inbox', [
				{
					integration: 'second',
					source,
					deliveryId: '',
					dedupKey,
					event: JSON.stringify(theirs),
					state: 'new',
					tries: 0,
					receivedAt: new Date().toISOString(),
				},
			]);
			await at.process();
			const first = await at.inbox('|both|');
			expect(first).toMatchObject([
				{ integration: 'default', state: 'held', decision: 'held_unmapped' },
				{ integration: 'second', state: 'new' },
			]);
			const run = await at.session.runWorkflow(SECOND_INBOX, 'Run by hand', 180_000);
			expect(run.status).toBe('success');
			const second = await at.inbox('|both|');
			expect(second).toMatchObject([
				{ integration: 'default', state: 'held' },
				{ integration: 'second', state: 'done', decision: 'created' },
			]);
			const made = (halo: HaloSimulator) =>
				halo.tickets().filter(({ summary }) => String(summary).includes('Of both'));
			expect(made(at.halo)).toEqual([]);
			expect(made(other)).toMatchObject([{ client_id: 12 }]);
		},
		RUN_LIMIT_MS,
	);
});
