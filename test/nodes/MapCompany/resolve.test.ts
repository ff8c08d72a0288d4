import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { companyOf, eventOf } from '../../domain/company/mapping-builders';
import { startHaloSimulator } from '../../../sandbox/halo';
import { runNode, searchList } from '../../support/engine';
import type { RunNodeOptions } from '../../support/engine';

const MAPPED = 0;
const REVIEW = 1;
const UNMAPPED = 2;

function item(given: Parameters<typeof eventOf>[0] = {}, beside: IDataObject = {}): IDataObject {
	const { raw, ...event } = eventOf(given);
	return { ...event, raw: raw ?? null, ...beside };
}

function pair(
	company: string,
	client: number | string,
	more: INodeParameters = {},
): INodeParameters {
	return { company, client: { __rl: true, mode: 'id', value: String(client) }, more };
}

function pairs(...list: INodeParameters[]): INodeParameters {
	return { mappingFrom: 'pairs', pairs: { pair: list } };
}

async function run(
	items: IDataObject[],
	parameters: INodeParameters,
	more: Partial<RunNodeOptions> = {},
) {
	return await runNode({ node: new MapCompany(), inputs: [items], parameters, ...more });
}

describe('Halo Map Company with pairs', () => {
	it('CS-38 CN-36 CN-37 gives each event the client of its pair, and several pairs at once', async () => {
		const items = [item(), item({ company: companyOf({ id: 'fab-1', name: 'x' }) })];
		const { json, error, outputs } = await run(
			items,
			pairs(pair('contoso', 12), pair('FAB-1', 40)),
		);
		expect(error).toBeNull();
		expect(json[MAPPED]).toMatchObject([
			{ mapping: { haloClientId: 12, method: 'name', origin: 'pair 1' } },
			{ mapping: { haloClientId: 40, method: 'explicit', origin: 'pair 2' } },
		]);
		expect(outputs[MAPPED]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});

	it('CS-06 CS-39 CS-42 CN-38 honours what stands under More', async () => {
		const items = [
			item(),
			item({ company: companyOf({ name: 'Quiet' }) }),
			item({ company: companyOf({ name: 'Off' }) }),
		];
		const { json } = await run(
			items,
			pairs(
				pair('Contoso Ltd', 12, { eventSet: 'Servers', profile: 'P1' }),
				pair('Quiet', 13, { noNotification: true }),
				pair('Off', 14, { createTicket: false }),
			),
		);
		expect(json[MAPPED]).toMatchObject([{ mapping: { eventSet: 'Servers', profile: 'P1' } }]);
		expect(json[UNMAPPED]).toMatchObject([
			{ decision: 'skipped_no_notification', mapping: { haloClientId: 13 } },
			{ decision: 'skipped_mapping_off', mapping: { haloClientId: 14 } },
		]);
	});

	it('ID-21 takes the display name before the name, and holds what neither matches', async () => {
		const company = (name: string, displayName: string) =>
			item({ company: companyOf({ id: null, name, displayName }) });
		const { json } = await run(
			[company('Contoso', 'Contoso HQ'), company('Contoso', 'Fabrikam'), company('A', 'B')],
			pairs(pair('Contoso HQ', 12), pair('Contoso', 13)),
		);
		expect(json[MAPPED]).toMatchObject([
			{ mapping: { haloClientId: 12, method: 'display name' } },
			{ mapping: { haloClientId: 13, method: 'name' } },
		]);
		expect(json[UNMAPPED]).toMatchObject([{ decision: 'held_unmapped' }]);
	});

	it('ID-22 holds what has no mapping, and keeps the whole event', async () => {
		const held = item({ company: companyOf({ name: 'Fabrikam' }) }, { inboxId: 7 });
		const { json } = await run([held], pairs(pair('Contoso', 12)));
		expect(json[MAPPED]).toEqual([]);
		expect(json[UNMAPPED]).toEqual([
			{
				...held,
				timeFrom: 'source',
				mapping: null,
				decision: 'held_unmapped',
				reason:
					'Company "Fabrikam" of wazuh has no mapping. Add one, then send the event through again.',
			},
		]);
	});

	it('two pairs of one company go to Needs Review with both clients', async () => {
		const { json } = await run([item()], pairs(pair('Contoso', 12), pair('contoso', 13)));
		expect(json[REVIEW]).toMatchObject([
			{ decision: 'held_ambiguous', candidates: [{ haloClientId: 12 }, { haloClientId: 13 }] },
		]);
	});

	it.each([
		[
			pair('Contoso', 1),
			'Companies, pair 1 (Contoso), Halo Client: 1 is no client: Halo uses 0 and -1 for none and 1 for its client "Unknown"',
		],
		[pair('Contoso', 0), /0 is no client/],
		[pair('Contoso', '={{ "" }}'), 'Companies, pair 1 (Contoso), Halo Client: no client is picked'],
		[pair('Contoso', '={{ "abc" }}'), /expected the number of a Halo client, got "abc"/],
		[pair('={{ "" }}', 12), 'Companies, pair 1: the company is empty'],
	])('a pair that cannot be used stops the node: %j', async (bad, message) => {
		const { error } = await run([item()], pairs(bad));
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/\./);
	});

	it('a client by expression is read for every item', async () => {
		const items = [item({}, { halo: 12 }), item({}, { halo: 40 })];
		const { json } = await run(
			items,
			pairs({
				...pair('Contoso', 1),
				client: { __rl: true, mode: 'id', value: '={{ $json.halo }}' },
			}),
		);
		expect(json[MAPPED]).toMatchObject([
			{ mapping: { haloClientId: 12 } },
			{ mapping: { haloClientId: 40 } },
		]);
	});
});

