/**
 * `npm run requirements`: which of the capabilities of docs/capabilities.md stand in the title of a test that passed.
 * Reads what `npm test` left in test/.artifacts, so it says nothing about a run that was not made.
 * An argument names another folder of results.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.argv[2] ?? join(root, 'test', '.artifacts');
const SUITES = ['unit', 'engine', 'e2e'];
const ID = /\b(?:CS|CN|ID|HI|PH)-\d{2}\b/g;

const page = readFileSync(join(root, 'docs', 'capabilities.md'), 'utf8');
const wanted = [...page.matchAll(/^\| ((?:CS|CN|ID|HI|PH)-\d{2}) \|/gm)].map(([, id]) => id);

const absent = [];
const passed = new Map();
const others = new Map();
for (const suite of SUITES) {
	const file = join(folder, `${suite}.json`);
	if (!existsSync(file)) {
		absent.push(suite);
		continue;
	}
	const tests = JSON.parse(readFileSync(file, 'utf8')).testResults.flatMap(
		({ assertionResults }) => assertionResults,
	);
	for (const { fullName, status } of tests) {
		const kept = status === 'passed' ? passed : others;
		for (const id of new Set(fullName.match(ID))) {
			kept.set(id, [...(kept.get(id) ?? []), `${status}: ${fullName}`]);
		}
	}
}

const missing = wanted.filter((id) => !passed.has(id));
const unknown = [...passed.keys()].filter((id) => !wanted.includes(id));
const tests = new Set([...passed.values()].flat()).size;
process.stdout.write(
	`${wanted.length - missing.length} of ${wanted.length} capabilities stand in the titles of ${tests} passing tests.\n`,
);
if (absent.length > 0) {
	process.stdout.write(`No results of: ${absent.join(', ')}. Run npm test first.\n`);
}
for (const id of missing) {
	process.stdout.write(`missing  ${id}  ${(others.get(id) ?? ['no test names it']).join('; ')}\n`);
}
for (const id of unknown) process.stdout.write(`unknown  ${id}  ${passed.get(id).join('; ')}\n`);
process.exitCode =
	wanted.length > 0 && missing.length + unknown.length + absent.length === 0 ? 0 : 1;
