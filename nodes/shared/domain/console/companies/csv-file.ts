import { readClientId } from '../../company/mapping';
import { localCompanyKey } from '../../company/match/auto-map';
import type { LocalCompany } from '../../company/types';
import { isRecord, type JsonRecord } from '../../values/json';
import {
	CsvError,
	csvLines,
	csvText,
	type Separator,
	SEPARATORS,
	withoutGuard,
} from '../../values/csv';
import { expectedError } from '../../values/read';

/** Columns of the file, in their order. */
export const CSV_COLUMNS = [
	'integration',
	'source',
	'companyId',
	'companyName',
	'haloClientId',
	'haloClientName',
	'method',
	'createTicket',
	'noNotification',
	'eventSet',
	'profile',
	'flags',
	'mappedAt',
] as const;
type CsvColumn = (typeof CSV_COLUMNS)[number];

/** Every row of the mapping with all its columns. */
export function mappingCsv(rows: readonly JsonRecord[], separator: Separator): string {
	const cells = rows.map((row) => CSV_COLUMNS.map((column) => textOf(row[column])));
	return csvText([[...CSV_COLUMNS], ...cells], separator);
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A row of the file that can be meant. */
export interface CsvRow {
	/** Line of the file. */
	line: number;
	company: LocalCompany;
	clientId: number;
	/** What the client must be called in Halo; '' = anything. */
	clientName: string;
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string;
	profile: string;
	flags: JsonRecord;
}

/** What a file holds, and what is wrong with it; a file with a problem is not stored. */
export interface CsvFile {
	rows: CsvRow[];
	problems: string[];
}

const YES = new Set(['true', '1', 'yes', 'y', 'on']);
const NO = new Set(['false', '0', 'no', 'n', 'off']);

const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
	',': 'comma',
	';': 'semicolon',
	'\t': 'tab',
};

function isColumn(name: string): name is CsvColumn {
	return CSV_COLUMNS.some((column) => column === name);
}

/** The separator under which the first line names most columns. */
function separatorOf(text: string): Separator {
	const head = text.split('\n', 1)[0] ?? '';
	const known = (separator: Separator): number =>
		head.split(separator).filter((name) => isColumn(name.replace(/["\uFEFF\r]/g, '').trim()))
			.length;
	return [...SEPARATORS].sort((left, right) => known(right) - known(left))[0] ?? ',';
}

function flagsIn(text: string): JsonRecord | null {
	if (text === '') return {};
	try {
		const parsed: unknown = JSON.parse(text);
		return isRecord(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function rowIn(line: number, cell: (column: CsvColumn) => string): CsvRow | string {
	const problems: string[] = [];
	const flag = (column: CsvColumn, byDefault: boolean): boolean => {
		const word = cell(column).toLowerCase();
		if (word !== '' && !YES.has(word) && !NO.has(word)) {
			problems.push(`${column}: expected true or false, got "${cell(column).slice(0, 40)}"`);
		}
		return word === '' ? byDefault : YES.has(word);
	};
	const createTicket = flag('createTicket', true);
	const noNotification = flag('noNotification', false);
	const companyId = cell('companyId');
	const companyName = cell('companyName');
	if (companyId === '' && companyName === '') {
		problems.push('no company: companyId and companyName are empty');
	}
	const client = readClientId(cell('haloClientId'));
	if ('fault' in client) problems.push(`haloClientId: ${client.fault.problem}`);
	else if (client.value === null) problems.push('no Halo client: haloClientId is empty');
	const flags = flagsIn(cell('flags'));
	if (flags === null) problems.push('flags: expected a JSON object');
	if (problems.length > 0 || 'fault' in client || client.value === null || flags === null) {
		return problems.join('; ');
	}
	const orNull = (text: string): string | null => (text === '' ? null : text);
	return {
		line,
		company: {
			origin: `line ${line}`,
			integration: orNull(cell('integration')),
			source: orNull(cell('source')),
			id: orNull(companyId),
			name: orNull(companyName),
			displayName: null,
			reference: null,
			domain: null,
		},
		clientId: client.value,
		clientName: cell('haloClientName'),
		createTicket,
		noNotification,
		eventSet: cell('eventSet'),
		profile: cell('profile'),
		flags,
	};
}

function headProblem(columns: readonly string[], separator: Separator): string | null {
	const has = (name: CsvColumn): boolean => columns.includes(name);
	if (has('haloClientId') && (has('companyName') || has('companyId'))) return null;
	const named = columns
		.filter((name) => name !== '')
		.join(', ')
		.slice(0, 200);
	return `The first line needs the columns haloClientId and companyName or companyId, with comma, semicolon or tab between them; read with ${SEPARATOR_NAMES[separator]} it has: ${named === '' ? 'nothing' : named}. Download the CSV once to see its form.`;
}

/**
 * Reads a file as it is downloaded here, or as a spreadsheet stores it: with comma, semicolon or tab. What is wrong is
 * told line by line.
 */
export function readMappingCsv(text: string): CsvFile {
	const separator = separatorOf(text);
	try {
		const [head, ...lines] = csvLines(text, separator);
		const columns = (head?.cells ?? []).map((name) => name.trim());
		const problem = headProblem(columns, separator);
		if (problem !== null) return { rows: [], problems: [problem] };
		const rows: CsvRow[] = [];
		const problems: string[] = [];
		const firstOf = new Map<string, number>();
		for (const { cells, line } of lines) {
			const row = rowIn(line, (column) =>
				withoutGuard((cells[columns.indexOf(column)] ?? '').trim()).trim(),
			);
			if (typeof row === 'string') {
				problems.push(`Line ${line}: ${row}`);
				continue;
			}
			const key = localCompanyKey(row.company);
			const before = firstOf.get(key);
			if (before !== undefined) {
				problems.push(`Line ${line}: names the company of line ${before} again`);
				continue;
			}
			firstOf.set(key, line);
			rows.push(row);
		}
		if (rows.length === 0 && problems.length === 0) problems.push('The file has no rows.');
		return { rows, problems };
	} catch (error) {
		return { rows: [], problems: [`${expectedError(error, CsvError).message}.`] };
	}
}
