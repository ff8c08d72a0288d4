import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

interface Manifest {
	name: string;
	license: string;
	files: string[];
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const source = (built: string) => join(root, built.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

describe('the manifest and the files agree', () => {
	test('the pack has no run-time dependencies and ships dist and workflows only', () => {
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.files).toEqual(['dist', 'workflows', '!workflows/src']);
		expect(manifest.license).toBe('MIT');
	});

	test('every node and credential of the source tree is registered, and nothing else', () => {
		const nodes = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.node.ts'))
			.map((name) => `dist/nodes/${name.replace(/\.ts$/, '.js')}`);
		const credentials = readdirSync(join(root, 'credentials'))
			.filter((name) => name.endsWith('.credentials.ts'))
			.map((name) => `dist/credentials/${name.replace(/\.ts$/, '.js')}`);
		expect([...manifest.n8n.nodes].sort()).toEqual(nodes.sort());
		expect([...manifest.n8n.credentials].sort()).toEqual(credentials.sort());
		expect(nodes.length).toBeGreaterThanOrEqual(5);
	});

	test.each(manifest.n8n.nodes)('%s has a codex that a search for "halo" finds', (built) => {
		const codex: unknown = JSON.parse(
			readFileSync(source(built).replace(/\.ts$/, '.json'), 'utf8'),
		);
		expect(codex).toMatchObject({
			node: `${manifest.name}.${nodeId(built)}`,
			alias: expect.arrayContaining([expect.stringMatching(/halo/i)]),
			categories: expect.any(Array),
			// n8n drops a codex without it, and says nothing.
			resources: { primaryDocumentation: expect.any(Array) },
		});
	});

	test.each([...manifest.n8n.nodes, ...manifest.n8n.credentials])(
		'the light and dark icon of %s lie where it says, and differ',
		(built) => {
			const text = readFileSync(source(built), 'utf8') + descriptionBeside(source(built));
			const icons = [...text.matchAll(/(?:light|dark): 'file:([^']+)'/g)].map((match) =>
				join(dirname(source(built)), match[1] ?? ''),
			);
			expect(icons).toHaveLength(2);
			const contents = icons.map((icon) => readFileSync(icon, 'utf8'));
			expect(contents[0]).not.toBe(contents[1]);
		},
	);
});

function nodeId(built: string): string {
	const name = basename(built, '.node.js');
	return name.charAt(0).toLowerCase() + name.slice(1);
}

function descriptionBeside(file: string): string {
	const description = join(dirname(file), 'description.ts');
	return existsSync(description) ? readFileSync(description, 'utf8') : '';
}
