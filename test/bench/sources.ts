import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';

import type { INodeExecutionData } from 'n8n-workflow';

import { ScannerEvents } from '../../nodes/ScannerEvents/ScannerEvents.node';
import { ScannerTrigger } from '../../nodes/ScannerTrigger/ScannerTrigger.node';
import { SOURCES } from '../../nodes/shared/domain/sources';
import { parsePayload } from '../../nodes/shared/domain/sources/parse-payload';
import { readPayload } from '../../nodes/shared/domain/sources/read-payload';
import type { SourceContext } from '../../nodes/shared/domain/sources/common/source';
import { asRecord, asRecords } from '../../sandbox/host';
import { callWebhook, runNode } from '../support/engine';
import { asItems, makeEvents } from './data/events';
import { growthExponent, measure, type Cost } from './measure';
import { count, duration, exponent, megabytes, perSecond, ratio, type Section } from './report';
import type { BenchSizes } from './sizes';

const FIXTURES = join(__dirname, '..', 'fixtures', 'sources');

const CONTEXT: SourceContext = {
	receivedAt: '2026-05-04T10:00:00.000Z',
	deliveryId: null,
	integration: 'default',
	mostRecords: null,
	namedSources: ['nightly-scan', 'wazuh'],
	company: { from: 'fixed', company: 'Contoso Ltd' },
	severityPrecedence: 'word',
	zone: 'utc',
	keepRaw: false,
};

interface SourceCost {
	name: string;
	events: number;
	/** Bytes of JSON text that were read. */
	bytes: number;
	ms: number;
}

/** A payload as the source sends it, and how many events it gives. */
interface Sample {
	text: string;
	events: number;
}

/** @throws when a fixture gives another number of events than it says */
function samplesOf(sourceId: string): Sample[] {
	const folder = join(FIXTURES, sourceId);
	return readdirSync(folder).map((name) => {
		const fixture = asRecord(JSON.parse(readFileSync(join(folder, name), 'utf8')), name);
		const text = JSON.stringify(fixture.payload);
		const { length } = asRecords(fixture.events, `${name}, events`);
		const { events } = readPayload(sourceId, parsePayload(text, sourceId), CONTEXT);
		if (events.length === length) return { text, events: length };
		throw new Error(`${sourceId}/${name} gives ${events.length} events and says ${length}`);
	});
}

async function measureSource(id: string, name: string, sizes: BenchSizes): Promise<SourceCost> {
	const samples = samplesOf(id);
	const perRound = samples.reduce((sum, { events }) => sum + events, 0);
	if (perRound === 0) throw new Error(`The fixtures of ${id} hold no event`);
	const rounds = Math.ceil(sizes.recordsPerSource / perRound);
	const read = () => {
		for (let round = 0; round < rounds; round += 1) {
			for (const { text } of samples) readPayload(id, parsePayload(text, id), CONTEXT);
		}
	};
	const { ms } = await measure(read, { runs: sizes.runs(perRound * rounds) });
	const bytes = samples.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) * rounds;
	return { name, events: perRound * rounds, bytes, ms };
}

/** Scanner Events over some payloads that hold so many events together. */
async function measurePayloads(
	payloads: INodeExecutionData[],
	size: number,
	sizes: BenchSizes,
): Promise<Cost> {
	const node = new ScannerEvents();
	const run = async () => {
		const { outputs, error } = await runNode({
			node,
			parameters: { source: 'canonical', additionalFields: { namedSources: 'wazuh' } },
			inputs: [payloads],
		});
		if (error !== null || outputs[0]?.length !== size) throw new Error('An event was lost');
	};
	return await measure(run, { runs: sizes.runs(size) });
}

const SECRET = 'a-secret-for-the-benchmark';

/** Scanner Trigger with one signed delivery of many events: bytes, signature, JSON, events. */
async function measureDelivery(size: number, sizes: BenchSizes): Promise<Cost & { bytes: number }> {
	const events = makeEvents(size);
	const body = Buffer.from(JSON.stringify(events));
	const signature = createHmac('sha256', SECRET).update(body).digest('hex');
	const node = new ScannerTrigger();
	const run = async () => {
		const { items } = await callWebhook({
			node,
			parameters: {
				source: 'canonical',
				authentication: 'hmac',
				additionalFields: { namedSources: 'wazuh', mostRecords: size },
			},
			credentials: { webhookSecretApi: { secret: SECRET } },
			headers: { 'X-Hub-Signature-256': `sha256=${signature}` },
			body,
		});
		if (items[0]?.length !== size) throw new Error('An event was lost');
	};
	return { ...(await measure(run, { runs: sizes.runs(size) })), bytes: body.length };
}

