import { float } from './answers';
import type { HaloContext } from './context';
import { NO_DATE } from '../state/dates';
import { names } from '../state/variants';

/** A tenant whose server writes local times: two hours ahead of UTC, as in Central Europe in summer. */
const LOCAL_OFFSET_MS = 2 * 3_600_000;

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Columns that hold at most this many characters where a list cuts them. */
const CUT_AT = 255;

type Row = Record<string, unknown>;

/** The dates of a record as this tenant writes them. */
export function withTenantDates(context: HaloContext, record: Row): Row {
	const { dates } = context.switches;
	if (dates === 'bare') return record;
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name, tenantDate(dates, value)]),
	);
}

function tenantDate(dates: 'zulu' | 'local', value: unknown): unknown {
	if (typeof value !== 'string' || !DATE.test(value) || value === NO_DATE) return value;
	if (dates === 'zulu') return `${value}Z`;
	return new Date(Date.parse(`${value}Z`) + LOCAL_OFFSET_MS).toISOString().slice(0, 19);
}

/** The ids of a record as this tenant writes them: its own, and those that point to others. */
export function withTenantIds(context: HaloContext, record: Row): Row {
	if (context.switches.rowIds === 'number') return record;
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name, tenantId(context, name, value)]),
	);
}

/** A ticket's list row as this tenant gives it: members, ids, dates and details. */
export function asTenantRow(context: HaloContext, row: Row, detailsHtml: string): Row {
	const { rowWithout } = context.switches;
	const written = Object.entries(withTenantDates(context, row)).flatMap(
		([name, value]): Array<[string, unknown]> => {
			if (names(rowWithout, name)) return [];
			if (name === 'details') return tenantDetails(context, value, detailsHtml);
			return [[name, tenantId(context, name, value)]];
		},
	);
	return Object.fromEntries(written);
}

function tenantId(context: HaloContext, name: string, value: unknown): unknown {
	const isId = typeof value === 'number' && (name === 'id' || name.endsWith('_id'));
	if (!isId || context.switches.rowIds === 'number') return value;
	return context.switches.rowIds === 'text' ? String(value) : float(value);
}

function tenantDetails(
	context: HaloContext,
	value: unknown,
	html: string,
): Array<[string, unknown]> {
	const text = String(value ?? '');
	switch (context.switches.rowDetails) {
		case 'whole':
			return [['details', text]];
		case 'missing':
			return [];
		case 'cut':
			return [['details', text.slice(0, CUT_AT)]];
		case 'html':
			return [['details', html]];
		case 'spaced':
			return [['details', text.replace(/[ \n]/g, '\u00a0\n ')]];
	}
}
