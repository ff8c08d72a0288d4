import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';

import { placeDatabase } from './first-database';
import type { N8nHost } from './locate-host';
import { ManagedProcess } from './managed-process';
import {
	type N8nDatabase,
	type N8nMode,
	type N8nOwner,
	type N8nSettings,
	n8nEnvironment,
} from './n8n-environment';
import { type CredentialFile, N8nSession, type WorkflowFile } from './n8n-session';
import { placePack } from './place-pack';
import { freePorts } from './ports';
import { waitFor } from './wait';

/** What an n8n is made of, and what is put into it after its first start. */
export interface N8nOrder {
	host: N8nHost;
	/** An empty user folder; n8n writes to `.n8n` in it. */
	userFolder: string;
	logFile: string;
	credentials?: CredentialFile[];
	workflows?: WorkflowFile[];
	/** False for a test that needs n8n's own nodes only. */
	withPack?: boolean;
	/** False for one that nobody looks at in a browser: it starts with a quarter less work. */
	editor?: boolean;
	database?: N8nDatabase;
	mode?: N8nMode;
	/** Worker processes beside the main one, in queue mode. */
	workers?: number;
	/** More environment variables for every process. */
	env?: Record<string, string>;
	/** A fixed port for the editor instead of a free one. */
	port?: number;
	/** Told what is being done, a line each. */
	print?: (line: string) => void;
	/** Gets the n8n before it is up, so that an interrupted start can be stopped. */
	onStarting?: (n8n: RunningN8n) => void;
}

/** 60 s were seen, on a machine that does other things too. */
const READY_LIMIT_MS = 180_000;

/**
 * An owner with a password of its own: whoever else is on the machine reaches 127.0.0.1 too, and an owner of n8n runs
 * code. The words in front keep n8n's rules (length, digit, capital).
 */
export function newOwner(): N8nOwner {
	const password = `Sandbox-1-${randomBytes(12).toString('base64url')}`;
	return { email: 'owner@sandbox.example', password };
}

