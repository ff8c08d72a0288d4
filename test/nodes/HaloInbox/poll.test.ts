import { at } from '../../domain/inbox/rows';
import { runInbox } from './support';

const POLL = { integration: 'default', flow: 'poll-tickets' };
const WINDOW = { since: at(-600), startedAt: at(0) };

describe('Changes', () => {
	const person = { id: 1, updatedAt: at(-5), notes: [{ id: 9, at: at(-10), application: null }] };
	const ours = { id: 2, updatedAt: at(-5), notes: [{ id: 8, at: at(-10), application: 'n8n' }] };
	const parameters = { since: at(-600), changedAt: '={{ $json.updatedAt }}' };

	it('gives out what a person changed, and a row for each ticket, paired with it', async () => {
		const { json, outputs, error } = await runInbox('changes', [[ours, person]], parameters);
		expect(error).toBeNull();
		expect(json[0]).toEqual([{ ticketId: 1, lastNoteId: 9, ticket: person }]);
		expect(json[1]).toMatchObject([
			{ dedupKey: `halo-poll|2|${at(-5)}`, decision: 'own_write' },
			{ dedupKey: `halo-poll|1|${at(-5)}`, decision: 'emitted' },
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('needs times: an expression that gave nothing would take every change for new', async () => {
		const { error } = await runInbox('changes', [[person]], {
			...parameters,
			changedAt: '={{ $json.none }}',
		});
		expect(error?.message).toBe('Parameter "changedAt" needs a date and time, got ""');
	});
});

describe('End Poll', () => {
	const row = { source: 'halo-poll', dedupKey: 'a' };

	it('gives the rows on, then the row with the next checkpoint and what was done', async () => {
		const { json, outputs, error } = await runInbox(
			'endPoll',
			[[], [WINDOW], [], [row, { ...row, dedupKey: 'b' }]],
			{ ...POLL, counts: '{ "read": 5 }' },
		);
		expect(error).toBeNull();
		expect(json).toEqual([
			[row, { ...row, dedupKey: 'b' }],
			[expect.objectContaining({ ...POLL, checkpoint: at(0), counts: '{"read":5,"new":2}' })],
			[],
		]);
		expect(outputs[0]?.[1]?.pairedItem).toEqual({ item: 1, input: 3 });
	});

	it('a poll without changes has its checkpoint, too', async () => {
		const { json } = await runInbox('endPoll', [[], [WINDOW], [], []], POLL);
		expect(json[1]).toMatchObject([{ checkpoint: at(0), counts: '{"new":0}' }]);
	});

	it('a failure is on Status and on Failed, without a checkpoint', async () => {
		const failed = [{ ...WINDOW, error: 'Halo refused the request (400)' }];
		const { json } = await runInbox('endPoll', [failed, [WINDOW], [], []], POLL);
		expect(json[1]).toMatchObject([{ ...POLL, lastError: 'Halo refused the request (400)' }]);
		expect(json[1]?.[0]).not.toHaveProperty('checkpoint');
		expect(json[2]).toEqual(json[1]);
	});

	it('without the window nothing is written', async () => {
		const { error, json } = await runInbox('endPoll', [[], [], [], [row]], POLL);
		expect(error?.message).toContain('Parameter "Window" needs the item of Checkpoint');
		expect(json.flat()).toEqual([]);
	});
});
