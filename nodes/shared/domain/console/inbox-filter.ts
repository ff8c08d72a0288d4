import type { Condition } from '../inbox/look-up';
import { type Fields, valueOf } from './fields';
import { fieldsOfState, type TableState, tableStateIn } from './table-state';

/** States of a row in the order of its way, behind all of them. */
export const INBOX_FILTERS = [
	'all',
	'new',
	'failed',
	'held',
	'waiting',
	'dead',
	'done',
	'sending',
] as const;

/** Ages that can be picked, in hours. */
export const AGES = [1, 24, 168, 720] as const;

const HOUR_MS = 3_600_000;

/** Longest value of a filter: names are shorter. */
const LONGEST = 300;

/** What of the inbox is shown. */
export interface InboxFilter extends TableState {
	source: string;
	/** Company as the source names it. */
	company: string;
	/** At most so many hours old; null = any age. */
	ageHours: number | null;
}

export function inboxFilterIn(query: Fields): InboxFilter {
	const age = Number(valueOf(query, 'age'));
	return {
		...tableStateIn(query, INBOX_FILTERS),
		source: valueOf(query, 'source').slice(0, LONGEST),
		company: valueOf(query, 'company').slice(0, LONGEST),
		ageHours: AGES.find((one) => one === age) ?? null,
	};
}

/** Fields of an address that shows this. */
export function fieldsOfFilter(filter: InboxFilter): Record<string, string> {
	const { ageHours, company, source } = filter;
	return {
		...fieldsOfState(filter),
		source,
		company,
		age: ageHours === null ? '' : String(ageHours),
	};
}

/** Number of a ticket, as people type it; null for words. */
export function ticketIn(search: string): number | null {
	const digits = /^#?(\d{1,12})$/.exec(search)?.[1];
	return digits === undefined ? null : Number(digits);
}

/**
 * What the Data Table is asked for: state, age, and the ticket's number, the source or words of the event. What does not
 * fit into its three lines is filtered afterwards, see `isInFilter`.
 * @param now milliseconds since the epoch
 */
export function inboxConditions(filter: InboxFilter, now: number): Condition[] {
	const { ageHours, company, filter: state, search, source } = filter;
	const ticket = ticketIn(search);
	const since = ageHours === null ? '' : new Date(now - ageHours * HOUR_MS).toISOString();
	const conditions: Condition[] = [
		...(state === 'all' ? [] : [eq('state', state)]),
		...(since === '' ? [] : [{ column: 'receivedAt', condition: 'gte' as const, value: since }]),
		...(company === '' ? [] : [eq('company', company)]),
		...(source === '' ? [] : [eq('source', source)]),
		...(ticket === null ? [] : [eq('ticketId', ticket)]),
		...(search === '' || ticket !== null
			? []
			: [{ column: 'event', condition: 'ilike' as const, value: search }]),
	];
	// The narrowest stand last; the node has three lines.
	return conditions.slice(-3);
}

function eq(column: string, value: string | number): Condition {
	return { column, condition: 'eq', value };
}
