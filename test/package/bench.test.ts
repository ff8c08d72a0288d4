import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runBench } from '../bench';
import { growthExponent, median } from '../bench/measure';
import { toMarkdown, type Figure, type Section, type Table } from '../bench/report';
import { TINY } from '../bench/sizes';

/** Evaluate Event Set, Auto-Map, Halo Ticket, Scanner Trigger and Events; the real n8n is left out. */
const PARTS = 4;

let sections: Section[];

/** Seconds on a quiet machine; a busy one takes its time. */
const LIMIT_MS = 180_000;

beforeAll(async () => {
	sections = await runBench(TINY);
}, LIMIT_MS);

const tablesOf = ({ ratios, absolute }: Section): Table[] => [...ratios, ...absolute];

function figuresOf({ rows }: Table): Figure[] {
	return rows.flat().filter((cell) => typeof cell !== 'string');
}

test(`the benchmark has ${PARTS} parts, each with ratios and absolute figures`, () => {
	expect(sections).toHaveLength(PARTS);
	for (const { ratios, absolute } of sections) {
		expect(ratios.length).toBeGreaterThan(0);
		expect(absolute.length).toBeGreaterThan(0);
	}
});

test('every figure is finite, and every row is as long as the head', () => {
	const tables = sections.flatMap(tablesOf);
	expect(tables.flatMap(figuresOf).length).toBeGreaterThan(100);
	for (const table of tables) {
		expect(table.rows.filter((row) => row.length !== table.head.length)).toEqual([]);
		expect(figuresOf(table).filter(({ value }) => !Number.isFinite(value))).toEqual([]);
		expect(figuresOf(table).filter(({ text }) => /NaN|Infinity/.test(text))).toEqual([]);
	}
});

test('the page has every table with its head, and names the machine by cores and Node.js', () => {
	const page = toMarkdown(sections, { node: 'v20.0.0', cores: 2, platform: 'linux x64' });
	expect(page).toContain('2 cores, Node.js v20.0.0, linux x64');
	for (const table of sections.flatMap(tablesOf)) {
		expect(page).toContain(
			`\n| ${table.head.join(' | ')} |\n| ${table.head.map(() => '---').join(' | ')} |\n`,
		);
	}
	expect(page.match(/^## /gm)).toHaveLength(PARTS);
});

test('docs/benchmarks.md was written by this benchmark: it has its parts and no path of a machine', () => {
	const page = readFileSync(join(__dirname, '..', '..', 'docs', 'benchmarks.md'), 'utf8');
	for (const { title } of sections) {
		expect(page).toContain(`\n- **${title}:** `);
		expect(page).toContain(`\n## ${title}\n`);
	}
	expect(page).not.toMatch(/\/(home|root|Users)\//);
});

test('no company is mapped to a wrong client, and no problem gets two tickets', () => {
	const rowsOf = (name: string): Figure[][] =>
		sections
			.flatMap(tablesOf)
			.flatMap(({ rows }) => rows)
			.filter(([first]) => typeof first === 'string' && first.startsWith(name))
			.map((row) => row.filter((cell) => typeof cell !== 'string'));
	expect(rowsOf('mapped to a wrong client').map((row) => row.map(({ value }) => value))).toEqual([
		[0, 0],
	]);
	const baseline = rowsOf('Halo Ticket, ');
	expect(baseline).toHaveLength(2);
	for (const row of baseline) expect(row.at(-1)?.value).toBe(0);
});

describe('how it measures', () => {
	test.each([
		{ power: 1, costs: [5, 10, 50] },
		{ power: 2, costs: [1, 4, 100] },
		{ power: 0, costs: [3, 3, 3] },
	])('costs that grow with the power $power have that growth', ({ power, costs }) => {
		const sizes = [10, 20, 100];
		const points = sizes.map((size, at) => [size, costs[at] ?? 0] as const);
		expect(growthExponent(points)).toBeCloseTo(power, 10);
	});

	test('the median of an even number of values lies between the two in the middle', () => {
		expect(median([9, 1, 5])).toBe(5);
		expect(median([4, 1, 3, 100])).toBe(3.5);
		expect(() => median([])).toThrow('Nothing was measured');
	});
});
