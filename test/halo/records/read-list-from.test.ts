import type { ListPosition } from '../../../nodes/shared/halo/records/pages';
import { readListFrom } from '../../../nodes/shared/halo/records/pages';

const start: ListPosition = { page: 1, pageSize: 10, firstId: null, total: null };

interface Server {
	/** Ids in the server's order; may change between requests. */
	ids: number[];
	cap: number;
	/** Called before each answer with the number of the request, from 1. */
	before?: (request: number) => void;
	/** Rows that the server counts but never gives. */
	hidden?: (id: number) => boolean;
}

async function read(server: Server, from: ListPosition = start, most = 50) {
	const asked: string[] = [];
	const ids: number[] = [];
	const fetch = async (page: number, pageSize: number) => {
		asked.push(`${page}/${pageSize}`);
		server.before?.(asked.length);
		const size = Math.min(pageSize, server.cap);
		const last = Math.max(1, Math.ceil(server.ids.length / size));
		const at = Math.min(page, last);
		const rows = server.ids
			.slice((at - 1) * size, at * size)
			.filter((id) => server.hidden?.(id) !== true)
			.map((id) => ({ id }));
		return await Promise.resolve({ rows, total: server.ids.length });
	};
	for await (const page of readListFrom(from, fetch, () => new Error('endless'))) {
		ids.push(...page.rows.map(({ id }) => id));
		if (asked.length >= most) break;
	}
	return { asked, ids };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('D19 a list is read whole, whatever the server does with pages', () => {
	test('pages that are capped below what was asked are read on with the cap', async () => {
		const { asked, ids } = await read({ ids: upTo(35), cap: 10 }, { ...start, pageSize: 50 });
		expect(ids).toEqual(upTo(35));
		expect(asked).toEqual(['1/50', '2/10', '3/10', '4/10']);
	});

	test('a list that fills its last page needs no request more', async () => {
		const { asked, ids } = await read({ ids: upTo(20), cap: 10 });
		expect(ids).toEqual(upTo(20));
		expect(asked).toHaveLength(2);
	});

	test('an empty list is one request', async () => {
		expect(await read({ ids: [], cap: 10 })).toEqual({ asked: ['1/10'], ids: [] });
	});

	test('rows that Halo counts and hides do not keep it reading for ever', async () => {
		const { asked, ids } = await read({ ids: upTo(35), cap: 10, hidden: (id) => id % 7 === 0 });
		expect(ids).toEqual(upTo(35).filter((id) => id % 7 !== 0));
		expect(asked.length).toBeLessThanOrEqual(6);
	});

	test('a row that is deleted while reading makes no other one go missing', async () => {
		const server: Server = { ids: upTo(45), cap: 10 };
		server.before = (request) => {
			if (request === 3) server.ids.splice(0, 1);
		};
		const { ids } = await read(server);
		expect([...ids].sort((a, b) => a - b)).toEqual(upTo(45));
	});

	test('rows that are added while reading come too', async () => {
		const server: Server = { ids: upTo(25), cap: 10 };
		server.before = (request) => {
			if (request === 3) server.ids.push(26, 27);
		};
		expect((await read(server)).ids).toEqual(upTo(27));
	});

	test('no row comes twice when rows are put in front while reading', async () => {
		const server: Server = { ids: upTo(25), cap: 10 };
		server.before = (request) => {
			if (request === 2) server.ids.unshift(100, 101);
		};
		const { ids } = await read(server);
		expect(ids).toHaveLength(new Set(ids).size);
		expect(ids).toEqual(expect.arrayContaining(upTo(25)));
	});

	test('reading on from a position gives the rest', async () => {
		const { ids } = await read(
			{ ids: upTo(35), cap: 10 },
			{ page: 3, pageSize: 10, firstId: 11, total: 35 },
		);
		expect(ids).toEqual(upTo(35).slice(20));
	});

	test('a server whose rows never end is left after 1,000 pages with an error', async () => {
		let next = 0;
		const fetch = async () => {
			next += 1;
			return await Promise.resolve({ rows: [{ id: next }], total: 1_000_000 });
		};
		const readAll = async () => {
			for await (const page of readListFrom(
				{ ...start, pageSize: 1 },
				fetch,
				() => new Error('endless'),
			)) {
				if (page.next === null) return;
			}
		};
		await expect(readAll()).rejects.toThrow('endless');
		expect(next).toBe(1_000);
	});
});
