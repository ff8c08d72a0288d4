import { readPages } from '../../../nodes/shared/halo/records/pages';
import type { Page } from '../../../nodes/shared/halo/records/records';

interface Row {
	id: number;
}

const tooMany = () => new Error('no end');

/** A list that answers from a script of pages; the last one stands for all that follow. */
function scripted(pages: Array<Page<Row>>) {
	const asked: number[] = [];
	const fetch = async (pageNumber: number): Promise<Page<Row>> => {
		const page = pages[Math.min(asked.length, pages.length - 1)];
		asked.push(pageNumber);
		if (page === undefined) throw new Error('the script is empty');
		return await Promise.resolve(page);
	};
	return { asked, fetch };
}

function page(total: number, ...ids: number[]): Page<Row> {
	return { total, rows: ids.map((id) => ({ id })) };
}

async function read(pages: Array<Page<Row>>) {
	const { asked, fetch } = scripted(pages);
	const ids: number[] = [];
	for await (const { rows } of readPages(fetch, tooMany)) ids.push(...rows.map(({ id }) => id));
	return { asked, ids };
}

const CASES: Array<[why: string, pages: Array<Page<Row>>, asked: number[], ids: number[]]> = [
	['an empty list', [page(0)], [1], []],
	['one page', [page(2, 1, 2)], [1], [1, 2]],
	[
		'pages cut shorter than asked',
		[page(5, 1, 2), page(5, 3, 4), page(5, 5)],
		[1, 2, 3],
		[1, 2, 3, 4, 5],
	],
	['an empty page before the count is reached', [page(9, 1, 2), page(9)], [1, 2], [1, 2]],
	['the last page again behind the end', [page(9, 1, 2), page(9, 1, 2)], [1, 2, 2], [1, 2]],
	[
		'a page that came twice by mistake',
		[page(4, 1, 2), page(4, 1, 2), page(4, 3, 4)],
		[1, 2, 2],
		[1, 2, 3, 4],
	],
	['a row that came before', [page(4, 1, 2), page(4, 2, 3), page(4, 4)], [1, 2, 3], [1, 2, 3, 4]],
	['a count that grows', [page(2, 1, 2), page(3, 3)], [1], [1, 2]],
	[
		'a count that grows on the way',
		[page(4, 1, 2), page(5, 3, 4), page(5, 5)],
		[1, 2, 3],
		[1, 2, 3, 4, 5],
	],
	[
		'a count that shrinks: the page before is read again',
		[page(5, 1, 2), page(4, 4, 5), page(4, 2, 3), page(4, 4, 5)],
		[1, 2, 1],
		[1, 2, 4, 5, 3],
	],
	[
		'a count that shrinks to an empty page',
		[page(3, 1, 2), page(2), page(2, 2, 3)],
		[1, 2, 1],
		[1, 2, 3],
	],
];

describe('reading a list page by page', () => {
	test('the table is complete', () => {
		expect(CASES).toHaveLength(11);
	});

	test.each(CASES)('%s', async (_why, pages, asked, ids) => {
		expect(await read(pages)).toEqual({ asked, ids });
	});

	test('a list that never ends is an error, after 1,000 pages', async () => {
		let calls = 0;
		const endless = async () => await Promise.resolve(page(1e9, ++calls));
		const run = (async () => {
			for await (const next of readPages(endless, tooMany)) expect(next.rows).toHaveLength(1);
		})();
		await expect(run).rejects.toThrow('no end');
		expect(calls).toBe(1_000);
	});
});