describe('Halo Map Company with rows', () => {
	const rows = (...list: IDataObject[]): Partial<RunNodeOptions> => ({ inputs: [[item()], list] });

	it('CS-39 CN-08 CN-24 CN-25 takes the rows of the second input, those of the integration of the event', async () => {
		const row = {
			id: 3,
			integration: 'lab',
			source: 'wazuh',
			companyId: null,
			companyName: 'Contoso',
			haloClientId: 12,
			haloClientName: 'Contoso HQ',
			createTicket: true,
			noNotification: false,
			eventSet: 'Servers',
			profile: null,
			flags: '',
		};
		const { json } = await run(
			[],
			{ mappingFrom: 'rows' },
			{ inputs: [[item({ integration: 'Lab' }), item({ integration: 'second' })], [row]] },
		);
		expect(json[UNMAPPED]).toMatchObject([{ integration: 'second', decision: 'held_unmapped' }]);
		expect(json[MAPPED]).toMatchObject([
			{
				mapping: {
					haloClientId: 12,
					haloClientName: 'Contoso HQ',
					origin: 'row 1',
					eventSet: 'Servers',
				},
			},
		]);
	});

	it.each([
		['an empty item', [{}]],
		['nothing', []],
	])('no row is a valid answer: %s', async (_what, list) => {
		const { json, error } = await run([], { mappingFrom: 'rows' }, rows(...list));
		expect(error).toBeNull();
		expect(json[UNMAPPED]).toMatchObject([{ decision: 'held_unmapped' }]);
	});

	it('gives out nothing for no event at all', async () => {
		const { json, error } = await run(
			[],
			{ mappingFrom: 'rows' },
			{ inputs: [[], [{ companyName: 'A' }]] },
		);
		expect(error).toBeNull();
		expect(json.flat()).toEqual([]);
	});

	it('runs without a wire on the second input', async () => {
		const { json, error } = await run([item()], { mappingFrom: 'rows' });
		expect(error).toBeNull();
		expect(json[UNMAPPED]).toHaveLength(1);
	});

	it('a row for client 1 holds its company, says why, and is named beside the output', async () => {
		const { json, hints } = await run(
			[],
			{ mappingFrom: 'rows' },
			rows({ companyName: 'Contoso', haloClientId: 1 }),
		);
		expect(json[REVIEW]).toMatchObject([{ decision: 'held_unmapped' }]);
		expect(json[REVIEW]?.[0]?.reason).toMatch(/row 1, column haloClientId: 1 is no client/);
		expect(hints.map(({ message }) => message).join()).toMatch(/row 1, column haloClientId/);
	});
});

