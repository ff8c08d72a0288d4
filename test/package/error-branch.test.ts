import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
	toConnectionError,
	toHaloError,
	toResponseError,
} from '../../nodes/shared/halo/http/errors';
import { toTokenConnectionError, toTokenError } from '../../nodes/shared/halo/sign-in/token-errors';

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

/** What the node Error row makes of a failed run. */
function rowOf(template: Template, failed: unknown): Record<string, unknown> {
	const run = new Function('$input', '$', '$workflow', codeOf(template));
	const made: Array<{ json: Record<string, unknown> }> = run(
		{ all: () => [{ json: { id: 'table', name: 'halo_errors' } }] },
		() => ({ first: () => ({ json: failed }) }),
		{ name: 'Halo Bridge: poll tickets' },
	);
	return made[0]?.json ?? {};
}

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
		expect(new Set(codes.map((code) => code.replace(DIRECTION, ''))).size).toBe(1);
	});
});

describe('what a failed run is stored as', () => {
	const request = { method: 'GET' as const, path: '/Tickets' };
	const answer = (status: number) =>
		toHaloError(request, { status, headers: {}, body: { error: 'no' } });
	const token = {
		tokenUrl: 'https://halo.example/auth/token',
		clientId: 'id',
		clientSecret: 'secret',
		scope: 'all',
		fingerprint: '',
		resourceServer: 'https://halo.example/api',
	};
	const byHalo = (error: Error): [string, string] => [error.message, ''];
	const cases: Array<[string, [string, string], string, string]> = [
		['Halo answers 500', byHalo(answer(500)), 'halo_down', 'outgoing'],
		['Halo answers 503', byHalo(answer(503)), 'halo_down', 'outgoing'],
		['the request limit', byHalo(answer(429)), 'halo_down', 'outgoing'],
		['no answer', byHalo(toConnectionError(request, 'it took too long')), 'halo_down', 'outgoing'],
		['a web page', byHalo(toResponseError(request, 200, 'JSON', '')), 'halo_down', 'outgoing'],
		['no sign-in: 503', byHalo(toTokenError(token, 503, '')), 'halo_down', 'outgoing'],
		[
			'no sign-in: no answer',
			byHalo(toTokenConnectionError(token, new Error('timeout'))),
			'halo_down',
			'outgoing',
		],
		['401', byHalo(answer(401)), 'halo_rights', 'outgoing'],
		['403', byHalo(answer(403)), 'halo_rights', 'outgoing'],
		[
			'a wrong secret',
			byHalo(toTokenError(token, 401, { error: 'invalid_client' })),
			'halo_rights',
			'outgoing',
		],
		[
			'full tables',
			['Data table size limit exceeded: 7MB used, limit is 6MB', ''],
			'store',
			'incoming',
		],
		['a column that is missing', ["unknown column name 'company'", ''], 'workflow', 'incoming'],
		['a token of another tool', ['ConnectSecure refused the token', ''], 'workflow', 'incoming'],
	];

	test('thirteen failures', () => expect(cases).toHaveLength(13));

	test.each(cases)('%s', (_, [message, description], cause, direction) => {
		const template = guarded.find(([, one]) => !isBuilt(one))?.[1];
		if (template === undefined) throw new Error('There are no templates');
		const failed = {
			execution: { error: { message, description }, lastNodeExecuted: 'Read each feed' },
		};
		expect(rowOf(template, failed)).toMatchObject({
			workflow: 'poll tickets',
			node: 'Read each feed',
			cause,
			direction,
			message,
		});
	});

	test('a trigger that could not be started, and a run that said nothing', () => {
		const template = guarded.find(([, one]) => !isBuilt(one))?.[1];
		if (template === undefined) throw new Error('There are no templates');
		const failed = { trigger: { error: { message: 'Halo denied access (403)' } } };
		expect(rowOf(template, failed)).toMatchObject({ cause: 'halo_rights', node: '' });
		expect(rowOf(template, {})).toMatchObject({
			cause: 'workflow',
			message: 'The workflow failed without a message.',
		});
	});
});
