import type { IDataObject } from 'n8n-workflow';

import { MapCompany } from '../../../nodes/MapCompany/MapCompany.node';
import { planSync } from '../../../nodes/shared/domain/company/sync/plan';
import { runNode } from '../../support/engine';
import { compareWithMembers } from '../../support/schemas';
import { OUTPUT_MEMBERS } from '../../support/schemas/members';

const PLAN = planSync({ connectSecure: 'create' }, { enabled: true }, { byHand: true, now: 0 });

async function run(operation: string, inputs: IDataObject[][], plan: unknown = PLAN) {
	return await runNode({
		node: new MapCompany(),
		parameters: { operation, plan: JSON.stringify(plan) },
		inputs,
		executionOrder: 'v1',
	});
}

const CLIENTS = [
	{ entity: 'client', id: 11, name: 'Contoso Ltd', inactive: false },
	{ entity: 'client', id: 12, name: 'Fabrikam', inactive: false },
];
const COMPANIES = [
	{ id: 1, integration: 'default', source: '', companyId: 'halo:11', name: 'Contoso Ltd' },
];
const WAITS = { id: 9, companyName: 'Fabrikam Inc', haloClientId: null };
const WHOLE = { complete: true, error: null, requests: 3, missing: 0 };
const THEIRS = [{ companyId: '42', name: 'Contoso', domain: '', haloClientId: 0 }];

describe('Sync', () => {
	test('gives each thing to write on its output, and the status last', async () => {
		const { json, error } = await run('sync', [COMPANIES, CLIENTS, [WAITS], [WHOLE], THEIRS]);
		expect(error).toBeNull();
		const [insertCompanies, updateCompanies, newMappings, , create, status] = json;
		expect(insertCompanies).toMatchObject([{ source: 'connectsecure', companyId: '42' }]);
		expect(updateCompanies).toEqual([{ id: 1, psaName: 'Contoso Ltd' }]);
		expect(newMappings?.map(({ companyId, haloClientId }) => [companyId, haloClientId])).toEqual([
			['halo:11', 11],
			['42', 11],
		]);
		expect(create).toMatchObject([{ name: 'Fabrikam', haloClientId: 12 }]);
		expect(status).toMatchObject([{ flow: 'companies', enabled: true, lastError: '' }]);
		const members = OUTPUT_MEMBERS.MapCompany?.sync ?? {};
		const nothing = { lastSync: '', lastErrorAt: '' };
		expect(compareWithMembers(members, [...json.flat(), nothing])).toEqual({
			beyond: [],
			never: [],
		});
	});

	test('a list of clients that is not whole changes nothing, and the status says so', async () => {
		const failed = { complete: false, error: 'Halo denied access (403)', nextStep: 'Look' };
		const { json } = await run('sync', [COMPANIES, [], [], [failed], []]);
		expect(json.slice(0, 5).flat()).toEqual([]);
		expect(json[5]).toMatchObject([{ lastError: 'Halo denied access (403). Look' }]);
		const cut = await run('sync', [COMPANIES, CLIENTS, [], [{ complete: false }], []]);
		expect(cut.json[5]).toMatchObject([
			{ lastError: "Halo's list of clients was not read to its end" },
		]);
	});

	test('the guard, and a list without any client, change nothing either', async () => {
		const mappings = [21, 22, 23].map((id) => ({ id, companyName: `C${id}`, haloClientId: id }));
		const { json } = await run('sync', [COMPANIES, CLIENTS, mappings, [WHOLE], []]);
		expect(json.slice(0, 5).flat()).toEqual([]);
		expect(json[5]).toMatchObject([
			{ lastError: expect.stringContaining('3 of 3 mapped Halo clients are missing') },
		]);
		const empty = await run('sync', [COMPANIES, [], [], [WHOLE], []]);
		expect(empty.json[5]).toMatchObject([{ lastError: expect.stringContaining('Halo Clients') }]);
	});

	test('nothing comes out when the import ended before the list was read', async () => {
		const { json, error } = await run('sync', [[], [], [], [], THEIRS]);
		expect([error, json.flat()]).toEqual([null, []]);
	});

	test('without a plan it says what it needs', async () => {
		const { error } = await run('sync', [[], [], [], [WHOLE], []], {});
		expect(error?.message).toContain('the item of Begin Sync');
	});
});

describe('End Sync', () => {
	test('gives out the status, with what became of companies in ConnectSecure', async () => {
		const first = await run('sync', [COMPANIES, CLIENTS, [], [WHOLE], THEIRS]);
		const status = first.json[5] ?? [];
		const same = await run('endSync', [status, [], []]);
		expect(same.json).toEqual([[], status]);
		const refused = [{ name: 'Fabrikam', reason: 'it refused: full' }];
		const made = first.json[4]?.map((item) => ({ ...item, companyId: '7', reason: '' })) ?? [];
		const { json, error } = await run('endSync', [status, made, refused]);
		expect(error).toBeNull();
		expect(json[0]).toMatchObject([{ companyId: '7', haloClientId: 12, name: 'Fabrikam' }]);
		expect(json[1]).toMatchObject([
			{
				lastError: 'ConnectSecure: 1 of 2 companies were not created. Fabrikam: it refused: full',
			},
		]);
		const members = OUTPUT_MEMBERS.MapCompany?.endSync ?? {};
		expect(compareWithMembers(members, [...json.flat(), { lastSync: '', id: 1 }])).toEqual({
			beyond: [],
			never: [],
		});
	});
});
