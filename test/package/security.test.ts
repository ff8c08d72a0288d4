import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { readPage, sectionOf } from '../support/markdown';
import { titlesIn } from '../support/test-titles';

const root = join(__dirname, '..', '..');
const rows = readPage('docs/security.md')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| threat |'))
	.map((line) => line.slice(2, -2).split(' | '));

test('the table of threats has its rows, each with what holds and a test', () => {
	expect(rows.length).toBeGreaterThanOrEqual(25);
	expect(rows.filter((cells) => cells.length !== 3)).toEqual([]);
});

test.each(rows.map((cells) => [cells[0] ?? '', cells[2] ?? '']))(
	'%s: its test is there',
	(_threat, proof) => {
		const [, file = '', title = ''] = /^`([\w./-]+)`: (.+)$/.exec(proof) ?? [];
		const path = join(root, 'test', file);
		expect([file, existsSync(path)]).toEqual([file, file !== '']);
		expect(titlesIn(path).some((known) => known.includes(title))).toBe(true);
	},
);

test('SECURITY.md says what is promised, how to report and which versions, and names the table', () => {
	for (const anchor of [
		'versions',
		'report-a-problem',
		'what-is-promised',
		'what-is-not-promised',
	]) {
		expect(sectionOf(`SECURITY.md#${anchor}`).length).toBeGreaterThan(50);
	}
	expect(readPage('SECURITY.md')).toContain('docs/security.md');
});