describe('Halo Map Company, the list of clients', () => {
	it('CN-36 is searched in Halo, and leaves out what is no client', async () => {
		const simulator = await startHaloSimulator();
		try {
			const search = { node: new MapCompany(), method: 'searchClients', simulator };
			const { results } = await searchList({ ...search, filter: 'contoso' });
			expect(results.map(({ name }) => name)).toContain('Contoso Ltd');
			expect(results.every(({ value }) => Number(value) > 1)).toBe(true);
		} finally {
			await simulator.stop();
		}
	});

	it('CN-24 mapping begins with the credential: the clients to pick from are those of the Halo that it names', async () => {
		const halos = [await startHaloSimulator(), await startHaloSimulator()];
		try {
			for (const [index, { state }] of halos.entries()) {
				const client = state.clients.find(({ id }) => id === 11);
				if (client !== undefined) client.name = `Contoso of Halo ${index}`;
			}
			const found = await Promise.all(
				halos.map(async (simulator) => {
					const search = { node: new MapCompany(), method: 'searchClients', simulator };
					const { results } = await searchList({ ...search, filter: 'contoso' });
					return results.map(({ name }) => name);
				}),
			);
			expect(found).toEqual([['Contoso of Halo 0'], ['Contoso of Halo 1']]);
		} finally {
			for (const simulator of halos) await simulator.stop();
		}
	});

	it('CN-08 resolving sends no request to Halo', async () => {
		const simulator = await startHaloSimulator();
		try {
			const { json } = await run([item()], pairs(pair('Contoso', 12)), { simulator });
			expect(json[MAPPED]).toHaveLength(1);
			expect(simulator.journal).toEqual([]);
		} finally {
			await simulator.stop();
		}
	});
});

describe('Halo Map Company with one client for everything', () => {
	const fixed: INodeParameters = {
		mappingFrom: 'fixed',
		client: { __rl: true, mode: 'list', value: '12', cachedResultName: 'Contoso' },
	};

	it('maps every event to it', async () => {
		const items = [
			item(),
			item({ company: companyOf() }),
			item({ status: 'resolved', company: companyOf() }),
		];
		const { json } = await run(items, fixed);
		expect(json[MAPPED]).toHaveLength(3);
		expect(json[MAPPED]?.[1]).toMatchObject({
			mapping: { haloClientId: 12, haloClientName: 'Contoso', method: 'fixed client' },
		});
	});

	it('refuses to run without a client', async () => {
		const client = { __rl: true, mode: 'id', value: '={{ "" }}' };
		const { error } = await run([item()], { mappingFrom: 'fixed', client });
		expect(error?.message).toBe('Halo Client: no client is picked');
		await expect(run([item()], { mappingFrom: 'fixed' })).rejects.toThrow(
			'Parameter "Halo Client" is required',
		);
	});
});

