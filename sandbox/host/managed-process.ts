import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How a process is started. Its output is appended to `logFile`. */
export interface ProcessOrder {
	command: string;
	args: string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	logFile: string;
}

/** n8n finishes running executions before it goes; what takes longer than this is cut off. */
const GRACE_MS = 15_000;

/** Enough of a log to see why a process died. */
const TAIL_LINES = 30;

const GUARD = join(__dirname, 'guard.mjs');

/**
 * A child process with its own process group, so that its helpers (n8n's task runner) go with it,
 * and so that Ctrl+C in the terminal reaches us first. A guard between us ends it when this process is gone.
 */
export class ManagedProcess {
	readonly exited: Promise<string>;

	private readonly child: ChildProcess;

	private ended: string | null = null;

	constructor(private readonly order: ProcessOrder) {
		mkdirSync(dirname(order.logFile), { recursive: true });
		const output = openSync(order.logFile, 'a');
		this.child = spawn(process.execPath, [GUARD, order.command, ...order.args], {
			cwd: order.cwd,
			env: order.env,
			detached: process.platform !== 'win32',
			stdio: ['pipe', output, output],
		});
		closeSync(output);
		this.exited = new Promise((resolve) => {
			const end = (how: string) => {
				this.ended ??= how;
				resolve(this.ended);
			};
			this.child.once('error', (error) => end(`could not be started: ${error.message}`));
			this.child.once('exit', (code, signal) =>
				end(signal ? `ended by ${signal}` : `exit code ${code}`),
			);
		});
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	/** How it ended, or null while it runs. */
	get end(): string | null {
		return this.ended;
	}

	/** The last lines that it wrote. */
	logTail(): string {
		if (!existsSync(this.order.logFile)) return '';
		return readFileSync(this.order.logFile, 'utf8')
			.trimEnd()
			.split('\n')
			.slice(-TAIL_LINES)
			.join('\n');
	}

	/** Sends a signal to it and to its helpers. */
	signal(signal: NodeJS.Signals): void {
		const { pid } = this.child;
		if (pid === undefined || this.ended !== null) return;
		try {
			if (process.platform === 'win32') this.child.kill(signal);
			else process.kill(-pid, signal);
		} catch (error) {
			// ESRCH: it ended between the check and the signal, which is what was wanted.
			if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
		}
	}

	/** Asks it to end, waits, and cuts it off when it takes too long. */
	async stop(): Promise<void> {
		if (this.ended !== null) return;
		this.child.kill('SIGTERM');
		const timeout = new AbortController();
		await Promise.race([
			this.exited,
			delay(GRACE_MS, undefined, { signal: timeout.signal }).catch(() => undefined),
		]);
		timeout.abort();
		await this.kill();
	}

	/** Ends it at once, as a power cut would. */
	async kill(): Promise<void> {
		if (this.ended !== null) return;
		this.signal('SIGKILL');
		await this.exited;
	}
}
