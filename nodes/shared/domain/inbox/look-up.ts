import type { JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import type { InboxRow } from './row';

/** A condition as the Data Table node takes it. */
export type Condition = {
	column: string;
	condition: 'eq' | 'gte' | 'lt' | 'lte' | 'ilike' | 'isEmpty' | 'isNotEmpty';
	value: string | number;
};

/** One question to a Data Table node, whose fields are filled in from it by expressions. */
export type LookUp = {
	/** Id of the table. */
	table: string;
	/** Ids of all tables by name, for the nodes behind. */
	tables: Record<string, string>;
	/** All of them hold; always three, because the node has three lines. */
	where: Condition[];
	orderBy: string;
	direction: 'ASC' | 'DESC';
	/** Most rows that come. */
	limit: number;
};

/** As `LookUp`, for one of many values of one column. */
export type ValueLookUp = Omit<LookUp, 'where'> & {
	column: string;
	condition: 'eq' | 'gte';
	/** Always as many as the node has lines; the last is repeated. */
	values: Array<string | number>;
};

/** Every row has an id. */
const ANY_ROW: Condition = { column: 'id', condition: 'gte', value: 0 };

/** More rows than any table of the pack may hold. */
const ALL_ROWS = 1_000_000;

/** Tried again, waiting, held: a part of a run beside what is new, so that an old backlog does not keep new findings back. */
const MOST_OLD_ROWS = 250;

/**
 * A look-up is one pass over a table without an index, whatever it asks for: few of them, and each for many keys. The Data
 * Table node has a line with three expressions for each key, which a run with one key pays for as well.
 */
export const KEYS_PER_LOOK_UP = 25;

/**
 * Rows of one look-up for the problems of a run, the newest first. All later rows of a problem that waits wait as well, so
 * that the newest tell it; what lies further back is behind a problem that was handled a thousand rows ago.
 */
const MOST_ROWS_OF_PROBLEMS = 1_000;

/** The tables that process-inbox works with. */
export const INBOX_TABLES = [
	'halo_inbox',
	'halo_company_mappings',
	'halo_event_sets',
	'halo_profiles',
	'halo_sync_status',
	'halo_errors',
] as const;

/** As many conditions as the Data Table node has lines; what is missing holds for every row. */
export function threeOf(conditions: readonly Condition[]): Condition[] {
	return [...conditions, ANY_ROW, ANY_ROW, ANY_ROW].slice(0, 3);
}

/**
 * What a run reads before it knows whether it has something to do: its own row, the newest mapping, and the open rows of
 * its integrations, each integration by itself so that another workflow's rows take no room.
 * @param due failed rows that are due until then, ISO 8601
 * @param now ISO 8601
 */
export function openLookUps(
	tables: Record<string, string>,
	{
		integrations,
		rowsPerRun,
		due,
		now,
	}: { integrations: readonly string[]; rowsPerRun: number; due: string; now: string },
): LookUp[] {
	const read = (
		name: (typeof INBOX_TABLES)[number],
		where: readonly Condition[],
		more: Partial<LookUp> = {},
	): LookUp => ({
		table: tables[name] ?? '',
		tables,
		where: threeOf(where),
		orderBy: 'id',
		direction: 'ASC',
		limit: ALL_ROWS,
		...more,
	});
	const inState = (integration: string, state: string): Condition[] => [
		{ column: 'integration', condition: 'eq', value: integration },
		{ column: 'state', condition: 'eq', value: state },
	];
	const until = (value: string): Condition => ({ column: 'notBefore', condition: 'lte', value });
	return [
		read('halo_sync_status', []),
		read('halo_company_mappings', [], { orderBy: 'updatedAt', direction: 'DESC', limit: 1 }),
		...integrations.flatMap((name) => [
			read('halo_inbox', inState(name, 'new'), { limit: rowsPerRun }),
			read('halo_inbox', [...inState(name, 'failed'), until(due)], { limit: MOST_OLD_ROWS }),
			read('halo_inbox', [...inState(name, 'waiting'), until(now)], { limit: MOST_OLD_ROWS }),
			// Those that were looked at longest ago: if any is older than the newest mapping, these are.
			read(
				'halo_inbox',
				[...inState(name, 'held'), { column: 'doneAt', condition: 'isNotEmpty', value: '' }],
				{ orderBy: 'doneAt', limit: MOST_OLD_ROWS },
			),
		]),
	];
}

function padded(values: ReadonlyArray<string | number>): Array<string | number> {
	const last = values.at(-1) ?? 0;
	return Array.from({ length: KEYS_PER_LOOK_UP }, (_, index) => values[index] ?? last);
}

function inChunks(values: readonly string[]): string[][] {
	const distinct = [...new Set(values.filter((value) => value !== ''))];
	return Array.from({ length: Math.ceil(distinct.length / KEYS_PER_LOOK_UP) }, (_, index) =>
		distinct.slice(index * KEYS_PER_LOOK_UP, (index + 1) * KEYS_PER_LOOK_UP),
	);
}

/** What a run reads once it has rows: other rows of their problems, and the tables that decide about them. */
export function relatedLookUps(
	tables: Record<string, string>,
	batch: readonly InboxRow[],
): ValueLookUp[] {
	return [
		...inChunks(batch.map(({ dedupKey }) => dedupKey)).map(
			(chunk): ValueLookUp => ({
				table: tables.halo_inbox ?? '',
				tables,
				column: 'dedupKey',
				condition: 'eq',
				values: padded(chunk),
				orderBy: 'id',
				direction: 'DESC',
				limit: MOST_ROWS_OF_PROBLEMS,
			}),
		),
		...['halo_company_mappings', 'halo_event_sets', 'halo_profiles'].map(
			(name): ValueLookUp => ({
				table: tables[name] ?? '',
				tables,
				column: 'id',
				condition: 'gte',
				values: padded([0]),
				orderBy: 'id',
				direction: 'ASC',
				limit: ALL_ROWS,
			}),
		),
	];
}

/** One question to a Data Table node with a line for each value. */
export type ContentLookUp = Pick<ValueLookUp, 'column' | 'values'>;

/**
 * What a poll reads before it stores: rows with the delivery ids of its events, and of records that cannot be read, which
 * have none, those with their keys.
 */
export function contentLookUps(events: readonly JsonRecord[]): ContentLookUp[] {
	const text = (event: JsonRecord, name: string): string => memberText(event, name) ?? '';
	const unreadable = events.filter((event) => event.decision === 'failed');
	return [
		...inChunks(events.map((event) => text(event, 'deliveryId'))).map(
			(chunk): ContentLookUp => ({ column: 'deliveryId', values: padded(chunk) }),
		),
		...inChunks(unreadable.map((event) => text(event, 'dedupKey'))).map(
			(chunk): ContentLookUp => ({ column: 'dedupKey', values: padded(chunk) }),
		),
	];
}
