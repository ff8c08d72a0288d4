import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import {
	type CredentialFile,
	type JsonRecord,
	type N8nHost,
	type N8nOrder,
	type N8nSession,
	type RunningN8n,
	type WorkflowFile,
	findHost,
	launchN8n,
} from '../../../sandbox/host';

/** Set by CI and by `npm test`: what cannot run there is a failure, not a skip. */
const REQUIRE_ALL = process.env.HALO_BRIDGE_REQUIRE_ALL === '1';

/** Logs of the tests, kept after the run. */
const ARTIFACTS = join(__dirname, '..', '..', '.artifacts');

/** An e2e file starts n8n, which takes 20 s on an idle machine and several times that on a busy one. */
export const START_LIMIT_MS = 300_000;

/**
 * A group of tests that needs something of the machine. Without it the group is skipped and the reason printed;
 * with HALO_BRIDGE_REQUIRE_ALL=1 it fails.
 */
export function describeWith<T>(
	title: string,
	need: { found: T | null; reason: string },
	body: (found: T) => void,
): void {
	if (need.found !== null) {
		const { found } = need;
		describe(title, () => body(found));
	} else if (REQUIRE_ALL) {
		describe(title, () => {
			it('finds what it needs', () => {
				throw new Error(need.reason);
			});
		});
	} else {
		process.stdout.write(`Skipped: ${title}. ${need.reason}\n`);
		describe.skip(title, () => {
			it(need.reason, () => undefined);
		});
	}
}

/** The pinned n8n, as something that a test needs. */
export function pinnedN8n(): { found: N8nHost | null; reason: string } {
	return {
		found: findHost(),
		reason: 'The pinned n8n is not installed. Next: node sandbox/n8n/install-host.mjs',
	};
}

/** A simulated Halo and a real n8n beside it, with somebody logged in. */
export interface Stage {
	halo: HaloSimulator;
	n8n: RunningN8n;
	session: N8nSession;
	stop(): Promise<void>;
}

/** Starts both, n8n without its editor unless asked for it. `build` makes credentials and workflows from the simulator's addresses. */
export async function openStage(
	name: string,
	host: N8nHost,
	build: (
		halo: HaloSimulator,
	) => Partial<
		Pick<
			N8nOrder,
			'credentials' | 'workflows' | 'withPack' | 'editor' | 'env' | 'database' | 'mode' | 'workers'
		>
	>,
): Promise<Stage> {
	mkdirSync(ARTIFACTS, { recursive: true });
	const userFolder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-e2e-'));
	const halo = await startHaloSimulator();
	const close = async () => {
		await halo.stop();
		rmSync(userFolder, { recursive: true, force: true });
	};
	try {
		const n8n = await launchN8n({
			host,
			userFolder,
			logFile: join(ARTIFACTS, `${name}-n8n.log`),
			editor: false,
			...build(halo),
		});
		const stop = async () => {
			await n8n.stop();
			await close();
		};
		try {
			return { halo, n8n, session: await n8n.login(), stop };
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await close();
		throw error;
	}
}

/** How a node names the pack's Halo credential: n8n gives the id, the templates find it by this name. */
export const HALO_CREDENTIAL = { id: null, name: 'HaloPSA Bridge account' } as const;

/** The pack's Halo credential for the simulator. */
export function haloCredential(halo: HaloSimulator, changes: JsonRecord = {}): CredentialFile {
	return {
		name: HALO_CREDENTIAL.name,
		type: 'haloPsaBridgeApi',
		data: {
			domain: halo.resourceServer,
			authorisationServer: halo.authServer,
			tenant: halo.tenant,
			clientId: halo.clientId,
			clientSecret: halo.clientSecret,
			...changes,
		},
	};
}

/** The webhook credential that the templates name. */
export function webhookCredential(secret: string): CredentialFile {
	return {
		name: 'Scanner webhook secret',
		type: 'webhookSecretApi',
		data: { secret },
	};
}

/** A node of a workflow in a test: what n8n needs beside type and parameters is filled in. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: JsonRecord,
	more: JsonRecord = {},
): JsonRecord {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** A workflow whose nodes follow each other, first output to first input. */
export function chain(id: string, name: string, nodes: JsonRecord[]): WorkflowFile {
	const names = nodes.map((entry) => String(entry.name));
	const connections = Object.fromEntries(
		names
			.slice(0, -1)
			.map((from, index) => [
				from,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);
	// Side by side, so that a browser can point at each of them.
	const placed = nodes.map((entry, index) => ({ ...entry, position: [index * 220, 0] }));
	return { id, name, nodes: placed, connections, settings: { executionOrder: 'v1' } };
}

const PACK = 'n8n-nodes-halopsa-bridge';

/**
 * The straight line of the pack behind a manual trigger: an event typed in, one client for everything, the default
 * event set, a typed profile. `event` is canonical JSON.
 * @param changes parameters of Halo Ticket beside or instead of the least that it needs
 */
export function ticketLine(
	id: string,
	name: string,
	event: JsonRecord,
	changes: JsonRecord = {},
): WorkflowFile {
	const credentials = { haloPsaBridgeApi: HALO_CREDENTIAL };
	return chain(id, name, [
		node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Event', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify(event),
			options: {},
		}),
		node('Scanner Events', `${PACK}.scannerEvents`, 1, { source: 'canonical' }),
		node(
			'Halo Map Company',
			`${PACK}.mapCompany`,
			1,
			{
				operation: 'resolve',
				mappingFrom: 'fixed',
				client: { __rl: true, mode: 'id', value: '11' },
			},
			{ credentials },
		),
		node('Halo Evaluate Event Set', `${PACK}.evaluateEventSet`, 1, {}),
		node(
			'Halo Ticket',
			`${PACK}.haloTicket`,
			1,
			{
				operation: 'createOrClose',
				profileFrom: 'typed',
				ticketType: { __rl: true, mode: 'name', value: 'Incident' },
				closeStatus: { __rl: true, mode: 'name', value: 'Closed' },
				moreFields: {},
				options: {},
				...changes,
			},
			{ credentials },
		),
	]);
}
