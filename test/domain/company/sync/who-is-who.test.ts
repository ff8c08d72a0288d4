import {
	clientCompany,
	companyWrites,
} from '../../../../nodes/shared/domain/company/sync/company-rows';
import { afterCreation } from '../../../../nodes/shared/domain/company/sync/end';
import { planSync, type SyncPlan } from '../../../../nodes/shared/domain/company/sync/plan';
import {
	batchRow,
	cellCounts,
	readSyncRow,
} from '../../../../nodes/shared/domain/company/sync/status';
import { readTheirs } from '../../../../nodes/shared/domain/company/sync/theirs';
import { failedSync, whoIsWho } from '../../../../nodes/shared/domain/company/sync/who-is-who';
import { parseMappingRow } from '../../../../nodes/shared/domain/company/mapping';
import type { HaloClient } from '../../../../nodes/shared/domain/company/types';
import type { JsonRecord } from '../../../../nodes/shared/domain/values/json';

const NOW = '2026-05-04T02:00:00.000Z';

function planned(settings: JsonRecord = {}, enabled = true): SyncPlan {
	const status = { enabled, lastSync: '2026-05-03T02:00:00.000Z' };
	const plan = planSync(settings, status, { byHand: true, now: Date.parse(NOW) });
	if (plan === null) throw new Error('A run by hand has a plan');
	return plan;
}

const client = (id: number, name: string, more: Partial<HaloClient> = {}): HaloClient => ({
	id,
	name,
	reference: null,
	domain: null,
	inactive: false,
	deleted: false,
	mergedInto: null,
	...more,
});
const CLIENTS = [
	client(11, 'Contoso Ltd'),
	client(12, 'Fabrikam'),
	client(13, 'Northwind Traders'),
];
const stored = (id: number, companyId: string, name: string, more: JsonRecord = {}) => ({
	id,
	integration: 'default',
	source: '',
	companyId,
	name,
	psaName: '',
	review: '',
	...more,
});

function sync(
	plan: SyncPlan,
	{
		companies = [],
		clients = CLIENTS,
		mappings = [],
		theirs = [],
		missing = 0,
	}: {
		companies?: JsonRecord[];
		clients?: HaloClient[];
		mappings?: JsonRecord[];
		theirs?: JsonRecord[];
		missing?: number;
	},
) {
	const rows = mappings.flatMap((row, at) => {
		const mapping = parseMappingRow(row, at + 1);
		return mapping === null ? [] : [{ mapping, row }];
	});
	const input = { companies, clients, mappings: rows, theirs: readTheirs(theirs), missing };
	const made = whoIsWho(plan, input, NOW);
	return { ...made, counts: cellCounts(made.status.counts) };
}

describe('companies that come in', () => {
	const rows = CLIENTS.map((one) => clientCompany(one, 'default'));

	test('new ones are inserted, known ones changed where they differ, and a second time nothing is', () => {
		const known = [
			stored(1, 'halo:11', 'Contoso'),
			stored(2, 'halo:12', 'Fabrikam', { reference: null, domain: '' }),
		];
		const { insert, update } = companyWrites(rows, known);
		expect(insert.map(({ companyId }) => companyId)).toEqual(['halo:13']);
		expect(update).toEqual([{ id: 1, name: 'Contoso Ltd', reference: '', domain: '' }]);
		const after = [
			stored(1, 'halo:11', 'Contoso Ltd'),
			known[1] ?? {},
			stored(3, 'halo:13', 'Northwind Traders'),
		];
		expect(companyWrites(rows, after)).toEqual({ insert: [], update: [] });
	});

	test('a company of a scanner with the same number is another one', () => {
		const other = stored(4, 'halo:11', 'X', { source: 'wazuh' });
		expect(companyWrites(rows, [other]).insert).toHaveLength(3);
	});
});

describe('progress', () => {
	const batch = {
		counts: { clients: 500 },
		requests: 5,
		missing: 0,
		checkpoint: '{"page":6}',
		error: '',
	};

	test('batches add up, and say what comes next', () => {
		const first = batchRow(planned(), '', batch, NOW);
		expect(first).toMatchObject({ checkpoint: '{"page":6}', flow: 'companies', enabled: true });
		expect(cellCounts(first.counts)).toMatchObject({ running: true, batch: 1, next: 'batch' });
		const last = batchRow(planned(), first.counts, { ...batch, checkpoint: '', missing: 2 }, NOW);
		expect(cellCounts(last.counts)).toMatchObject({
			batch: 2,
			rows: { clients: 1000 },
			requests: 10,
			missing: 2,
			next: 'mapping',
		});
	});

	test('an error keeps the checkpoint and Last Sync, and ends the run', () => {
		const row = batchRow(planned(), '', { ...batch, error: 'Halo denied access (403)' }, NOW);
		expect(row).toMatchObject({
			lastError: 'Halo denied access (403)',
			lastErrorAt: NOW,
			lastSync: '2026-05-03T02:00:00.000Z',
			checkpoint: '{"page":6}',
		});
		expect(cellCounts(row.counts)).toMatchObject({ running: false, next: 'stop' });
	});

	test('a dry run keeps no checkpoint', () => {
		expect(batchRow(planned({}, false), '', batch, NOW).checkpoint).toBe('');
	});
});

