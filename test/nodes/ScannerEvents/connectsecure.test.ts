import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ScannerEvents } from '../../../nodes/ScannerEvents/ScannerEvents.node';
import {
	CONNECTION,
	type ConnectSecureSimulator,
	startConnectSecureSimulator,
} from '../../../sandbox/connectsecure';
import { CredentialStore, runNode } from '../../support/engine';
import { compareWithMembers } from '../../support/schemas';
import { OUTPUT_MEMBERS } from '../../support/schemas/members';

const TYPE = 'connectSecureBridgeApi';
const OPEN = '/r/report_queries/get_remediation';
const JOBS = '/r/company/jobs_view';
const LIST = '/r/company/companies';
const CREATE = '/w/company/companies';

let pod: ConnectSecureSimulator;
let store: CredentialStore;

beforeEach(async () => {
	pod = await startConnectSecureSimulator();
	const { tenant, clientId, clientSecret } = CONNECTION;
	const fields = { pod: pod.origin, tenant, clientId, clientSecret, accessToken: '' };
	store = new CredentialStore({ [TYPE]: fields });
});

afterEach(async () => {
	await pod.stop();
});

async function run(
	operation: string,
	inputs: IDataObject[] = [{}],
	parameters: INodeParameters = {},
	continues = false,
) {
	return await runNode({
		node: new ScannerEvents(),
		parameters: { operation, ...parameters },
		inputs: [inputs],
		credentials: store,
		...(continues ? { settings: { onError: 'continueRegularOutput' } } : {}),
	});
}

const FEEDS = {
	feeds: {
		feed: [
			{ path: OPEN, time: 'last_vul_discovered' },
			{ path: JOBS, time: '' },
		],
	},
};

function solution(id: number, changes: IDataObject = {}): IDataObject {
	return {
		solution_id: id,
		product: `Product ${id}`,
		severity: 'Critical',
		last_vul_discovered: '2026-05-04T09:12:33',
		asset_id: 7,
		host_name: 'SRV-01',
		company_id: 42,
		company_name: 'Contoso Ltd',
		...changes,
	};
}

const asked = (path: string) => pod.journal.filter((request) => request.path === path);

describe('Poll ConnectSecure', () => {
	test('reads page after page with one sign-in, one item per event, and says where to go on', async () => {
		pod.feeds.set(
			OPEN,
			Array.from({ length: 205 }, (_, index) => solution(1000 + index)),
		);
		pod.feeds.set(JOBS, []);

		const { json, error } = await run('pollConnectSecure', [{}], FEEDS);

		expect(error).toBeNull();
		expect(json[0]).toHaveLength(205);
		expect(json[0]?.[0]).toMatchObject({ source: 'connectsecure', integration: 'default' });
		expect(json[1]).toHaveLength(9);
		expect(json[1]?.[0]).toMatchObject({ column: 'deliveryId' });
		expect(json[2]).toEqual([
			{ feed: 'get_remediation', read: 205, problem: null, mark: '2026-05-04 09:12:33' },
			{ feed: 'jobs_view', read: 0, problem: null, mark: '' },
		]);
		expect(asked(OPEN).map(({ query }) => query.skip)).toEqual(['0', '100', '200']);
		expect(asked('/w/authorize')).toHaveLength(1);
	});

	test('goes on at the checkpoint of its row, and reads nothing while enabled is off', async () => {
		pod.feeds.set(OPEN, []);
		pod.feeds.set(JOBS, []);
		const row = {
			id: 3,
			integration: 'default',
			flow: 'poll-connectsecure',
			enabled: true,
			checkpoint: '{"get_remediation":"2026-05-04 09:12:33"}',
		};
		await run('pollConnectSecure', [row], FEEDS);
		expect(asked(OPEN)[0]?.query.condition).toBe("last_vul_discovered >= '2026-05-04 08:12:33'");

		pod.journal.length = 0;
		const off = await run('pollConnectSecure', [{ ...row, enabled: false }], FEEDS);
		expect([off.error, off.json.flat(), pod.journal]).toEqual([null, [], []]);
	});

	test('a feed that fails says why and keeps its mark; the others are read', async () => {
		pod.feeds.set(OPEN, [solution(1)]);
		pod.faults.set(JOBS, { refuse: 'Licence has ended' });
		const { json, error } = await run('pollConnectSecure', [{}], FEEDS);
		expect(error).toBeNull();
		expect(json[0]).toHaveLength(1);
		expect(json[2]?.[1]).toEqual({
			feed: 'jobs_view',
			read: 0,
			problem: 'it refused: Licence has ended',
			mark: '',
		});
	});

	test('Page Size says how many rows are asked for at once', async () => {
		pod.feeds.set(OPEN, [solution(1), solution(2), solution(3)]);
		pod.feeds.set(JOBS, []);
		const options = { pollOptions: { pageSize: 2 } };
		const whole = await run('pollConnectSecure', [{}], { ...FEEDS, ...options });
		expect(whole.json[0]).toHaveLength(3);
		expect(asked(OPEN).map(({ query }) => query.skip)).toEqual(['0', '2']);
	});

	test('a wrong key is said in words, without the secret', async () => {
		const { tenant, clientId } = CONNECTION;
		const clientSecret = 'wrong-secret-4711';
		const fields = { pod: pod.origin, tenant, clientId, clientSecret, accessToken: '' };
		store = new CredentialStore({ [TYPE]: fields });
		const { json } = await run('pollConnectSecure', [{}], FEEDS);
		const [{ problem } = {}] = json[2] ?? [];
		expect(problem).toContain('ConnectSecure refused tenant, client id or secret');
		expect(JSON.stringify(json)).not.toContain(clientSecret);
	});

	test.each([
		[{ feeds: {} }, 'Parameter "Feeds" needs at least one feed'],
		[{ feeds: { feed: [{ path: 'https://example.com/x', time: '' }] } }, 'Feeds, Path'],
		[{ feeds: { feed: [{ path: OPEN, time: 'a; drop' }] } }, 'Feeds, Time Column'],
		[{ ...FEEDS, pollOptions: { overlapMinutes: -1 } }, 'overlapMinutes'],
	])('a setting that cannot be used is named: %j', async (parameters, words) => {
		const { error } = await run('pollConnectSecure', [{}], parameters);
		expect(error?.message).toContain(words);
		expect(pod.journal).toEqual([]);
	});

	test('a checkpoint that is damaged, and two rows of the poll, stop it with the next step', async () => {
		const row = { id: 1, integration: 'default', flow: 'poll-connectsecure', checkpoint: '{' };
		const damaged = await run('pollConnectSecure', [row], FEEDS);
		expect(damaged.error?.description).toContain('Empty the column checkpoint');
		const two = await run('pollConnectSecure', [row, { ...row, id: 2 }], FEEDS);
		expect(two.error?.message).toContain('halo_sync_status has 2 rows');
	});
});

