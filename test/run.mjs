/**
 * `npm test`: installs what is missing, then formatting, type-check, lint, build, package scan and every test suite.
 * The steps go on after a failure, so that one run shows everything that is wrong.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const artifacts = join(root, 'test', '.artifacts');
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });

const totals = { passed: 0, failed: 0, skipped: 0 };
const report = [];
const files = [];

/** Files below this are not worth a line. */
const SLOW_SECONDS = 10;

function since(started) {
	return (Date.now() - started) / 1000;
}

function run(name, command, args) {
	const started = Date.now();
	process.stdout.write(`\n== ${name}\n`);
	const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: false });
	report.push({ name, ok: status === 0, seconds: since(started) });
	return status === 0;
}

/**
 * Starts a step beside the others; what it says goes to a file, so that two do not talk at once.
 * Gives a function that waits for its end; the wait is the time that the step cost.
 */
function runBeside(name, command, args, file) {
	const log = join(artifacts, file);
	const output = openSync(log, 'w');
	const child = spawn(command, args, { cwd: root, stdio: ['ignore', output, output] });
	closeSync(output);
	const ended = new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) => resolve(code ?? signal));
	});
	return async () => {
		const started = Date.now();
		process.stdout.write(`\n== ${name} (begun beside the steps above)\n`);
		const status = await ended;
		if (status !== 0) process.stdout.write(`${readFileSync(log, 'utf8')}\n${status}\n`);
		report.push({ name, ok: status === 0, seconds: since(started) });
	};
}

function suite(project, ...flags) {
	const outputFile = join(artifacts, `${project}.json`);
	run(`tests: ${project}`, 'npx', [
		'jest',
		'--selectProjects',
		project,
		'--json',
		`--outputFile=${outputFile}`,
		...flags,
	]);
	try {
		const result = JSON.parse(readFileSync(outputFile, 'utf8'));
		totals.passed += result.numPassedTests;
		totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
		totals.skipped += result.numPendingTests + result.numTodoTests;
		for (const { name, startTime, endTime } of result.testResults) {
			files.push({ name: relative(root, name), seconds: (endTime - startTime) / 1000 });
		}
	} catch (error) {
		process.stdout.write(`no result of the suite ${project}: ${error.message}\n`);
		totals.failed += 1;
	}
}

const installed = run('install packages', 'node', ['sandbox/install.mjs', '--no-host']);
if (installed) {
	// Minutes on a bare machine, most of them waiting for the network or on one core; only the last suite needs it.
	const host = runBeside(
		'install n8n',
		'node',
		['sandbox/n8n/install-host.mjs'],
		'n8n-install.log',
	);
	run('format', 'npm', ['run', '--silent', 'format:check']);
	run('type-check', 'npm', ['run', '--silent', 'typecheck']);
	run('lint', 'npm', ['run', '--silent', 'lint']);
	run('build', 'npm', ['run', '--silent', 'build']);
	run('package scan', 'npm', ['run', '--silent', 'scan']);
	// Jest leaves one core alone, which is half of a small machine.
	suite('unit', '--maxWorkers=2');
	suite('engine', '--maxWorkers=2');
	await host();
	// Each n8n starts on one core: two files at a time keep a small machine busy and slow none down.
	suite('e2e', '--maxWorkers=2');
	run('requirements', 'npm', ['run', '--silent', 'requirements']);
}

const line = (mark, seconds, name) => `${mark}  ${seconds.toFixed(1).padStart(7)} s  ${name}\n`;
process.stdout.write(`\nTest files of ${SLOW_SECONDS} s and more:\n`);
for (const { name, seconds } of files.sort((a, b) => b.seconds - a.seconds)) {
	if (seconds >= SLOW_SECONDS) process.stdout.write(line('      ', seconds, name));
}
process.stdout.write('\n');
for (const { name, ok, seconds } of report) {
	process.stdout.write(line(ok ? 'ok    ' : 'FAILED', seconds, name));
}
process.stdout.write(
	`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
);
process.exitCode = report.every(({ ok }) => ok) && totals.passed > 0 ? 0 : 1;
