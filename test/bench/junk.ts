import { setTimeout as sleep } from 'node:timers/promises';

import axios from 'axios';

import { findHost, type N8nHost, type WorkflowFile } from '../../sandbox/host';
import { node, openStage, webhookCredential } from '../support/host';
import { webhook, workflow } from './n8n';
import { median } from './measure';
import { duration, megabytes, ratio, type Section } from './report';
import type { BenchSizes } from './sizes';

const TITLE = 'Junk in a real n8n';
const SECRET = 'a-secret-for-the-benchmark';
const PATHS = { ours: 'junk-ours', theirs: 'junk-built-in' } as const;

/** What a sender must not make us pay for a body of nothing, in times of what n8n's own webhook pays. */
const MOST = 2;

/** n8n works on after its webhook has answered; this long without a slow answer means that it is done. */
const QUIET_MS = 300;

/** Bodies of so many bytes, each as senseless as the others. @param bytes about, from below */
function junkOf(bytes: number): Array<readonly [name: string, body: string]> {
	const filled = (part: string, [before, after]: readonly [string, string]): string =>
		before + part.repeat(Math.floor((bytes - before.length - after.length) / part.length)) + after;
	return [
		['numbers in a list', filled('1,', ['[', '1]'])],
		['one record with one long text', filled('n', ['{"title":"', '"}'])],
		['empty records', filled('{},', ['[', '{}]'])],
		['lists in lists', `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`],
		['no JSON', filled('{"a":', ['', ''])],
	];
}

/** Both answer as soon as they can: n8n's own before its workflow has run. */
function workflows(): WorkflowFile[] {
	const built = webhook(PATHS.theirs);
	const atOnce = { ...Object(built.parameters), responseMode: 'onReceived' };
	const credentials = { webhookSecretApi: { id: null, name: 'Scanner webhook secret' } };
	const ours = node(
		'Scanner Trigger',
		'n8n-nodes-halopsa-bridge.scannerTrigger',
		1,
		{ source: 'canonical', path: PATHS.ours },
		{ webhookId: '7c1f5f0e-52c1-4bb0-9f5e-0f2f0f4f6a02', credentials },
	);
	return [
		workflow('benchJunkOurs001', 'Junk to the pack', [ours], []),
		workflow('benchJunkTheir01', "Junk to n8n's own", [{ ...built, parameters: atOnce }], []),
	];
}

/** Milliseconds until the answer, and its status. */
async function send(url: string, body: string): Promise<{ ms: number; status: number }> {
	const started = performance.now();
	const { status } = await axios.post<unknown>(url, Buffer.from(body), {
		headers: { 'content-type': 'application/json', 'X-Webhook-Token': SECRET },
		maxBodyLength: Infinity,
		validateStatus: () => true,
		proxy: false,
	});
	return { ms: performance.now() - started, status };
}

async function settle(n8nUrl: string): Promise<void> {
	for (let quiet = 0; quiet < 3; ) {
		const started = performance.now();
		await axios.get(`${n8nUrl}/healthz`, { proxy: false, validateStatus: () => true });
		quiet = performance.now() - started < QUIET_MS ? quiet + 1 : 0;
		await sleep(QUIET_MS);
	}
}

interface JunkCost {
	name: string;
	bytes: number;
	ours: number;
	theirs: number;
	times: number;
}

async function measureJunk(url: string, bytes: number, runs: number): Promise<JunkCost[]> {
	const costs: JunkCost[] = [];
	for (const [name, body] of junkOf(bytes)) {
		const pairs: Array<{ ours: number; theirs: number }> = [];
		// The first pair is not counted.
		for (let run = 0; run <= runs; run += 1) {
			const ours = await send(`${url}/webhook/${PATHS.ours}`, body);
			if (![400, 413].includes(ours.status)) throw new Error(`${name} is taken: ${ours.status}`);
			await settle(url);
			const theirs = await send(`${url}/webhook/${PATHS.theirs}`, body);
			await settle(url);
			if (run > 0) pairs.push({ ours: ours.ms, theirs: theirs.ms });
		}
		costs.push({
			name,
			bytes: Buffer.byteLength(body),
			ours: median(pairs.map(({ ours }) => ours)),
			theirs: median(pairs.map(({ theirs }) => theirs)),
			times: median(pairs.map(({ ours, theirs }) => ours / theirs)),
		});
	}
	return costs;
}

async function measureOn(host: N8nHost, bytes: number, runs: number): Promise<JunkCost[]> {
	const all = workflows();
	const stage = await openStage('bench-junk', host, () => ({
		workflows: all,
		credentials: [webhookCredential(SECRET)],
	}));
	try {
		for (const { id } of all) await stage.session.publish(id);
		return await measureJunk(stage.n8n.url, bytes, runs);
	} finally {
		await stage.stop();
	}
}

/** What a body of nothing costs, beside n8n's own webhook; null when these sizes ask for none. */
export async function benchJunk({ junkBytes, runs }: BenchSizes): Promise<Section | null> {
	if (junkBytes === 0) return null;
	const host = findHost();
	if (host === null) {
		const note = 'the pinned n8n is not installed. Next: node sandbox/n8n/install-host.mjs';
		return { title: TITLE, headline: '', method: [], ratios: [], absolute: [], notes: [note] };
	}
	const costs = await measureOn(host, junkBytes, runs(junkBytes));
	const worst = Math.max(...costs.map(({ times }) => times));
	return {
		title: TITLE,
		headline: `a body of ${megabytes(junkBytes).text} that holds no event is refused after ${ratio(worst).text} the time that n8n's own Webhook node takes to answer, at most (allowed: ${MOST} x).`,
		method: [
			"Bodies just below n8n's limit of 16 MB, sent with the right secret to Scanner Trigger and to n8n's own Webhook node, which answers before its workflow runs; in turn, each when n8n has nothing else to do. From sending to the answer, over the loopback interface.",
		],
		ratios: [
			{
				caption: "Scanner Trigger divided by n8n's own Webhook node:",
				head: ['body', 'time, Scanner Trigger / Webhook'],
				rows: costs.map(({ name, times }) => [name, ratio(times)]),
			},
		],
		absolute: [
			{
				caption: 'Absolute:',
				head: ['body', 'size', 'Scanner Trigger', 'Webhook'],
				rows: costs.map(({ name, bytes, ours, theirs }) => [
					name,
					megabytes(bytes),
					duration(ours),
					duration(theirs),
				]),
			},
		],
	};
}