/** bcrypt of `password`, made by the bcrypt that n8n brings. Cost 10 is what n8n itself uses. */
function hashPassword(host: N8nHost, password: string): string {
	const script = "process.stdout.write(require('bcryptjs').hashSync(process.argv[1], 10))";
	const { status, stdout, stderr } = spawnSync(host.node, ['-e', script, password], {
		cwd: host.folder,
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(`Hashing the owner's password failed: ${stderr}`);
	return stdout;
}

/** An n8n that runs on this machine until it is stopped. */
export class RunningN8n {
	private readonly processes: ManagedProcess[] = [];

	constructor(
		private readonly order: N8nOrder,
		private readonly settings: N8nSettings,
		private readonly workerSettings: N8nSettings[],
		readonly owner: N8nOwner,
		private readonly removePack: () => void,
	) {}

	get url(): string {
		return `http://127.0.0.1:${this.settings.port}`;
	}

	/** Starts the main process, which migrates the database, then the workers, and waits until all of them are ready. */
	async start(): Promise<void> {
		this.spawn('n8n', this.settings, ['start'], this.order.logFile);
		await this.ready('n8n', [this.settings.port]);
		this.workerSettings.forEach((settings, index) =>
			this.spawn(
				`worker ${index + 1}`,
				settings,
				['worker', '--concurrency=10'],
				this.order.logFile.replace(/(\.log)?$/, `-worker-${index + 1}.log`),
			),
		);
		await this.ready(
			'the workers',
			this.workerSettings.map(({ healthPort }) => healthPort ?? 0),
		);
	}

	/** A logged-in session. */
	async login(): Promise<N8nSession> {
		const session = new N8nSession(this.url, this.owner);
		await waitFor(
			'A log-in to n8n',
			async () => {
				await session.login();
				return true;
			},
			{ withinMs: 30_000, everyMs: 1000 },
		);
		return session;
	}

	/** The last lines of the main process. */
	logTail(): string {
		return this.processes[0]?.logTail() ?? '';
	}

	/** The last lines of each worker. */
	workerLogTails(): string[] {
		return this.processes.slice(1).map((entry) => entry.logTail());
	}

	/**
	 * Ends every process at once, as a power cut would; `start` brings it back with its data. The mark by which n8n knows
	 * of the crash goes: all it does is to hold the next start up for 10 s.
	 */
	async kill(): Promise<void> {
		await Promise.all(this.processes.splice(0).map((entry) => entry.kill()));
		for (const { userFolder } of [this.settings, ...this.workerSettings]) {
			rmSync(join(userFolder, '.n8n', 'crash.journal'), { force: true });
		}
	}

	/** Ends every process in order; `start` brings it back with its data. */
	async pause(): Promise<void> {
		await Promise.all(this.processes.splice(0).map((entry) => entry.stop()));
	}

	/** Ends every process in order and removes what was put outside the user folder. */
	async stop(): Promise<void> {
		await this.pause();
		this.removePack();
	}

	private spawn(name: string, settings: N8nSettings, args: string[], logFile: string): void {
		const { host } = this.order;
		const entry = new ManagedProcess({
			command: host.node,
			args: [host.n8n, ...args],
			env: n8nEnvironment(settings),
			cwd: host.folder,
			logFile,
		});
		this.processes.push(entry);
		void entry.exited.then((how) => {
			if (this.processes.includes(entry)) this.order.print?.(`${name} ended by itself: ${how}`);
		});
	}

	private async ready(who: string, ports: number[]): Promise<void> {
		await waitFor(`${who} ready to work`, async () => await this.areReady(ports), {
			withinMs: READY_LIMIT_MS,
		});
	}

	private async areReady(ports: number[]): Promise<true | null> {
		const dead = this.processes.find((entry) => entry.end !== null);
		if (dead) throw new Error(`n8n ended at its start (${dead.end}):\n${dead.logTail()}`);
		const answers = await Promise.all(
			ports.map(
				async (port) =>
					await axios.get(`http://127.0.0.1:${port}/healthz/readiness`, {
						validateStatus: () => true,
						proxy: false,
						timeout: 5_000,
					}),
			),
		);
		return answers.every(({ status }) => status === 200) ? true : null;
	}
}

/**
 * Prepares a user folder, starts n8n in it and puts credentials and workflows in.
 * Throws with the tail of n8n's log when it does not come up.
 */
export async function launchN8n(order: N8nOrder): Promise<RunningN8n> {
	const workers = order.workers ?? 0;
	const [port, ...ports] = await freePorts(2 + 2 * workers);
	const brokerPorts = ports.slice(0, 1 + workers);
	const healthPorts = [null, ...ports.slice(1 + workers)];
	const folders = Array.from({ length: workers }, (_, index) =>
		join(order.userFolder, `worker-${index + 1}`),
	);
	[order.userFolder, ...folders].forEach((folder) => mkdirSync(folder, { recursive: true }));
	const owner = newOwner();
	const base = {
		port: order.port ?? port ?? 0,
		encryptionKey: randomBytes(24).toString('hex'),
		owner: { email: owner.email, passwordHash: hashPassword(order.host, owner.password) },
		database: order.database ?? { kind: 'sqlite' },
		mode: order.mode ?? { kind: 'regular' },
		editor: order.editor ?? true,
		extra: order.env ?? {},
	} satisfies Partial<N8nSettings>;
	const [settings, ...workerSettings] = [order.userFolder, ...folders].map((userFolder, index) => ({
		...base,
		userFolder,
		brokerPort: brokerPorts[index] ?? 0,
		healthPort: healthPorts[index] ?? null,
	}));
	if (settings === undefined) throw new Error('No n8n was asked for');
	const removePack =
		order.withPack === false ? () => undefined : placePack([order.userFolder, ...folders]);
	const n8n = new RunningN8n(order, settings, workerSettings, owner, removePack);
	order.onStarting?.(n8n);
	try {
		if (settings.database.kind === 'sqlite') {
			order.print?.('making the database (a first one takes half a minute)');
			await placeDatabase(order.host, n8nEnvironment(settings), order.userFolder);
		}
		order.print?.('starting n8n');
		await n8n.start();
		const { credentials = [], workflows = [] } = order;
		if (credentials.length + workflows.length > 0) {
			order.print?.(
				`putting in ${credentials.length} credentials and ${workflows.length} workflows`,
			);
			const session = await n8n.login();
			for (const credential of credentials) await session.addCredential(credential);
			for (const workflow of workflows) await session.addWorkflow(workflow);
		}
		return n8n;
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}
