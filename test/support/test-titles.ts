import { readFileSync } from 'node:fs';

import ts from 'typescript';

/** A capability's number, as it stands in titles. */
export const CAPABILITY = /\b(?:CS|CN|ID|HI|PH)-\d{2}\b/g;

/**
 * Texts of a test file that are, or become, titles of tests: those given to `it`, `test` and `describe`, and those in
 * tables of cases. Values that are put in while it runs show as `${}`.
 */
export function titlesIn(path: string): string[] {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
	const titles: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) titles.push(node.text);
		if (ts.isTemplateExpression(node)) {
			titles.push(
				[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('${}'),
			);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return titles;
}
