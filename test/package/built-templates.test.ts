import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sources } from '../../workflows/src';
import { buildTemplate, chain, packNode, type TemplateSource } from '../../workflows/src/builder';
import { gather } from '../../workflows/src/core';
import { haloInbox } from '../../workflows/src/pack';
import { type TemplateNode, templateNode, templates } from '../support/template-code';

const folder = join(__dirname, '..', '..', 'workflows');

/** Nodes without notes. */
const MOST_NODES: Record<string, number> = {
	'process-inbox': 20,
	'elevation-approval': 25,
	'sync-companies': 25,
};

/** Longer than this an expression is a script that nobody sees. */
const LONGEST_EXPRESSION = 120;

/** What a screen of 1920 by 1200 shows at 100 % beside and below n8n's own bars; the note on the left may be off it. */
const SCREEN = { width: 1_500, height: 1_050 };

const built = sources.map((source): [string, TemplateSource] => [source.file, source]);

function nodesOf(file: string): Array<TemplateNode & { position: [number, number] }> {
	const nodes = templates.get(file)?.nodes ?? [];
	return nodes.map((node) => ({ position: [NaN, NaN], ...node }));
}

function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

describe('templates that are built from sources', () => {
	test.each(built)('%s: the file is the one that npm run templates writes', (file, source) => {
		expect(readFileSync(join(folder, `${file}.json`), 'utf8')).toBe(buildTemplate(source));
	});

	test.each(built)('%s: says which version of the pack it belongs to', (file) => {
		const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8'));
		const { meta } = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'));
		expect(meta).toEqual({ haloBridgeVersion: version });
	});

	test.each(built)('%s: no script, and few nodes', (file) => {
		const nodes = nodesOf(file).filter(({ type }) => !type.endsWith('.stickyNote'));
		expect(nodes.filter(({ type }) => type.endsWith('.code'))).toEqual([]);
		expect(nodes.length).toBeGreaterThan(5);
		expect(nodes.length).toBeLessThanOrEqual(MOST_NODES[file] ?? 15);
	});

	test.each(built)('%s: no expression is longer than a line', (file) => {
		const expressions = nodesOf(file)
			.flatMap(({ parameters }) => textsIn(parameters))
			.filter((text) => text.startsWith('='));
		expect(expressions.filter(({ length }) => length > LONGEST_EXPRESSION)).toEqual([]);
	});

	test.each(built)('%s: an expression names nodes and settings that are there', (file) => {
		const nodes = nodesOf(file);
		const names = nodes.map(({ name }) => name);
		const fields = textsIn(nodes.find(({ name }) => name === 'Settings')?.parameters ?? {});
		const expressions = nodes
			.flatMap(({ parameters }) => textsIn(parameters))
			.filter((text) => text.startsWith('='));
		const named = expressions.flatMap((text) => [...text.matchAll(/\$\('([^']+)'\)/g)]);
		expect(named.map(([, name]) => name).filter((name) => !names.includes(String(name)))).toEqual(
			[],
		);
		const asked = expressions.flatMap((text) => [
			...text.matchAll(/\$\('Settings'\)\.first\(\)\.json\.(\w+)/g),
		]);
		expect(asked.map(([, name]) => name).filter((name) => !fields.includes(String(name)))).toEqual(
			[],
		);
	});

	test.each(built)(
		'%s: at most two rows, which fit a screen, and no node on another',
		(file, source) => {
			expect(source.lanes.length).toBeLessThanOrEqual(2);
			const nodes = nodesOf(file).filter(({ type }) => !type.endsWith('.stickyNote'));
			const taken = new Set(nodes.map(({ position: [x, y] }) => `${x} ${y}`));
			expect(taken.size).toBe(nodes.length);
			for (const { name, position } of nodes) {
				const [x, y] = position;
				expect([name, x >= 0 && x < SCREEN.width, y >= 0 && y < SCREEN.height]).toEqual([
					name,
					true,
					true,
				]);
			}
		},
	);

	test('a node with five inputs is taller than a row, and has the place below it free', () => {
		const [settle, below] = ['Settle', 'Error row'].map(
			(name) => nodesOf('process-inbox').find((node) => node.name === name)?.position ?? [NaN, NaN],
		);
		expect(Number(below?.[1]) - Number(settle?.[1])).toBeGreaterThan(200);
	});

	test('expressions are looked at', () => {
		const { parameters } = templateNode('process-inbox', 'Take');
		expect(textsIn(parameters).filter((text) => text.startsWith('='))).toHaveLength(1);
	});

	test.each(built)('%s: built twice it is the same', (_, source) => {
		expect(buildTemplate(source)).toBe(buildTemplate(source));
	});
});

test('what people change in process-inbox stands in one node on the left', () => {
	const { parameters } = templateNode('process-inbox', 'Settings');
	const names = textsIn(parameters);
	expect(names).toEqual(expect.arrayContaining(['integrations', 'rowsPerRun', 'keepTryingDays']));
	const columns = nodesOf('process-inbox').map(({ name, position }): [string, number] => [
		name,
		position[0],
	]);
	const x = new Map(columns).get('Settings') ?? NaN;
	const triggers = columns.filter(([name]) => /Every|hand|started/.test(name));
	expect(triggers).toHaveLength(3);
	expect(
		columns.filter(
			([name, left]) => left < x && !/About|Stage|Every|hand|started|Take$/.test(name),
		),
	).toEqual([]);
});

describe('the builder refuses what n8n would take in silence', () => {
	const source = (changes: Partial<TemplateSource>): TemplateSource => ({
		file: 'x',
		id: 'x',
		name: 'x',
		settings: {},
		about: { name: 'About', content: '' },
		lanes: [],
		wires: [],
		...changes,
	});
	const note = { name: 'Stage 1', content: '' };
	const [one, two] = [gather('One'), gather('Two')];

	test('a parameter that the node does not have, does not show, or an option that it does not offer', () => {
		expect(() => packNode(haloInbox, 'A', { operation: 'take', leas: '' })).toThrow(
			'A: haloInbox shows no parameter leas',
		);
		expect(() => packNode(haloInbox, 'B', { operation: 'store', lease: '' })).toThrow('lease');
		expect(() => packNode(haloInbox, 'C', { operation: 'taken' })).toThrow(
			'C: haloInbox offers no operation "taken"',
		);
	});

	test('a wire to a node without a place, and two nodes of one name', () => {
		const lost = source({ lanes: [{ note, columns: [[one]] }], wires: chain(one, two) });
		expect(() => buildTemplate(lost)).toThrow('x: Two has no place');
		const twice = source({ lanes: [{ note, columns: [[one], [gather('One')]] }] });
		expect(() => buildTemplate(twice)).toThrow('x: two nodes share a name');
	});
});
