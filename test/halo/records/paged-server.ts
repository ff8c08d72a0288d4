import type { ListPosition, ReadPage } from '../../../nodes/shared/halo/records/pages';
import { firstPosition, readList } from '../../../nodes/shared/halo/records/pages';
import type { Page } from '../../../nodes/shared/halo/records/records';

export interface Row {
	id: number;
	isNew?: boolean;
}

export type CountMode = 'list' | 'page' | 'fifty' | 'missing';

/** A list on a server, with the ways in which servers were seen to page. */
export interface Server {
	/** Rows in the server's order; may change between requests. */
	rows: Row[];
	cap: number;
	count?: CountMode;
	/** What stands behind the end: the last page again, or nothing. */
	behind?: 'last page' | 'nothing' | undefined;
	/** Whether page n begins after n - 1 pages as asked for, or as cut. */
	borders?: 'as cut' | 'as asked' | undefined;
	/** Rows that the server counts but never gives. */
	hidden?: (id: number) => boolean;
	/** Called before each answer with the number of the request, from 1. */
	before?: (request: number) => void;
	/** Requests, from 1, that are answered with the page of the one before. */
	repeats?: ReadonlySet<number>;
}

export const upTo = (count: number): Row[] =>
	Array.from({ length: count }, (_, at) => ({ id: at + 1 }));

function answer(server: Server, page: number, pageSize: number): Page<Row> {
	const { behind = 'last page', borders = 'as cut', cap, count = 'list', rows } = server;
	const size = Math.min(pageSize, cap);
	const stride = borders === 'as cut' ? size : pageSize;
	const last = Math.max(1, Math.ceil(rows.length / stride));
	const at = behind === 'last page' ? Math.min(page, last) : page;
	const given = rows
		.slice((at - 1) * stride, (at - 1) * stride + size)
		.filter(({ id }) => server.hidden?.(id) !== true);
	const counts = { list: rows.length, page: given.length, fifty: 50, missing: given.length };
	return { rows: given, total: counts[count], counted: count !== 'missing' };
}

/** Reads a list whole, or up to a number of requests. */
export async function readAll(server: Server, start = firstPosition(), most = 200) {
	const asked: string[] = [];
	const ids: number[] = [];
	let previous: Page<Row> | null = null;
	let last: ReadPage<Row> | null = null;
	const fetch = async (page: number, pageSize: number): Promise<Page<Row>> => {
		asked.push(`${page}/${pageSize}`);
		server.before?.(asked.length);
		const again = server.repeats?.has(asked.length) === true ? previous : null;
		previous = again ?? answer(server, page, pageSize);
		return await Promise.resolve(previous);
	};
	const source = {
		fetch,
		tooMany: () => new Error('endless'),
		isNewer: ({ isNew }: Row) => isNew === true,
	};
	for await (const page of readList(start, source)) {
		ids.push(...page.rows.map(({ id }) => id));
		last = page;
		if (asked.length >= most) break;
	}
	return { asked, ids, last };
}

/** A position in the middle of a list. */
export function position(
	page: number,
	pageSize: number,
	firstId: number,
	total: number,
): ListPosition {
	return { page, pageSize, firstId, total };
}
