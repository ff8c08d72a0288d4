import { HaloCompanyLists } from '../../nodes/shared/halo/company-lists';
import type { HaloTransport } from '../../nodes/shared/halo/http/transport';

const NOW = Date.parse('2026-05-04T09:00:00.000Z');
const MINUTE = 60_000;
const LONG_AGO = '2026-01-10T08:00:00';
/** Three pages of 100. */
const CLIENTS = 250;

interface Row {
	id: number;
	name: string;
	last_update?: string;
}

/** A Halo that lists clients, 100 a page. @param before called with the number of each request, from 1 */
function listing(rows: Row[], before: (request: number) => void) {
	let requests = 0;
	const transport: HaloTransport = {
		send: async ({ query = {} }) => {
			requests += 1;
			before(requests);
			const size = Math.min(100, Number(query.page_size));
			const from = (Number(query.page_no) - 1) * size;
			const clients = rows.slice(from, from + size);
			const body = { record_count: rows.length, clients };
			return await Promise.resolve({ status: 200, headers: {}, body });
		},
	};
	const runtime = {
		now: () => NOW,
		sleep: async () => await Promise.resolve(),
		random: () => 0,
		cancelled: () => false,
	};
	return { lists: new HaloCompanyLists(transport, runtime), requests: () => requests };
}

function clients(lastUpdate: string | undefined): Row[] {
	return Array.from({ length: CLIENTS }, (_, at) => ({
		id: 101 + at,
		name: `Company ${at}`,
		...(lastUpdate === undefined ? {} : { last_update: lastUpdate }),
	}));
}

async function read(lists: HaloCompanyLists) {
	const filter = { includeInactive: true, since: null, referenceField: null };
	const ids: number[] = [];
	let changed = false;
	for await (const page of lists.read('clients', filter)) {
		ids.push(...page.rows.map(({ id }) => id));
		({ changed } = page);
	}
	return { ids, changed };
}

function zoneless(time: number): string {
	return new Date(time).toISOString().replace('Z', '');
}

const SWAPS: Array<[string, string | undefined, string | undefined]> = [
	['is newer than the reading', LONG_AGO, zoneless(NOW + 1_000)],
	['is newer by a clock of Halo that is 2 minutes behind', LONG_AGO, zoneless(NOW - 2 * MINUTE)],
	['tells no time, as none does', undefined, undefined],
];

test.each(SWAPS)(
	'one client vanishes and another appears between two pages, and it %s: none is skipped, and it is said',
	async (_, others, own) => {
		const rows = clients(others);
		const all = new Set(rows.map(({ id }) => id));
		const { lists, requests } = listing(rows, (request) => {
			if (request !== 2) return;
			all.delete(rows[3]?.id ?? 0);
			rows.splice(3, 1);
			rows.push({ id: 900, name: 'New', ...(own === undefined ? {} : { last_update: own }) });
		});
		const { changed, ids } = await read(lists);
		expect([...all].filter((id) => !ids.includes(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(changed).toBe(true);
		expect(requests()).toBeLessThanOrEqual(7);
	},
);

test('a list that changes each time it is read is left after a few readings, and every client that stayed is there', async () => {
	const rows = clients(LONG_AGO);
	const all = new Set(rows.map(({ id }) => id));
	let next = 900;
	const { lists, requests } = listing(rows, (request) => {
		// Between the first and the second page of every reading.
		if (request % 3 !== 2) return;
		all.delete(rows[3]?.id ?? 0);
		rows.splice(3, 1);
		rows.push({ id: (next += 1), name: 'New', last_update: zoneless(NOW + 1_000) });
	});
	const { changed, ids } = await read(lists);
	expect([...all].filter((id) => !ids.includes(id))).toEqual([]);
	expect(changed).toBe(true);
	expect(requests()).toBeLessThanOrEqual(16);
});

test.each([
	['changed long ago', LONG_AGO],
	['changed a quarter of an hour before', zoneless(NOW - 15 * MINUTE)],
])('a quiet list whose clients were %s is read once', async (_, lastUpdate) => {
	const { lists, requests } = listing(clients(lastUpdate), () => undefined);
	const { changed, ids } = await read(lists);
	expect(ids).toHaveLength(CLIENTS);
	expect(changed).toBe(false);
	expect(requests()).toBe(3);
});
