import type { IDataObject } from 'n8n-workflow';

import type { HaloSimulator } from '../../../sandbox/halo';
import { startHaloSimulator } from '../../../sandbox/halo';
import { ImportCompanies } from '../../../nodes/ImportCompanies/ImportCompanies.node';
import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import type { NodeRun, RunNodeOptions } from '../../support/engine';
import { runNode, searchList } from '../../support/engine';

let halo: HaloSimulator;

beforeAll(async () => {
	halo = await startHaloSimulator();
});
beforeEach(() => halo.reset());
afterAll(async () => await halo.stop());

async function clientsOfHalo(): Promise<IDataObject[]> {
	const run = await runNode({
		node: new ImportCompanies(),
		simulator: halo,
		parameters: { options: { includeInactive: true } },
	});
	return run.json[0] ?? [];
}

async function run(
	parameters: NonNullable<RunNodeOptions['parameters']>,
	inputs: IDataObject[][],
	more: Partial<RunNodeOptions> = {},
): Promise<NodeRun> {
	return await runNode({ node: new MapCompany(), simulator: halo, parameters, inputs, ...more });
}

/** Rows of `halo_companies`, as a Data Table gives them: its own id, and every column. */
function table(...names: Array<string | null>): IDataObject[] {
	const empty = { integration: null, displayName: null, reference: null, domain: null };
	return names.map((name, at) => ({
		id: 500 + at,
		source: 'demo',
		companyId: `c${at + 1}`,
		name,
		...empty,
	}));
}

/** What the template would then hold in `halo_company_mappings`. */
function stored(rows: IDataObject[]): IDataObject[] {
	return rows.map((row, at) => ({ id: at + 1, createdAt: 'x', updatedAt: 'x', ...row }));
}

