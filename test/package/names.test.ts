import { readFileSync } from 'node:fs';

import { sameBodies } from '../support/function-bodies';
import { sourceFiles } from '../support/import-graph';

/** Names that several files export on purpose: each node's description is put together from parts of these names. */
const PARTS_OF_A_DESCRIPTION = ['INPUTS', 'OUTPUTS', 'inputs', 'outputs', 'properties'];

const EXPORTED =
	/^export (?:abstract |async )?(?:class|function\*?|interface|type|const|enum) +(\w+)/gm;

/** Names to the files that export them, for the names that more than one file exports. */
function twice(texts: ReadonlyMap<string, string>): Map<string, string[]> {
	const files = new Map<string, string[]>();
	for (const [file, text] of texts) {
		for (const [, name = ''] of text.matchAll(EXPORTED)) {
			files.set(name, [...new Set([...(files.get(name) ?? []), file])]);
		}
	}
	return new Map([...files].filter(([, several]) => several.length > 1));
}

const texts = new Map(
	sourceFiles(['nodes', 'credentials']).map((file) => [file, readFileSync(file, 'utf8')]),
);

describe('one name means one thing', () => {
	test('a name that two files export is found', () => {
		const two = new Map([
			['a.ts', 'export interface Found {}\nexport function find() {}'],
			['b.ts', 'export async function find() {}\nconst Found = 1;'],
		]);
		expect([...twice(two)]).toEqual([['find', ['a.ts', 'b.ts']]]);
	});

	test('no two files export the same name', () => {
		const found = [...twice(texts)].filter(([name]) => !PARTS_OF_A_DESCRIPTION.includes(name));
		expect(texts.size).toBeGreaterThan(200);
		expect(found).toEqual([]);
	});

	test('the exceptions are needed', () => {
		const names = [...twice(texts).keys()];
		expect(names).toEqual(expect.arrayContaining(PARTS_OF_A_DESCRIPTION));
	});

	test('nothing is called after how a computer goes about it', () => {
		const vague = [...texts].flatMap(([file, text]) =>
			[...text.matchAll(/\b(?:function|class) +((?:process|handle|manage)[A-Z]\w*)/g)].map(
				([, name]) => `${file}: ${name}`,
			),
		);
		expect(vague).toEqual(['nodes/shared/halo/http/process-state.ts: processStateFor']);
	});
});

describe('one thing is done in one place', () => {
	test('two functions with one body are found, whatever their names', () => {
		const two = new Map([
			['a.ts', 'function one(text: string) { return text.trim(); }'],
			['b.ts', 'export const two = (text: string) => {\n\treturn text.trim();\n};'],
			['c.ts', 'function one(text: string) { return text; }'],
		]);
		expect(sameBodies(two)).toEqual([['a.ts', 'b.ts']]);
	});

	test('no two functions have one body', () => {
		expect(sameBodies(texts)).toEqual([]);
	});
});
