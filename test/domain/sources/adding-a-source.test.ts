import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { readPage } from '../../support/markdown';

const ROOT = join(__dirname, '..', '..', '..');

/** What the shared tests of sources stand on. */
const NEEDED = [
	'nodes/shared/domain',
	'test/support/markdown.ts',
	'test/support/loopback-only.cjs',
	'test/domain/sources/context.ts',
	'test/domain/sources/source-fixtures.test.ts',
	'test/domain/sources/traits.test.ts',
	'test/package/sources.test.ts',
	'test/fixtures/sources',
	'docs/sources',
	'jest.config.js',
	'test/longest-first.cjs',
	'tsconfig.json',
	'package.json',
];

/** A block of the page that names the file it is written to. */
interface Step {
	kind: string;
	path: string;
	text: string;
}

const steps: Step[] = [
	...readPage('docs/adding-a-source.md').matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm),
].map(([, kind = '', path = '', text = '']) => ({ kind, path, text }));

/** Puts each line with a plus behind the line before it. */
function withAdded(file: string, patch: string): string {
	let text = file;
	let at = 0;
	for (const line of patch.trimEnd().split('\n')) {
		const words = `${line.slice(1)}\n`;
		if (line.startsWith('+')) {
			text = text.slice(0, at) + words + text.slice(at);
			at += words.length;
			continue;
		}
		const found = text.indexOf(words, at);
		if (found < 0) throw new Error(`The page names a line that is not there: ${line}`);
		at = found + words.length;
	}
	return text;
}

function follow(tree: string, { kind, path, text }: Step): void {
	const file = join(tree, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, kind === 'diff' ? withAdded(readFileSync(file, 'utf8'), text) : text);
}

let trees = '';

/** A copy of the tree in which some steps of the page were done. */
function treeWith(name: string, done: readonly Step[]): string {
	const tree = join(trees, name);
	for (const path of NEEDED) cpSync(join(ROOT, path), join(tree, path), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
	for (const step of done) follow(tree, step);
	return tree;
}

/** Output of the tests that every source shares, null when they pass. */
function complaints(tree: string): string | null {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const patterns = ['source-fixtures', 'sources/traits', 'package/sources'];
	const run = spawnSync(
		process.execPath,
		[jest, '--selectProjects', 'unit', '--testPathPatterns', ...patterns],
		{ cwd: tree, encoding: 'utf8' },
	);
	return run.status === 0 ? null : run.stdout + run.stderr;
}

beforeAll(() => {
	trees = mkdtempSync(join(tmpdir(), 'adding-a-source-'));
});
afterAll(() => {
	rmSync(trees, { recursive: true, force: true });
});

describe('the worked example of docs/adding-a-source.md', () => {
	test('has six blocks that are written to a file', () => {
		expect(steps.map(({ path }) => path)).toEqual([
			'nodes/shared/domain/sources/pingwatch.ts',
			'nodes/shared/domain/sources/index.ts',
			'test/fixtures/sources/pingwatch/down-up-and-neither.json',
			'docs/sources/pingwatch.md',
			'docs/sources/README.md',
			'test/domain/sources/traits.test.ts',
		]);
	});

	test('followed to the letter it gives a source that type-checks', () => {
		const tree = treeWith('typed', steps);
		const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
		const config = { extends: './tsconfig.json', include: ['nodes/shared/domain/sources'] };
		writeFileSync(join(tree, 'tsconfig.example.json'), JSON.stringify(config));
		const run = spawnSync(process.execPath, [tsc, '--noEmit', '-p', 'tsconfig.example.json'], {
			cwd: tree,
			encoding: 'utf8',
		});
		expect(run.stdout).toBe('');
		expect(run.status).toBe(0);
	});

	test('followed to the letter it passes what all sources pass', () => {
		expect(complaints(treeWith('whole', steps))).toBeNull();
	});

	test.each(steps.map(({ path }, index) => ({ path, index })))(
		'without the block for $path the tests are red',
		({ index }) => {
			const tree = treeWith(
				`without-${index}`,
				steps.filter((_, at) => at !== index),
			);
			expect(complaints(tree)).toMatch(/pingwatch/);
		},
	);
});