describe('PH-11 ID-05 CS-38 Auto-Map', () => {
	test('exact names are mapped with their row, the rest waits with reason and candidates', async () => {
		const companies = table(
			'CONTOSO',
			'Nortwind Traders',
			'Adatum Europe',
			'Tailspin Travel',
			'Zzyzx Quarry',
			'',
		);
		const result = await run({ operation: 'autoMap' }, [companies, await clientsOfHalo(), []]);
		expect(result.error).toBeNull();
		const [mapped = [], review = [], unmapped = []] = result.json;
		expect(mapped).toMatchObject([
			{
				outcome: 'mapped',
				change: 'insert',
				source: 'demo',
				companyId: 'c1',
				companyName: 'CONTOSO',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				method: 'name',
				createTicket: true,
				noNotification: false,
				mappedAt: expect.stringMatching(/Z$/),
			},
		]);
		expect([...mapped, ...review, ...unmapped].map(({ company }) => company)).toMatchObject(
			[500, 501, 502, 503, 504, 505].map((rowId) => ({ rowId, source: 'demo' })),
		);
		expect(review.map(({ outcome, name }) => [outcome, name])).toEqual([
			['suggested', 'Nortwind Traders'],
			['suggested', 'Adatum Europe'],
			['refused', 'Tailspin Travel'],
		]);
		expect(review[0]?.candidates).toMatchObject([
			{ haloClientId: 13, haloClientName: 'Northwind Traders' },
		]);
		expect(review[2]?.reason).toContain('Tailspin Travel (18), which is inactive in Halo');
		expect(unmapped.map(({ companyId }) => companyId)).toEqual(['c5', 'c6']);
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(
			halo.journal.every(({ method, path }) => method === 'GET' || path.includes('token')),
		).toBe(true);
	});

	test('the second run keeps every row and changes none', async () => {
		const clients = await clientsOfHalo();
		const companies = table('Contoso Ltd', 'Fabrikam Inc');
		const first = await run({ operation: 'autoMap' }, [companies, clients, []]);
		const rows = stored(first.json[0] ?? []);
		const second = await run({ operation: 'autoMap' }, [companies, clients, rows]);
		expect(
			second.json[0]?.map(({ change, rowId, haloClientId }) => [change, rowId, haloClientId]),
		).toEqual([
			['keep', 1, 11],
			['keep', 2, 12],
		]);
	});

	test('a row without a client is filled, and what a person wrote into it stays', async () => {
		const rows = stored([
			{
				source: 'demo',
				companyId: 'c1',
				companyName: 'Contoso Ltd',
				createTicket: false,
				profile: 'P2',
			},
		]);
		const result = await run({ operation: 'autoMap' }, [
			table('Contoso Ltd'),
			await clientsOfHalo(),
			rows,
		]);
		expect(result.json[0]).toMatchObject([
			{ change: 'update', rowId: 1, haloClientId: 11, createTicket: false, profile: 'P2' },
		]);
	});

	test('CS-39 CS-42 PH-12 CN-38 new rows get the flags, event set and profile of the node', async () => {
		const newRows = {
			createTicket: false,
			noNotification: true,
			eventSet: 'All',
			profile: 'P1',
			flags: '{"reportPhishingButton": true, "phinboxIq": false}',
		};
		const result = await run({ operation: 'autoMap', newRows }, [
			table('Contoso Ltd'),
			await clientsOfHalo(),
			[],
		]);
		expect(result.json[0]).toMatchObject([
			{
				createTicket: false,
				noNotification: true,
				eventSet: 'All',
				profile: 'P1',
				flags: '{"reportPhishingButton":true,"phinboxIq":false}',
			},
		]);
	});

	test('CS-05 a mapping needs no event set and no profile', async () => {
		const result = await run({ operation: 'autoMap' }, [
			table('Contoso Ltd'),
			await clientsOfHalo(),
			[],
		]);
		expect(result.json[0]).toMatchObject([{ eventSet: '', profile: '', haloClientId: 11 }]);
	});

	test('D18 when more than half of the mapped clients are missing nothing is mapped, and the node says so', async () => {
		const rows = stored(
			[901, 902, 903].map((haloClientId) => ({ companyId: String(haloClientId), haloClientId })),
		);
		const inputs = [table('Contoso Ltd'), await clientsOfHalo(), rows];
		const stopped = await run({ operation: 'autoMap' }, inputs);
		expect(stopped.error?.message).toContain('3 of 3 mapped Halo clients are missing');
		const settings = { onError: 'continueRegularOutput' as const };
		const goesOn = await run({ operation: 'autoMap' }, inputs, { settings });
		expect(goesOn.json[0]).toEqual([]);
		expect(goesOn.json[1]).toMatchObject([
			{ outcome: 'failed', reason: expect.stringContaining('nothing was changed') },
		]);
	});

	test('D18 the guard counts the rows of this integration only: another tenant has other clients', async () => {
		const rows = stored(
			[901, 902, 903].map((haloClientId) => ({
				integration: 'other tenant',
				companyId: String(haloClientId),
				haloClientId,
			})),
		);
		const autoMapOptions = { integration: 'this tenant' };
		const result = await run({ operation: 'autoMap', autoMapOptions }, [
			table('Contoso Ltd'),
			await clientsOfHalo(),
			rows,
		]);
		expect(result.error).toBeNull();
		expect(result.json[0]).toMatchObject([{ haloClientId: 11, integration: 'this tenant' }]);
	});

	test('no Halo clients at all is an error, not a list of unmapped companies', async () => {
		const result = await run({ operation: 'autoMap' }, [table('Contoso Ltd'), [], []]);
		expect(result.error?.message).toContain('needs the clients of Halo on its input');
	});

	test('an item that is no client is named', async () => {
		const result = await run({ operation: 'autoMap' }, [
			table('Contoso Ltd'),
			[{ id: 11, name: 'A' }, { name: 'B' }],
			[],
		]);
		expect(result.error?.message).toContain('Halo client 2: expected a whole number in id');
	});

	test('names that are empty, twice, 300 characters, emoji or right to left each have their outcome', async () => {
		const long = `${'Very long company name '.repeat(13)}x`.slice(0, 300);
		const clients = [
			{ entity: 'client', id: 31, name: long },
			{ entity: 'client', id: 32, name: '🚀 Rocket' },
			{ entity: 'client', id: 33, name: 'النور' },
		];
		const companies = [...table(long, '🚀 rocket', '\u202Bشركة النور\u202C', ''), ...table(long)];
		expect(companies).toHaveLength(5);
		const result = await run({ operation: 'autoMap' }, [companies, clients, []]);
		expect(result.json[0]?.map(({ haloClientId }) => haloClientId)).toEqual([31, 32, 33]);
		expect(result.json[1]?.map(({ outcome }) => outcome)).toEqual(['duplicate']);
		expect(result.json[2]?.map(({ outcome }) => outcome)).toEqual(['unmatched']);
	});
});

