import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
	nodes: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
}

type Row = Record<string, unknown>;

const folder = join(__dirname, '..', '..', 'workflows');
const read = (name: string): Template => JSON.parse(readFileSync(join(folder, name), 'utf8'));

/** Runs a Code node of the template on rows. */
function run(name: string, rows: Row[]): Row[] {
	const node = read('map-companies-form.json').nodes.find((candidate) => candidate.name === name);
	const code = new Function('$input', String(node?.parameters.jsCode));
	const made: Array<{ json: Row }> = code({ all: () => rows.map((json) => ({ json })) });
	return made.map(({ json }) => json);
}

const rowOf = (companyName: string): Row => ({ id: 1, companyName, haloClientId: 11, flags: '{}' });
const written = (name: string): string =>
	String(run('Rows of the file', [rowOf(name)])[0]?.companyName);

/** A spreadsheet runs a cell that begins so; some read the wide and small forms and leave blanks before it out. */
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '⁺', '₌', '−'];
const BEFORE = [
	'',
	' ',
	'\t',
	'\r',
	'\n',
	'\u00a0',
	'\u3000',
	'\u200b',
	'\ufeff',
	'\u00ad',
	'\u3164',
];
const FORMULAS = SIGNS.flatMap((sign) => BEFORE.map((blank) => `${blank}${sign}2+3`));

test.each(FORMULAS.map((text) => [JSON.stringify(text), text]))(
	'%s is not run by a spreadsheet, and comes back as it was',
	(_shown, text) => {
		const cell = written(text);
		expect(cell).toBe(`'${text}`);
		expect(run('Pairs of the file', [{ companyName: cell, haloClientId: '11' }])).toMatchObject([
			{ companyName: text.trim() },
		]);
	},
);

test.each(["'s-Hertogenbosch", "'=1", "''", 'Contoso = Fabrikam', 'A+', '5 − 3', '株式会社'])(
	'the name %s comes back as it was',
	(text) => {
		const [pair] = run('Pairs of the file', [{ companyName: written(text), haloClientId: '11' }]);
		expect(pair?.companyName).toBe(text);
	},
);

test('no other template writes a file for spreadsheets', () => {
	const writers = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.filter((name) => read(name).nodes.some(({ type }) => type.endsWith('.convertToFile')));
	expect(writers).toEqual(['map-companies-form.json']);
});
