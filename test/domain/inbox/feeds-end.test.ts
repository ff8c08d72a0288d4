import { endOfFeeds, readFeedEnd } from '../../../nodes/shared/domain/inbox/feeds-end';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at } from './rows';

const POLL = { integration: 'default', flow: 'poll-x', at: at(0) };
const part = (feed: string, more: JsonRecord = {}) =>
	readFeedEnd({ feed, read: 2, problem: null, mark: '', ...more }) ?? fail(feed);
const fail = (feed: string): never => {
	throw new Error(`${feed} is no part`);
};

test('a poll that read everything moves Last Sync and the checkpoint, and leaves the time of the last error', () => {
	const { row, failure } = endOfFeeds([part('a', { mark: 'm1' }), part('b')], POLL);
	expect(failure).toBe('');
	expect(row).toEqual({
		integration: 'default',
		flow: 'poll-x',
		enabled: true,
		lastSync: at(0),
		lastError: '',
		counts: '{"a":2,"b":2}',
		checkpoint: '{"a":"m1"}',
	});
});

test('a part that failed is said with its name, keeps Last Sync as it is, and the others go on', () => {
	const parts = [part('a', { mark: 'm2' }), part('b', { problem: 'HTTP 500', mark: 'old' })];
	const { row, failure } = endOfFeeds(parts, POLL);
	expect(row).toMatchObject({
		lastError: 'b: HTTP 500',
		lastErrorAt: at(0),
		checkpoint: '{"a":"m2","b":"old"}',
	});
	expect(row).not.toHaveProperty('lastSync');
	expect(failure).toMatch(/^poll-x could not read everything. b: HTTP 500\. .* Next: /);
});

test('an error of many parts fits its column', () => {
	const parts = Array.from({ length: 30 }, (_, n) => part(`f${n}`, { problem: 'x'.repeat(200) }));
	expect(endOfFeeds(parts, POLL).row.lastError.length).toBeLessThanOrEqual(2_000);
});

test('an item without a name is no part of a poll', () => {
	expect(readFeedEnd({ read: 3 })).toBeNull();
});
