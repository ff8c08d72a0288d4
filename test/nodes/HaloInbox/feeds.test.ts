import { runInbox } from './support';

describe('End Feeds', () => {
	const PARAMETERS = { integration: 'default', flow: 'poll-connectsecure' };
	const feeds = [
		{ feed: 'a', read: 1, problem: null, mark: '2026-05-04 09:00:00' },
		{ feed: 'b', read: 0, problem: 'it refused: no', mark: '' },
	];

	it('gives the row that ends the poll, and beside it what failed', async () => {
		const { json, error } = await runInbox('endFeeds', [feeds, []], PARAMETERS);
		expect(error).toBeNull();
		expect(json[0]).toMatchObject([
			{ ...PARAMETERS, enabled: true, lastError: 'b: it refused: no' },
		]);
		expect(json[1]).toMatchObject([{ message: expect.stringContaining('it refused: no') }]);
		const good = await runInbox('endFeeds', [feeds.slice(0, 1), [{ id: 1 }]], PARAMETERS);
		expect(good.json[0]).toMatchObject([{ lastSync: expect.stringMatching(/Z$/), lastError: '' }]);
		expect(good.json[1]).toEqual([]);
	});

	it('a poll that is off has no end', async () => {
		const { json, error } = await runInbox('endFeeds', [[], [{ id: 1 }]], PARAMETERS);
		expect([error, json.flat()]).toEqual([null, []]);
	});
});
