import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { ImportCompanies } from '../../../nodes/ImportCompanies/ImportCompanies.node';
import type { NodeRun, RunNodeOptions } from '../../support/engine';
import { runNode, searchList } from '../../support/engine';

const HOUR_MS = 3_600_000;

let halo: HaloSimulator;

beforeAll(async () => {
	halo = await startHaloSimulator();
});
beforeEach(() => halo.reset());
afterAll(async () => await halo.stop());

async function importNow(
	parameters: RunNodeOptions['parameters'] = {},
	more: Partial<RunNodeOptions> = {},
): Promise<NodeRun> {
	return await runNode({ node: new ImportCompanies(), simulator: halo, parameters, ...more });
}

/** Makes the tenant hold exactly so many clients, with ids from 101. */
function fillClients(count: number): void {
	const model = halo.state.clients.find(({ id }) => id === 11);
	if (model === undefined) throw new Error('The seed holds no client 11');
	halo.state.clients.length = 0;
	for (let id = 101; id <= count + 100; id += 1) {
		halo.state.clients.push({ ...model, id, name: `Company ${String(id).padStart(5, '0')}` });
	}
}

/** Requests to a list; the unsigned one by which n8n comes to fetch a new token is left out. */
function requestsTo(path: string) {
	return halo.journal.filter((entry) => entry.path.endsWith(path) && entry.status !== 401);
}

function idsOf(run: NodeRun): unknown[] {
	return (run.json[0] ?? []).map(({ id }) => id);
}

function summaryOf(run: NodeRun) {
	const summary = run.json[1]?.[0];
	if (summary === undefined) throw new Error(`No summary came out: ${run.error?.message ?? ''}`);
	return summary;
}

