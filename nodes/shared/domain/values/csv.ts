/** Separators that spreadsheets of different languages write. */
export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A file that is no CSV; `line` counts from 1. */
export class CsvError extends Error {
	constructor(
		readonly line: number,
		problem: string,
	) {
		super(`Line ${line}: ${problem}`);
		this.name = 'CsvError';
	}
}

/** A cell that begins like a formula, in its wide and small forms too, is run by a spreadsheet. */
const FORMULA = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-\u2212@]/u;
const GUARDED = /^['\t\r\n]/;

function needsGuard(text: string): boolean {
	return FORMULA.test(text.normalize('NFKC')) || GUARDED.test(text);
}

/** The text of a cell with a quote in front where a spreadsheet would run it. */
function guarded(text: string): string {
	return needsGuard(text) ? `'${text}` : text;
}

/** The text of a cell without the quote that `csvText` put in front. */
export function withoutGuard(text: string): string {
	return text.startsWith("'") && needsGuard(text.slice(1)) ? text.slice(1) : text;
}

function cell(text: string, separator: Separator): string {
	const safe = guarded(text);
	return safe.includes(separator) || /["\r\n]/.test(safe)
		? `"${safe.replaceAll('"', '""')}"`
		: safe;
}

/** A file for spreadsheets: lines end as RFC 4180 says, what a spreadsheet would run is guarded. */
export function csvText(rows: ReadonlyArray<readonly string[]>, separator: Separator): string {
	return rows
		.map((cells) => `${cells.map((text) => cell(text, separator)).join(separator)}\r\n`)
		.join('');
}

/** One line of a file. */
export interface CsvLine {
	/** Where it begins, from 1. */
	line: number;
	cells: string[];
}

/**
 * The lines of a file, quotes taken off, empty lines left out.
 * @param text without or with the mark that spreadsheets write in front
 * @throws CsvError for a quote that is not closed, or one inside a cell without quotes around it
 */
export function csvLines(text: string, separator: Separator): CsvLine[] {
	const lines: CsvLine[] = [];
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	let line = 1;
	let cells: string[] = [];
	let began = 1;
	const endLine = (): void => {
		if (cells.some((one) => one !== '')) lines.push({ line: began, cells });
		cells = [];
	};
	while (at < text.length) {
		if (cells.length === 0) began = line;
		const quoted = text.charAt(at) === '"';
		const end = quoted ? endOfQuoted(text, at, line) : endOfPlain(text, at, separator);
		const raw = text.slice(quoted ? at + 1 : at, quoted ? end - 1 : end);
		cells.push(quoted ? raw.replaceAll('""', '"') : raw);
		line += raw.split('\n').length - 1;
		const next = text.charAt(end);
		if (next !== '' && next !== separator && next !== '\r' && next !== '\n') {
			throw new CsvError(line, 'a quote ends in the middle of a cell');
		}
		at = end + 1;
		if (next === separator) {
			if (at === text.length) cells.push('');
			continue;
		}
		if (next === '\r' && text.charAt(at) === '\n') at += 1;
		line += 1;
		endLine();
	}
	endLine();
	return lines;
}

/** Place behind the closing quote. */
function endOfQuoted(text: string, start: number, line: number): number {
	let at = text.indexOf('"', start + 1);
	while (at !== -1 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
	if (at === -1) throw new CsvError(line, 'a quote is not closed');
	return at + 1;
}

function endOfPlain(text: string, start: number, separator: Separator): number {
	let at = start;
	while (at < text.length) {
		const sign = text.charAt(at);
		if (sign === separator || sign === '\r' || sign === '\n') return at;
		at += 1;
	}
	return at;
}
