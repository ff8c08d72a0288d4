import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';

const FOLDER = join(__dirname, '..', '..', 'workflows');

export interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	executeOnce?: boolean;
}

export interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
}

type Json = Record<string, unknown>;

/** What a node's code or expression sees: its items, and the items that other nodes gave out. */
export interface Surroundings {
	input?: Json[];
	/** Output of other nodes by name; a list of lists when a node has several outputs. */
	nodes?: Record<string, Json[]>;
}

/** Every template by the name of its file. */
export const templates: ReadonlyMap<string, Template> = new Map(
	readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.map((file) => [
			basename(file, '.json'),
			JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Template,
		]),
);

/** A node of a template. @throws Error when there is none */
export function templateNode(template: string, node: string): TemplateNode {
	const found = templates.get(template)?.nodes.find(({ name }) => name === node);
	if (found === undefined) throw new Error(`${template} has no node ${node}`);
	return found;
}

function scopeOf({ input = [], nodes = {} }: Surroundings): Json {
	const itemsOf = (rows: Json[]) => rows.map((json, item) => ({ json, pairedItem: { item } }));
	const reader = (rows: Json[]) => ({
		all: () => itemsOf(rows),
		first: () => itemsOf(rows)[0],
		last: () => itemsOf(rows).at(-1),
		item: itemsOf(rows)[0],
		isExecuted: true,
	});
	return {
		$json: input[0] ?? {},
		$input: reader(input),
		$: (name: string) =>
			name in nodes ? reader(nodes[name] ?? []) : { ...reader([]), isExecuted: false },
		$execution: { id: '1', resumeUrl: 'http://n8n/webhook-waiting/1?signature=a' },
		$workflow: { id: 'w', name: 'Halo Bridge: a workflow' },
		$now: { toISO: () => '2026-05-04T09:00:00.000Z' },
	};
}

/** Runs a Code node of a template as n8n would: what it gives out. */
export function runCode(template: string, node: string, around: Surroundings): Json[] {
	const { jsCode } = templateNode(template, node).parameters;
	const out: unknown = runInNewContext(`(() => {${String(jsCode)}\n})()`, scopeOf(around));
	return (out as Array<{ json: Json }>).map(({ json }) => json);
}

/** The text that n8n makes of a parameter with expressions in it. @param text as it stands in the template */
export function evaluate(text: string, around: Surroundings): string {
	if (!text.startsWith('=')) return text;
	return text
		.slice(1)
		.replace(/\{\{([\s\S]*?)\}\}(?!\})/g, (_, expression: string) =>
			String(runInNewContext(`(${expression})`, scopeOf(around)) ?? ''),
		);
}
