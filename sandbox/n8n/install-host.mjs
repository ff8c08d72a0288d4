// Installs the pinned n8n, once, into the user's cache folder. Plain Node without packages: it runs on a bare clone.
//   node sandbox/n8n/install-host.mjs          installs when missing, prints the folder on the last line
//   node sandbox/n8n/install-host.mjs --find   prints {"folder","node","n8n"} as JSON, or `null` when not installed
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	statfsSync,
	utimesSync,
	writeFileSync,
	copyFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const MANIFEST = join(HERE, 'package.json');
const LOCK_FILE = join(HERE, 'package-lock.json');

/** Written last: a folder without it is a broken installation, whatever else lies there. */
const MARKER = 'installed.json';

/** The packages whose install scripts n8n cannot do without: its database, its expression engine, its Node. */
const BUILT_PACKAGES = ['sqlite3', 'isolated-vm', 'node'];

/** The finished installation measures 3 GB; npm unpacks beside its own cache. */
const NEEDED_BYTES = 4.5e9;

/** Often enough that nobody takes the installation for hung, seldom enough for a CI log. */
const PROGRESS_MS = 5_000;

/** An installer touches its lock every `PROGRESS_MS`; one that has not for this long is dead. */
const LOCK_STALE_MS = 60_000;

/** An installation that stopped, with the reason and what to do next. */
export class HostInstallError extends Error {}

function userCacheFolder() {
	if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
	if (process.platform === 'win32') {
		return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
	}
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
	return join(homedir(), '.cache');
}

/** Where this lock file's n8n lies once installed. Another lock file, system or processor is another folder. */
export function hostFolder() {
	const hash = createHash('sha256')
		.update(readFileSync(LOCK_FILE))
		.update(readFileSync(MANIFEST))
		.update(`${process.platform}-${process.arch}`)
		.digest('hex')
		.slice(0, 12);
	return join(userCacheFolder(), 'n8n-nodes-halopsa-bridge', `n8n-host-${hash}`);
}

function describe(folder) {
	const modules = join(folder, 'node_modules');
	const binary = process.platform === 'win32' ? 'node.exe' : 'node';
	return {
		folder,
		node: join(modules, 'node', 'bin', binary),
		n8n: join(modules, 'n8n', 'bin', 'n8n'),
	};
}

/** The installed n8n as `{ folder, node, n8n }` (paths of its own Node and of its start file), or null. */
export function findHost() {
	const host = describe(hostFolder());
	return [join(host.folder, MARKER), host.node, host.n8n].every((path) => existsSync(path))
		? host
		: null;
}

