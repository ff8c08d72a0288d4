import type { RowDecoder } from './decode-rows';
import { HaloNotFoundError, toResponseError } from '../http/errors';
import { decodeOne, decodePage } from './answers';
import { firstPosition, PAGE_SIZE, readList, type ListPosition, type ReadPage } from './pages';
import type { Page } from './records';
import type { HaloSender } from '../http/sender';
import type { HaloQuery, HaloRequest } from '../http/transport';

/** A list of Halo's. */
export interface HaloList<Row> {
	path: string;
	query: HaloQuery;
	/** Member that holds the rows. */
	key: string;
	decode: RowDecoder<Row>;
	/** True for a row that was made or changed after the reading began. */
	isNewer?: (row: Row) => boolean;
}

/** Reads lists and records by path. */
export class HaloReader {
	constructor(private readonly sender: HaloSender) {}

	/**
	 * A list page by page, each row once, to its end.
	 * @param key member that holds the rows
	 * @param start where to begin; the first page when left out
	 */
	pages<Row extends { id: number }>(
		{ decode, isNewer, key, path, query }: HaloList<Row>,
		start: ListPosition = firstPosition(),
	): AsyncIterable<ReadPage<Row>> {
		return readList(start, {
			fetch: async (page, pageSize) =>
				await this.page({ decode, key, path, query }, page, pageSize),
			tooMany: () =>
				toResponseError({ method: 'GET', path }, 200, 'a list that ends', 'more than 1,000 pages'),
			...(isNewer === undefined ? {} : { isNewer }),
			counts: this.sender.countsOf(path),
		});
	}

	/** One page: one request. @param page from 1 */
	async page<Row>(
		{ decode, key, path, query }: HaloList<Row>,
		page: number,
		pageSize = PAGE_SIZE,
	): Promise<Page<Row>> {
		const paging = { pageinate: true, page_no: page, page_size: pageSize };
		const request: HaloRequest = { method: 'GET', path, query: { ...query, ...paging } };
		return decodePage(request, await this.sender.send(request), key, decode);
	}

	/** One record; null when Halo says that there is none. */
	async getOne<Row>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
	): Promise<Row | null> {
		const request: HaloRequest = { method: 'GET', path, query };
		try {
			return decodeOne(request, await this.sender.send(request), key, decode);
		} catch (error) {
			if (error instanceof HaloNotFoundError) return null;
			return await Promise.reject(error);
		}
	}
}
