import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** A test's title as it runs, against the text in its file: `%s`, `$name` and `${}` stand for anything. */
function standsFor(written: string, title: string): boolean {
	const parts = written.split(/%[sijdp]|\$\{?\w*\}?/);
	let from = 0;
	return parts.every((part) => {
		const at = title.indexOf(part, from);
		from = at + part.length;
		return at !== -1;
	});
}

function namesIn(value: unknown, names: Set<string>): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [name, below] of Object.entries(value)) {
		if (!Array.isArray(value)) names.add(name);
		namesIn(below, names);
	}
}

/** Names of the parameters that shipped templates set on nodes of the pack. */
export function parametersOfTemplates(): Set<string> {
	const names = new Set<string>();
	for (const file of readdirSync(join(root, 'workflows')).filter((name) =>
		name.endsWith('.json'),
	)) {
		const { nodes } = JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as {
			nodes: Array<{ type: string; parameters: unknown }>;
		};
		for (const { parameters, type } of nodes) {
			if (type.startsWith('n8n-nodes-halopsa-bridge.')) namesIn(parameters, names);
		}
	}
	return names;
}

/** Names of the fields that the descriptions of the nodes declare, as `name: '...'`. */
const declared = (() => {
	const names = new Set<string>();
	const visit = (folder: string): void => {
		for (const entry of readdirSync(folder, { withFileTypes: true })) {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) visit(path);
			else if (entry.name.endsWith('.ts')) {
				const text = readFileSync(path, 'utf8');
				if (!text.includes('displayName:')) continue;
				for (const [, name = ''] of text.matchAll(/^\s+name: '(\w+)',$/gm)) names.add(name);
			}
		}
	};
	visit(join(root, 'nodes'));
	return names;
})();

/** Members of events, mappings and rows that have the name of a field as well. */
const ALSO_DATA = new Set([
	...[
		'id',
		'source',
		'company',
		'client',
		'status',
		'category',
		'severity',
		'user',
		'asset',
		'team',
	],
	...['agent', 'priority', 'sla', 'impact', 'urgency', 'ticketType', 'eventSet', 'profile', 'name'],
	...[
		'statusCreate',
		'statusClose',
		'integration',
		'summary',
		'details',
		'domain',
		'tenant',
		'note',
	],
	...[
		'clientId',
		'clientSecret',
		'scopePreset',
		'authorisationServer',
		'secret',
		'events',
		'rules',
	],
	...[
		'severities',
		'isDefault',
		'enabled',
		'grouping',
		'minSeverity',
		'assets',
		'companies',
		'users',
	],
	...[
		'createTicket',
		'noNotification',
		'flags',
		'value',
		'mode',
		'title',
		'fields',
		'method',
		'url',
	],
]);

/**
 * Parameters that a test sets on a node although no shipped template does: what it proves is then out of a user's way.
 * Fields of the credential, and members of events and rows that have a field's name, do not count.
 * @param path path of the test file
 * @param title the test's own title, as it ran
 * @param shipped names of `parametersOfTemplates`
 */
export function parametersWithoutTemplate(
	path: string,
	title: string,
	shipped: ReadonlySet<string>,
): string[] {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
	const found = new Set<string>();
	const collect = (node: ts.Node): void => {
		if (
			(ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) &&
			ts.isIdentifier(node.name)
		) {
			const { text } = node.name;
			if (declared.has(text) && !shipped.has(text) && !ALSO_DATA.has(text)) found.add(text);
		}
		ts.forEachChild(node, collect);
	};
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /^(?:it|test)\b/.test(node.expression.getText(source))) {
			const [first] = node.arguments;
			if (first !== undefined && ts.isStringLiteralLike(first) && standsFor(first.text, title)) {
				collect(node);
				return;
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return [...found].sort();
}
