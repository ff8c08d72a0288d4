import type { JsonRecord } from '../values/json';
import { readInteger } from '../values/read';
import { type Condition, threeOf } from './look-up';

/** What is kept. */
export interface Keeping {
	/** Days after which done rows go. */
	keepDays: number;
	/** Days after which dead rows go, counted from when they came in. */
	keepDeadDays: number;
	/** Days after which held rows go, counted from when they came in. */
	keepHeldDays: number;
	/** Done, dead and long held rows further back than the newest so many go. */
	keepRows: number;
	/** Days after which errors go that people were told of. */
	keepErrorDays: number;
}

/** Rows that may go, as the Data Table node asks for them. */
export type OldRows = {
	/** Id of the table. */
	table: string;
	/** All of them hold; always three, because the node has three lines. */
	where: Condition[];
	/** Most that are found at once. */
	limit: number;
};

/** The same, up to the last row that was found. */
export type OldRowsUpTo = OldRows & { upTo: number };

/** n8n gives out what it deletes: a large table must not fill its memory. At 96 runs a day these are 86,000 rows. */
const MOST_AT_ONCE = 900;

/** Within a week somebody can map the company; until then a flood of other rows pushes no finding out. */
const SPARE_HELD_DAYS = 7;

const DAY_MS = 86_400_000;

/**
 * Which rows may go: done, dead and held ones by age and by number, and errors that people were told of. Rows that are
 * new, failed or waiting never.
 * @param newest id of the newest row of halo_inbox; ids count up, so the newest rows have the highest
 * @param now milliseconds since the epoch
 */
export function oldRows(
	tables: Readonly<Record<string, string>>,
	newest: number,
	{ keepDays, keepDeadDays, keepHeldDays, keepRows, keepErrorDays }: Keeping,
	now: number,
): OldRows[] {
	const before = (column: string, days: number): Condition => ({
		column,
		condition: 'lt',
		value: new Date(now - days * DAY_MS).toISOString(),
	});
	const state = (value: string): Condition => ({ column: 'state', condition: 'eq', value });
	const beyond: Condition = {
		column: 'id',
		condition: 'lt',
		value: newest - Math.floor(keepRows) + 1,
	};
	const inbox = (...where: Condition[]): OldRows => ({
		table: tables.halo_inbox ?? '',
		where: threeOf(where),
		limit: MOST_AT_ONCE,
	});
	const told: Condition = { column: 'noticedAt', condition: 'isNotEmpty', value: '' };
	return [
		inbox(state('done'), before('doneAt', keepDays)),
		inbox(state('done'), beyond),
		inbox(state('dead'), before('receivedAt', keepDeadDays)),
		inbox(state('dead'), beyond),
		inbox(state('held'), before('receivedAt', keepHeldDays)),
		inbox(state('held'), before('receivedAt', SPARE_HELD_DAYS), beyond),
		{
			table: tables.halo_errors ?? '',
			where: threeOf([told, before('at', keepErrorDays)]),
			limit: MOST_AT_ONCE,
		},
	];
}

function matches(row: JsonRecord, { column, condition, value }: Condition): boolean {
	const held = row[column];
	if (condition === 'isNotEmpty') return held !== null && held !== undefined && held !== '';
	if (condition === 'eq') return held === value;
	if (condition === 'gte') return (readInteger(held) ?? -1) >= Number(value);
	if (typeof value === 'number') return (readInteger(held) ?? Infinity) < value;
	return Date.parse(String(held)) < Date.parse(value);
}

/**
 * What is deleted: of each kind the rows up to the last that was found.
 * @param asked as `oldRows` gave them
 * @param found rows of all kinds together; n8n does not tell a node which question brought a row
 */
export function upToLast(asked: readonly OldRows[], found: readonly JsonRecord[]): OldRowsUpTo[] {
	return asked.flatMap((one) => {
		const ids = found
			.filter((row) => one.where.every((condition) => matches(row, condition)))
			.flatMap(({ id }) => readInteger(id) ?? [])
			.sort((left, right) => left - right);
		// The rows of one kind that another kind brought as well may lie further on than the limit of this one.
		const upTo = ids.slice(0, one.limit).at(-1);
		return upTo === undefined ? [] : [{ ...one, upTo }];
	});
}
