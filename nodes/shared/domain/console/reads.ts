import { type Condition, type LookUp, threeOf } from '../inbox/look-up';
import { readInteger } from '../values/read';
import type { Asked, ConsolePage } from './asked';
import { valueOf } from './fields';
import { inboxConditions, inboxFilterIn } from './inbox-filter';

/** Tables that pages of the console read; every one is named here, so that a missing one is said on the page. */
export const CONSOLE_TABLES = [
	'halo_inbox',
	'halo_company_mappings',
	'halo_companies',
	'halo_sync_status',
	'halo_errors',
	'halo_event_sets',
	'halo_profiles',
] as const;
export type ConsoleTable = (typeof CONSOLE_TABLES)[number];

/** One question to the Data Table node. */
export type ConsoleRead = Omit<LookUp, 'tables'>;

/** States of halo_inbox that the overview counts; what is done is told by the counters of process-inbox. */
export const COUNTED_STATES = ['new', 'failed', 'held', 'waiting', 'dead'] as const;

/** Rows of one state that are read for counting: above it the page says "or more". */
export const MOST_OF_A_STATE = 500;

/** Errors at the end of the overview. */
const LATEST_ERRORS = 20;

/** More rows than any table of the pack may hold. */
const ALL_ROWS = 1_000_000;

interface Read {
	table: ConsoleTable;
	where?: readonly Condition[];
	limit?: number;
	direction?: 'ASC' | 'DESC';
}

const inState = (state: string): Condition[] => [
	{ column: 'state', condition: 'eq', value: state },
];

const OVERVIEW: readonly Read[] = [
	...COUNTED_STATES.map(
		(state): Read => ({ table: 'halo_inbox', where: inState(state), limit: MOST_OF_A_STATE }),
	),
	{ table: 'halo_company_mappings' },
	{ table: 'halo_companies' },
	{ table: 'halo_sync_status' },
	{ table: 'halo_errors', limit: LATEST_ERRORS, direction: 'DESC' },
];

/** Findings that are read to count those of each company; their events are long. */
const MOST_HELD = 1_000;

const COMPANIES: readonly Read[] = [
	{ table: 'halo_company_mappings' },
	{ table: 'halo_companies' },
	{ table: 'halo_inbox', where: inState('held'), limit: MOST_HELD },
];

/** Findings of the inbox that are read for its list, the newest; their events are long. */
export const MOST_FOUND = 500;

/** Findings of one problem that its page shows. */
const MOST_OF_A_PROBLEM = 50;

function ofInbox({ query }: Pick<Asked, 'query'>, now: number): Read[] {
	const where = inboxConditions(inboxFilterIn(query), now);
	return [{ table: 'halo_inbox', where, limit: MOST_FOUND, direction: 'DESC' }];
}

function ofRow({ query }: Pick<Asked, 'query'>): Read[] {
	const id = readInteger(valueOf(query, 'id')) ?? 0;
	const key = valueOf(query, 'key');
	const own: Read = {
		table: 'halo_inbox',
		where: [{ column: 'id', condition: 'eq', value: id }],
		limit: 1,
	};
	if (key === '') return [own];
	const where: Condition[] = [{ column: 'dedupKey', condition: 'eq', value: key }];
	return [own, { table: 'halo_inbox', where, limit: MOST_OF_A_PROBLEM, direction: 'DESC' }];
}

/** Events of the inbox that a draft of an event set is tried on. */
export const MOST_TRIED = 100;

type ReadsFor = (asked: Pick<Asked, 'query'>, now: number) => readonly Read[];

const READS: Readonly<Record<ConsolePage, ReadsFor>> = {
	overview: () => OVERVIEW,
	companies: () => [...COMPANIES, { table: 'halo_event_sets' }, { table: 'halo_profiles' }],
	company: () => [...COMPANIES, { table: 'halo_event_sets' }, { table: 'halo_profiles' }],
	automap: () => COMPANIES,
	delete: () => COMPANIES,
	csv: () => COMPANIES,
	import: () => COMPANIES,
	inbox: ofInbox,
	row: ofRow,
	sets: () => [{ table: 'halo_event_sets' }],
	set: () => [
		{ table: 'halo_event_sets' },
		{ table: 'halo_inbox', limit: MOST_TRIED, direction: 'DESC' },
	],
	setact: () => [
		{ table: 'halo_event_sets' },
		{ table: 'halo_profiles' },
		{ table: 'halo_company_mappings' },
	],
};

/**
 * What is read for a page; a table that is missing is not.
 * @param now milliseconds since the epoch
 */
export function readsOf(
	page: ConsolePage,
	{ query, tables }: Pick<Asked, 'query' | 'tables'>,
	now: number,
): ConsoleRead[] {
	return READS[page]({ query }, now).flatMap(
		({ table: name, where = [], limit = ALL_ROWS, direction = 'ASC' }): ConsoleRead[] => {
			const table = tables[name];
			if (table === undefined) return [];
			return [{ table, where: threeOf(where), orderBy: 'id', direction, limit }];
		},
	);
}
