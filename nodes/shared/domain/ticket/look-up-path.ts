/** Up to here one search per reference costs no more than the two lists (open, lately closed) would. */
const FEW_REFERENCES = 3;

/** Rows per page of Halo's lists, at most. */
const PAGE = 100;

/** More rows without the wanted word than this: Halo ignored the filter, and what came is simply everything. */
const UNRELATED_ROWS = PAGE;

/** Pages that are worth reading to see all clients' tickets: only then a re-mapped company's old ticket is seen. */
const PAGES_FOR_ALL_CLIENTS = 25;

/** True when each reference is searched by itself, without looking at the lists first. */
export function searchEach(references: number): boolean {
	return references <= FEW_REFERENCES;
}

/** Requests that are still to be sent to read a list to its end, after its first page. */
export function pagesLeft(total: number): number {
	return Math.max(0, Math.ceil(total / PAGE) - 1);
}

export type LookupPath = 'all clients' | 'these clients' | 'each reference';

/**
 * The cheapest way to go on after first pages were read.
 * @param references how many are still unknown
 * @param all pages left of the list over all clients
 * @param scoped pages left of the list of the batch's clients; null when it was not asked for
 */
export function cheapestPath(references: number, all: number, scoped: number | null): LookupPath {
	if (all <= Math.min(references, PAGES_FOR_ALL_CLIENTS)) return 'all clients';
	const least = Math.min(references, all, scoped ?? Infinity);
	if (scoped !== null && scoped === least) return 'these clients';
	return all === least ? 'all clients' : 'each reference';
}

/** True when asking for the list of the batch's clients may pay. */
export function worthScoping(references: number, all: number): boolean {
	return all > Math.min(references, PAGES_FOR_ALL_CLIENTS);
}

/** True when so many rows lack the word searched for that Halo must have ignored the filter. */
export function filterWasIgnored(rowsWithoutWord: number): boolean {
	return rowsWithoutWord > UNRELATED_ROWS;
}
