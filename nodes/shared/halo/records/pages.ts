import type { Page } from './records';

/** 1,000 pages: more than any list that a run can use, so that a server that never ends cannot hold it. */
const MOST_PAGES = 1_000;

/** Halo cuts a page at 100 rows, whatever is asked for. */
export const PAGE_SIZE = 100;

/**
 * Reads a list page by page, each row given out once.
 * Halo repeats the last page behind the end and cuts pages shorter than asked, so the end is where as many rows were
 * seen as it counts, or where a page is empty or begins as the one before, when asked a second time too. When the count
 * shrinks between two pages, rows have moved forward: the page before is read once more.
 * @param fetch page number from 1
 * @param tooMany makes the error for a list that does not end
 */
export async function* readPages<Row extends { id: number }>(
	fetch: (pageNumber: number) => Promise<Page<Row>>,
	tooMany: () => Error,
): AsyncGenerator<Page<Row>, void, undefined> {
	const seen = new Set<number>();
	let firstOfLast: number | undefined;
	let totalOfLast: number | undefined;
	let pageNumber = 1;
	let askedAgain = false;
	for (let read = 0; read < MOST_PAGES; read++) {
		const page = await fetch(pageNumber);
		const shrunk: boolean = pageNumber > 1 && page.total < (totalOfLast ?? 0);
		totalOfLast = page.total;
		const first = page.rows[0]?.id;
		const isEnd = first === undefined || first === firstOfLast;
		if (isEnd && !shrunk && read > 0) {
			if (first === undefined || askedAgain || seen.size >= page.total) return;
			askedAgain = true;
			continue;
		}
		askedAgain = false;
		const rows = page.rows.filter(({ id }) => !seen.has(id));
		for (const { id } of rows) seen.add(id);
		if (rows.length > 0 || read === 0) yield { rows, total: page.total };
		if (!shrunk && (seen.size >= page.total || isEnd)) return;
		firstOfLast = shrunk ? undefined : first;
		pageNumber += shrunk ? -1 : 1;
	}
	throw tooMany();
}

/** Where a list is read on. */
export interface ListPosition {
	/** From 1. */
	page: number;
	pageSize: number;
	/** Id of the first row of the page before; null before the first page. */
	firstId: number | null;
	/** Halo's count when the page before was read; null before the first page. */
	total: number | null;
}

export interface ReadPage<Row> {
	/** Rows that were not given out before. */
	rows: Row[];
	total: number;
	/** Where to go on; null at the end. */
	next: ListPosition | null;
}

/**
 * Reads a list from any position, page by page, so that it can stop anywhere and go on later. The end is where Halo's
 * count is reached, or where a page is empty, begins as the one before or brings nothing new. When Halo gives fewer
 * rows on the first page than were asked for, it caps pages: from then on only as many are asked for, so that the
 * second page begins where the first one ended. When the count shrinks, rows moved forward: the page before is read
 * again.
 * @param tooMany makes the error for a list that does not end
 */
export async function* readListFrom<Row extends { id: number }>(
	start: ListPosition,
	fetch: (page: number, pageSize: number) => Promise<Page<Row>>,
	tooMany: () => Error,
): AsyncGenerator<ReadPage<Row>, void, undefined> {
	const seen = new Set<number>();
	const visited = new Set<number>();
	let { page, pageSize, firstId, total } = start;
	for (let read = 0; read < MOST_PAGES; read += 1) {
		const got = await fetch(page, pageSize);
		const shrunk: boolean = page > 1 && total !== null && got.total < total;
		total = got.total;
		const first: number | null = got.rows[0]?.id ?? null;
		const rows = got.rows.filter(({ id }) => !seen.has(id));
		for (const { id } of rows) seen.add(id);
		// A page that is read again, after the count shrank, may hold nothing new.
		const isStale = rows.length === 0 && !visited.has(page);
		visited.add(page);
		const repeats = first === null || first === firstId || isStale;
		if (repeats && !shrunk) {
			yield { rows: [], total, next: null };
			return;
		}
		const given = got.rows.length;
		if (page === 1 && given < pageSize && given < total) pageSize = given;
		const isLast = !shrunk && (page - 1) * pageSize + given >= total;
		page += shrunk ? -1 : 1;
		firstId = shrunk ? null : first;
		const next = isLast ? null : { page, pageSize, firstId, total };
		yield { rows, total, next };
		if (next === null) return;
	}
	throw tooMany();
}
