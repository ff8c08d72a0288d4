/** A row of a feed, with the vendor's own members. */
export type FeedRow = Record<string, unknown>;

/** The query of a request for a page. */
export interface PageQuery {
	condition: string | null;
	skip: number;
	limit: number;
	orderBy: string | null;
}

/** What the vendor's pages hold when nobody says how many. */
const DEFAULT_LIMIT = 100;

/** Reads the query of a request. */
export function readQuery(url: URL): PageQuery {
	const number = (name: string, fallback: number) => {
		const text = url.searchParams.get(name);
		return text !== null && /^\d+$/.test(text) ? Number(text) : fallback;
	};
	return {
		condition: url.searchParams.get('condition'),
		skip: number('skip', 0),
		limit: number('limit', DEFAULT_LIMIT),
		orderBy: url.searchParams.get('order_by'),
	};
}

/** The one form of condition that is understood; null for any other. */
function filterOf(condition: string): ((row: FeedRow) => boolean) | null {
	const [, column, time] = /^(\w+) >= '([^']*)'$/.exec(condition) ?? [];
	if (column === undefined || time === undefined) return null;
	const comparable = (text: string) => text.replace('T', ' ');
	return (row) => comparable(String(row[column] ?? '')) >= comparable(time);
}

/** One page as the API answers it; null when the condition is not understood. */
export function feedPageOf(
	rows: readonly FeedRow[],
	query: PageQuery,
	largest: number,
): FeedRow[] | null {
	const filter = query.condition === null ? () => true : filterOf(query.condition);
	if (filter === null) return null;
	const found = rows.filter(filter);
	const { orderBy } = query;
	if (orderBy !== null) {
		found.sort((one, other) => String(one[orderBy]).localeCompare(String(other[orderBy])));
	}
	return found
		.slice(query.skip, query.skip + Math.min(query.limit, largest))
		.map((row) => ({ ...row, total_count: found.length }));
}
