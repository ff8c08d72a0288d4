/** A number that was measured, and how it is written. */
export interface Figure {
	value: number;
	text: string;
}

export type Cell = string | Figure;

export interface Table {
	/** What the table answers, as a sentence. */
	caption: string;
	head: readonly string[];
	rows: ReadonlyArray<readonly Cell[]>;
}

/** One subject: how it was measured, then ratios and exponents, then absolute figures. */
export interface Section {
	title: string;
	/** One sentence with the figures that matter; '' when nothing was measured. */
	headline: string;
	/** Paragraphs. */
	method: readonly string[];
	/** Ratios and growth exponents: they hold on other machines. */
	ratios: readonly Table[];
	/** Times, bytes and counts of this machine. */
	absolute: readonly Table[];
	/** What could not be measured here, and why. */
	notes?: readonly string[];
}

export interface Machine {
	node: string;
	cores: number;
	platform: string;
}

/** Three digits that count; whole numbers from 100 on, thousands divided. */
export function digits(value: number): string {
	const size = Math.abs(value);
	if (size >= 100) return Math.round(value).toLocaleString('en-GB');
	if (size >= 10) return value.toFixed(1);
	return size >= 1 || size === 0 ? value.toFixed(2) : value.toPrecision(2);
}

export const count = (value: number): Figure => ({
	value,
	text: value.toLocaleString('en-GB'),
});
export const exponent = (value: number): Figure => ({ value, text: value.toFixed(2) });
export const perSecond = (value: number): Figure => ({ value, text: `${digits(value)}/s` });
export const megabytes = (bytes: number): Figure => ({
	value: bytes,
	text: `${digits(bytes / 1024 / 1024)} MB`,
});
export const duration = (ms: number): Figure => ({
	value: ms,
	text: ms >= 1000 ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`,
});
/** @param value ours divided by the other's */
export const ratio = (value: number): Figure => ({ value, text: `${digits(value)} x` });
export const average = (value: number): Figure => ({ value, text: digits(value) });
export const share = (value: number): Figure => ({ value, text: `${digits(value * 100)} %` });

function line(cells: readonly Cell[]): string {
	return `| ${cells.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join(' | ')} |`;
}

function tableLines({ caption, head, rows }: Table): string[] {
	return [caption, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function sectionLines(section: Section): string[] {
	return [
		`## ${section.title}`,
		'',
		...section.method.flatMap((paragraph) => [paragraph, '']),
		...section.ratios.flatMap(tableLines),
		...section.absolute.flatMap(tableLines),
		...(section.notes ?? []).flatMap((note) => [`Not measured: ${note}`, '']),
	];
}

/** The page `docs/benchmarks.md`. */
export function toMarkdown(sections: readonly Section[], machine: Machine): string {
	const lines = [
		'# Benchmarks',
		'',
		'`npm run bench` measures and writes this page; it takes a few minutes. Ratios and growth exponents come first: they hold on other machines. The absolute figures behind them are of one machine, and only say in which region things are.',
		'',
		'Growth: the cost grows with this power of the size. 1 is proportional, 2 is quadratic. Memory: the most JavaScript heap in use at once, above what was in use before, uncollected garbage included. Every figure is the median of several runs after one that does not count, unless it says otherwise.',
		'',
		`Machine of the absolute figures: ${machine.cores} cores, Node.js ${machine.node}, ${machine.platform}.`,
		'',
		...sections
			.filter(({ headline }) => headline !== '')
			.map(({ title, headline }) => `- **${title}:** ${headline}`),
		'',
		...sections.flatMap(sectionLines),
	];
	return `${lines.join('\n').trimEnd()}\n`;
}

/** For the terminal: a table's columns stand under each other. */
export function toText(section: Section): string {
	const draw = ({ caption, head, rows }: Table): string[] => {
		const cells = [head, ...rows].map((row) =>
			row.map((cell) => (typeof cell === 'string' ? cell : cell.text)),
		);
		const widths = head.map((_title, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
		const drawn = cells.map((row) =>
			`  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   ')}`.trimEnd(),
		);
		return [caption, ...drawn, ''];
	};
	return [
		`== ${section.title}`,
		section.headline,
		'',
		...[...section.ratios, ...section.absolute].flatMap(draw),
		...(section.notes ?? []).map((note) => `Not measured: ${note}\n`),
	].join('\n');
}
