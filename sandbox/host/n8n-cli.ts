import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { JsonRecord } from './json';
import type { N8nHost } from './locate-host';

/** A credential as `import:credentials` takes it: plain data, stored encrypted, id kept. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: JsonRecord;
}

/** A workflow as `import:workflow` takes it; the id is kept. */
export interface WorkflowFile extends JsonRecord {
	id: string;
	name: string;
	nodes: JsonRecord[];
}

/** A command of n8n's CLI that did not do its work. */
export class N8nCliError extends Error {
	constructor(command: string, output: string) {
		const tail = output.trimEnd().split('\n').slice(-25).join('\n');
		super(`n8n ${command} failed:\n${tail}`);
		this.name = 'N8nCliError';
	}
}

/** A first call runs every migration of an empty database: about 35 s here, more on a busy machine. */
const COMMAND_LIMIT_MS = 300_000;

/**
 * Runs one command of n8n's CLI and resolves to what it printed.
 * Several commands end with code 0 after a failure, so `expected` must be found in the output.
 */
export function runN8nCommand(
	host: N8nHost,
	env: NodeJS.ProcessEnv,
	args: string[],
	expected: RegExp,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(host.node, [host.n8n, ...args], {
			cwd: host.folder,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: COMMAND_LIMIT_MS,
			killSignal: 'SIGKILL',
		});
		let output = '';
		const collect = (chunk: Buffer) => {
			output += chunk.toString('utf8');
		};
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0 && expected.test(output)) resolve(output);
			else reject(new N8nCliError(args[0] ?? '', `${output}\n(exit code ${code})`));
		});
	});
}

async function withFile<T>(content: unknown, work: (path: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-import-'));
	const path = join(folder, 'import.json');
	try {
		// Credentials are in plain text here until n8n has read them.
		writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
		return await work(path);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Imports credentials into an n8n that is not running. */
export async function importCredentials(
	host: N8nHost,
	env: NodeJS.ProcessEnv,
	credentials: CredentialFile[],
): Promise<void> {
	await withFile(credentials, (path) =>
		runN8nCommand(
			host,
			env,
			['import:credentials', `--input=${path}`],
			new RegExp(`Successfully imported ${credentials.length} credential`),
		),
	);
}

/** Imports workflows, unpublished, into an n8n that is not running. */
export async function importWorkflows(
	host: N8nHost,
	env: NodeJS.ProcessEnv,
	workflows: WorkflowFile[],
): Promise<void> {
	await withFile(workflows, (path) =>
		runN8nCommand(
			host,
			env,
			['import:workflow', `--input=${path}`],
			new RegExp(`Successfully imported ${workflows.length} workflow`),
		),
	);
}
