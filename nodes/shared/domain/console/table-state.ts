import type { Fields } from './fields';
import { valueOf } from './fields';

/** What of a long list is shown; stands in the address, so that a link and a reload show the same. */
export interface TableState {
	/** Words that are searched for; '' = all. */
	search: string;
	/** Name of the filter. */
	filter: string;
	/** Rows of a page. */
	size: number;
	/** Page, from 1. */
	page: number;
}

/** Rows of a page that may be picked; 300 ticked rows are what one form may hold with room to spare. */
export const PAGE_SIZES = [25, 50, 100, 300] as const;
const USUAL_SIZE = 50;

/** Longest search: names are shorter. */
const LONGEST_SEARCH = 200;

/** @param filters names that the list knows; the first is taken for any other */
export function tableStateIn(query: Fields, filters: readonly string[]): TableState {
	const page = Number(valueOf(query, 'n'));
	const size = Number(valueOf(query, 'size'));
	const wanted = valueOf(query, 'filter');
	return {
		search: valueOf(query, 'q').slice(0, LONGEST_SEARCH),
		filter: filters.find((one) => one === wanted) ?? filters[0] ?? '',
		size: PAGE_SIZES.find((one) => one === size) ?? USUAL_SIZE,
		page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
	};
}

/** Fields of an address that shows this; what is usual is left out. */
export function fieldsOfState({ search, filter, size, page }: TableState): Record<string, string> {
	return {
		q: search,
		filter,
		size: size === USUAL_SIZE ? '' : String(size),
		n: page === 1 ? '' : String(page),
	};
}

/** The rows of the page that is shown; a page behind the last one is the last one. */
export function pageOf<Row>(
	rows: readonly Row[],
	{ size, page }: TableState,
): { shown: readonly Row[]; page: number; pages: number } {
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const at = Math.min(page, pages);
	return { shown: rows.slice((at - 1) * size, at * size), page: at, pages };
}
