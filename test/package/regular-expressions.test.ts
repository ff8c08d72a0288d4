import { readFileSync } from 'node:fs';
import path from 'node:path';

import { findRegularExpressions } from '../support/regular-expressions/find';

const LIST = path.join(__dirname, 'regular-expressions.txt');
const listed = readFileSync(LIST, 'utf8')
	.split('\n')
	.filter((line) => line !== '');
const { found, dynamic } = findRegularExpressions();
const patterns = [...new Set(found.map(({ pattern }) => pattern))].sort();

/** Put together at run time, each with the reason why it cannot take long. */
const DYNAMIC: Readonly<Record<string, string>> = {
	"new RegExp(pattern, 'iu')":
		'a rule of a person: compiled to be checked, or without anything that repeats',
	"new RegExp(`^${atom}$`, 'iu')": 'tried on one character',
};

test('every regular expression of nodes, credentials and templates is listed, and none that is gone', () => {
	const unlisted = found
		.filter(({ pattern }) => !listed.includes(pattern))
		.map(({ pattern, where }) => `${where}: add to ${path.basename(LIST)}: ${pattern}`);
	expect(unlisted).toEqual([]);
	expect(listed.filter((pattern) => !patterns.includes(pattern))).toEqual([]);
	expect(listed).toEqual([...listed].sort());
});

test('none is put together from what only a run knows, but for those with a reason', () => {
	expect(dynamic.filter(({ expression }) => !(expression in DYNAMIC))).toEqual([]);
	const expressions = new Set(dynamic.map(({ expression }) => expression));
	expect(Object.keys(DYNAMIC).filter((expression) => !expressions.has(expression))).toEqual([]);
});
