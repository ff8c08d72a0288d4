import { HaloTrigger } from '../../../nodes/HaloTrigger/HaloTrigger.node';
import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { callWebhook } from '../../support/engine';
import { mutateBytes, mutateValue } from '../../support/mutate';
import { createRandom, pick } from '../../support/random';
import { SECRET, credentialsFor, delivery, signatureOf } from './support';

const SEED = 20_261_131;
const BODIES = 6_000;
/** In pieces, each with a Halo of its own: the pack asks one Halo some 500 times in five minutes, not more. */
const AT_ONCE = 500;

const random = createRandom(SEED);
let simulator: HaloSimulator;
let ticketId: number;

beforeEach(async () => {
	simulator = await startHaloSimulator({ seed: 'small' });
	ticketId = simulator.technician.create({ summary: 'Disk full', client_id: 11, agent_id: 2 });
});

afterEach(async () => {
	await simulator.stop();
});

/** What Halo sends: event only, with the ticket, several at once, or about another kind of record. */
const SHAPES: ReadonlyArray<() => unknown> = [
	() => delivery({ object_id: ticketId }),
	() => delivery({ object_id: ticketId, event: 'new ticket logged' }),
	() => ({
		...delivery({ object_id: ticketId }),
		ticket: { id: ticketId, summary: 'Disk full', status_id: 9, client_id: 11, agent_id: 2 },
		action: { id: 4, note: 'Done', who: 'Alex Rivera' },
	}),
	() => [delivery({ object_id: ticketId }), delivery({ id: 'b', object_id: ticketId })],
	() => delivery({ object_id: 7, event: 'client updated', message: 'The client was updated.' }),
];

const wrongSignatures: ReadonlyArray<(text: string) => Record<string, string>> = [
	() => ({}),
	() => ({ 'X-Halo-Signature': '' }),
	() => ({ 'X-Halo-Signature': SECRET }),
	(text) => ({ 'X-Halo-Signature': signatureOf(`${text} `) }),
	(text) => ({ 'X-Halo-Signature': signatureOf(text, 'another secret, not the right one') }),
	(text) => ({ 'X-Halo-Signature': signatureOf(text).slice(0, 20) }),
];

test.each(Array.from({ length: BODIES / AT_ONCE }, (_, index) => index))(
	'piece %i of 12: 500 fuzzed bodies crash nothing, and none starts anything unsigned',
	async (piece) => {
		const tally = { unsigned: 0, refused: 0, taken: 0 };
		for (let index = 0; index < AT_ONCE; index += 1) {
			const sent = JSON.stringify(mutateValue(random, pick(random, SHAPES)())) ?? '';
			const bytes = random() < 0.3 ? mutateBytes(random, Buffer.from(sent)) : Buffer.from(sent);
			// The signature is made over text; what is no text is signed as what it is read as.
			const text = bytes.toString('utf8');
			const isSigned = random() < 0.7;
			const headers = isSigned
				? { 'X-Halo-Signature': signatureOf(text) }
				: pick(random, wrongSignatures)(text);
			const answer = await callWebhook({
				node: new HaloTrigger(),
				credentials: credentialsFor(simulator),
				headers,
				body: Buffer.from(text),
			});
			const items = answer.items.flat();
			const told = JSON.stringify([answer.body ?? null, answer.result, items]);
			const name = `piece ${piece}, body ${index}: ${text.slice(0, 300)}`;
			if (/\bat .+\.(?:ts|js):\d+/.test(told)) throw new Error(`a stack in the answer: ${name}`);
			if (told.includes(SECRET)) throw new Error(`the secret in the answer: ${name}`);
			if (!isSigned) {
				if (items.length > 0 || answer.status !== 401) throw new Error(`unsigned: ${name}`);
				tally.unsigned += 1;
			} else if (answer.status === null) tally.taken += 1;
			else {
				if (items.length > 0 || ![400, 413, 415].includes(answer.status)) {
					throw new Error(`answered ${answer.status} ${JSON.stringify(answer.body)}: ${name}`);
				}
				tally.refused += 1;
			}
		}
		expect(Math.min(...Object.values(tally))).toBeGreaterThan(20);
		expect(Reflect.get({}, 'polluted')).toBeUndefined();
	},
);
