import { shortened } from '../values/cut';
import { isRecord } from '../values/json';
import { memberText } from '../values/read';

/** One company and the Halo client that it belongs to, with the flags of the pair. */
export interface CompanyMapping {
	/** Where it stands, for people: `pair 2`, `row 17`. */
	origin: string;
	/** Integration that it belongs to; null = any. */
	integration: string | null;
	/** Source that it belongs to; null = any. */
	source: string | null;
	companyId: string | null;
	companyName: string | null;
	/** Reference or external id of the company, from the row's flags. */
	reference: string | null;
	/** null = the company is known and not mapped yet. */
	haloClientId: number | null;
	haloClientName: string | null;
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string | null;
	profile: string | null;
	/** False: mails that people of the company report make no tickets, whatever else does. From the row's flags. */
	reportPhishing: boolean;
	/** Whether mails can be dealt with in the ticket's tab of Phin; null when the row's flags do not say. */
	phinboxIq: boolean | null;
	/** Why the row cannot be used; its company is held for review until the row is right. */
	refusal: string | null;
}

/** One fault in a mapping: the column, and what it needs and what came. */
interface Fault {
	column: string;
	problem: string;
}

type Read<Value> = { value: Value } | { fault: Fault };

/** First id that can be a client: in Halo 0 and -1 stand for none, and 1 is the client "Unknown". */
const FIRST_CLIENT_ID = 2;

const YES: ReadonlySet<string> = new Set(['true', '1', 'yes', 'y', 'on']);
const NO: ReadonlySet<string> = new Set(['false', '0', 'no', 'n', 'off']);

function shown(value: unknown): string {
	const text = JSON.stringify(value) ?? typeof value;
	return shortened(text, 60);
}

function flagOf(
	row: Readonly<Record<string, unknown>>,
	column: string,
	byDefault: boolean,
): Read<boolean> {
	const value = Object.hasOwn(row, column) ? row[column] : null;
	if (value === null || value === undefined || value === '') return { value: byDefault };
	if (typeof value === 'boolean') return { value };
	const word = String(value).trim().toLowerCase();
	if (YES.has(word)) return { value: true };
	if (NO.has(word)) return { value: false };
	return { fault: { column, problem: `expected true or false, got ${shown(value)}` } };
}

/**
 * The id of a Halo client that may receive tickets.
 * @param value number, or text holding one; empty = none named
 * @returns null when none is named; else the id, or what is wrong with it. 0, 1 and -1 are refused: Halo uses 0 and -1
 * for "none" and 1 for its client "Unknown"
 */
export function readClientId(value: unknown): Read<number | null> {
	if (value === null || value === undefined || value === '') return { value: null };
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (typeof value === 'string' && text === '') return { value: null };
	const id = text === '' ? Number.NaN : Number(text);
	if (Number.isSafeInteger(id) && id >= FIRST_CLIENT_ID) return { value: id };
	const problem = [0, 1, -1].includes(id)
		? `${id} is no client: Halo uses 0 and -1 for none and 1 for its client "Unknown"`
		: `expected the number of a Halo client, got ${shown(value)}`;
	return { fault: { column: 'haloClientId', problem } };
}

/** What a row's flags say. Others that stand there are of other tools, and kept. */
interface RowFlags {
	reference: string | null;
	reportPhishing: boolean;
	phinboxIq: boolean | null;
}

const NO_FLAGS: RowFlags = { reference: null, reportPhishing: true, phinboxIq: null };

function flagsIn(flags: unknown): Read<RowFlags> {
	if (flags === null || flags === undefined || flags === '') return { value: NO_FLAGS };
	let parsed: unknown = flags;
	if (typeof flags === 'string') {
		try {
			parsed = JSON.parse(flags);
		} catch {
			return { fault: { column: 'flags', problem: `expected JSON, got ${shown(flags)}` } };
		}
	}
	if (!isRecord(parsed)) {
		return { fault: { column: 'flags', problem: `expected a JSON object, got ${shown(flags)}` } };
	}
	const report = flagOf(parsed, 'reportPhishingButton', true);
	const phinbox = flagOf(parsed, 'phinboxIq', false);
	for (const [name, read] of [
		['reportPhishingButton', report],
		['phinboxIq', phinbox],
	] as const) {
		if ('fault' in read) {
			return { fault: { column: 'flags', problem: `${name}: ${read.fault.problem}` } };
		}
	}
	const saysPhinbox =
		memberText(parsed, 'phinboxIq') !== null || typeof parsed.phinboxIq === 'boolean';
	return {
		value: {
			reference: memberText(parsed, 'reference'),
			reportPhishing: !('value' in report) || report.value,
			phinboxIq: saysPhinbox && 'value' in phinbox ? phinbox.value : null,
		},
	};
}

/**
 * One row of `halo_company_mappings`. A row with a fault is not dropped: it comes back with its refusal, so that the
 * events of its company are held and say why.
 * @param row the row's json
 * @param number its place, counting from 1
 * @returns null when the row names neither company nor client, as an empty table row does
 */
export function parseMappingRow(row: unknown, number: number): CompanyMapping | null {
	const record = isRecord(row) ? row : {};
	const companyId = memberText(record, 'companyId');
	const companyName = memberText(record, 'companyName');
	const client = readClientId(record.haloClientId);
	if (companyId === null && companyName === null && 'value' in client && client.value === null) {
		return null;
	}
	const createTicket = flagOf(record, 'createTicket', true);
	const noNotification = flagOf(record, 'noNotification', false);
	const flags = flagsIn(record.flags);
	const faults: Fault[] = [];
	for (const read of [client, createTicket, noNotification, flags]) {
		if ('fault' in read) faults.push(read.fault);
	}
	if (companyId === null && companyName === null) {
		faults.unshift({
			column: 'companyName',
			problem: 'expected a company name or a companyId, got neither',
		});
	}
	const fault = faults[0];
	return {
		origin: `row ${number}`,
		integration: memberText(record, 'integration'),
		source: memberText(record, 'source'),
		companyId,
		companyName,
		...('value' in flags ? flags.value : NO_FLAGS),
		haloClientId: 'value' in client ? client.value : null,
		haloClientName: memberText(record, 'haloClientName'),
		createTicket: 'value' in createTicket && createTicket.value,
		noNotification: 'value' in noNotification && noNotification.value,
		eventSet: memberText(record, 'eventSet'),
		profile: memberText(record, 'profile'),
		refusal: fault === undefined ? null : `row ${number}, column ${fault.column}: ${fault.problem}`,
	};
}