describe('ID-06 ID-23 CN-36 CN-37 Link', () => {
	const locator = (mode: string, value: string, cachedResultName?: string) => ({
		__rl: true,
		mode,
		value,
		...(cachedResultName === undefined ? {} : { cachedResultName }),
	});

	async function link(
		links: Array<{ company: object; client: object }>,
		more: { rows?: IDataObject[]; parameters?: object } = {},
	): Promise<NodeRun> {
		const parameters = { operation: 'link', links: { link: links }, ...more.parameters };
		return await run(parameters as NonNullable<RunNodeOptions['parameters']>, [
			[{}],
			more.rows ?? [],
		]);
	}

	test('several pairs are linked at once, each with the name that Halo has', async () => {
		const result = await link([
			{
				company: locator('list', '42', 'Contoso of the scanner'),
				client: locator('list', '11', 'Old name'),
			},
			{ company: locator('name', 'Fabrikam'), client: locator('name', 'FABRIKAM inc.') },
		]);
		expect(result.error).toBeNull();
		expect(result.json[0]).toMatchObject([
			{
				companyId: '42',
				companyName: 'Contoso of the scanner',
				haloClientId: 11,
				haloClientName: 'Contoso Ltd',
				method: 'linked',
				change: 'insert',
			},
			{
				companyId: '',
				companyName: 'Fabrikam',
				haloClientId: 12,
				haloClientName: 'Fabrikam Inc',
				change: 'insert',
			},
		]);
	});

	const wrong: Array<[string, object, RegExp]> = [
		[
			'an id that does not exist',
			locator('id', '99999'),
			/Halo client 99999 does not exist, or the agent may not see it/,
		],
		['an inactive client', locator('id', '18'), /Tailspin Travel \(18\) is inactive in Halo/],
		['client 1', locator('id', '1'), /1 is no client/],
		['client 0', locator('id', '0'), /0 is no client/],
		['client -1 of an expression', locator('id', '={{ "-1" }}'), /-1 is no client/],
		[
			'a text as id of an expression',
			locator('id', '={{ "Contoso" }}'),
			/expected the number of a Halo client/,
		],
		[
			'a name that Halo does not have',
			locator('name', 'Nortwind Traders'),
			/no client called "Nortwind Traders"/,
		],
		[
			'the name of an inactive client',
			locator('name', 'Tailspin Travel'),
			/which is inactive in Halo/,
		],
	];

	test.each(wrong)('%s is named and refused', async (_name, client, words) => {
		const result = await link([{ company: locator('name', 'Contoso'), client }]);
		expect(result.json[0]).toEqual([]);
		expect(result.json[1]).toMatchObject([
			{ outcome: 'refused', change: null, reason: expect.stringMatching(words) },
		]);
	});

	test('a client that the agent may not see is refused', async () => {
		halo.rights.customersAccess = 'none';
		const result = await link([
			{ company: locator('name', 'Contoso'), client: locator('id', '11') },
		]);
		expect(result.json[1]).toMatchObject([
			{ outcome: 'refused', reason: expect.stringContaining('may not see it') },
		]);
	});

	test('two clients of one name are not guessed between', async () => {
		const twin = halo.state.clients.find(({ id }) => id === 11);
		if (twin === undefined) throw new Error('The seed holds no client 11');
		halo.state.clients.push({ ...twin, id: 77 });
		const result = await link([
			{ company: locator('name', 'Contoso'), client: locator('name', 'Contoso Ltd') },
		]);
		expect(result.json[1]?.[0]?.reason).toMatch(/Contoso Ltd \(11\), Contoso Ltd \(77\)/);
	});

	test('a company that has a row is changed there, so that no second row comes', async () => {
		const rows = stored([{ companyId: '42', companyName: 'Contoso', haloClientId: 12 }]);
		const entry = { company: locator('id', '42'), client: locator('id', '11') };
		const moved = await link([entry], { rows });
		expect(moved.json[0]).toMatchObject([
			{
				change: 'update',
				rowId: 1,
				haloClientId: 11,
				reason: expect.stringContaining('was client 12'),
			},
		]);
		const same = await link([{ ...entry, client: locator('id', '12') }], { rows });
		expect(same.json[0]).toMatchObject([{ change: 'keep', rowId: 1 }]);
	});

	test('ID-06 a link that says nothing new keeps its row and the day of it; another setting changes the row', async () => {
		const rows = stored([
			{
				companyId: '42',
				companyName: 'Fabrikam',
				haloClientId: 12,
				haloClientName: 'Fabrikam Inc',
				createTicket: true,
				mappedAt: '2026-01-02T03:04:05.000Z',
			},
		]);
		const entry = { company: locator('name', 'FABRIKAM'), client: locator('id', '12') };
		const same = await link([entry], { rows });
		expect(same.json[0]).toMatchObject([{ change: 'keep', mappedAt: '2026-01-02T03:04:05.000Z' }]);
		const parameters = { newRows: { createTicket: false } };
		const changed = await link([entry], { rows, parameters });
		expect(changed.json[0]).toMatchObject([
			{
				change: 'update',
				rowId: 1,
				companyId: '42',
				createTicket: false,
				mappedAt: '2026-01-02T03:04:05.000Z',
			},
		]);
	});

	test('a company that is linked twice is linked once, and the second link says so', async () => {
		const result = await link([
			{ company: locator('name', 'Contoso'), client: locator('id', '99999') },
			{ company: locator('name', 'Contoso'), client: locator('id', '11') },
			{ company: locator('name', 'CONTOSO'), client: locator('id', '12') },
		]);
		expect(result.json[0]).toMatchObject([{ companyName: 'Contoso', haloClientId: 11 }]);
		expect(result.json[1]?.map(({ outcome, reason }) => [outcome, reason])).toEqual([
			['refused', expect.stringContaining('99999 does not exist')],
			['duplicate', expect.stringContaining('the first link counts')],
		]);
	});

	test('a client whose name in Halo is not the one given beside its number is refused', async () => {
		const entry = (clientName: string) => ({
			company: locator('name', 'Contoso'),
			client: locator('id', '13'),
			clientName,
		});
		const slip = await link([entry('Fabrikam Inc')]);
		expect(slip.json[0]).toEqual([]);
		expect(slip.json[1]?.[0]?.reason).toContain(
			'Halo client 13 is called Northwind Traders, not "Fabrikam Inc"',
		);
		expect((await link([entry('NORTHWIND traders')])).json[0]).toHaveLength(1);
		const rows = stored([{ companyName: 'Contoso', haloClientId: 13, haloClientName: 'Old name' }]);
		expect((await link([entry('Old name')], { rows })).json[0]).toMatchObject([
			{ change: 'update' },
		]);
	});

	test('a row of every source with another id stays as it is', async () => {
		const rows = stored([{ companyId: 'halo:11', companyName: 'Contoso Ltd', haloClientId: 11 }]);
		const result = await link(
			[{ company: locator('list', '7', 'Contoso Ltd'), client: locator('id', '12') }],
			{ rows, parameters: { linkOptions: { source: 'wazuh' } } },
		);
		expect(result.json[0]).toMatchObject([
			{ change: 'insert', rowId: null, source: 'wazuh', companyId: '7', haloClientId: 12 },
		]);
	});

	test('200 links cost as many requests as the list of clients has pages, not one each', async () => {
		const ids = halo.state.clients
			.filter(({ id, inactive }) => id > 1 && !inactive)
			.slice(0, 200)
			.map(({ id }) => id);
		halo.journal.length = 0;
		const result = await link(
			ids.map((id) => ({ company: locator('id', `c${id}`), client: locator('id', String(id)) })),
		);
		expect(result.json[0]?.map(({ haloClientId }) => haloClientId)).toEqual(ids);
		const asked = halo.journal.filter(
			({ path, status }) => path.includes('/Client') && status === 200,
		);
		expect(asked).toHaveLength(Math.ceil(halo.state.clients.length / 100));
	});

	test('CN-24 the credential of the node says which Halo is asked; without one nothing is linked', async () => {
		const other = await startHaloSimulator();
		try {
			other.state.clients.splice(0, other.state.clients.length);
			const entry = { company: locator('name', 'Contoso'), client: locator('id', '11') };
			const parameters = { operation: 'link', links: { link: [entry] } };
			const inputs = [[{}], []];
			const here = await run(parameters, inputs);
			expect(here.json[0]).toMatchObject([{ haloClientName: 'Contoso Ltd' }]);
			const there = await run(parameters, inputs, { simulator: other });
			expect(there.json[0]).toEqual([]);
			expect(there.json[1]?.[0]?.reason).toContain('Halo client 11 does not exist');
			const none = await runNode({ node: new MapCompany(), parameters, inputs });
			expect(none.error?.message).toMatch(/credential/i);
		} finally {
			await other.stop();
		}
	});

	test('an expression that gives no company is an error that names the entry', async () => {
		const result = await link([
			{ company: locator('name', '={{ "" }}'), client: locator('id', '11') },
		]);
		expect(result.error?.message).toContain('Links, entry 1, Company');
	});

	test('CN-36 the companies of the node are searched in its list', async () => {
		const search = async (companyList: string, filter?: string) =>
			await searchList({
				node: new MapCompany(),
				parameters: { operation: 'link', companyList },
				method: 'searchCompanies',
				...(filter === undefined ? {} : { filter }),
			});
		const list = '42; Contoso Ltd\n\n43 ; Fabrikam\nNorthwind';
		expect((await search(list)).results).toEqual([
			{ name: 'Contoso Ltd', value: '42' },
			{ name: 'Fabrikam', value: '43' },
			{ name: 'Northwind', value: 'Northwind' },
		]);
		expect((await search(list, 'FAB')).results).toHaveLength(1);
		expect((await search('={{ $json.list }}')).results[0]?.name).toContain('is an expression');
	});
});