function clock(milliseconds) {
	const seconds = Math.floor(milliseconds / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** npm as it was started, so that no PATH and no shell matter; else the npm that lies in the PATH. */
export function npmCommand(args) {
	const script = process.env.npm_execpath;
	if (script && /\.c?js$/.test(script))
		return { command: process.execPath, args: [script, ...args] };
	if (process.platform === 'win32') return { command: 'npm.cmd', args, shell: true };
	return { command: 'npm', args };
}

function nextStep(log) {
	if (/ENOSPC|no space left/i.test(log)) {
		return 'The disk is full. Next: free 5 GB where the cache folder lies and start again.';
	}
	if (/gyp ERR!|node-gyp|make: .*Error|not found: make|g\+\+/i.test(log)) {
		return 'sqlite3 could not be compiled. Next: install Python 3, make and a C++ compiler (Debian: apt-get install python3 make g++), then start again.';
	}
	if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|network/i.test(log)) {
		return "The package registry was not reachable. Next: check the connection and npm's proxy settings (npm config list), then start again.";
	}
	if (/ETARGET|E404|EINTEGRITY/.test(log)) {
		return 'The registry does not serve a version that the lock file names. Next: check which registry npm uses (npm config get registry), then start again.';
	}
	return 'Next: read the log, then start again; a half-done installation is removed by itself.';
}

async function runNpm(args, { folder, log, print, label, startedAt, beat, amount }) {
	const { command, args: commandArgs, shell } = npmCommand(args);
	const output = openSync(log, 'a');
	// The pack's own npm settings (ignore-scripts among them) reach a child through these and must not.
	const env = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^npm_(config_(ignore_scripts|omit|include|prefix|local_prefix|userconfig_dir)|package_|lifecycle_)/i.test(
					name,
				),
		),
	);
	const child = spawn(command, commandArgs, {
		cwd: folder,
		env,
		shell: shell ?? false,
		stdio: ['ignore', output, output],
	});
	closeSync(output);
	const stop = () => child.kill('SIGTERM');
	process.once('exit', stop);
	const timer = setInterval(() => {
		beat();
		const detail = amount();
		print(`  ${clock(Date.now() - startedAt)}  ${label}${detail ? ` (${detail})` : ''}`);
	}, PROGRESS_MS);
	try {
		const code = await new Promise((resolve, reject) => {
			child.once('error', (error) =>
				reject(
					new HostInstallError(
						`npm could not be started: ${error.message}. Next: install npm 10 or newer and start again.`,
					),
				),
			);
			child.once('exit', (status, signal) => resolve(status ?? signal));
		});
		if (code !== 0) {
			const text = readFileSync(log, 'utf8');
			const tail = text.trimEnd().split('\n').slice(-15).join('\n    ');
			throw new HostInstallError(
				`${label} failed: npm ended with ${code}.\n    ${tail}\n  ${nextStep(text)}\n  Log: ${log}`,
			);
		}
	} finally {
		clearInterval(timer);
		process.removeListener('exit', stop);
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function holderOf(lock) {
	try {
		const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
		return { pid, idleMs: Date.now() - statSync(join(lock, 'pid')).mtimeMs };
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
		// Between mkdir and the write of the pid, or just removed: judge by the folder's age.
		const made = existsSync(lock) ? statSync(lock).mtimeMs : Date.now();
		return { pid: null, idleMs: Date.now() - made };
	}
}

/** Takes the lock, waiting for another installer; resolves to `{ beat, release }`. */
async function takeLock(lock, print) {
	const startedAt = Date.now();
	let told = -Infinity;
	for (;;) {
		try {
			mkdirSync(lock);
			writeFileSync(join(lock, 'pid'), String(process.pid));
			return {
				beat: () => utimesSync(join(lock, 'pid'), new Date(), new Date()),
				release: () => rmSync(lock, { recursive: true, force: true }),
			};
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const holder = holderOf(lock);
		const dead = holder.pid !== null && !isAlive(holder.pid);
		if (dead || holder.idleMs > LOCK_STALE_MS) {
			rmSync(lock, { recursive: true, force: true });
			continue;
		}
		if (Date.now() - told >= PROGRESS_MS) {
			told = Date.now();
			print(
				`  ${clock(told - startedAt)}  another process (${holder.pid ?? 'starting'}) is installing n8n; waiting`,
			);
		}
		await sleep(500);
	}
}

function requireSpace(folder) {
	const { bavail, bsize } = statfsSync(folder);
	const free = bavail * bsize;
	if (free < NEEDED_BYTES) {
		throw new HostInstallError(
			`The pinned n8n needs ${(NEEDED_BYTES / 1e9).toFixed(1)} GB and ${folder} has ${(free / 1e9).toFixed(1)} GB free. ` +
				'Next: free some space, or set XDG_CACHE_HOME to a folder on another disk.',
		);
	}
}

function countEntries(folder) {
	try {
		return readdirSync(folder).length;
	} catch (error) {
		if (error.code === 'ENOENT') return 0;
		throw error;
	}
}

/**
 * Installs the pinned n8n when it is missing and resolves to `{ folder, node, n8n }`.
 * Two at once are safe: the second waits. `print` takes one line of progress.
 * Throws `HostInstallError` with the reason and the next step.
 */
export async function installHost({ print = (line) => process.stderr.write(`${line}\n`) } = {}) {
	const found = findHost();
	if (found) return found;
	const folder = hostFolder();
	const parent = dirname(folder);
	mkdirSync(parent, { recursive: true });
	const lock = await takeLock(`${folder}.lock`, print);
	process.once('exit', lock.release);
	try {
		const installedMeanwhile = findHost();
		if (installedMeanwhile) return installedMeanwhile;
		const partial = `${folder}.partial`;
		rmSync(partial, { recursive: true, force: true });
		rmSync(folder, { recursive: true, force: true });
		requireSpace(parent);
		mkdirSync(partial);
		copyFileSync(MANIFEST, join(partial, 'package.json'));
		copyFileSync(LOCK_FILE, join(partial, 'package-lock.json'));
		const log = join(parent, 'n8n-host-install.log');
		writeFileSync(log, '');
		const startedAt = Date.now();
		const common = { folder: partial, log, print, startedAt, beat: lock.beat };
		print(`Installing the pinned n8n into ${folder} (once; 3 to 8 minutes, 3 GB).`);
		await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
			...common,
			label: 'downloading and unpacking packages',
			amount: () => {
				const entries = countEntries(join(partial, 'node_modules'));
				return entries > 0 ? `${entries} folders so far` : '';
			},
		});
		await runNpm(['rebuild', ...BUILT_PACKAGES, '--ignore-scripts=false', '--foreground-scripts'], {
			...common,
			label: `building ${BUILT_PACKAGES.join(', ')}`,
			amount: () => 'sqlite3 compiles for about 2 minutes',
		});
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		writeFileSync(join(partial, MARKER), JSON.stringify({ at: new Date().toISOString(), seconds }));
		renameSync(partial, folder);
		const host = findHost();
		if (!host) {
			throw new HostInstallError(
				`npm finished but ${describe(folder).node} or ${describe(folder).n8n} is missing. Next: read ${log}, then start again.`,
			);
		}
		print(`  ${clock(Date.now() - startedAt)}  n8n is installed.`);
		return host;
	} finally {
		lock.release();
		process.removeListener('exit', lock.release);
	}
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
	if (process.argv.includes('--find')) {
		process.stdout.write(`${JSON.stringify(findHost())}\n`);
	} else {
		try {
			const host = await installHost();
			process.stdout.write(`${host.folder}\n`);
		} catch (error) {
			if (!(error instanceof HostInstallError)) throw error;
			process.stderr.write(`${error.message}\n`);
			process.exitCode = 1;
		}
	}
}
