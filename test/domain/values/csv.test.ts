import {
	CsvError,
	csvLines,
	csvText,
	SEPARATORS,
	withoutGuard,
} from '../../../nodes/shared/domain/values/csv';

const CELLS = [
	'plain',
	'',
	'with "quotes"',
	'"',
	'a, b; c\td',
	'two\r\nlines',
	'=1+1',
	'＝1+1',
	"'s-Hertogenbosch",
	"'=1",
	'\u200b-2',
	'@name',
	'株式会社',
	' spaces ',
];

describe('a file for spreadsheets', () => {
	test.each(SEPARATORS)('with %j every cell comes back as it was', (separator) => {
		const text = csvText([CELLS, CELLS.toReversed()], separator);
		const read = csvLines(text, separator).map(({ cells }) => cells.map(withoutGuard));
		expect(read).toEqual([CELLS, CELLS.toReversed()]);
	});

	test('no cell begins like a formula, in its wide and small forms neither', () => {
		const [line] = csvLines(csvText([CELLS], ','), ',');
		for (const cell of line?.cells ?? []) {
			expect(cell.normalize('NFKC')).not.toMatch(/^[\s\u200b]*[=+\-@]/);
		}
	});

	test('lines are counted over breaks inside cells, empty ones and the mark in front are left out', () => {
		expect(csvLines('\uFEFFa,b\n"x\ny",1\n\n,\nlast,2', ',')).toEqual([
			{ line: 1, cells: ['a', 'b'] },
			{ line: 2, cells: ['x\ny', '1'] },
			{ line: 6, cells: ['last', '2'] },
		]);
	});

	test.each([
		['a,b\n"open', 'Line 2: a quote is not closed'],
		['a,b\n"x"y,1', 'Line 2: a quote ends in the middle of a cell'],
	])('%j is refused with its line', (text, message) => {
		expect(() => csvLines(text, ',')).toThrow(new CsvError(2, message.slice('Line 2: '.length)));
	});

	test('a cell of a million quotes is read in one go', () => {
		const text = `"${'""'.repeat(1_000_000)}",b`;
		const began = Date.now();
		expect(csvLines(text, ',')[0]?.cells[0]).toHaveLength(1_000_000);
		expect(Date.now() - began).toBeLessThan(5_000);
	});
});