describe('D18 Check', () => {
	const good = {
		source: 'demo',
		companyId: '1',
		companyName: 'Contoso',
		haloClientId: 11,
		haloClientName: 'Contoso Ltd',
		profile: 'P1',
	};
	const profile = {
		id: 1,
		name: 'P1',
		ticketType: 'Incident',
		statusClose: 'Closed',
		team: 'Service Desk',
	};

	test('rows in order, rows with drift and rows without a client go their own ways', async () => {
		const rows = stored([
			good,
			{ ...good, companyId: '2', haloClientName: 'Contoso Old' },
			{ ...good, companyId: '3', haloClientId: 18, haloClientName: null },
			{ ...good, companyId: '4', haloClientId: null, haloClientName: null },
		]);
		const result = await run({ operation: 'check' }, [rows, await clientsOfHalo(), [profile], []]);
		expect(result.error).toBeNull();
		const [mapped = [], review = [], unmapped = []] = result.json;
		expect(mapped.map(({ companyId, outcome }) => [companyId, outcome])).toEqual([
			['1', 'in_order'],
		]);
		expect(review.map(({ companyId, drift }) => [companyId, drift])).toMatchObject([
			['2', [{ kind: 'renamed', suggestedClientId: 11, suggestedClientName: 'Contoso Ltd' }]],
			['3', [{ kind: 'inactive' }]],
		]);
		expect(unmapped.map(({ companyId }) => companyId)).toEqual(['4']);
	});

	test('a client that a short list leaves out is read by its id before it is called deleted', async () => {
		const all = await clientsOfHalo();
		const short = all.filter(({ id }) => id !== 11 && id !== 12);
		const rows = stored([
			good,
			{ ...good, companyId: '2', haloClientId: 12, haloClientName: null },
			{ ...good, companyId: '3', haloClientId: 90_001, haloClientName: null },
		]);
		const before = halo.journal.length;
		const result = await run({ operation: 'check' }, [rows, short, [], []]);
		expect(result.error).toBeNull();
		const [mapped = [], review = []] = result.json;
		expect(mapped.map(({ companyId }) => companyId)).toEqual(['1', '2']);
		expect(review).toMatchObject([{ companyId: '3', drift: [{ kind: 'deleted' }] }]);
		const asked = halo.journal.slice(before).map(({ path }) => path);
		expect(asked.filter((path) => path.startsWith('/api')).sort()).toEqual(
			['/api/Client/11', '/api/Client/12', '/api/Client/90001'].sort(),
		);
	});

	test('a list that holds all mapped clients costs no request', async () => {
		const all = await clientsOfHalo();
		const before = halo.journal.length;
		await run({ operation: 'check' }, [stored([good]), all, [], []]);
		expect(halo.journal.slice(before)).toEqual([]);
	});

	test('a profile whose team is gone from Halo is named with what Halo has', async () => {
		const stale = { ...profile, team: 'Night Shift' };
		const result = await run({ operation: 'check' }, [
			stored([good]),
			await clientsOfHalo(),
			[stale],
			[],
		]);
		expect(result.json[1]).toMatchObject([
			{
				profile: 'P1',
				drift: [{ kind: 'stale_profile_value', field: 'team', value: 'Night Shift' }],
				reason: expect.stringContaining('Service Desk'),
			},
		]);
		const off = await run({ operation: 'check', checkProfileValues: false }, [
			stored([good]),
			await clientsOfHalo(),
			[stale],
			[],
		]);
		expect(off.json[1]).toEqual([]);
	});

	test.each([
		['Tailspin Travel', 'is inactive in Halo'],
		['18', 'is inactive in Halo'],
		['90001', 'does not exist'],
		['Contosso Ltd', 'Halo has no client called "Contosso Ltd"'],
		['Contoso', 'is called Contoso Ltd (11) in Halo'],
	])('a profile for client %s is named: %s', async (client, words) => {
		const rows = [stored([good]), await clientsOfHalo(), [{ ...profile, client }], []];
		const result = await run({ operation: 'check' }, rows);
		expect(result.json[1]).toMatchObject([
			{
				profile: 'P1',
				reason: expect.stringContaining(words),
				drift: [{ kind: 'stale_profile_value', field: 'client', value: client }],
			},
		]);
	});

	test.each(['Contoso Ltd', 'contoso ltd', '11'])(
		'a profile for client %s, which the list shows as usable, costs no request',
		async (client) => {
			const all = await clientsOfHalo();
			const before = halo.journal.length;
			const result = await run({ operation: 'check' }, [
				stored([good]),
				all,
				[{ ...profile, client }],
				[],
			]);
			expect(result.json[1]).toEqual([]);
			const asked = halo.journal.slice(before).map(({ path }) => path);
			expect(asked.filter((path) => path.includes('Client'))).toEqual([]);
		},
	);
});
