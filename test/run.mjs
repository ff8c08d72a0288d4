/**
 * `npm test`: installs what is missing, then formatting, type-check, lint, build, package scan and every test suite.
 * The steps go on after a failure, so that one run shows everything that is wrong.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const artifacts = join(root, 'test', '.artifacts');
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });

const totals = { passed: 0, failed: 0, skipped: 0 };
const report = [];

function run(name, command, args) {
	const started = Date.now();
	process.stdout.write(`\n== ${name}\n`);
	const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: false });
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	report.push({ name, ok: status === 0, seconds });
	return status === 0;
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
	} catch (error) {
		process.stdout.write(`no result of the suite ${project}: ${error.message}\n`);
		totals.failed += 1;
	}
}

const installed = run('install what is missing', 'node', ['sandbox/install.mjs']);
if (installed) {
	run('format', 'npm', ['run', '--silent', 'format:check']);
	run('type-check', 'npm', ['run', '--silent', 'typecheck']);
	run('lint', 'npm', ['run', '--silent', 'lint']);
	run('build', 'npm', ['run', '--silent', 'build']);
	run('package scan', 'npm', ['run', '--silent', 'scan']);
	suite('unit');
	suite('engine');
	// Each n8n starts on one core: two files at a time keep a small machine busy and slow none down.
	suite('e2e', '--maxWorkers=2');
	run('requirements', 'node', ['test/requirements.mjs']);
}

process.stdout.write('\n');
for (const { name, ok, seconds } of report) {
	process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${seconds.padStart(7)} s  ${name}\n`);
}
process.stdout.write(
	`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
);
process.exitCode = report.every(({ ok }) => ok) && totals.passed > 0 ? 0 : 1;
