import { firstPosition, readList } from '../../../nodes/shared/halo/records/pages';
import { type CountMode, position, readAll, type Row, type Server, upTo } from './paged-server';

const idsOf = (rows: readonly Row[]): number[] => rows.map(({ id }) => id);
const sorted = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

const CAPS = [50, 100];
const COUNTS: CountMode[] = ['list', 'page', 'fifty', 'missing'];
const ENDS: Array<Server['behind']> = ['last page', 'nothing'];
const BORDERS: Array<Server['borders']> = ['as cut', 'as asked'];
const LENGTHS = [0, 1, 7, 40, 49, 50, 51, 60, 95, 99, 100, 101, 130, 149, 150, 199, 200, 270, 500];

const VARIANTS = CAPS.flatMap((cap) =>
	COUNTS.flatMap((count) =>
		ENDS.flatMap((behind) => BORDERS.map((borders) => ({ cap, count, behind, borders }))),
	),
);

describe('D19 a list is read whole, whatever the server does with pages', () => {
	test('there are 32 servers', () => expect(VARIANTS).toHaveLength(32));

	test.each(VARIANTS)(
		'cap $cap, count of the $count, $behind behind the end, borders $borders',
		async (server) => {
			for (const length of LENGTHS) {
				const { asked, ids } = await readAll({ ...server, rows: upTo(length) });
				expect(ids).toEqual(idsOf(upTo(length)));
				// One request more at the end at most, where the count does not prove it.
				const needed = Math.max(1, Math.ceil(length / server.cap));
				expect({ length, withinOne: asked.length - needed <= 1 }).toEqual({
					length,
					withinOne: true,
				});
			}
		},
	);

	test('with a right count, 1 to 40 rows are one request, and longer lists no more than their pages', async () => {
		for (const length of [0, 1, 7, 40, 51, 60, 89, 101, 150, 199, 200, 270, 500]) {
			const { asked } = await readAll({ rows: upTo(length), cap: 100 });
			expect(asked).toHaveLength(Math.max(1, Math.ceil(length / 100)));
		}
	});

	test('where counts were seen to be right, a page that may be full costs no request more', async () => {
		const counts = { areOfLists: false };
		const read = async (length: number): Promise<number> => {
			let asked = 0;
			const fetch = async (page: number, size: number) => {
				asked += 1;
				const rows = upTo(length).slice((page - 1) * size, page * size);
				return await Promise.resolve({ rows, total: length, counted: true });
			};
			const source = { fetch, tooMany: () => new Error('endless'), counts };
			for await (const { next } of readList(firstPosition(), source)) if (next === null) break;
			return asked;
		};
		expect(await read(100)).toBe(2);
		expect(await read(150)).toBe(2);
		expect(await read(100)).toBe(1);
	});

	test('pages that are capped below what was asked are read on with the cap', async () => {
		const { asked, ids } = await readAll({ rows: upTo(35), cap: 10 }, firstPosition(50));
		expect(ids).toEqual(idsOf(upTo(35)));
		expect(asked).toEqual(['1/50', '2/10', '3/10', '4/10']);
	});

	test.each(COUNTS)(
		'a row of the first page is hidden: 49 of 270 are not all, count of the %s',
		async (count) => {
			const { ids } = await readAll({ rows: upTo(270), cap: 50, count, hidden: (id) => id === 1 });
			expect(ids).toEqual(idsOf(upTo(270)).slice(1));
		},
	);

	test('rows that Halo counts and hides do not keep it reading for ever', async () => {
		const hidden = (id: number) => id % 7 === 0;
		const { asked, ids, last } = await readAll({ rows: upTo(350), cap: 100, hidden });
		expect(ids).toEqual(idsOf(upTo(350)).filter((id) => !hidden(id)));
		expect(asked.length).toBeLessThanOrEqual(6);
		expect(last).toMatchObject({ next: null, missing: 50, changed: false });
	});

	test('a full page that came twice by mistake is not taken for the end', async () => {
		const { asked, ids } = await readAll({ rows: upTo(250), cap: 100, repeats: new Set([2]) });
		expect(ids).toEqual(idsOf(upTo(250)));
		expect(asked).toEqual(['1/100', '2/100', '2/100', '3/100']);
	});

	test('a list that is shorter than its count ends after its last page came again', async () => {
		const server = { rows: upTo(130), cap: 100, count: 'fifty' as const };
		expect((await readAll(server)).asked).toHaveLength(3);
	});
});

