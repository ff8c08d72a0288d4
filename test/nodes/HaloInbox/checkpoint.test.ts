import { runInbox } from './support';

const SETTINGS = { integration: 'default', flow: 'poll-tickets', overlapMinutes: 10 };
const ROW = { id: 1, integration: 'default', flow: 'poll-tickets' };

describe('Checkpoint', () => {
	it('says since when to read', async () => {
		const rows = [{ ...ROW, checkpoint: '2026-05-04T09:00:00.000Z' }];
		const { json, error } = await runInbox('checkpoint', [rows], SETTINGS);
		expect(error).toBeNull();
		expect(json[0]).toEqual([
			{ since: '2026-05-04T08:50:00.000Z', startedAt: expect.stringMatching(/Z$/) },
		]);
	});

	it('looks back an hour the first time', async () => {
		const { json } = await runInbox('checkpoint', [[{}]], SETTINGS);
		const [{ since, startedAt } = {}] = json[0] ?? [];
		expect(Date.parse(String(startedAt)) - Date.parse(String(since))).toBe(3_600_000);
	});

	it('names two rows of one flow, and what to do', async () => {
		const { error } = await runInbox('checkpoint', [[ROW, { ...ROW, id: 2 }]], SETTINGS);
		expect(error).toMatchObject({
			message: 'halo_sync_status has 2 rows for default, flow poll-tickets',
			description: 'Delete all but one under Data tables.',
		});
	});
});
