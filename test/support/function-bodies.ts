import ts from 'typescript';

function functionOf(statement: ts.Statement): ts.Node[] {
	if (ts.isFunctionDeclaration(statement)) return [statement];
	if (!ts.isVariableStatement(statement)) return [];
	return statement.declarationList.declarations.flatMap(({ initializer }) =>
		initializer !== undefined && ts.isArrowFunction(initializer) ? [initializer] : [],
	);
}

/**
 * Functions at the top of files that do word for word the same, whatever they are called.
 * @param texts source text by the name of its file
 * @returns for each such body, where it stands
 */
export function sameBodies(texts: ReadonlyMap<string, string>): string[][] {
	const places = new Map<string, string[]>();
	for (const [file, text] of texts) {
		const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
		for (const node of source.statements.flatMap(functionOf)) {
			if (!ts.isFunctionDeclaration(node) && !ts.isArrowFunction(node)) continue;
			const parameters = node.parameters.map((parameter) => parameter.getText());
			const key = `${parameters.join()} ${node.body?.getText().replace(/\s+/g, ' ') ?? file}`;
			places.set(key, [...(places.get(key) ?? []), file]);
		}
	}
	return [...places.values()].filter((several) => several.length > 1);
}
