import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a run keeps n8n's data, its log and what others may read about it. */
export interface RunFolder {
	path: string;
	n8nFolder: string;
	n8nLog: string;
	/** Writes a file for other programs to read. */
	write(name: string, content: unknown): void;
	release(): void;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Takes the folder for this process and empties it. Throws when another run has it. */
export function takeRunFolder(path: string): RunFolder {
	const pidFile = join(path, 'launcher.pid');
	const holder = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
	if (holder > 0 && holder !== process.pid && isAlive(holder)) {
		throw new Error(
			`npm start is running already (process ${holder}). Next: stop it with Ctrl+C, or kill ${holder}.`,
		);
	}
	rmSync(path, { recursive: true, force: true });
	mkdirSync(path, { recursive: true });
	writeFileSync(pidFile, String(process.pid));
	return {
		path,
		n8nFolder: join(path, 'n8n'),
		n8nLog: join(path, 'n8n.log'),
		write: (name, content) => {
			const text = `${JSON.stringify(content, null, '\t')}\n`;
			// The login and the webhook secret stand in these files.
			writeFileSync(join(path, name), text, { mode: 0o600 });
		},
		release: () => rmSync(pidFile, { force: true }),
	};
}
