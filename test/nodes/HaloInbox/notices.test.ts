import type { IDataObject } from 'n8n-workflow';

import { runInbox } from './support';

const STORE = { flow: 'notices', integration: 'incoming: store', checkpoint: 'closed' };
const THIS_RUN = {
	flow: 'notices',
	integration: '(notices)',
	createdAt: '2026-05-04T08:00:00.000Z',
	updatedAt: '2026-05-04T09:00:00.000Z',
};
const SETTINGS = {
	incomingTo: 'in@msp.example',
	outgoingTo: 'out@msp.example',
	outgoingByEmail: true,
	outgoingBySlack: true,
	quietMinutes: 15,
	noticesPerHour: 12,
};
const error = (direction: string, cause: string): IDataObject => ({
	id: 1,
	direction,
	cause,
	workflow: 'process-inbox',
	message: 'It broke.',
	at: new Date().toISOString(),
	noticedAt: null,
});

async function tell(rows: IDataObject[], run: IDataObject = THIS_RUN, changes: object = {}) {
	const settings = JSON.stringify({ ...SETTINGS, ...changes });
	return await runInbox('notices', [rows, [run]], { settings });
}

describe('Notices', () => {
	it('gives a message out on each way of its direction, and what is to be remembered', async () => {
		const rows = [STORE, error('outgoing', 'halo_down'), error('incoming', 'damaged')];
		const { json, error: failed } = await tell(rows);
		expect(failed).toBeNull();
		const [remember, ...ways] = json;
		expect(ways.map((items) => items.map(({ integration }) => integration))).toEqual([
			['outgoing: halo_down'],
			[],
			['outgoing: halo_down'],
		]);
		expect(remember?.map(({ integration, checkpoint }) => [integration, checkpoint])).toEqual([
			['outgoing: halo_down', 'open'],
			['incoming: damaged', 'open'],
			// Nobody wants to have it, so it counts as told.
			['incoming: damaged', 'told'],
			['(notices)', undefined],
			[undefined, undefined],
			[undefined, undefined],
		]);
		expect(JSON.parse(String(remember?.[3]?.counts))).toHaveLength(2);
		expect(ways[0]?.[0]).toMatchObject({ to: 'out@msp.example', next: 'told' });
	});

	it('marks the errors that were read, after the outages that they are told by', async () => {
		const rows = [STORE, { ...error('outgoing', 'halo_down'), id: 7 }];
		const [remember] = (await tell(rows)).json;
		const [outage] = remember ?? [];
		expect(outage).toMatchObject({ integration: 'outgoing: halo_down', flow: 'notices' });
		expect(remember?.at(-1)).toEqual({ id: 7, noticedAt: expect.stringContaining('T') });
	});

	it('a run that could write nothing tells of full tables and remembers nothing', async () => {
		const { json } = await tell([STORE, error('outgoing', 'halo_down')], { error: 'full' });
		expect(json.map(({ length }) => length)).toEqual([0, 0, 0, 0]);
		const wanted = await tell([STORE], { error: 'full' }, { incomingByTeams: true });
		expect(wanted.json.map(({ length }) => length)).toEqual([0, 0, 1, 0]);
		expect(wanted.json[2]).toMatchObject([{ integration: 'incoming: store', full: true }]);
	});

	it('without an error nobody is told anything', async () => {
		const { json } = await tell([STORE]);
		expect(json.flat()).toEqual([]);
	});

	it('a setting that is no number is refused by name', async () => {
		const { error: failed } = await tell([STORE], THIS_RUN, { quietMinutes: 'soon' });
		expect(failed?.message).toContain('"settings.quietMinutes" needs a number');
	});
});

describe('Find Errors', () => {
	it('asks for the status, for the errors that nobody was told of, and for the events that wait', async () => {
		const { json } = await runInbox('findErrors', [[{}]]);
		expect(json[0]?.map(({ table, where }) => [table, where])).toMatchObject([
			['halo_sync_status', [{ column: 'id' }, { column: 'id' }, { column: 'id' }]],
			['halo_errors', [{ column: 'noticedAt', condition: 'isEmpty' }, {}, {}]],
			['halo_inbox', [{ column: 'state', condition: 'eq', value: 'failed' }, {}, {}]],
		]);
	});
});

describe('Sent', () => {
	const notice = (more: IDataObject = {}): IDataObject => ({
		integration: 'outgoing: halo_down',
		next: 'told',
		full: false,
		subject: 'Halo does not answer',
		...more,
	});
	const sent = async (item: IDataObject, given: IDataObject) =>
		await runInbox('sent', [[item]], { notice: JSON.stringify(given) });

	it('what was sent is told, or its end is', async () => {
		for (const next of ['told', 'closed']) {
			const { json } = await sent({ accepted: ['a@msp.example'] }, notice({ next }));
			expect(json).toEqual([
				[{ integration: 'outgoing: halo_down', flow: 'notices', checkpoint: next }],
				[],
			]);
		}
	});

	it('what was not sent stays, and the row of notices says why', async () => {
		const cases: Array<[IDataObject, string]> = [
			[{ error: '451 try later' }, '451 try later'],
			[{ error: { message: 'channel_not_found' } }, 'channel_not_found'],
			[{ error: {} }, 'the node said no reason'],
			[notice(), 'the node is switched off, but Settings sends by it'],
		];
		for (const [item, why] of cases) {
			const { json } = await sent(item, notice());
			expect(json).toMatchObject([
				[
					{
						integration: '(notices)',
						flow: 'notices',
						lastError: `Halo does not answer: ${why}`,
					},
				],
				[],
			]);
			expect(json[0]?.[0]).not.toHaveProperty('checkpoint');
		}
	});

	it('while the tables are full, only a row that goes remembers that it was told', async () => {
		const full = notice({ integration: 'incoming: store', full: true });
		expect((await sent({ ok: true }, full)).json).toEqual([
			[],
			[{ integration: 'incoming: store', flow: 'notices' }],
		]);
		expect((await sent({ error: 'no' }, full)).json).toEqual([[], []]);
	});

	it('an item without its notice is refused', async () => {
		const { error: failed } = await sent({ ok: true }, {});
		expect(failed?.message).toContain('"notice" needs an item that Notices gave out');
	});
});