describe('companies of ConnectSecure', () => {
	test('all are read, one item each', async () => {
		pod.feeds.set(LIST, [
			{ id: 42, name: 'Contoso Ltd' },
			{ id: 43, name: 'Gone', is_deleted: true },
		]);
		const { json } = await run('getConnectSecureCompanies');
		expect(json[0]).toEqual([
			{ companyId: '42', name: 'Contoso Ltd', domain: '', haloClientId: 0 },
		]);
	});

	test('a list that cannot be read is an error, or an item that says so', async () => {
		pod.faults.set(LIST, { status: 500 });
		const { error } = await run('getConnectSecureCompanies');
		expect(error?.message).toBe('Internal error (HTTP 500)');
		const { json } = await run('getConnectSecureCompanies', [{}], {}, true);
		expect(json[0]).toMatchObject([{ error: 'Internal error (HTTP 500)' }]);
	});

	const client = (haloClientId: number, name: string) => ({ haloClientId, name, more: 'kept' });

	test('what is missing is made, each once, although every answer is lost', async () => {
		pod.feeds.set(LIST, [{ id: 1, name: 'Other' }]);
		pod.switches.loseAnswerOfCreate = 504;
		const items = [client(16, 'Adatum'), client(17, 'Fabrikam')];
		const first = await run('createConnectSecureCompanies', items);
		expect(first.json[0]).toMatchObject([
			{ haloClientId: 16, companyId: '2', reason: '', more: 'kept' },
			{ haloClientId: 17, companyId: '3', reason: '' },
		]);
		expect(first.json[1]).toEqual([]);
		const again = await run('createConnectSecureCompanies', items);
		expect(again.json[0]?.map(({ companyId }) => companyId)).toEqual(['2', '3']);
		expect(asked(CREATE)).toHaveLength(2);
		expect(pod.feeds.get(LIST)).toHaveLength(3);
	});

	test('a connection that breaks after the company was made leaves one company', async () => {
		pod.feeds.set(LIST, []);
		pod.switches.loseAnswerOfCreate = 'reset';
		const { json } = await run('createConnectSecureCompanies', [client(16, 'Adatum')]);
		expect(asked(CREATE)).toHaveLength(1);
		expect(json[0]).toMatchObject([{ companyId: '1', reason: '' }]);
	});

	test('refusals and items that name no client come out on Not Created, the others are made', async () => {
		pod.feeds.set(LIST, [{ id: 9, name: 'Taken' }]);
		const long = 'x'.repeat(300);
		const items = [
			client(16, long),
			client(17, 'Taken'),
			{ name: 'No number' },
			client(18, 'Good'),
		];
		const { json } = await run('createConnectSecureCompanies', items);
		expect(json[0]).toMatchObject([{ haloClientId: 18 }]);
		expect(json[1]?.map(({ reason }) => reason)).toEqual([
			'it refused: data needs a name of at most 255 characters',
			'a company of that name is there already (9)',
			'the item needs a name, and the number of a Halo client in haloClientId',
		]);
	});

	test('the operations give out exactly the members of their schemas', async () => {
		pod.feeds.set(LIST, [{ id: 9, name: 'Taken' }]);
		const listed = await run('getConnectSecureCompanies');
		const item = { haloClientId: 16, name: 'Adatum', domain: '', reference: '' };
		const made = await run('createConnectSecureCompanies', [item]);
		for (const [operation, { json }] of Object.entries({
			getConnectSecureCompanies: listed,
			createConnectSecureCompanies: made,
		})) {
			const members = OUTPUT_MEMBERS.ScannerEvents?.[operation] ?? {};
			expect(compareWithMembers(members, json.flat())).toEqual({ beyond: [], never: [] });
		}
	});

	test('without the list nothing is made', async () => {
		pod.faults.set(LIST, { status: 500 });
		const { json } = await run('createConnectSecureCompanies', [client(16, 'Adatum')]);
		expect(asked(CREATE)).toEqual([]);
		expect(json[1]).toMatchObject([{ companyId: '', reason: 'Internal error (HTTP 500)' }]);
	});
});
