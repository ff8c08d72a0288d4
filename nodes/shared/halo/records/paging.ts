import type { Page } from './records';

/** Halo cuts a page at 100 rows, whatever is asked for. */
export const PAGE_SIZE = 100;

/** 100,000 rows: more than any list that a run can use, so that a server that never ends cannot hold it. */
const MOST_PAGES = 1_000;

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
