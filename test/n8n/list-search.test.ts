import { haloListSearch } from '../../nodes/shared/n8n/list-search';
import type { HaloSimulator } from '../../sandbox/halo';
import { startHaloSimulator } from '../../sandbox/halo';
import { CredentialStore, haloCredentialOf, searchList } from '../support/engine';
import { ProbeNode } from '../support/engine/probe-node';

let simulator: HaloSimulator;
let credentials: CredentialStore;

beforeEach(async () => {
	// A simulator of its own per test: the editor's lists are kept for a minute by address.
	simulator = await startHaloSimulator();
	credentials = new CredentialStore({ haloPsaBridgeApi: haloCredentialOf(simulator) });
});

afterEach(async () => {
	await simulator.stop();
});

async function names(method: string, filter?: string, parameters = {}): Promise<string[]> {
	const node = new ProbeNode();
	const typed = filter === undefined ? {} : { filter };
	const { results } = await searchList({ node, method, credentials, parameters, ...typed });
	return results.map(({ name }) => name);
}

function listRequests(): string[] {
	return simulator.journal.map(({ path }) => path).filter((path) => path.startsWith('/api'));
}

const LISTS: Array<[why: string, method: keyof typeof haloListSearch, some: string, path: string]> =
	[
		['CS-25 SLA', 'searchSlas', 'Gold SLA', '/api/SLA'],
		['CS-26 priority', 'searchPriorities', 'Low / P4 Minor (of all SLAs)', '/api/Priority'],
		['CS-27 ticket type', 'searchTicketTypes', 'Incident', '/api/TicketType'],
		['CS-28 CS-29 status', 'searchStatuses', 'Closed', '/api/Status'],
		['CS-30 team', 'searchTeams', 'Security', '/api/Team'],
		['CS-31 agent', 'searchAgents', 'Alex Rivera', '/api/Agent'],
		['CS-32 CN-36 client', 'searchClients', 'Contoso Ltd', '/api/Client'],
		['CS-33 user', 'searchUsers', 'Robin Vale, Contoso Ltd', '/api/Users'],
		['CS-34 category', 'searchCategories', '', '/api/Category'],
		['CS-35 urgency', 'searchUrgencies', '', '/api/Lookup'],
		['CS-36 impact', 'searchImpacts', '', '/api/Lookup'],
		['outcome', 'searchOutcomes', '', '/api/Outcome'],
		['request source', 'searchRequestSources', '', '/api/Lookup'],
	];

test('the table has every list of the pack', () => {
	expect(LISTS.map(([, method]) => method).sort()).toEqual(Object.keys(haloListSearch).sort());
	expect(LISTS).toHaveLength(13);
});

describe.each(LISTS)('%s', (_why, method, some, path) => {
	test('is filled from Halo by one request, and not asked again within the minute', async () => {
		const found = await names(method);
		expect(found.length).toBeGreaterThan(0);
		if (some !== '') expect(found).toContain(some);
		await names(method);
		expect(listRequests().filter((sent) => sent === path)).toHaveLength(1);
	});

	test('shows why it is empty when Halo refuses', async () => {
		simulator.faults.add({ name: 'forbidden-403', path, times: 'always' });
		await expect(names(method)).rejects.toThrow(`Halo denied access (403): GET ${path.slice(4)}`);
	});
});

describe('who asked is part of what is kept', () => {
	test.each(LISTS)(
		'%s: a wrong secret reads nothing that a right one had fetched',
		async (_why, method) => {
			await names(method);
			credentials = new CredentialStore({
				haloPsaBridgeApi: { ...haloCredentialOf(simulator), clientSecret: 'guessed' },
			});
			await expect(names(method)).rejects.toThrow(/secret/i);
		},
	);
});

describe('what a list holds', () => {
	test('searching narrows it, in any letter case', async () => {
		expect(await names('searchTeams', 'sec')).toEqual(['Security']);
		expect(await names('searchClients', 'contoso')).toEqual(['Contoso Ltd']);
		expect(await names('searchTeams', 'nothing like it')).toEqual([]);
	});

	test("Halo's pseudo client, pseudo agent, disabled agents and hidden priorities are left out", async () => {
		expect(await names('searchClients')).not.toContain('Unknown');
		expect(await names('searchAgents')).not.toContain('Unassigned');
		expect(await names('searchAgents')).not.toContain('Kim Lind');
		expect((await names('searchPriorities')).join()).not.toContain('Planned Work');
	});

	test('priorities are those of the chosen SLA, by id, by name or as picked from its list', async () => {
		const urgent = ['P1 Emergency', 'P2 Urgent', 'P3 Normal', 'P4 Minor'];
		expect(await names('searchPriorities', undefined, { sla: '2' })).toEqual(urgent);
		expect(
			await names('searchPriorities', undefined, { sla: { __rl: true, mode: 'list', value: '2' } }),
		).toEqual(urgent);
		const [, second] = await names('searchSlas');
		expect(await names('searchPriorities', undefined, { sla: second ?? '' })).toEqual(urgent);
	});

	test('a list whose parent is an expression says that it is not filtered', async () => {
		const found = await names('searchPriorities', undefined, { sla: '={{ $json.sla }}' });
		expect(found).toHaveLength(4);
		expect(found.every((name) => name.endsWith('(of all SLAs)'))).toBe(true);
	});

	test('users are those of the chosen client', async () => {
		const found = await names('searchUsers', undefined, { client: '12' });
		expect(found.some((name) => name.startsWith('Dana Whitlock'))).toBe(true);
		expect(found.join()).not.toContain('Robin Vale');
	});

	test.each(['list', 'page', 'fifty', 'missing'] as const)(
		'long lists go on where they stopped when pages are cut at 50, with a count of the %s',
		async (recordCount) => {
			Object.assign(simulator.switches, { pageCap: 50, recordCount });
			const wanted = simulator.state.clients.filter(({ id, inactive }) => id > 1 && !inactive);
			const search = { node: new ProbeNode(), method: 'searchClients', credentials };
			const ids = new Set<unknown>();
			let paginationToken: unknown;
			do {
				const more = typeof paginationToken === 'string' ? { paginationToken } : {};
				const page = await searchList({ ...search, ...more });
				for (const { value } of page.results) ids.add(value);
				({ paginationToken } = page);
			} while (typeof paginationToken === 'string');
			expect(ids.size).toBe(wanted.length);
		},
	);

	test('long lists go on where they stopped', async () => {
		const node = new ProbeNode();
		const search = { node, method: 'searchClients', credentials };
		const total = simulator.state.clients.filter(({ id, inactive }) => id > 1 && !inactive).length;
		const first = await searchList(search);
		const ids = new Set(first.results.map(({ value }) => value));
		let token: unknown = first.paginationToken;
		while (typeof token === 'string') {
			const next = await searchList({ ...search, paginationToken: token });
			for (const { value } of next.results) ids.add(value);
			token = next.paginationToken;
		}
		expect(ids.size).toBe(total);
	});
});
