import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(__dirname, '..', '..', 'workflows');

interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

interface Template {
	nodes: TemplateNode[];
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
	settings: Record<string, unknown>;
}

const templates = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.map((name): [string, Template] => [
		basename(name, '.json'),
		JSON.parse(readFileSync(join(folder, name), 'utf8')),
	]);

/** They use no table at all: their failures stand under Executions, and on the page that the form shows. */
const WITHOUT_BRANCH = ['quick-start', 'custom-tab-url'];

/** n8n runs no Error Trigger for what a person starts by hand. */
const startsAlone = ({ nodes }: Template): boolean =>
	nodes.some(
		({ type }) => /(Trigger|\.webhook)$/.test(type) && !/\.(manual|error)Trigger$/.test(type),
	);

const guarded = templates.filter(
	([name, template]) => startsAlone(template) && !WITHOUT_BRANCH.includes(name),
);

/** The nodes behind an Error Trigger, each with the one that follows. */
const BRANCH = [
	'When this workflow fails',
	'List tables for the error',
	'Error row',
	'Store the error',
];

/** The same in templates that are built from sources: one node of the pack, and the table by its name. */
const SHORT_BRANCH = ['When this workflow fails', 'Error row', 'Store the errors'];

const isBuilt = (template: Template): boolean =>
	nodeOf(template, 'Error row').type.endsWith('.haloInbox');

function nodeOf({ nodes }: Template, name: string): TemplateNode {
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`There is no node ${name}`);
	return found;
}

const codeOf = (template: Template) => String(nodeOf(template, 'Error row').parameters.jsCode);

/** The one line in which the branches differ: whose failure it is when it is not Halo's. */
const DIRECTION =
	/direction: cause(?:\.startsWith\('halo_'\) \? 'outgoing' : 'incoming'| === 'store' \? 'incoming' : 'outgoing'),/;

describe('each template that can fail alone stores its own failures', () => {
	test('there are such templates', () => {
		expect(guarded.length).toBeGreaterThanOrEqual(10);
	});

	test.each(guarded)('%s: an Error Trigger, and behind it nothing but the row', (_, template) => {
		expect(template.nodes.filter(({ type }) => type.endsWith('.errorTrigger'))).toHaveLength(1);
		const branch = isBuilt(template) ? SHORT_BRANCH : BRANCH;
		for (const [index, name] of branch.entries()) {
			const next = template.connections[name]?.main.flat().map(({ node }) => node) ?? [];
			expect([name, next]).toEqual([name, branch.slice(index + 1, index + 2)]);
		}
		expect(nodeOf(template, 'When this workflow fails').type).toBe('n8n-nodes-base.errorTrigger');
		if (isBuilt(template)) {
			expect(nodeOf(template, 'Error row').parameters.operation).toBe('errorRow');
			expect(nodeOf(template, 'Store the errors').parameters).toMatchObject({
				operation: 'insert',
				dataTableId: { mode: 'name', value: 'halo_errors' },
				columns: { mappingMode: 'autoMapInputData' },
			});
			return;
		}
		expect(nodeOf(template, 'Store the error').parameters).toMatchObject({
			operation: 'insert',
			columns: {
				value: Object.fromEntries(
					['workflow', 'node', 'direction', 'cause', 'message', 'at'].map((column) => [
						column,
						`={{ $json.${column} }}`,
					]),
				),
			},
		});
	});

	test.each(templates)(
		'%s: names no error workflow, so that its own branch runs',
		(_, { settings }) => {
			expect(settings.errorWorkflow).toBeUndefined();
		},
	);

	test('the branches are alike but for the direction', () => {
		const codes = guarded
			.filter(([, template]) => !isBuilt(template))
			.map(([, template]) => codeOf(template));
		for (const code of codes) expect(code).toMatch(DIRECTION);
		expect(new Set(codes.map((code) => code.replace(DIRECTION, ''))).size).toBeLessThanOrEqual(1);
	});
});