describe('Halo Map Company', () => {
	it('a resolve without company, or of an unmapped one, goes on without mapping', async () => {
		const items = [
			item({ status: 'resolved', company: companyOf() }),
			item({ status: 'resolved', company: companyOf({ name: 'Fabrikam' }) }),
		];
		const { json } = await run(items, pairs(pair('Contoso', 12)));
		expect(json[MAPPED]?.map(({ mapping }) => mapping)).toEqual([null, null]);
		expect(json[UNMAPPED]).toEqual([]);
	});

	it('what is unmapped can go to a catch-all client', async () => {
		const { json } = await run([item()], {
			mappingFrom: 'pairs',
			unmapped: 'catchAll',
			catchAllClient: { __rl: true, mode: 'id', value: '99' },
		});
		expect(json[MAPPED]).toMatchObject([
			{ mapping: { haloClientId: 99, origin: 'catch-all client' } },
		]);
	});

	it('stops at an unmapped company when told to, naming the item', async () => {
		const items = [item(), item({ company: companyOf({ name: 'Fabrikam' }) })];
		const parameters = { ...pairs(pair('Contoso', 12)), unmapped: 'error' };
		const { error } = await run(items, parameters);
		expect(error).toMatchObject({ itemIndex: 1 });
		expect(error?.message).toMatch(/"Fabrikam" of wazuh has no mapping/);
		const settings = { onError: 'continueRegularOutput' } as const;
		const { json, error: none } = await run(items, parameters, { settings });
		expect(none).toBeNull();
		expect(json[MAPPED]).toHaveLength(1);
		expect(json[UNMAPPED]).toMatchObject([{ decision: 'failed', company: { name: 'Fabrikam' } }]);
	});

	it('an event that carries a decision passes untouched to Unmapped', async () => {
		const decided = item({}, { decision: 'failed', reason: 'unreadable' });
		const { json } = await run([decided, item()], pairs(pair('Contoso', 12)));
		expect(json[UNMAPPED]).toEqual([decided]);
		expect(json[MAPPED]).toHaveLength(1);
	});

	it('an item that is no event fails by itself, and the rest is mapped', async () => {
		const { json, error } = await run([{ hello: 1 }, item()], pairs(pair('Contoso', 12)));
		expect(error).toBeNull();
		expect(json[MAPPED]).toHaveLength(1);
		expect(json[UNMAPPED]).toMatchObject([{ hello: 1, decision: 'failed' }]);
		expect(json[UNMAPPED]?.[0]?.reason).toMatch(/Scanner Trigger or Scanner Events/);
	});

	it('a damaged event alone does not stop a run', async () => {
		const { json, error } = await run(
			[item({}, { severity: 'terrible' })],
			pairs(pair('Contoso', 12)),
		);
		expect(error).toBeNull();
		expect(json[UNMAPPED]).toMatchObject([{ decision: 'failed' }]);
		expect(json[UNMAPPED]?.[0]?.reason).toMatch(
			/severity: expected one of critical, .*, got "terrible"/,
		);
	});

	it('a run without any event says which node is missing', async () => {
		const { error } = await run([{ hello: 1 }, {}], pairs(pair('Contoso', 12)));
		expect(error?.description).toMatch(/Scanner Trigger or Scanner Events/);
	});

	it('CS-14 events of other companies than the credential’s are left alone', async () => {
		const credentials = {
			haloPsaBridgeApi: {
				domain: 'https://halo.test',
				clientId: 'a',
				clientSecret: 'b',
				associatedCompany: 'Contoso',
			},
		};
		const items = [item(), item({ company: companyOf({ name: 'Fabrikam' }) })];
		const { json } = await run(items, pairs(pair('Contoso', 12), pair('Fabrikam', 13)), {
			credentials,
		});
		expect(json[MAPPED]).toHaveLength(1);
		expect(json[UNMAPPED]).toMatchObject([{ decision: 'skipped_scope' }]);
	});

	it('maps 20,000 events over 1,000 rows in about twice the time of 10,000', async () => {
		const rows = Array.from({ length: 1_000 }, (_unused, index) => ({
			companyName: `Company ${index} Ltd`,
			haloClientId: index + 2,
		}));
		const time = async (count: number): Promise<number> => {
			const items = Array.from({ length: count }, (_unused, index) =>
				item({ company: companyOf({ name: `company ${index % 1_000}` }) }),
			);
			const started = performance.now();
			const { json } = await run([], { mappingFrom: 'rows' }, { inputs: [items, rows] });
			expect(json[MAPPED]).toHaveLength(count);
			return performance.now() - started;
		};
		await time(1_000);
		const half = await time(10_000);
		// Proportional would be 2; room for a machine that does other things.
		expect((await time(20_000)) / half).toBeLessThan(6);
	});
});
