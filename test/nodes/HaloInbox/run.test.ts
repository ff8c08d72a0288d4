import type { IDataObject } from 'n8n-workflow';

import { inboxJson, leaseOf, runJson, TABLES } from '../../domain/inbox/rows';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { runInbox } from './support';

function items(rows: JsonRecord[]): IDataObject[] {
	return rows.map((row) => {
		const item: IDataObject = {};
		return Object.assign(item, row);
	});
}

const CHOOSE = { tables: JSON.stringify(TABLES), rowsPerRun: 500 };
const MAPPING = { id: 3, companyName: 'Contoso', haloClientId: 11, updatedAt: 'no date' };
const EVENT_SET = { id: 1, name: 'Default', minSeverity: 'high' };
const PROFILE = { id: 2, name: 'P1', ticketType: 'Incident' };
const [LEASE = {}] = items([leaseOf()]);
/** As an expression gives it, or as a person types it. */
const LEASE_JSON = JSON.stringify(LEASE);
const WRITTEN = items([runJson({ checkpoint: LEASE.checkpoint })]);

describe('Choose', () => {
	it('gives out the lease, what else is to be read, and the rows, oldest first', async () => {
		const rows = items([runJson(), MAPPING, inboxJson(7), inboxJson(4, { dedupKey: 'b' })]);
		const { json, outputs, error } = await runInbox('choose', [rows], CHOOSE);
		expect(error).toBeNull();
		const [lease, lookUps, batch] = json;
		expect(lease).toMatchObject([{ id: 1, was: '', own: expect.stringMatching(/-\d{13}$/) }]);
		expect(String(lease?.[0]?.checkpoint)).toMatch(/Z .*-\d{13}$/);
		expect(lookUps?.map(({ table }) => table)).toEqual([
			TABLES.halo_inbox,
			TABLES.halo_company_mappings,
			TABLES.halo_event_sets,
			TABLES.halo_profiles,
		]);
		expect(batch?.map(({ id }) => id)).toEqual([4, 7]);
		expect(outputs[2]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }, { item: 2 }]);
	});

	it('gives out nothing when nothing is due', async () => {
		const { json, error } = await runInbox('choose', [items([runJson(), MAPPING])], CHOOSE);
		expect([error, json.flat()]).toEqual([null, []]);
	});

	it('tells a person that another run is at work, and how to end it', async () => {
		const until = new Date(Date.now() + 60_000).toISOString();
		const busy = runJson({ checkpoint: `${until} x`, counts: '{"busy":true}' });
		const { error } = await runInbox('choose', [items([busy])], CHOOSE);
		expect(error).toMatchObject({
			message: `Another run is at work, until ${until} at the latest`,
			description: expect.stringContaining('empty the column checkpoint'),
		});
	});

	it('names the row that is missing', async () => {
		const { error } = await runInbox('choose', [items([inboxJson(1)])], CHOOSE);
		expect(error?.message).toContain('halo_sync_status has no row for process-inbox');
	});
});

describe('Take', () => {
	const related = items([MAPPING, EVENT_SET, PROFILE, inboxJson(2, { state: 'held' })]);
	const batch = items([
		inboxJson(5, { dedupKey: 'b' }),
		inboxJson(6),
		inboxJson(7, { event: '{' }),
	]);

	it('gives out events, what is decided, and each table on its own output', async () => {
		const inputs = [batch, WRITTEN, related];
		const { json, outputs, error } = await runInbox('take', inputs, { lease: LEASE_JSON });
		expect(error).toBeNull();
		expect(json.map((rows) => rows.map(({ inboxId, id }) => inboxId ?? id))).toEqual([
			[5],
			[6, 7],
			[3],
			[1],
			[2],
		]);
		expect(json[0]?.[0]).toMatchObject({ dedupKey: 'b', inboxSource: 'canonical', tries: 0 });
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	it.each([
		['of another run', items([runJson({ checkpoint: '2026-05-04T09:05:00.000Z 8-1' })])],
		['that was not written', [{}]],
	])('gives out nothing behind a lease %s', async (_, written) => {
		const { json, error } = await runInbox('take', [batch, written, related], {
			lease: LEASE_JSON,
		});
		expect([error, json.flat()]).toEqual([null, []]);
	});

	it('without an event the tables start no node', async () => {
		const inputs = [batch.slice(1), WRITTEN, related];
		const { json } = await runInbox('take', inputs, { lease: LEASE_JSON });
		expect(json.map(({ length }) => length)).toEqual([0, 2, 0, 0, 0]);
	});

	it('a lease that is none is an error about the wiring', async () => {
		const { error } = await runInbox('take', [batch, WRITTEN, related], { lease: '{}' });
		expect(error?.message).toContain('expected the item that Choose gave out');
	});
});

describe('Settle', () => {
	const decided = (inboxId: number, decision: string, more: IDataObject = {}): IDataObject => ({
		inboxId,
		decision,
		reason: 'A reason.',
		inboxSource: 'canonical',
		...more,
	});

	it('takes the decisions of all inputs; rows, status with the run as the last, and errors come out', async () => {
		const inputs = [
			[decided(1, 'skipped_replay')],
			[decided(2, 'held_ambiguous')],
			[decided(3, 'held_unmapped')],
			[decided(4, 'skipped_severity')],
			[decided(5, 'created', { ticketId: 9 }), decided(6, 'failed')],
		];
		const { json, error } = await runInbox('settle', inputs, {
			lease: LEASE_JSON,
			keepTryingDays: 7,
		});
		expect(error).toBeNull();
		expect(json[0]?.map(({ id, state }) => [id, state])).toEqual([
			[1, 'done'],
			[2, 'held'],
			[3, 'held'],
			[4, 'done'],
			[5, 'done'],
			[6, 'failed'],
		]);
		expect(json[1]?.map(({ integration, flow }) => `${integration} ${flow}`)).toEqual([
			'canonical process-inbox',
			'canonical intake',
			'(run) process-inbox',
		]);
		expect(json[2]).toMatchObject([{ cause: 'set_up', workflow: 'process-inbox' }]);
	});

	it('gives out columns alone, so that a Data Table node maps them by itself', async () => {
		const inputs = [[decided(1, 'created')], [], [], [], []];
		const { json } = await runInbox('settle', inputs, { lease: LEASE_JSON, keepTryingDays: 7 });
		expect(Object.keys(json[0]?.[0] ?? {}).sort()).toEqual([
			'cause',
			'decision',
			'doneAt',
			'id',
			'notBefore',
			'reason',
			'state',
			'ticketId',
			'tries',
		]);
	});

	it('refuses a number of days that is none', async () => {
		const { error } = await runInbox('settle', [[], [], [], [], [decided(1, 'created')]], {
			lease: LEASE_JSON,
			keepTryingDays: 'soon',
		});
		expect(error?.message).toBe('Parameter "keepTryingDays" needs a number, got "soon"');
	});
});
