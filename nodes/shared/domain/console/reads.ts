import { type Condition, type LookUp, threeOf } from '../inbox/look-up';
import type { ConsolePage } from './asked';

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

const READS: Readonly<Record<ConsolePage, readonly Read[]>> = {
	overview: OVERVIEW,
	companies: [...COMPANIES, { table: 'halo_event_sets' }, { table: 'halo_profiles' }],
	company: [...COMPANIES, { table: 'halo_event_sets' }, { table: 'halo_profiles' }],
	automap: COMPANIES,
	delete: COMPANIES,
	csv: COMPANIES,
};

/**
 * What is read for a page.
 * @param tables ids by name; a table that is missing is not read
 */
export function readsOf(
	page: ConsolePage,
	tables: Readonly<Record<string, string>>,
): ConsoleRead[] {
	return READS[page].flatMap(
		({ table: name, where = [], limit = ALL_ROWS, direction = 'ASC' }): ConsoleRead[] => {
			const table = tables[name];
			if (table === undefined) return [];
			return [{ table, where: threeOf(where), orderBy: 'id', direction, limit }];
		},
	);
}
