import { createHmac } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { ScannerTrigger } from '../../../nodes/ScannerTrigger/ScannerTrigger.node';
import { SOURCES } from '../../../nodes/shared/domain/sources';
import { callWebhook } from '../../support/engine';
import { mutateBytes, mutateValue } from '../../support/mutate';
import { createRandom, pick } from '../../support/random';

const SECRET = 'correct-horse-battery-staple';
const SEED = 20_261_130;
const BODIES = 30_000;
/** In pieces, so that a failure names one of a thousand. */
const AT_ONCE = 1_000;

type Headers = Record<string, string>;
type Sign = (body: Buffer) => Headers;

const hmac = (body: Buffer) => createHmac('sha256', SECRET).update(body).digest('hex');
const basic = (text: string) => ({
	Authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});

/** Ways to sign, each with headers that prove the sender and headers that do not. */
const WAYS: ReadonlyArray<{ parameters: INodeParameters; right: Sign; wrong: readonly Sign[] }> = [
	{
		parameters: {},
		right: () => ({ 'X-Webhook-Token': SECRET }),
		wrong: [
			() => ({}),
			() => ({ 'X-Webhook-Token': '' }),
			() => ({ 'X-Webhook-Token': SECRET.slice(0, -1) }),
			() => ({ 'X-Webhook-Token': `${SECRET} `.repeat(2) }),
			() => ({ Authorization: `Bearer ${SECRET}` }),
		],
	},
	{
		parameters: {
			authentication: 'hmac',
			signatureHeader: 'X-Signature',
			signatureEncoding: 'hex',
		},
		right: (body) => ({ 'X-Signature': `sha256=${hmac(body)}` }),
		wrong: [
			() => ({}),
			() => ({ 'X-Signature': `sha256=${SECRET}` }),
			(body) => ({ 'X-Signature': `sha256=${hmac(Buffer.concat([body, Buffer.from(' ')]))}` }),
			(body) => ({ 'X-Signature': `sha256=${hmac(body).slice(0, 32)}` }),
			(body) => ({ 'X-Signature': hmac(body) }),
		],
	},
	{
		parameters: { authentication: 'basic' },
		right: () => basic(`scanner:${SECRET}`),
		wrong: [() => ({}), () => basic('scanner:'), () => basic(`:${SECRET}`), () => basic('\u0000')],
	},
	{
		parameters: { authentication: 'bearer' },
		right: () => ({ Authorization: `Bearer ${SECRET}` }),
		wrong: [() => ({}), () => ({ Authorization: SECRET }), () => ({ Authorization: 'Bearer ' })],
	},
];

const random = createRandom(SEED);

function nextBody(): { sourceId: string; body: Buffer } {
	const source = pick(random, SOURCES);
	const sent = Buffer.from(JSON.stringify(mutateValue(random, source.sample)) ?? '');
	const named = random() < 0.7 ? source.id : pick(random, SOURCES).id;
	const sourceId = random() < 0.5 ? 'auto' : named;
	return { sourceId, body: random() < 0.3 ? mutateBytes(random, sent) : sent };
}

const pieces = Array.from({ length: BODIES / AT_ONCE }, (_, index) => index);

test.each(pieces)(
	'piece %i of 30: a thousand fuzzed bodies crash nothing, and none starts anything unsigned',
	async (piece) => {
		const tally = { unsigned: 0, refused: 0, taken: 0 };
		for (let index = 0; index < AT_ONCE; index += 1) {
			const { sourceId, body } = nextBody();
			const way = pick(random, WAYS);
			const isSigned = random() < 0.8;
			const answer = await callWebhook({
				node: new ScannerTrigger(),
				credentials: { webhookSecretApi: { user: 'scanner', secret: SECRET, previousSecret: '' } },
				parameters: { ...way.parameters, source: sourceId },
				headers: (isSigned ? way.right : pick(random, way.wrong))(body),
				body,
			});
			const items = answer.items.flat();
			const told = JSON.stringify([answer.body ?? null, answer.result, items]);
			const name = `piece ${piece}, body ${index}, ${sourceId}: ${body.toString('latin1', 0, 300)}`;
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
