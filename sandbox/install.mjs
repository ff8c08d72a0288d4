// Makes a bare clone runnable: the pack's packages, its build, and the pinned n8n. Plain Node without packages.
//   node sandbox/install.mjs             all three
//   node sandbox/install.mjs --no-host   without the pinned n8n
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { HostInstallError, findHost, installHost, npmCommand } from './n8n/install-host.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the build reads; a change in one of these makes `dist` stale. */
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** n8n's own tools ask for it, and the sandbox uses its file system calls. */
const OLDEST_NODE = [20, 19];

/** A step that failed, with what to do next. */
class InstallError extends Error {}

function requireNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
	throw new InstallError(
		`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}. Next: install a newer Node and start again.`,
	);
}

function readLock(path) {
	return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** The first package that the lock file names and node_modules has not, or has in another version; null when none. */
export function missingPackage(root = ROOT) {
	const installedList = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(installedList)) return 'node_modules';
	const installed = readLock(installedList);
	for (const [path, wanted] of Object.entries(readLock(join(root, 'package-lock.json')))) {
		// Optional packages may be for another system; links and the root have no folder of their own.
		if (path === '' || wanted.optional || wanted.link) continue;
		if (installed[path]?.version !== wanted.version) return path;
	}
	return null;
}

function newest(path) {
	if (!existsSync(path)) return 0;
	const entry = statSync(path);
	if (!entry.isDirectory()) return entry.mtimeMs;
	return readdirSync(path).reduce(
		(latest, name) => Math.max(latest, newest(join(path, name))),
		// A folder's own time changes when a file is removed from it.
		entry.mtimeMs,
	);
}

function newestFile(path) {
	if (!existsSync(path)) return 0;
	const entry = statSync(path);
	if (!entry.isDirectory()) return entry.mtimeMs;
	return readdirSync(path).reduce(
		(latest, name) => Math.max(latest, newestFile(join(path, name))),
		0,
	);
}

/** True when `dist` is missing or older than what it is made of. */
export function isBuildStale(root = ROOT) {
	const built = newestFile(join(root, 'dist'));
	return SOURCES.some((name) => newest(join(root, name)) > built);
}

function npm(args, failure) {
	const { command, args: all, shell } = npmCommand(args);
	const { status } = spawnSync(command, all, {
		cwd: ROOT,
		stdio: 'inherit',
		shell: shell ?? false,
	});
	if (status !== 0) throw new InstallError(failure);
}

/** Does what is missing and says what it does; `withHost` false leaves the pinned n8n alone. */
export async function install({ withHost = true, print = console.log } = {}) {
	requireNode();
	const missing = missingPackage();
	if (missing !== null) {
		print(`Installing the pack's own packages (${missing} is missing or of another version).`);
		npm(
			['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
			"The packages could not be installed. Next: read npm's message above; check the connection to the registry and start again.",
		);
	}
	if (isBuildStale()) {
		print('Building the pack.');
		npm(
			['run', '--silent', 'build'],
			'The pack could not be built. Next: correct what the compiler names above and start again.',
		);
	}
	if (withHost && findHost() === null) await installHost({ print });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
	try {
		await install({ withHost: !process.argv.includes('--no-host') });
	} catch (error) {
		if (!(error instanceof InstallError || error instanceof HostInstallError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
