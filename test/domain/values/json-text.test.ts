import { parseJson } from '../../../nodes/shared/domain/values/json-text';
import { createRandom, pick } from '../../support/random';

const SEED = 20_261_201;

describe('JSON text is read as JSON.parse reads it', () => {
	const random = createRandom(SEED);
	const SCALARS = ['0', '-1.5', '1e3', 'true', 'null', '"a\\"b\\\\"', '"{,:}[]"', '"\\u00e9"'];
	const space = () => pick(random, ['', ' ', '\n\t', '']);
	function written(depth: number): string {
		const kind = random();
		if (depth > 4 || kind < 0.4) return pick(random, SCALARS);
		const entries = Array.from({ length: Math.floor(random() * 4) }, () => written(depth + 1));
		const body = (parts: string[]) => parts.join(`${space()},${space()}`);
		return kind < 0.7
			? `[${space()}${body(entries)}${space()}]`
			: `{${space()}${body(entries.map((entry, at) => `"k${at}\\n"${space()}:${space()}${entry}`))}${space()}}`;
	}

	test('in 3,000 texts of any shape', () => {
		for (let round = 0; round < 3_000; round += 1) {
			const text = `${space()}${written(0)}${space()}`;
			expect([text, parseJson(text)]).toEqual([text, { value: JSON.parse(text) }]);
		}
	});

	test.each(['', '{', '{"a":1,}', "{'a':1}", '[1 2]', 'undefined', '\uFEFF\uFEFF1'])(
		'%j is none',
		(text) => expect(parseJson(text)).toBeNull(),
	);

	test('with a byte order mark before it', () =>
		expect(parseJson('\uFEFF{"a":1}')).toEqual({ value: { a: 1 } }));
});

describe('an integer that a number cannot hold', () => {
	test.each([
		['9007199254740993', '9007199254740993'],
		['-9007199254740993', '-9007199254740993'],
		['12345678901234567890123', '12345678901234567890123'],
		['9007199254740991', 9007199254740991],
		['1234567890.1250', 1234567890.125],
		['"12345678901234567890"', '12345678901234567890'],
	])('%s keeps its digits', (written, value) => {
		expect(parseJson(written)).toEqual({ value });
		expect(parseJson(` {"a" : [ ${written} ,1], "b":{"c":${written}}}`)).toEqual({
			value: { a: [value, 1], b: { c: value } },
		});
	});
});

describe('a member that stands in one object twice', () => {
	test.each([
		'{"status":"open","status":"resolved"}',
		'[{"a":{"status":1,"x":{},"\\u0073tatus":2}}]',
		'{"status":{"a":1},"status":{"a":2}}',
	])('%s is refused by its name', (text) =>
		expect(() => parseJson(text)).toThrow(/^status: expected one value, got two/),
	);

	test('is one where both say the same', () =>
		expect(parseJson('{"a":"1","a":"1","b":{"a":2}}')).toEqual({
			value: { a: '1', b: { a: 2 } },
		}));
});

test('a nesting deeper than any record is refused, however deep', () => {
	for (const depth of [66, 200_000]) {
		const text = `${'['.repeat(depth)}${']'.repeat(depth)}`;
		expect(() => parseJson(text)).toThrow(/levels of nesting/);
	}
});
