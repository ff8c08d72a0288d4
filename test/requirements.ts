/**
 * `npm run requirements`: which of the capabilities of docs/capabilities.md stand in the title of a test that passed, and
 * how near to the user that test is. Reads what `npm test` left in test/.artifacts, so it says nothing about a run that
 * was not made. An argument names another folder of results.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { KINDS, type Kind, kindOf } from './support/proof-kinds';
import { CAPABILITY } from './support/test-titles';
import { parametersOfTemplates, parametersWithoutTemplate } from './support/template-parameters';

const root = join(__dirname, '..');
const folder = process.argv[2] ?? join(root, 'test', '.artifacts');
const SUITES = ['unit', 'engine', 'e2e'];

interface Results {
	testResults: Array<{
		name: string;
		assertionResults: Array<{ fullName: string; title: string; status: string }>;
	}>;
}

interface Proof {
	test: string;
	kind: Kind;
	/** Parameters that the test sets and no shipped template does. */
	beyond: string[];
}

const page = readFileSync(join(root, 'docs', 'capabilities.md'), 'utf8');
const wanted = [...page.matchAll(/^\| ((?:CS|CN|ID|HI|PH)-\d{2}) \|/gm)].map(([, id = '']) => id);

const absent: string[] = [];
const passed = new Map<string, Proof[]>();
const others = new Map<string, string[]>();
const shipped = parametersOfTemplates();
for (const suite of SUITES) {
	const file = join(folder, `${suite}.json`);
	if (!existsSync(file)) {
		absent.push(suite);
		continue;
	}
	const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Results;
	for (const { assertionResults, name } of testResults) {
		const path = relative(join(root, 'test'), name).split('\\').join('/');
		for (const { fullName, status, title } of assertionResults) {
			for (const id of new Set(fullName.match(CAPABILITY))) {
				if (status !== 'passed')
					others.set(id, [...(others.get(id) ?? []), `${status}: ${fullName}`]);
				else {
					const kind = kindOf(path, join(root, 'test'));
					const beyond =
						kind === 'rule' || kind === 'page'
							? []
							: parametersWithoutTemplate(name, title, shipped);
					passed.set(id, [...(passed.get(id) ?? []), { test: fullName, kind, beyond }]);
				}
			}
		}
	}
}

const missing = wanted.filter((id) => !passed.has(id));
const unknown = [...passed.keys()].filter((id) => !wanted.includes(id));
const tests = new Set([...passed.values()].flat().map(({ test }) => test)).size;
process.stdout.write(
	`${wanted.length - missing.length} of ${wanted.length} capabilities stand in the titles of ${tests} passing tests.\n`,
);
const used = (proof: Proof) => proof.kind !== 'rule' && proof.kind !== 'page';
const strongest = (proofs: readonly Proof[]): Kind | undefined => {
	const asShipped = proofs.filter((proof) => used(proof) && proof.beyond.length === 0);
	const counted = asShipped.length > 0 ? asShipped : proofs.filter((proof) => !used(proof));
	return KINDS.find((kind) => counted.some((proof) => proof.kind === kind));
};
const byKind = new Map<string, string[]>();
for (const id of wanted) {
	const proofs = passed.get(id);
	if (proofs === undefined) continue;
	const kind = strongest(proofs) ?? 'only with a parameter that no template sets';
	byKind.set(kind, [...(byKind.get(kind) ?? []), id]);
}
const counted = ['browser', 'real n8n', 'engine'].flatMap((kind) => byKind.get(kind) ?? []).length;
process.stdout.write(`${counted} of them are exercised on the shipped nodes and templates.\n`);
for (const [kind, ids] of byKind) {
	const named = ['browser', 'real n8n', 'engine'].includes(kind) ? '' : `: ${ids.join(' ')}`;
	process.stdout.write(`${String(ids.length).padStart(4)}  ${kind}${named}\n`);
}
if (absent.length > 0) {
	process.stdout.write(`No results of: ${absent.join(', ')}. Run npm test first.\n`);
}
for (const id of missing) {
	process.stdout.write(`missing  ${id}  ${(others.get(id) ?? ['no test names it']).join('; ')}\n`);
}
for (const id of unknown) {
	const titles = (passed.get(id) ?? []).map(({ test }) => `passed: ${test}`);
	process.stdout.write(`unknown  ${id}  ${titles.join('; ')}\n`);
}
process.exitCode =
	wanted.length > 0 && missing.length + unknown.length + absent.length === 0 ? 0 : 1;
