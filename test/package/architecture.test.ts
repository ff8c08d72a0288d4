import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(__dirname, '..', '..');

function sources(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
		.map((name) => join(folder, name));
}

/** Relative imports of a file, as paths from the root; packages by their name. */
function imports(file: string): string[] {
	const text = readFileSync(join(root, file), 'utf8');
	const names = [
		...text.matchAll(/^(?:import|export)\b[^;']*?from '([^']+)'/gm),
		...text.matchAll(/^import '([^']+)'/gm),
		...text.matchAll(/\b(?:require|import)\('([^']+)'\)/g),
	].map((match) => match[1] ?? '');
	return names.map((name) =>
		name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name,
	);
}

/** The layer of a path; null for packages and for anything outside nodes/ and credentials/. */
function layer(path: string): string | null {
	if (path.startsWith('nodes/shared/')) return path.split('/').slice(0, 3).join('/');
	if (path.startsWith('nodes/')) return path.split('/').slice(0, 2).join('/');
	return null;
}

// What each layer may import besides itself; a node folder may import every shared layer.
const allowed: Record<string, string[]> = {
	'nodes/shared/domain': [],
	'nodes/shared/halo': ['nodes/shared/domain'],
	'nodes/shared/n8n': ['nodes/shared/halo', 'nodes/shared/domain'],
};
const packagesOfDomain = ['node:crypto', 'luxon'];

const files = sources('nodes');

describe('imports point one way', () => {
	test('every source file under nodes/ is looked at', () => {
		expect(files.length).toBeGreaterThan(50);
	});

	test('no file imports a layer above or beside its own', () => {
		const wrong: string[] = [];
		let looked = 0;
		for (const file of files) {
			const own = layer(file) ?? '';
			const below = allowed[own] ?? Object.keys(allowed);
			for (const path of imports(file)) {
				const other = layer(path);
				if (other === null || other === own) continue;
				looked += 1;
				if (!below.includes(other)) wrong.push(`${file} imports ${path}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(looked).toBeGreaterThan(50);
	});

	test('the domain knows no package but luxon and crypto, and Halo code does not know n8n', () => {
		const wrong: string[] = [];
		for (const file of files) {
			const own = layer(file);
			const packages = imports(file).filter((path) => layer(path) === null);
			if (own === 'nodes/shared/domain') {
				wrong.push(
					...packages
						.filter((name) => !packagesOfDomain.includes(name))
						.map((name) => `${file} imports ${name}`),
				);
			}
			if (own === 'nodes/shared/halo') {
				wrong.push(
					...packages
						.filter((name) => name.startsWith('n8n'))
						.map((name) => `${file} imports ${name}`),
				);
			}
		}
		expect(wrong).toEqual([]);
	});

	test('the sandbox imports nothing of the pack, so that both cannot share a mistake', () => {
		const sandbox = sources('sandbox').filter((file) => !file.startsWith('sandbox/.run'));
		const wrong = sandbox.flatMap((file) =>
			imports(file)
				.filter((path) => /^(nodes|credentials|dist)\//.test(path))
				.map((path) => `${file} imports ${path}`),
		);
		expect(sandbox.length).toBeGreaterThan(10);
		expect(wrong).toEqual([]);
	});

	test('nothing that ships imports a development dependency at run time', () => {
		const runTime = ['n8n-workflow', 'luxon', 'node:crypto', 'crypto'];
		const shipped = [...files, ...sources('credentials')];
		const wrong = shipped.flatMap((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			return [...text.matchAll(/^import (?!type)[^;]*?from '([^'.][^']*)'/gms)]
				.map((match) => match[1] ?? '')
				.filter((name) => !runTime.includes(name))
				.map((name) => `${file} imports ${name}`);
		});
		expect(wrong).toEqual([]);
	});
});
