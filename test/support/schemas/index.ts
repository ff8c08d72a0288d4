import { resolve, relative } from 'node:path';

import { resolveOutputSchemaPath } from 'n8n-core/dist/nodes-loader/output-schema-resolver';

import { OUTPUT_MEMBERS, type Member, type Members } from './members';

const ROOT = resolve(__dirname, '..', '..', '..');

/**
 * The file in which n8n looks for what an operation gives out.
 * @param operation '' for a node without operations
 * @returns path from the root of the project
 */
export function schemaFileOf(node: string, operation: string): string {
	const path = resolveOutputSchemaPath({
		nodeDir: resolve(ROOT, 'nodes', node),
		version: 1,
		...(operation === '' ? {} : { operation }),
	});
	if (path === undefined) throw new Error(`n8n looks nowhere for ${node} ${operation}`);
	return relative(ROOT, path);
}

function isList(member: Member): member is readonly [Member] {
	return Array.isArray(member);
}

function schemaOf(member: Member): object {
	if (typeof member === 'string') return { type: member };
	if (isList(member)) return { type: 'array', items: schemaOf(member[0]) };
	const properties = Object.entries(member).map(([name, value]) => [name, schemaOf(value)]);
	return { type: 'object', properties: Object.fromEntries(properties) };
}

/** Text of every schema, by the path of its file from the root of the project. */
export function schemaFiles(): Map<string, string> {
	const files = new Map<string, string>();
	for (const [node, operations] of Object.entries(OUTPUT_MEMBERS)) {
		for (const [operation, members] of Object.entries(operations)) {
			const schema = { ...schemaOf(members), version: 1 };
			files.set(schemaFileOf(node, operation), `${JSON.stringify(schema, null, '\t')}\n`);
		}
	}
	return files;
}

/** Paths of all members, `company.id` and `cves[]` for those inside; with their JSON types. */
function pathsOfMembers(members: Members): Set<string> {
	const paths = new Set<string>();
	const add = (path: string, member: Member): void => {
		if (typeof member === 'string') paths.add(`${path}: ${member}`);
		else if (isList(member)) add(`${path}[]`, member[0]);
		else for (const [name, inner] of Object.entries(member)) add(`${path}.${name}`, inner);
	};
	add('', members);
	return paths;
}

/**
 * Which of a schema's paths the values have, and what they have beyond them. Null and an empty list say nothing of what
 * is inside.
 */
export function compareWithMembers(
	members: Members,
	values: readonly unknown[],
): { beyond: string[]; never: string[] } {
	const never = pathsOfMembers(members);
	const beyond = new Set<string>();
	const seen = (path: string, member: Member | undefined, value: unknown): void => {
		if (member === undefined) beyond.add(path);
		else if (member === 'object' || member === 'array') never.delete(`${path}: ${member}`);
		else if (typeof member === 'string') {
			never.delete(`${path}: ${member}`);
			if (value !== null && typeof value !== member) beyond.add(`${path}: ${typeof value}`);
		} else if (isList(member)) {
			if (Array.isArray(value)) for (const one of value) seen(`${path}[]`, member[0], one);
			else if (value !== null) beyond.add(`${path}: ${typeof value}`);
		} else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value))
				seen(`${path}.${name}`, member[name], inner);
		} else if (value !== null) beyond.add(`${path}: ${typeof value}`);
	};
	for (const value of values) seen('', members, value);
	return { beyond: [...beyond].sort(), never: [...never].sort() };
}