describe('who is who', () => {
	test('the same name maps, the rest is told; the companies say so, and Last Sync moves', () => {
		const companies = [
			stored(1, 'halo:11', 'Contoso Ltd', { psaName: 'Contoso Ltd' }),
			stored(2, '7', 'Nortwind Traders', { source: 'wazuh' }),
		];
		const made = sync(planned({ profile: 'P' }), { companies });
		expect(made.insertMappings).toMatchObject([
			{ companyId: 'halo:11', haloClientId: 11, method: 'name', profile: 'P', mappedAt: NOW },
		]);
		expect(made.updateCompanies).toEqual([
			{ id: 2, review: expect.stringContaining('Northwind Traders (13)') },
		]);
		expect(made.counts).toMatchObject({ inserted: 1, needsReview: 1, kept: 0, next: 'end' });
		expect(made.status).toMatchObject({ lastSync: NOW, lastError: '', checkpoint: '' });
	});

	test('a second run changes nothing', () => {
		const companies = [stored(1, 'halo:11', 'Contoso Ltd', { psaName: 'Contoso Ltd' })];
		const first = sync(planned(), { companies });
		const made = sync(planned(), { companies, mappings: [{ id: 5, ...first.insertMappings[0] }] });
		expect(made).toMatchObject({
			insertMappings: [],
			updateMappings: [],
			insertCompanies: [],
			updateCompanies: [],
		});
		expect(made.counts).toMatchObject({ inserted: 0, kept: 1 });
	});

	test('a row that waits for its client gets it, and keeps what a person wrote', () => {
		const companies = [stored(1, 'halo:11', 'Contoso Ltd')];
		const waits = { id: 9, companyName: 'Contoso Ltd', createTicket: false };
		const { updateMappings, insertMappings } = sync(planned(), { companies, mappings: [waits] });
		expect(insertMappings).toEqual([]);
		expect(updateMappings).toEqual([
			{ id: 9, haloClientId: 11, haloClientName: 'Contoso Ltd', method: 'name', mappedAt: NOW },
		]);
	});

	test('a dry run says what it would do with clients that it did not store, and writes nothing', () => {
		const made = sync(planned({}, false), {});
		expect(made.counts).toMatchObject({ dryRun: true, inserted: 3 });
		expect([made.insertMappings, made.insertCompanies, made.create]).toEqual([[], [], []]);
		expect(made.status.lastSync).toBe('2026-05-03T02:00:00.000Z');
	});

	test('when most mapped clients are gone it holds back', () => {
		const mappings = [21, 22, 23, 24].map((id) => ({
			id,
			companyName: `C${id}`,
			haloClientId: id,
		}));
		expect(() => sync(planned(), { mappings })).toThrow('4 of 4 mapped Halo clients are missing');
		expect(() => sync(planned({ guardPercent: 100 }), { mappings })).not.toThrow();
	});

	test('reasons beyond fifty are counted, and clients that did not come are told', () => {
		const companies = Array.from({ length: 60 }, (_, at) =>
			stored(at + 1, `n${at}`, 'Nortwind Traders', { source: 'ninjaone' }),
		);
		const { counts } = sync(planned(), { companies, missing: 4 });
		expect(counts).toMatchObject({ needsReview: 60, missing: 4 });
		expect(counts.review).toHaveLength(51);
		expect(String(counts.review)).toContain('10 more: see halo_companies, column review');
	});

	test('what failed is in Last Error, and nothing is written', () => {
		const { status, ...writes } = failedSync(planned(), 'No list', { requests: 3 }, NOW);
		expect(status).toMatchObject({ lastError: 'No list', lastErrorAt: NOW });
		expect(cellCounts(status.counts)).toMatchObject({ requests: 3, next: 'stop' });
		expect(Object.values(writes).flat()).toEqual([]);
	});
});

