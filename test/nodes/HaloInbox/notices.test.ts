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
			['incoming: damaged'],
		]);
		expect(remember?.map(({ integration, checkpoint }) => [integration, checkpoint])).toEqual([
			['outgoing: halo_down', 'open'],
			['incoming: damaged', 'open'],
			['(notices)', undefined],
		]);
		expect(JSON.parse(String(remember?.[2]?.counts))).toHaveLength(2);
		expect(ways[0]?.[0]).toMatchObject({ to: 'out@msp.example', next: 'told' });
	});

	it('a run that could write nothing tells of full tables and remembers nothing', async () => {
		const { json } = await tell([STORE, error('outgoing', 'halo_down')], { error: 'full' });
		expect(json.map(({ length }) => length)).toEqual([0, 0, 0, 0, 1]);
		expect(json[4]).toMatchObject([{ integration: 'incoming: store', full: true }]);
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