/** Reading what the sources send. */
export async function benchSources(sizes: BenchSizes): Promise<Section> {
	const sources: SourceCost[] = [];
	for (const { id, name } of SOURCES) sources.push(await measureSource(id, name, sizes));
	const whole: Array<Cost & { size: number }> = [];
	for (const size of sizes.payload) {
		const one = asItems([{ events: makeEvents(size) }]);
		whole.push({ size, ...(await measurePayloads(one, size, sizes)) });
	}
	const items: Array<Cost & { size: number }> = [];
	for (const size of sizes.payloads) {
		items.push({ size, ...(await measurePayloads(asItems(makeEvents(size)), size, sizes)) });
	}
	const deliveries: Array<Cost & { size: number; bytes: number }> = [];
	for (const size of sizes.delivery) {
		deliveries.push({ size, ...(await measureDelivery(size, sizes)) });
	}
	const rate = ({ events, ms }: SourceCost): number => (events / ms) * 1000;
	const canonical = sources.find(({ name }) => name === SOURCES[0]?.name) ?? sources[0];
	const grown = (costs: ReadonlyArray<Cost & { size: number }>, read: (cost: Cost) => number) =>
		exponent(growthExponent(costs.map((cost) => [cost.size, read(cost)])));
	const sizesOf = (costs: ReadonlyArray<{ size: number }>): string =>
		costs.map(({ size }) => count(size).text).join(' to ');
	const wholeGrowth = grown(whole, ({ ms }) => ms);
	const slowest = sources.toSorted((one, other) => rate(one) - rate(other))[0];
	return {
		title: 'Scanner Trigger and Scanner Events',
		headline: `time grows with the power ${wholeGrowth.text} of the events in one payload; the slowest source, ${slowest?.name ?? ''}, is read at ${perSecond(slowest === undefined ? 0 : rate(slowest)).text}.`,
		method: [
			`Per source: the JSON text of its fixtures, parsed and read again and again up to ${count(sizes.recordsPerSource).text} events. Scanner Events: one run on n8n's engine, all events in one canonical payload, or one payload (an item) per event. Scanner Trigger: one delivery with a signature over its bytes (HMAC), on n8n's webhook context.`,
		],
		ratios: [
			{
				caption: 'Growth:',
				head: ['what', 'from, to', 'time', 'memory'],
				rows: [
					[
						'Scanner Events, events in one payload',
						sizesOf(whole),
						wholeGrowth,
						grown(whole, ({ peakBytes }) => peakBytes),
					],
					[
						'Scanner Events, payloads of one event',
						sizesOf(items),
						grown(items, ({ ms }) => ms),
						grown(items, ({ peakBytes }) => peakBytes),
					],
					[
						'Scanner Trigger, events in one delivery',
						sizesOf(deliveries),
						grown(deliveries, ({ ms }) => ms),
						grown(deliveries, ({ peakBytes }) => peakBytes),
					],
				],
			},
			{
				caption: `Time per event of each source, divided by that of ${canonical?.name ?? ''}:`,
				head: ['source', 'time per event', 'events', 'JSON'],
				rows: sources.map((source) => [
					source.name,
					ratio(canonical === undefined ? 1 : rate(canonical) / rate(source)),
					perSecond(rate(source)),
					{
						value: (source.bytes / source.ms) * 1000,
						text: `${megabytes((source.bytes / source.ms) * 1000).text}/s`,
					},
				]),
			},
		],
		absolute: [
			{
				caption: 'Absolute:',
				head: ['what', 'events', 'time', 'events', 'peak memory'],
				rows: [
					...[...whole, ...items].map(({ size, ms, peakBytes }, at) => [
						`Scanner Events, ${at < whole.length ? 'one payload' : 'a payload each'}`,
						count(size),
						duration(ms),
						perSecond((size / ms) * 1000),
						megabytes(peakBytes),
					]),
					...deliveries.map(({ size, ms, peakBytes, bytes }) => [
						`Scanner Trigger (${megabytes(bytes).text})`,
						count(size),
						duration(ms),
						perSecond((size / ms) * 1000),
						megabytes(peakBytes),
					]),
				],
			},
		],
	};
}
