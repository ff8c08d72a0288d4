import type { Page } from './records';

/** 1,000 pages: more than any list that a run can use, so that a server that never ends cannot hold it. */
const MOST_PAGES = 1_000;

/** Halo cuts a page at 100 rows, whatever is asked for. */
export const PAGE_SIZE = 100;

/** Some servers cut pages at 50 (seen live, for assets and others). */
const OTHER_CAP = 50;

/** Rows that the agent may not see are cut out of a full page: one of nine tenths and more may be a full one. */
const NEARLY_FULL = 0.9;

/** Share of the page size in a second pass: by one row alone a border would move as the rows do. */
const SECOND_PASS = 0.9;

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

/** A list from its first page on. @param pageSize rows to ask for */
export function firstPosition(pageSize = PAGE_SIZE): ListPosition {
	return { page: 1, pageSize, firstId: null, total: null };
}

export interface ReadPage<Row> {
	/** Rows that were not given out before. */
	rows: Row[];
	/** Halo's count; the rows of the page where it gives none. */
	total: number;
	/** Where to go on; null at the end. */
	next: ListPosition | null;
	/** True once the list was seen to change while it was read. */
	changed: boolean;
	/** Rows that Halo counts and that did not come; known at the end, 0 before. */
	missing: number;
}

/** A list without rows. */
export const EMPTY_PAGE: ReadPage<never> = {
	rows: [],
	total: 0,
	next: null,
	changed: false,
	missing: 0,
};

/** The first page of a reading: one request, or two where a full page came again. */
export async function onePage<Row>(pages: AsyncIterable<ReadPage<Row>>): Promise<ReadPage<Row>> {
	for await (const page of pages) return page;
	return EMPTY_PAGE;
}

/** How a list is read. */
export interface ListSource<Row> {
	/** @param page from 1 */
	fetch(page: number, pageSize: number): Promise<Page<Row>>;
	/** The error for a list that does not end. */
	tooMany(): Error;
	/** True for a row that was made or changed after the reading began. */
	isNewer?(row: Row): boolean;
	/** What was learnt about this list's counts; the same object for all readings of it. */
	counts?: { areOfLists: boolean };
}

/**
 * Reads a list page by page from any position, each row once, so that it can stop anywhere and go on later.
 *
 * The end is an empty page, or one that brings nothing new: Halo repeats the last page behind the end. Its count only
 * saves the request that would show this, and only where it can be nothing but the list's: it is larger than any page,
 * or the first page is far from full. Some servers count the page, always say 50, or say nothing. A page that brings
 * nothing new although it is full and the count says more is asked for once more.
 *
 * Servers cut pages shorter than asked: after a short first page only as many rows are asked for, so that the second
 * page begins where the first one ended. When the count shrinks, rows moved forward: the page before is read again.
 * When that explains nothing, or a row is newer than the reading, or rows are missing from a list that grew, it is read
 * once more with other borders.
 * @param start from `firstPosition`, or a position that an earlier reading gave
 * @throws what `fetch` throws, and `tooMany` after 1,000 pages
 */
export async function* readList<Row extends { id: number }>(
	start: ListPosition,
	source: ListSource<Row>,
): AsyncGenerator<ReadPage<Row>, void, undefined> {
	const reading = new ListReading(start, source);
	for (let read = 0; read < MOST_PAGES; read += 1) {
		const page = await reading.step();
		if (page === null) continue;
		yield page;
		if (page.next === null) return;
	}
	throw source.tooMany();
}

class ListReading<Row extends { id: number }> {
	private readonly given = new Set<number>();
	/** Ids of this pass through the list. */
	private seen = new Set<number>();
	/** Pages of this pass; one that is read again may hold nothing new. */
	private visited = new Set<number>();
	private steppedBack = new Set<number>();
	private largestPage: number;
	private askedAgain = false;
	private changed = false;
	/** True when rows may stand on no page that was read. */
	private unsettled = false;
	private secondPass = false;
	private position: ListPosition;
	/** Rows before the start, for a reading that goes on. */
	private before: number;

	constructor(
		private readonly start: ListPosition,
		private readonly source: ListSource<Row>,
	) {
		this.position = start;
		this.before = (start.page - 1) * start.pageSize;
		// Pages before may have been as large as was asked for.
		this.largestPage = start.page > 1 ? start.pageSize : 0;
	}

