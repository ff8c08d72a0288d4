import type { RowDecoder } from './decode-rows';
import { HaloNotFoundError, toResponseError } from '../http/errors';
import { decodeOne, decodePage } from './answers';
import { PAGE_SIZE, readPages } from './pages';
import type { Page } from './records';
import type { HaloSender } from '../http/sender';
import type { HaloQuery, HaloRequest } from '../http/transport';

/** Reads lists and records by path. */
export class HaloReader {
	constructor(private readonly sender: HaloSender) {}

	/** A list page by page, each row once. @param key member that holds the rows */
	pages<Row extends { id: number }>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
	): AsyncIterable<Page<Row>> {
		const fetch = async (pageNumber: number): Promise<Page<Row>> =>
			await this.page(path, query, key, decode, pageNumber);
		const tooMany = (): Error =>
			toResponseError({ method: 'GET', path }, 200, 'a list that ends', 'more than 1,000 pages');
		return readPages(fetch, tooMany);
	}

	/** One page of 100 rows. @param pageNumber from 1 */
	async page<Row>(
		path: string,
		query: HaloQuery,
		key: string,
		decode: RowDecoder<Row>,
		pageNumber: number,
	): Promise<Page<Row>> {
		const paging = { pageinate: true, page_no: pageNumber, page_size: PAGE_SIZE };
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