describe('a list that changes while it is read', () => {
	test('a row is deleted: no other one goes missing', async () => {
		const server: Server = { rows: upTo(45), cap: 10 };
		server.before = (request) => {
			if (request === 3) server.rows.splice(0, 1);
		};
		const { ids, last } = await readAll(server, firstPosition(10));
		expect(sorted(ids)).toEqual(idsOf(upTo(45)));
		expect(last?.changed).toBe(true);
	});

	test('one vanishes and another appears, so that the count stays: noticed, and read again', async () => {
		for (let at = 1; at <= 5; at += 1) {
			const server: Server = { rows: upTo(45), cap: 10 };
			server.before = (request) => {
				if (request !== at + 1) return;
				server.rows.splice(3, 1);
				server.rows.push({ id: 46, isNew: true });
			};
			const { ids, last } = await readAll(server, firstPosition(10));
			if (at < 5) {
				expect(sorted(ids)).toEqual(idsOf(upTo(46)));
				expect(last?.changed).toBe(true);
			}
		}
	});

	test('a row that stands on no page is found between other borders', async () => {
		const server: Server = { rows: upTo(270), cap: 100 };
		// As if somebody deleted a row after each first page, and put it back.
		const whole = server.rows;
		const fetch = async (page: number, size: number) => {
			const rows = page === 1 ? whole : whole.slice(1);
			const given = rows.slice((page - 1) * size, page * size);
			return await Promise.resolve({ rows: given, total: rows.length, counted: true });
		};
		const ids: number[] = [];
		const source = { fetch, tooMany: () => new Error('endless') };
		let changed = false;
		for await (const page of readList(firstPosition(), source)) {
			ids.push(...idsOf(page.rows));
			({ changed } = page);
		}
		expect(sorted(ids)).toEqual(idsOf(whole));
		expect(changed).toBe(true);
	});

	test('rows that are added while reading come too', async () => {
		const server: Server = { rows: upTo(25), cap: 10 };
		server.before = (request) => {
			if (request === 3) server.rows.push({ id: 26 }, { id: 27 });
		};
		expect((await readAll(server, firstPosition(10))).ids).toEqual(idsOf(upTo(27)));
	});

	test('rows that are put in front while reading come too, and none comes twice', async () => {
		const server: Server = { rows: upTo(25), cap: 10 };
		server.before = (request) => {
			if (request === 2) server.rows.unshift({ id: 100 }, { id: 101 });
		};
		const { ids } = await readAll(server, firstPosition(10));
		expect(sorted(ids)).toEqual([...idsOf(upTo(25)), 100, 101]);
	});

	test('a list that is quiet is read once', async () => {
		const { asked, last } = await readAll({ rows: upTo(45), cap: 10 }, firstPosition(10));
		expect(asked).toHaveLength(5);
		expect(last).toMatchObject({ changed: false, missing: 0 });
	});
});

describe('reading on, and ending', () => {
	test('reading on from a position gives the rest', async () => {
		const { ids } = await readAll({ rows: upTo(35), cap: 10 }, position(3, 10, 11, 35));
		expect(ids).toEqual(idsOf(upTo(35)).slice(20));
	});

	test.each(COUNTS)('reading on behind the end gives nothing, count of the %s', async (count) => {
		const total = { list: 30, page: 10, fifty: 50, missing: 10 }[count];
		const { ids } = await readAll({ rows: upTo(30), cap: 10, count }, position(4, 10, 21, total));
		expect(ids).toEqual([]);
	});

	test('a reading that stops after each page gives the same rows as one that does not', async () => {
		for (const count of COUNTS) {
			const rows = upTo(235);
			const ids: number[] = [];
			let at = firstPosition();
			for (let runs = 0; runs < 20; runs += 1) {
				const { ids: some, last } = await readAll({ rows, cap: 50, count }, at, 1);
				ids.push(...some);
				if (last === null || last.next === null) break;
				at = last.next;
				expect(runs).toBeLessThan(7);
			}
			expect(ids).toEqual(idsOf(rows));
		}
	});

	test('a server whose rows never end is left after 1,000 pages with an error', async () => {
		let next = 0;
		const fetch = async () => {
			next += 1;
			return await Promise.resolve({ rows: [{ id: next }], total: 1_000_000, counted: true });
		};
		const all = async () => {
			const source = { fetch, tooMany: () => new Error('endless') };
			for await (const page of readList(firstPosition(1), source)) if (page.next === null) return;
		};
		await expect(all()).rejects.toThrow('endless');
		expect(next).toBe(1_000);
	});
});