describe('with ConnectSecure', () => {
	const there = (companyId: string, name: string, haloClientId = 0) => ({
		companyId,
		name,
		domain: '',
		haloClientId,
	});
	const mode = (connectSecure: string, more: JsonRecord = {}) =>
		planned({ connectSecure, ...more });

	test('its companies are mapped as any other, and stored with their client, or why they have none', () => {
		const theirs = [there('42', 'CONTOSO limited'), there('43', 'Nortwind Traders')];
		const made = sync(mode('dry run'), { theirs });
		expect(made.insertMappings).toMatchObject([
			{ source: 'connectsecure', companyId: '42', haloClientId: 11 },
		]);
		expect(made.insertCompanies).toMatchObject([
			{ source: 'connectsecure', companyId: '42', psaName: 'Contoso Ltd', review: '' },
			{ companyId: '43', psaName: '', review: expect.stringContaining('Northwind Traders') },
		]);
	});

	test('a name that changed there is changed here, once', () => {
		const row = stored(6, '42', 'Contoso', { source: 'connectsecure', psaName: 'Contoso Ltd' });
		const theirs = [there('42', 'CONTOSO limited')];
		const changed = sync(mode('dry run'), { companies: [row], theirs });
		expect(changed.insertCompanies).toEqual([]);
		expect(changed.updateCompanies).toEqual([{ id: 6, name: 'CONTOSO limited' }]);
		const after = { ...row, name: 'CONTOSO limited' };
		expect(sync(mode('dry run'), { companies: [after], theirs }).updateCompanies).toEqual([]);
	});

	test('a row for every source, by name, is not enough: its feeds name companies by their id', () => {
		const mappings = [
			{
				id: 5,
				source: '',
				companyName: 'Contoso Ltd',
				haloClientId: 11,
				flags: '{"a":1}',
				createTicket: false,
			},
		];
		const { insertMappings, counts } = sync(mode('dry run'), {
			theirs: [there('42', 'Contoso Ltd')],
			mappings,
		});
		expect(insertMappings).toMatchObject([
			{ source: 'connectsecure', companyId: '42', createTicket: false, flags: '{"a":1}' },
		]);
		expect(counts).toMatchObject({ inserted: 1, kept: 0 });
	});

	test('what it lacks is named; what a person has to decide is not among it', () => {
		const clients = [
			...CLIENTS,
			client(14, 'Twin Works'),
			client(15, 'Twin Works'),
			client(16, 'Adatum'),
			client(17, 'Gone', { inactive: true }),
			client(18, 'Merged', { mergedInto: 11 }),
			client(19, 'Marked'),
		];
		const theirs = [
			there('43', 'Nortwind Traders'),
			there('45', 'Renamed', 19),
			there('46', 'fabrikam'),
		];
		const { create, counts } = sync(mode('dry run'), { clients, theirs });
		expect(create).toEqual([]);
		expect(counts.connectSecure).toEqual({
			companies: 3,
			waiting: 3,
			wouldCreate: 2,
			names: ['Contoso Ltd', 'Adatum'],
			more: 0,
			left: 2,
		});
	});

	test('with create at most so many are made, each with the columns of both tables', () => {
		const { create, counts } = sync(mode('create', { createAtMost: 1 }), {
			theirs: [there('43', 'Other')],
		});
		expect(create).toMatchObject([
			{
				integration: 'default',
				source: 'connectsecure',
				companyId: '',
				name: 'Contoso Ltd',
				psaName: 'Contoso Ltd',
				companyName: 'Contoso Ltd',
				haloClientId: 11,
				method: 'created',
				mappedAt: NOW,
			},
		]);
		expect(counts.connectSecure).toMatchObject({ left: 2 });
	});

	test('a list that could not be read is told, creates nothing, and the rest goes through', () => {
		const companies = [stored(1, 'halo:11', 'Contoso Ltd')];
		const theirs = [{ error: 'Internal error (HTTP 500)', details: 'Choose the credential' }];
		const made = sync(mode('create'), { companies, theirs });
		expect(made.insertMappings).toHaveLength(1);
		expect(made.create).toEqual([]);
		expect(made.status).toMatchObject({
			lastSync: '2026-05-03T02:00:00.000Z',
			lastError: 'ConnectSecure: Internal error (HTTP 500). Choose the credential',
		});
		expect(made.counts).not.toHaveProperty('connectSecure');
		expect(made.counts.next).toBe('stop');
		const off = sync(mode('create'), { theirs: [{ startedAt: NOW }] });
		expect(off.status.lastError).toContain('is deactivated');
	});

	test('what was refused and what was made twice end the run red, what was made counts', () => {
		const plan = mode('create');
		const { status } = sync(plan, {});
		const item = (name: string, companyId: string, reason = '') => ({ name, companyId, reason });
		const all = afterCreation(plan, status, [item('A', '7')], NOW);
		expect(all.status).toMatchObject({ lastSync: NOW, lastError: '' });
		expect(cellCounts(all.status.counts)).toMatchObject({
			connectSecure: { created: 1, refused: 0 },
		});
		const both = [item('A', '7', 'was made twice'), item('B', '', 'it refused: full')];
		const some = afterCreation(plan, status, both, NOW);
		expect(some.created).toEqual([both[0]]);
		expect(some.status).toMatchObject({
			lastSync: '2026-05-03T02:00:00.000Z',
			lastError:
				'ConnectSecure: 1 of 2 companies were not created. B: it refused: full. ConnectSecure: A was made twice',
			lastErrorAt: NOW,
		});
		expect(cellCounts(some.status.counts).next).toBe('stop');
		expect(afterCreation(plan, status, [], NOW)).toEqual({ created: [], status });
	});

	test('a node that is deactivated hands its items on: none of them was made', () => {
		const plan = mode('create');
		const { create, status } = sync(plan, { theirs: [there('43', 'Other')] });
		const ended = afterCreation(
			plan,
			status,
			create.map((item) => ({ ...item })),
			NOW,
		);
		expect(ended.created).toEqual([]);
		expect(ended.status.lastError).toMatch(/3 of 3 companies were not created.*is deactivated/);
	});

	test('the status is read as it was made', () => {
		const { status } = sync(mode('off'), {});
		expect(readSyncRow({ ...status })).toEqual(status);
	});
});
