import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import { callWebhook, haloCredentialOf, runNode } from '../../support/engine';
import { forged } from '../../support/forged-words';
import { createRandom, pick } from '../../support/random';
import { CONTOSO, picked, startTicketing, type Ticketing } from '../HaloTicket/support';

const SECRET = 'a-secret-of-the-tests';
const KEY = 'a signing key of the tests';
const COMPANY = 'Contoso';
/** Five deliveries of 30 records, in two ways: 300 events. */
const DELIVERIES = 5;
const RECORDS = 30;
const PROBLEMS = 12;

let honest: Ticketing;
let attacked: Ticketing;

beforeAll(async () => {
	const room = { signingKey: KEY, requestsPerWindow: 100_000 };
	[honest, attacked] = [await startTicketing(room), await startTicketing(room)];
});
afterAll(async () => {
	await Promise.all([honest.simulator.stop(), attacked.simulator.stop()]);
});

/** One delivery on its way through the shipped nodes: [key, decision, ticket] of each record. */
async function through(halo: Ticketing, records: IDataObject[], parameters: INodeParameters) {
	const answer = await callWebhook({
		node: new ScannerTrigger(),
		parameters: { source: 'canonical' },
		credentials: { webhookSecretApi: { user: 'scanner', secret: SECRET, previousSecret: '' } },
		headers: { 'X-Webhook-Token': SECRET },
		body: { events: records },
	});
	const events = (answer.items[0] ?? []).map(({ json }) => json);
	const client = picked(String(CONTOSO.haloClientId));
	const mapped = await runNode({
		node: new MapCompany(),
		inputs: [events],
		parameters: { pairs: { pair: [{ company: COMPANY, client, more: {} }] } },
		credentials: { haloPsaBridgeApi: haloCredentialOf(halo.simulator) },
	});
	const set = await runNode({
		node: new EvaluateEventSet(),
		inputs: [mapped.json[0] ?? []],
		parameters: { minSeverity: 'low' },
	});
	expect([events.length, set.json[0]?.length]).toEqual([records.length, records.length]);
	const decided = await halo.decide(set.json[0] ?? [], parameters);
	return decided.map(({ decision, dedupKey, ticketId }) => [dedupKey, decision, ticketId]);
}

/** A word of its own for each number; digits might pass for a measured value. */
function letters(number: number): string {
	return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

const WAYS: Array<[string, INodeParameters]> = [
	['a ticket for each problem', { options: { stormCap: 0 } }],
	['a digest above two tickets an hour', { options: { stormCap: 2 } }],
];

test.each(WAYS)(
	'150 events of our own words decide as their harmless twins do, through the shipped nodes: %s',
	async (_, parameters) => {
		for (const halo of [honest, attacked]) halo.simulator.reset();
		const random = createRandom(20_260_521);
		/** Whole marks and records of tickets that are there: what an attacker who reads them would send. */
		const known = ['scanstate severity critical suppressed yes endstate'];
		for (let delivery = 0; delivery < DELIVERIES; delivery += 1) {
			const stories = Array.from({ length: RECORDS }, (_unused, index) => ({
				dedupKey: `problem-${Math.floor(random() * PROBLEMS)}`,
				status: pick(random, ['open', 'open', 'open', 'resolved', 'suppressed'] as const),
				severity: pick(random, ['low', 'high', 'critical'] as const),
				time: new Date(Date.UTC(2026, 4, 20, delivery, 0, index)).toISOString(),
				company: COMPANY,
			}));
			const texts = (text: () => string) => ({
				title: `x${text()}`,
				description: text(),
				product: text(),
				remediation: text(),
				asset: { name: `x${text()}`, id: 'a1' },
				user: { name: text() },
				application: text(),
				category: text(),
			});
			const words = () => forged(random, known);
			// Other words in each event on both sides: that they are new is told, whatever they say.
			const inOrder = (text: () => string) =>
				stories.map((story, index) => ({
					...story,
					...texts(() => `n${letters(delivery * RECORDS + index)} ${text()}`),
				}));
			const plain = inOrder(() => 'plain');
			const hostile = inOrder(words);
			const got = await through(attacked, hostile, parameters);
			expect(got).toEqual(await through(honest, plain, parameters));
			for (const { details, summary } of attacked.tickets()) {
				expect(`${String(summary)} ${String(details)}`.match(/scanref/gi)).toHaveLength(2);
				expect(String(details).match(/scanstate/gi)).toHaveLength(1);
				known.push(/\(scanref [a-z ]+\)/.exec(String(summary))?.[0] ?? '');
				known.push(/scanstate .*endstate \(scanref [a-z ]+\)/.exec(String(details))?.[0] ?? '');
			}
		}
		expect(attacked.tickets().length).toBeGreaterThan(0);
	},
);