	/** One request. @returns null when the same page has to be asked for once more */
	async step(): Promise<ReadPage<Row> | null> {
		const { page, pageSize, firstId, total } = this.position;
		const got = await this.source.fetch(page, pageSize);
		this.largestPage = Math.max(this.largestPage, got.rows.length);
		const { fresh, rows } = this.take(got.rows);
		const shrunk = page > 1 && total !== null && got.total < total && this.isOfList(total);
		if (total !== null && got.total !== total && this.isOfList(Math.max(total, got.total))) {
			this.changed = true;
		}
		if (shrunk && !this.steppedBack.has(page)) {
			this.steppedBack.add(page);
			this.visited.add(page);
			this.before = Math.min(this.before, (page - 2) * pageSize);
			return this.goTo({ page: page - 1, pageSize, firstId: null, total: got.total }, rows, got);
		}
		const isSecondLook = this.visited.has(page);
		this.visited.add(page);
		if (fresh === 0 && this.steppedBack.has(page + 1)) this.unsettled = true;
		const first = got.rows[0]?.id ?? null;
		const isSame = fresh === 0 || (this.seen.size === fresh && first === firstId);
		if (isSame && !isSecondLook) {
			if (this.mayBeMistaken(got, pageSize)) {
				this.askedAgain = true;
				this.visited.delete(page);
				return null;
			}
			return this.end([], got);
		}
		this.askedAgain = false;
		if (this.provesEnd(got, page, pageSize)) return this.end(rows, got);
		const nextSize = page === 1 ? Math.min(pageSize, got.rows.length) : pageSize;
		const next = { page: page + 1, pageSize: nextSize, firstId: first, total: got.total };
		return this.goTo(next, rows, got);
	}

	/** @returns rows that were not given out, and how many were not seen in this pass */
	private take(all: readonly Row[]): { rows: Row[]; fresh: number } {
		const before = this.seen.size;
		for (const { id } of all) this.seen.add(id);
		const rows: Row[] = [];
		for (const row of all) {
			if (this.given.has(row.id)) continue;
			this.given.add(row.id);
			rows.push(row);
			if (this.source.isNewer?.(row) === true) this.unsettled = true;
		}
		return { rows, fresh: this.seen.size - before };
	}

	private get have(): number {
		return this.before + this.seen.size;
	}

	/** True when a count can be that of the list only: a page's is never larger than the page. */
	private isOfList(total: number): boolean {
		return total > this.largestPage || this.source.counts?.areOfLists === true;
	}

	private provesEnd(got: Page<Row>, page: number, pageSize: number): boolean {
		// More rows than a count of a list that did not change: it counts something else.
		if (!got.counted || this.have < got.total) return false;
		if (this.have > got.total && !this.changed) return false;
		if (this.isOfList(got.total)) return true;
		return page === 1 && got.rows.length === got.total && !mayBeFull(got.total, pageSize);
	}

	private mayBeMistaken(got: Page<Row>, pageSize: number): boolean {
		if (this.askedAgain || !got.counted || this.have >= got.total) return false;
		const full = Math.max(pageSize, Math.min(this.start.pageSize, OTHER_CAP));
		return got.rows.length >= full;
	}

	private goTo(next: ListPosition, rows: Row[], { total }: Page<Row>): ReadPage<Row> {
		this.position = next;
		return { rows, total, next, changed: this.changed, missing: 0 };
	}

	private end(rows: Row[], got: Page<Row>): ReadPage<Row> {
		const missing = got.counted ? Math.max(0, got.total - this.have) : 0;
		const isLong = this.visited.size > 1;
		if (isLong && !this.secondPass && (this.unsettled || (this.changed && missing > 0))) {
			this.secondPass = true;
			this.changed = true;
			this.visited = new Set();
			this.steppedBack = new Set();
			this.seen = new Set();
			this.before = 0;
			// Other borders: what slipped over one of them stands inside a page now, also when rows go on slipping.
			const pageSize = Math.max(1, Math.floor(this.position.pageSize * SECOND_PASS));
			return this.goTo({ page: 1, pageSize, firstId: null, total: null }, rows, got);
		}
		if (this.source.counts !== undefined && isLong && got.counted && this.have === got.total) {
			this.source.counts.areOfLists ||= got.total > this.largestPage && got.total !== OTHER_CAP;
		}
		return { rows, total: got.total, next: null, changed: this.changed, missing };
	}
}

/** True when a first page of so many rows may be one that the server cut. */
function mayBeFull(given: number, asked: number): boolean {
	return [asked, OTHER_CAP].some((cap) => given <= cap && given >= cap * NEARLY_FULL);
}
