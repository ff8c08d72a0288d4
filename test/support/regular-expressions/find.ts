import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

import { filesUnder } from './files';

/** A regular expression of the pack. */
export interface Found {
	/** As it is written between slashes, with flags: `/\s+/g`. */
	pattern: string;
	/** File and line, or template and node. */
	where: string;
}

/** A regular expression that is put together from what only a run knows. */
export interface Dynamic {
	expression: string;
	where: string;
}

export interface Findings {
	found: Found[];
	dynamic: Dynamic[];
}

const ROOT = path.resolve(__dirname, '../../..');

function parsed(file: string, text: string): ts.SourceFile {
	return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

function constantNamed(source: ts.SourceFile, name: string): ts.Expression | undefined {
	const declarations = source.statements
		.filter((statement) => ts.isVariableStatement(statement))
		.flatMap((statement) => [...statement.declarationList.declarations]);
	return declarations.find((one) => one.name.getText() === name)?.initializer;
}

/** The file of the pack that a name is imported from. */
function importOf(source: ts.SourceFile, name: string): ts.SourceFile | undefined {
	for (const statement of source.statements) {
		if (!ts.isImportDeclaration(statement)) continue;
		const bindings = statement.importClause?.namedBindings;
		if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
		if (!bindings.elements.some((element) => element.name.text === name)) continue;
		if (!ts.isStringLiteral(statement.moduleSpecifier)) continue;
		const file = `${path.resolve(path.dirname(source.fileName), statement.moduleSpecifier.text)}.ts`;
		return parsed(file, readFileSync(file, 'utf8'));
	}
	return undefined;
}

/** The text that an expression stands for when it is made of constants alone; null when it is not. */
function folded(node: ts.Expression | undefined, source: ts.SourceFile): string | null {
	if (node === undefined) return null;
	if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
	if (ts.isIdentifier(node)) {
		const own = constantNamed(source, node.text);
		if (own !== undefined) return folded(own, source);
		const other = importOf(source, node.text);
		return other === undefined ? null : folded(constantNamed(other, node.text), other);
	}
	if (!ts.isTemplateExpression(node)) return null;
	let text = node.head.text;
	for (const span of node.templateSpans) {
		const value = folded(span.expression, source);
		if (value === null) return null;
		text += value + span.literal.text;
	}
	return text;
}

function collect(source: ts.SourceFile, place: (line: number) => string, into: Findings): void {
	const visit = (node: ts.Node): void => {
		const where = place(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
		if (ts.isRegularExpressionLiteral(node)) into.found.push({ pattern: node.text, where });
		const made = ts.isNewExpression(node) || ts.isCallExpression(node);
		if (made && /^(?:globalThis\.)?RegExp$/.test(node.expression.getText())) {
			const [text, flags] = node.arguments ?? [];
			const body = folded(text, source);
			const letters = flags === undefined ? '' : folded(flags, source);
			if (body === null || letters === null) {
				into.dynamic.push({ expression: node.getText().replace(/\s+/g, ' '), where });
			} else into.found.push({ pattern: `/${body}/${letters}`, where });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
}

/** Code inside a text of a template: the whole of a Code node, or each expression between double braces. */
function codeIn(member: string, text: string): string[] {
	if (member === 'jsCode') return [`async () => {${text}\n}`];
	if (!text.startsWith('=')) return [];
	return [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map(([, inner]) => `(${inner})`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** n8n's own conditions know regular expressions as an operator. */
function conditionOf(value: Record<string, unknown>): string | null {
	const { operator, rightValue } = value;
	const isPattern =
		isRecord(operator) &&
		typeof operator.operation === 'string' &&
		/regex/i.test(operator.operation);
	return isPattern ? String(rightValue) : null;
}

function collectTemplate(file: string, into: Findings): void {
	const walk = (value: unknown, member: string, where: string): void => {
		if (typeof value === 'string') {
			for (const code of codeIn(member, value)) collect(parsed('node.ts', code), () => where, into);
		} else if (Array.isArray(value)) {
			for (const entry of value) walk(entry, member, where);
		} else if (isRecord(value)) {
			const condition = conditionOf(value);
			if (condition !== null) into.found.push({ pattern: `/${condition}/`, where });
			const name = typeof value.name === 'string' ? `${path.basename(file)}, ${value.name}` : where;
			for (const [key, entry] of Object.entries(value)) walk(entry, key, name);
		}
	};
	walk(JSON.parse(readFileSync(file, 'utf8')), '', path.basename(file));
}

/** Every regular expression in the nodes, in the credentials and in the templates, by their syntax trees. */
export function findRegularExpressions(): Findings {
	const findings: Findings = { found: [], dynamic: [] };
	for (const folder of ['nodes', 'credentials']) {
		for (const file of filesUnder(path.join(ROOT, folder), '.ts')) {
			const source = parsed(file, readFileSync(file, 'utf8'));
			collect(source, (line) => `${path.relative(ROOT, file)}:${line}`, findings);
		}
	}
	for (const file of filesUnder(path.join(ROOT, 'workflows'), '.json')) {
		collectTemplate(file, findings);
	}
	return findings;
}
