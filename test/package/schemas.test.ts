import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { schemaFileOf, schemaFiles } from '../support/schemas';

const ROOT = join(__dirname, '..', '..');
const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[] };
};

/** Name of each node's class and folder. */
const NODES = n8n.nodes.map((path) => path.split('/')[2] ?? '');

function descriptionOf(name: string): INodeType['description'] {
	const loaded = jest.requireActual<Record<string, new () => INodeType>>(
		join(ROOT, 'nodes', name, `${name}.node.ts`),
	);
	const Node = loaded[name];
	if (Node === undefined) throw new Error(`${name} is no node`);
	return new Node().description;
}

/** Values of the parameter with that name; one '' where the node has none. */
function valuesOf(name: string, parameter: string): string[] {
	const fields = descriptionOf(name).properties.filter((field) => field.name === parameter);
	const values = fields.flatMap(({ default: byDefault, options, type }) =>
		type === 'hidden'
			? [String(byDefault)]
			: (options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : [])),
	);
	return values.length === 0 ? [''] : [...new Set(values)];
}

test('each node has version 1 alone and no resource, which is what the files are named by', () => {
	for (const name of NODES) {
		expect([name, [descriptionOf(name).version].flat(), valuesOf(name, 'resource')]).toEqual([
			name,
			[1],
			[''],
		]);
	}
});

test('for every operation of every node there is a schema where n8n looks for it', () => {
	const wanted = NODES.flatMap((name) =>
		valuesOf(name, 'operation').map((operation) => schemaFileOf(name, operation)),
	);
	expect(wanted.length).toBeGreaterThan(15);
	expect(wanted.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	expect([...schemaFiles().keys()].sort()).toEqual(wanted.sort());
});

test('the schemas are those that npm run schemas writes, and there are no others', () => {
	const stored = readdirSync(join(ROOT, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.includes('__schema__') && path.endsWith('.json'))
		.map((path) => join('nodes', path));
	const made = schemaFiles();
	expect(stored.sort()).toEqual([...made.keys()].sort());
	for (const [path, text] of made) {
		expect([path, readFileSync(join(ROOT, path), 'utf8')]).toEqual([path, text]);
	}
});
