import type { HaloAnswer } from './answers';
import type { HaloContext } from './context';
import type { Query } from './query';

/**
 * The part of a list that a request gets. Paging needs `pageinate=true`, pages start at 1 and hold at most
 * `pageCap` rows; a page past the end is the last page again. Without paging `count` limits the rows.
 */
export function pageOf<Row>(context: HaloContext, query: Query, rows: readonly Row[]): Row[] {
	const { pageCap, defaultRows } = context.switches;
	if (!query.flag('pageinate')) {
		const count = query.number('count');
		return rows.slice(0, count !== null && count > 0 ? count : defaultRows);
	}
	const asked = query.number('page_size') ?? defaultRows;
	const size = Math.max(1, Math.min(asked > 0 ? asked : defaultRows, pageCap));
	const lastPage = Math.max(1, Math.ceil(rows.length / size));
	const page = Math.min(Math.max(1, query.number('page_no') ?? 1), lastPage);
	return rows.slice((page - 1) * size, page * size);
}

/** `{ record_count, <key>: rows }`; `record_count` is the full number, not the page's. */
export function envelope<Row>(
	context: HaloContext,
	query: Query,
	key: string,
	rows: readonly Row[],
	toWire: (row: Row) => unknown,
): HaloAnswer {
	const later = query.flag('pageinate') && (query.number('page_no') ?? 1) > 1;
	const left = later && context.switches.rowVanishesBetweenPages ? rows.slice(1) : rows;
	const page = pageOf(context, query, left);
	const told = { list: left.length, page: page.length, fifty: 50, missing: undefined };
	const record_count = told[context.switches.recordCount];
	return { status: 200, body: { record_count, [key]: page.map(toWire) } };
}

/** Rows ordered by `order` … `order5` where the row has such a member; the given order otherwise. */
export function ordered<Row extends object>(query: Query, rows: readonly Row[]): Row[] {
	const keys = ['', '2', '3', '4', '5'].flatMap((suffix) => {
		const name = query.text(`order${suffix}`);
		return name === null ? [] : [{ name, descending: query.flag(`orderdesc${suffix}`) }];
	});
	return [...rows].sort((left, right) => {
		for (const { name, descending } of keys) {
			const difference = compare(Reflect.get(left, name), Reflect.get(right, name));
			if (difference !== 0) return descending ? -difference : difference;
		}
		return 0;
	});
}

function compare(left: unknown, right: unknown): number {
	if (typeof left === 'number' && typeof right === 'number') return left - right;
	if (typeof left === 'string' && typeof right === 'string') return left.localeCompare(right);
	return 0;
}
