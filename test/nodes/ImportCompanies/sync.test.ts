import type { IDataObject } from 'n8n-workflow';

import { ImportCompanies } from '../../../nodes/ImportCompanies/ImportCompanies.node';
import { type HaloSimulator, startHaloSimulator } from '../../../sandbox/halo';
import { type NodeRun, runNode, type RunNodeOptions } from '../../support/engine';
import { compareWithMembers } from '../../support/schemas';
import { OUTPUT_MEMBERS } from '../../support/schemas/members';

let halo: HaloSimulator;

beforeAll(async () => {
	halo = await startHaloSimulator();
});
beforeEach(() => halo.reset());
afterAll(async () => await halo.stop());

const LISTED = ['halo_companies', 'halo_company_mappings', 'halo_sync_status', 'halo_errors'].map(
	(name, at) => ({ id: `t${at}`, name }),
);
const ON = { id: 4, integration: 'default', flow: 'companies', enabled: true, checkpoint: '' };

async function begin(
	status: IDataObject[],
	settings: IDataObject = {},
	tables: IDataObject[] = LISTED,
): Promise<NodeRun> {
	return await runNode({
		node: new ImportCompanies(),
		parameters: { operation: 'beginSync', settings: JSON.stringify(settings) },
		inputs: [status, tables],
		executionOrder: 'v1',
	});
}

