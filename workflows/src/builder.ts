/** Templates as code: nodes with checked parameters, wires between them, and places on the canvas. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { type Lane, layOut } from './layout';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Parameters = { [name: string]: NodeParameterValueType };

/** Members of a node beside its parameters, named as n8n names them. */
export interface NodeSettings {
	executeOnce?: true;
	alwaysOutputData?: true;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	disabled?: true;
	retryOnFail?: true;
	/** Tries in all. */
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
	webhookId?: string;
	/** Type of the credential, and the name that a person will find it by. */
	credentials?: { [type: string]: string };
}

/** A node before it has a place. */
export interface TemplateNode extends NodeSettings {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Parameters;
}

/** A wire; outputs and inputs count from 0. */
export interface Wire {
	from: TemplateNode;
	output: number;
	to: TemplateNode;
	input: number;
}

export interface Note {
	name: string;
	content: string;
}

/** A whole template. */
export interface TemplateSource {
	/** File name without its ending. */
	file: string;
	id: string;
	name: string;
	settings: { [name: string]: Json };
	/** What the template is, on the left of everything. */
	about: Note;
	/** From top to bottom; each has a note behind its nodes. */
	lanes: readonly Lane[];
	wires: readonly Wire[];
}

const PACKAGE = 'n8n-nodes-halopsa-bridge';

function packVersion(): string {
	const text = readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8');
	const manifest: { version: string } = JSON.parse(text);
	return manifest.version;
}

/** A node of n8n itself. The functions in `core.ts` know its parameters. */
export function coreNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters,
	settings: NodeSettings = {},
): TemplateNode {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters, ...settings };
}

function unresolved(node: TemplateNode): INode {
	const { name, type, typeVersion, parameters } = node;
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** A node of this pack, as its description has it. */
export interface PackNode {
	/** Name of the node's type, without the package. */
	type: string;
	properties: readonly INodeProperties[];
}

/**
 * A node of this pack.
 * @throws Error when it has no such parameter, does not show it beside the others, or does not offer the option
 */
export function packNode(
	{ type, properties }: PackNode,
	name: string,
	parameters: Parameters,
	settings: NodeSettings = {},
): TemplateNode {
	const node: TemplateNode = {
		name,
		type: `${PACKAGE}.${type}`,
		typeVersion: 1,
		parameters,
		...settings,
	};
	for (const [parameter, value] of Object.entries(parameters)) {
		const shown = properties.filter(
			(property) =>
				property.name === parameter &&
				NodeHelpers.displayParameter(parameters, property, unresolved(node), null),
		);
		if (shown.length === 0) throw new Error(`${name}: ${type} shows no parameter ${parameter}`);
		const offered = shown.flatMap((property) =>
			property.type === 'options' ? (property.options ?? []) : [],
		);
		const isExpression = typeof value === 'string' && value.startsWith('=');
		if (offered.length === 0 || isExpression) continue;
		if (!offered.some((option) => 'value' in option && option.value === value)) {
			throw new Error(`${name}: ${type} offers no ${parameter} ${JSON.stringify(value)}`);
		}
	}
	return node;
}

/** A wire from an output to an input. */
export function wire(from: TemplateNode, to: TemplateNode, output = 0, input = 0): Wire {
	return { from, output, to, input };
}

/** Wires along a row of nodes, first output to first input. */
export function chain(...nodes: TemplateNode[]): Wire[] {
	return nodes.slice(1).flatMap((to, index) => {
		const from = nodes[index];
		return from === undefined ? [] : [wire(from, to)];
	});
}

/** The same id whenever the template is built, so that a change shows as what it is. */
function idOf(template: string, name: string): string {
	const hex = createHash('sha256').update(`${template}|${name}`).digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20, 32),
	].join('-');
}

function connectionsOf(wires: readonly Wire[]): Record<string, { main: Json[][] }> {
	const connections: Record<string, { main: Json[][] }> = {};
	for (const { from, output, to, input } of wires) {
		const { main } = (connections[from.name] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to.name, type: 'main', index: input });
	}
	return connections;
}

function nodeJson(template: string, node: TemplateNode, position: [number, number]) {
	const { name, type, typeVersion, parameters, credentials, ...settings } = node;
	const linked = Object.entries(credentials ?? {}).map(([credential, title]) => [
		credential,
		{ id: null, name: title },
	]);
	return {
		id: idOf(template, name),
		name,
		type,
		typeVersion,
		position,
		parameters,
		...settings,
		...(linked.length === 0 ? {} : { credentials: Object.fromEntries(linked) }),
	};
}

/**
 * The text of a template's file.
 * @throws Error when two nodes share a name, or a wire leads to a node without a place
 */
export function buildTemplate(source: TemplateSource): string {
	const { places, notes } = layOut(source.about, source.lanes);
	const nodes = source.lanes.flatMap(({ columns }) => columns.flat().filter((one) => one !== null));
	const names = new Set([...nodes, ...notes].map(({ name }) => name));
	if (names.size !== nodes.length + notes.length) {
		throw new Error(`${source.file}: two nodes share a name`);
	}
	for (const { from, to } of source.wires) {
		for (const { name } of [from, to]) {
			if (!places.has(name)) throw new Error(`${source.file}: ${name} has no place`);
		}
	}
	const template = {
		id: source.id,
		name: source.name,
		nodes: [
			...notes.map(({ name, content, position, width, height, color }) => ({
				id: idOf(source.id, name),
				name,
				type: 'n8n-nodes-base.stickyNote',
				typeVersion: 1,
				position,
				parameters: { content, width, height, color },
			})),
			...nodes.map((node) => nodeJson(source.id, node, places.get(node.name) ?? [0, 0])),
		],
		connections: connectionsOf(source.wires),
		settings: source.settings,
		// For a person who compares what was imported with the pack that is installed.
		meta: { haloBridgeVersion: packVersion() },
		active: false,
		pinData: {},
		tags: [],
	};
	return `${JSON.stringify(template, null, 2)}\n`;
}
