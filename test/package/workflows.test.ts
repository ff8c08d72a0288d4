import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { INodeProperties, INodeType } from 'n8n-workflow';

const root = join(__dirname, '..', '..');
const folder = join(root, 'workflows');
const PACKAGE = 'n8n-nodes-halopsa-bridge';

interface TemplateNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	webhookId?: string;
}

interface Template {
	id: string;
	name: string;
	nodes: TemplateNode[];
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
	settings: Record<string, unknown>;
	active: boolean;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const templates = files.map((file): [string, Template] => [
	basename(file, '.json'),
	JSON.parse(readFileSync(join(folder, file), 'utf8')),
]);

/** The newest version of each core node that the templates may use, in the n8n that the tests run. */
const CORE_NODES: Record<string, number> = {
	code: 2,
	convertToFile: 1.1,
	crypto: 2,
	dataTable: 1.1,
	extractFromFile: 1.1,
	emailSend: 2.1,
	errorTrigger: 1,
	executeWorkflow: 1.3,
	executeWorkflowTrigger: 1.1,
	form: 2.5,
	formTrigger: 2.6,
	httpRequest: 4.5,
	if: 2.3,
	manualTrigger: 1,
	merge: 3.2,
	microsoftTeams: 2,
	n8nTrigger: 1,
	noOp: 1,
	respondToWebhook: 1.5,
	scheduleTrigger: 1.3,
	set: 3.4,
	slack: 2.7,
	splitInBatches: 3,
	stickyNote: 1,
	stopAndError: 1,
	switch: 3.4,
	wait: 1.1,
	webhook: 2.1,
};

const nodeTypes = new Map<string, INodeType>();

beforeAll(() => {
	for (const path of readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })) {
		if (!path.endsWith('.node.ts')) continue;
		const name = basename(path, '.node.ts');
		const module: Record<string, new () => INodeType> = require(join(root, 'nodes', path));
		const NodeClass = module[name];
		if (NodeClass === undefined) throw new Error(`${path} does not export ${name}`);
		const node = new NodeClass();
		nodeTypes.set(`${PACKAGE}.${node.description.name}`, node);
	}
});

function own({ nodes }: Template): TemplateNode[] {
	return nodes.filter(({ type }) => type.startsWith(`${PACKAGE}.`));
}

/** Names in `values` that no property declares, at any depth of collections. */
function undeclared(values: Record<string, unknown>, properties: INodeProperties[]): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const declared = properties.filter((property) => property.name === name);
		if (declared.length === 0) return [name];
		return declared.some(({ type }) => type === 'collection')
			? undeclaredInCollection(name, value, declared)
			: [];
	});
}

function undeclaredInCollection(
	name: string,
	value: unknown,
	declared: INodeProperties[],
): string[] {
	if (typeof value !== 'object' || value === null) return [];
	const options = declared.flatMap(({ options: inner }) => inner ?? []);
	const names = options.map((option) => option.name);
	return Object.keys(value)
		.filter((key) => !names.includes(key))
		.map((key) => `${name}.${key}`);
}

describe('the templates fit the nodes', () => {
	test('every template that the README lists is there', () => {
		const readme = readFileSync(join(folder, 'README.md'), 'utf8');
		for (const [name] of templates) expect(readme).toContain(`\`${name}.json\``);
		expect(templates.length).toBeGreaterThanOrEqual(4);
	});

	test.each(templates)(
		'%s: every node type exists, with a version that is not outdated',
		(_, template) => {
			for (const node of template.nodes) {
				const core = node.type.replace('n8n-nodes-base.', '');
				if (core !== node.type) expect([core, node.typeVersion]).toEqual([core, CORE_NODES[core]]);
				else expect([...nodeTypes.keys()]).toContain(node.type);
			}
		},
	);

	test.each(templates)(
		'%s: our nodes are given no parameter that they do not have',
		(_, template) => {
			for (const node of own(template)) {
				const properties = nodeTypes.get(node.type)?.description.properties ?? [];
				expect({ node: node.name, undeclared: undeclared(node.parameters, properties) }).toEqual({
					node: node.name,
					undeclared: [],
				});
			}
		},
	);

	test.each(templates)('%s: a chosen option is one that the node offers', (_, template) => {
		for (const node of own(template)) {
			const properties = nodeTypes.get(node.type)?.description.properties ?? [];
			for (const property of properties.filter(({ type }) => type === 'options')) {
				const value = node.parameters[property.name];
				if (value === undefined || String(value).startsWith('=')) continue;
				const offered = (property.options ?? []).map((option) =>
					'value' in option ? option.value : '',
				);
				expect({ node: node.name, property: property.name, offered }).toMatchObject({
					offered: expect.arrayContaining([value]),
				});
			}
		}
	});

	test.each(templates)(
		'%s: connections join nodes that exist, and every node but notes has a wire',
		(_, template) => {
			const names = new Set(template.nodes.map(({ name }) => name));
			expect(names.size).toBe(template.nodes.length);
			const wired = new Set<string>();
			for (const [from, { main }] of Object.entries(template.connections)) {
				for (const { node } of main.flat()) {
					expect(names).toContain(from);
					expect(names).toContain(node);
					wired.add(from).add(node);
				}
			}
			const alone = template.nodes.filter(
				({ name, type }) => !type.endsWith('.stickyNote') && !wired.has(name),
			);
			expect(alone.map(({ name }) => name)).toEqual([]);
		},
	);

	test.each(templates)(
		'%s: holds no credential id, is not active, and explains itself on the canvas',
		(_, template) => {
			for (const { credentials } of template.nodes) {
				for (const credential of Object.values(credentials ?? {})) expect(credential.id).toBeNull();
			}
			expect(template.active).toBe(false);
			const notes = template.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			expect(notes.length).toBeGreaterThanOrEqual(2);
		},
	);

	test.each(templates)('%s: refers to no other template by id', (name, template) => {
		const text = JSON.stringify(template.nodes);
		const others = templates.filter(([other]) => other !== name).map(([, { id }]) => id);
		expect(others.filter((id) => text.includes(id))).toEqual([]);
		// Only itself: importing gives a template another id.
		for (const { type, parameters } of template.nodes) {
			if (type.endsWith('.executeWorkflow'))
				expect(parameters.workflowId).toMatchObject({ value: '={{ $workflow.id }}' });
		}
	});

	test('ids of templates, and of their webhooks, are all different', () => {
		const ids = templates.map(([, { id }]) => id);
		const webhooks = templates.flatMap(([, { nodes }]) =>
			nodes.flatMap(({ webhookId }) => (webhookId === undefined ? [] : [webhookId])),
		);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(webhooks).size).toBe(webhooks.length);
	});

	test('a template that a schedule starts keeps no successful runs', () => {
		const scheduled = templates.filter(([, { nodes }]) =>
			nodes.some(({ type }) => type.endsWith('.scheduleTrigger')),
		);
		expect(scheduled.length).toBeGreaterThanOrEqual(1);
		for (const [, { settings }] of scheduled)
			expect(settings.saveDataSuccessExecution).toBe('none');
	});
});