async function batch(
	plan: IDataObject,
	more: IDataObject = {},
	stored: IDataObject[] = [{}],
	options: Partial<RunNodeOptions> = {},
): Promise<NodeRun> {
	return await runNode({
		node: new ImportCompanies(),
		simulator: halo,
		parameters: {
			operation: 'syncBatch',
			plan: JSON.stringify(plan),
			checkpoint: '',
			counts: '',
			...(more as RunNodeOptions['parameters']),
		},
		inputs: [stored],
		...options,
	});
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

async function planOf(settings: IDataObject = {}): Promise<IDataObject> {
	const { json } = await begin([ON], settings);
	return json[0]?.[0] ?? {};
}

describe('Begin Sync', () => {
	test('by hand it always gives a plan, on ConnectSecure too where it is on', async () => {
		const first = await begin([{}]);
		expect(first.error).toBeNull();
		expect(first.json).toEqual([[expect.objectContaining({ dryRun: true })], []]);
		const both = await begin([ON], { connectSecure: 'create' });
		expect(both.json.map((items) => items.map(({ dryRun }) => dryRun))).toEqual([[false], [false]]);
		expect(
			compareWithMembers(OUTPUT_MEMBERS.ImportCompanies?.beginSync ?? {}, [
				{ ...both.json[0]?.[0], lastSync: '', lastErrorAt: '' },
			]),
		).toEqual({ beyond: [], never: [] });
	});

	test('a wrong setting, two rows of one sync and tables that cannot be told apart are named', async () => {
		const wrong = await begin([ON], { connectSecure: 'yes' });
		expect(wrong.error).toMatchObject({
			message: expect.stringContaining('Settings, connectSecure: expected one of'),
			description: expect.stringContaining('Open the node Settings'),
		});
		const two = await begin([ON, { ...ON, id: 5 }]);
		expect(two.error?.message).toContain('halo_sync_status has 2 rows for default, flow companies');
		const alike = await begin([ON], {}, [...LISTED, { id: 'x', name: 'halo_companies_2025' }]);
		expect(alike.error?.message).toContain('halo_companies_2025');
		const none = await begin([ON], {}, LISTED.slice(1));
		expect(none.error?.message).toBe('There is no Data Table called halo_companies');
	});
});

describe('Sync Batch', () => {
	test('reads so many pages, gives what is new or changed, and where to go on', async () => {
		fillClients(250);
		const plan = await planOf({ pagesPerBatch: 2 });
		const stored = [
			{ id: 1, source: '', companyId: 'halo:101', name: 'Old name' },
			{ id: 2, source: '', companyId: 'halo:102', name: 'Company 00102', reference: 'C0001' },
		];
		const model = halo.state.clients[0];
		const first = await batch(plan, {}, stored);
		expect(first.error).toBeNull();
		const [inserted = [], updated = [], others = [], [status] = []] = first.json;
		expect(inserted.length + updated.length).toBeGreaterThanOrEqual(199);
		expect(inserted[0]).toMatchObject({
			integration: 'default',
			companyId: 'halo:103',
			psaName: 'Company 00103',
			reference: model?.ref ?? '',
		});
		expect(updated[0]).toMatchObject({ id: 1, name: 'Company 00101' });
		expect(others).toEqual([]);
		expect(JSON.parse(String(status?.checkpoint))).toMatchObject({ entity: 'clients', page: 3 });

		const last = await batch(plan, {
			checkpoint: String(status?.checkpoint),
			counts: String(status?.counts),
		});
		expect(last.json[0]).toHaveLength(50);
		expect(last.json[3]).toMatchObject([{ checkpoint: '' }]);
		expect(JSON.parse(String(last.json[3]?.[0]?.counts))).toMatchObject({
			batch: 2,
			rows: { clients: 250 },
			next: 'mapping',
		});
		const members = OUTPUT_MEMBERS.ImportCompanies?.syncBatch ?? {};
		expect(
			compareWithMembers(members, [...first.json.flat(), { lastSync: '', lastErrorAt: '' }]),
		).toEqual({
			beyond: [],
			never: [],
		});
	});

	test('sites, contacts and assets leave on Others; without importAsCompanies no client is a company', async () => {
		const plan = await planOf({ entities: ['clients', 'sites'], importAsCompanies: false });
		const { json } = await batch(plan);
		expect([json[0], json[1]]).toEqual([[], []]);
		expect(new Set(json[2]?.map(({ entity }) => entity))).toEqual(new Set(['site']));
	});

	test('a dry run reads all of it and gives no rows', async () => {
		fillClients(250);
		const [[plan = {}] = []] = (await begin([{}], { pagesPerBatch: 1 })).json;
		const { json } = await batch(plan);
		expect([json[0], json[1]]).toEqual([[], []]);
		expect(json[3]).toMatchObject([{ enabled: false, checkpoint: '' }]);
		expect(JSON.parse(String(json[3]?.[0]?.counts))).toMatchObject({ rows: { clients: 250 } });
	});

	test('Halo failing keeps the rows so far, says why, and where to go on', async () => {
		fillClients(250);
		halo.faults.add({
			name: 'forbidden-403',
			when: ({ path, query }) => path.endsWith('/Client') && query.page_no === '2',
		});
		const { json, error } = await batch(await planOf());
		expect(error).toBeNull();
		expect(json[0]).toHaveLength(100);
		expect(json[3]).toMatchObject([
			{ lastError: expect.stringContaining('Halo denied access (403)'), lastSync: null },
		]);
		expect(JSON.parse(String(json[3]?.[0]?.checkpoint))).toMatchObject({ page: 2 });
		expect(JSON.parse(String(json[3]?.[0]?.counts))).toMatchObject({ next: 'stop' });
	});

	test('a checkpoint that cannot be used is said and left for a person to see', async () => {
		const { json } = await batch(await planOf(), { checkpoint: '{"entity":"boxes"}' });
		expect(json[3]).toMatchObject([
			{
				checkpoint: '{"entity":"boxes"}',
				lastError: expect.stringContaining('The checkpoint of the import cannot be used'),
			},
		]);
	});

	test('clients that Halo counts and does not give are counted', async () => {
		fillClients(40);
		// A server that says 50 whatever it gives.
		halo.switches.recordCount = 'fifty';
		const { json } = await batch(await planOf());
		expect(json[0]).toHaveLength(40);
		expect(JSON.parse(String(json[3]?.[0]?.counts))).toMatchObject({ missing: 10 });
		const whole = await runNode({ node: new ImportCompanies(), simulator: halo });
		expect(whole.json[1]).toMatchObject([{ missing: 10, complete: true }]);
	});

	test('without a plan it says what it needs', async () => {
		const { error } = await batch({});
		expect(error?.message).toContain('the item of Begin Sync');
	});
});