describe('CN-26 CN-33 importing every client', () => {
	test('1,203 clients with page size 500 asked and a cap of 100 are all imported in 13 requests', async () => {
		fillClients(1_203);
		const run = await importNow({ pageSize: 500 });
		expect(run.error).toBeNull();
		expect(new Set(idsOf(run)).size).toBe(1_203);
		expect(requestsTo('/Client')).toHaveLength(13);
		expect(summaryOf(run)).toMatchObject({
			counts: { clients: 1_203 },
			totals: { clients: 1_203 },
			leftOut: 0,
			complete: true,
			requests: 13,
			checkpoint: null,
			error: null,
		});
	});

	test('a tenant without the cap is read with the page size that was asked for', async () => {
		fillClients(1_203);
		halo.switches.pageCap = 1_000;
		const run = await importNow({ pageSize: 500 });
		expect(new Set(idsOf(run)).size).toBe(1_203);
		expect(requestsTo('/Client')).toHaveLength(3);
	});

	test('a server that gives one page for ever is left after its third time', async () => {
		fillClients(1_203);
		halo.faults.add({ name: 'repeat-page', path: '/Client', times: 'always' });
		const run = await importNow();
		expect(run.error).toBeNull();
		// The second time may be a mistake, since the page is full and Halo counts more.
		expect(requestsTo('/Client')).toHaveLength(3);
		expect(new Set(idsOf(run)).size).toBe(100);
	});

	test('a second run gives the same rows', async () => {
		const [first, second] = [await importNow(), await importNow()];
		expect(second.json[0]).toEqual(first.json[0]);
		expect(idsOf(first).length).toBeGreaterThan(250);
	});

	test('the client "Unknown" is no company, inactive clients are left out, and no picture is passed on', async () => {
		const run = await importNow();
		expect(idsOf(run)).not.toContain(1);
		expect(idsOf(run)).not.toContain(18);
		expect(JSON.stringify(run.json[0])).not.toContain('base64');
		const all = await importNow({ options: { includeInactive: true } });
		expect(idsOf(all)).toContain(18);
	});

	test('a row carries what companies are matched by', async () => {
		const run = await importNow({ search: 'Contoso' });
		expect(run.json[0]).toEqual([
			{
				entity: 'client',
				id: 11,
				name: 'Contoso Ltd',
				inactive: false,
				updatedAt: expect.stringMatching(/Z$/),
				reference: 'ACC0011',
				domain: 'contosoltd.example',
				website: 'https://www.contosoltd.example',
				topLevelId: 1,
				topLevelName: 'Customers',
				mainSiteId: 1011,
				mainSiteName: 'Main',
				mergedInto: null,
			},
		]);
		expect(run.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});
});

describe('CN-29 CN-30 CN-31 search, page and page size', () => {
	test('a search gives what Halo finds', async () => {
		const run = await importNow({ search: 'Adatum' });
		expect(idsOf(run)).toEqual([14, 15]);
	});

	test('a page of 40 is that page, and the summary names the next one', async () => {
		fillClients(100);
		const run = await importNow({ returnAll: false, page: 2, pageSize: 40 });
		expect(run.json[0]).toHaveLength(40);
		expect(idsOf(run)[0]).toBe(141);
		expect(summaryOf(run)).toMatchObject({ nextPage: 3, complete: false });
	});

	test('a page of 500 is read in five requests, and none is missing', async () => {
		fillClients(1_203);
		const run = await importNow({ returnAll: false, page: 2, pageSize: 500 });
		expect(new Set(idsOf(run)).size).toBe(500);
		expect(idsOf(run)[0]).toBe(601);
		expect(requestsTo('/Client')).toHaveLength(5);
	});

	test('a page behind the end is empty, although Halo gives the last one again', async () => {
		fillClients(100);
		const run = await importNow({ returnAll: false, page: 9, pageSize: 50 });
		expect(run.json[0]).toEqual([]);
		expect(summaryOf(run)).toMatchObject({ nextPage: null, complete: true });
	});

	test('a page size that Halo would cut in the middle is refused with the sizes that work', async () => {
		const run = await importNow({ returnAll: false, page: 1, pageSize: 130 });
		expect(run.error?.message).toContain('at most 100, or a multiple of 50');
	});
});

describe('CN-32 CN-34 CN-35 selected companies', () => {
	const pick = (id: string) => ({ client: { __rl: true, mode: 'list', value: id } });

	test('each selected company is imported once', async () => {
		const selected = { company: [pick('13'), pick('11'), pick('13')] };
		const run = await importNow({ from: 'selected', selected });
		expect(run.error).toBeNull();
		expect(idsOf(run)).toEqual([13, 11]);
	});

	test('the list to pick from is searched in Halo', async () => {
		const list = await searchList({
			node: new ImportCompanies(),
			simulator: halo,
			method: 'searchClients',
			filter: 'north',
		});
		expect(list.results).toEqual([{ name: 'Northwind Traders', value: '13' }]);
	});

	test('ids may come from an expression as text', async () => {
		expect(idsOf(await importNow({ from: 'ids', ids: '11, 12;13' }))).toEqual([11, 12, 13]);
	});

	test('an id that does not exist and a client that is inactive are both named, and nothing comes out', async () => {
		const run = await importNow({ from: 'ids', ids: '11, 18, 99999' });
		expect(run.error?.message).toContain('Tailspin Travel (18) is inactive');
		expect(run.error?.message).toContain('99999 does not exist, or the agent may not see it');
		expect(run.json[0] ?? []).toEqual([]);
	});

	test.each(['1', '0', '-1', 'abc'])('the id %s is refused before Halo is asked', async (ids) => {
		const run = await importNow({ from: 'ids', ids });
		expect(run.error?.message).toContain('whole numbers above 1');
		expect(halo.journal).toEqual([]);
	});
});

describe('HI-17 entities', () => {
	test('sites, contacts and assets come with the client that they belong to', async () => {
		const run = await importNow({ entities: ['assets', 'sites', 'users'] });
		expect(run.error).toBeNull();
		const byEntity = (entity: string) => (run.json[0] ?? []).filter((row) => row.entity === entity);
		expect(byEntity('site').find(({ id }) => id === 3011)).toMatchObject({
			name: 'Warehouse',
			clientId: 11,
			clientName: 'Contoso Ltd',
		});
		expect(byEntity('user').find(({ id }) => id === 4011)).toMatchObject({
			name: 'Robin Vale',
			clientId: 11,
			siteId: 1011,
		});
		expect(byEntity('user').some(({ name }) => name === 'General User')).toBe(false);
		expect(byEntity('asset')[0]).toMatchObject({ name: 'SRV-01', clientName: 'Contoso Ltd' });
		expect(byEntity('client')).toEqual([]);
		expect(summaryOf(run)).toMatchObject({ counts: { clients: 0, assets: 12 } });
	});

	test('sites of a selected company are those of that company, though Halo ignores the filter', async () => {
		halo.faults.add({ name: 'ignore-filters', path: '/Site', times: 'always' });
		const run = await importNow({ from: 'ids', ids: '11', entities: ['clients', 'sites'] });
		expect((run.json[0] ?? []).map(({ entity, id }) => [entity, id])).toEqual([
			['client', 11],
			['site', 1011],
			['site', 3011],
		]);
	});

	test('a missing right is an error in words, never an empty list', async () => {
		halo.application.scopes = ['read:tickets'];
		const run = await importNow();
		expect(run.error).not.toBeNull();
		expect(run.json[0] ?? []).toEqual([]);
	});
});

test('one client vanishes and another appears while pages are read: none is skipped, and the Summary says that the list changed', async () => {
	fillClients(250);
	let swapped = false;
	const isSecond = ({ path, query }: { path: string; query: Record<string, string> }): boolean => {
		if (!path.endsWith('/Client') || query.page_no !== '2' || swapped) return false;
		swapped = true;
		const [gone] = halo.state.clients.splice(3, 1);
		if (gone === undefined) throw new Error('No client to take away');
		const lastUpdate = halo.clock.now();
		halo.state.clients.push({ ...gone, id: 900, name: 'Zeta Works', lastUpdate });
		return false;
	};
	halo.faults.add({ name: 'slow', ms: 0, times: 'always', when: isSecond });
	const run = await importNow();
	halo.faults.clear();
	const there = halo.state.clients.map(({ id }) => id);
	expect(there.filter((id) => !idsOf(run).includes(id))).toEqual([]);
	expect(run.json[1]).toMatchObject([{ listChanged: true, complete: true }]);
	expect(requestsTo('/Client').length).toBeLessThanOrEqual(7);
});

describe('only what changed', () => {
	test('clients changed since, and those of the overlap before, are given; older ones not', async () => {
		const since = halo.clock.now() - HOUR_MS;
		const changed = { 11: since + 1, 12: since - 5 * 60_000, 13: since - 20 * 60_000 };
		for (const client of halo.state.clients) {
			client.lastUpdate = Reflect.get(changed, client.id) ?? client.lastUpdate;
		}
		const updatedSince = new Date(since).toISOString();
		const run = await importNow({ options: { updatedSince } });
		expect(idsOf(run)).toEqual([11, 12]);
		expect(summaryOf(run)).toMatchObject({ since: new Date(since - 600_000).toISOString() });
		const without = await importNow({ options: { updatedSince, overlapMinutes: 0 } });
		expect(idsOf(without)).toEqual([11]);
	});

	test('older rows are left out although Halo ignores the filter', async () => {
		halo.faults.add({ name: 'ignore-filters', path: '/Client', times: 'always' });
		const run = await importNow({
			options: { updatedSince: new Date(halo.clock.now()).toISOString() },
		});
		expect(run.json[0]).toEqual([]);
		expect(summaryOf(run).leftOut).toBeGreaterThan(200);
	});

	test('a date that cannot be read is named', async () => {
		const run = await importNow({ options: { updatedSince: 'yesterday' } });
		expect(run.error?.message).toContain('Updated Since needs a date');
	});
});

describe('Halo fails in the middle', () => {
	const goOn = { settings: { onError: 'continueRegularOutput' as const } };

	function failAtPage(page: number): void {
		halo.faults.add({
			name: 'forbidden-403',
			when: ({ path, query }) => path.endsWith('/Client') && query.page_no === String(page),
		});
	}

	test('at page 7 the rows so far are kept, the summary says why, and the next run completes', async () => {
		fillClients(1_203);
		failAtPage(7);
		const cut = await importNow({}, goOn);
		expect(cut.error).toBeNull();
		expect(cut.json[0]).toHaveLength(600);
		const summary = summaryOf(cut);
		expect(summary).toMatchObject({ complete: false, counts: { clients: 600 } });
		expect(summary.error).toContain('403');
		expect(String(summary.checkpoint)).toContain('"page":7');

		const next = await importNow({ options: { resumeFrom: String(summary.checkpoint) } }, goOn);
		expect(summaryOf(next)).toMatchObject({
			complete: true,
			checkpoint: null,
			until: summary.until,
		});
		expect(next.json[0]).toHaveLength(603);
		expect(new Set([...idsOf(cut), ...idsOf(next)]).size).toBe(1_203);
	});

	test('a client deleted between both runs makes none of the others go missing', async () => {
		fillClients(1_203);
		failAtPage(7);
		const cut = await importNow({}, goOn);
		halo.state.clients.splice(50, 1);
		const next = await importNow(
			{ options: { resumeFrom: String(summaryOf(cut).checkpoint) } },
			goOn,
		);
		expect(new Set([...idsOf(cut), ...idsOf(next)]).size).toBe(1_203);
	});

	test('without "continue" the run stops with the error of the page', async () => {
		fillClients(1_203);
		failAtPage(7);
		const run = await importNow();
		expect(run.error).toMatchObject({ httpCode: '403', itemIndex: 0 });
	});

	test('pages per run stops with a checkpoint, and run after run reads everything once', async () => {
		fillClients(1_203);
		const ids: unknown[] = [];
		let resumeFrom: unknown = '';
		let runs = 0;
		while (resumeFrom !== null && runs < 20) {
			const run = await importNow({
				entities: ['clients', 'assets'],
				options: { pagesPerRun: 5, resumeFrom: String(resumeFrom) },
			});
			ids.push(...(run.json[0] ?? []).map(({ entity, id }) => `${String(entity)} ${String(id)}`));
			resumeFrom = summaryOf(run).checkpoint;
			runs += 1;
		}
		expect(runs).toBe(3);
		expect(ids).toHaveLength(new Set(ids).size);
		expect(ids).toHaveLength(1_203 + 12);
	});

	test('a checkpoint that is no checkpoint is named, and nothing is read', async () => {
		const run = await importNow({ options: { resumeFrom: '{"entity":"tickets","page":1}' } });
		expect(run.error?.message).toContain('entity needs one of clients, sites, users, assets');
		expect(run.error?.description).toContain('halo_sync_status');
		expect(halo.journal).toEqual([]);
	});
});
