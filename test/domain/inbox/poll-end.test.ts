import { pollStatus } from '../../../nodes/shared/domain/inbox/poll-end';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { at, NOW } from './rows';

const OWN = { integration: 'office', flow: 'poll-tickets' };
const end = (failed: JsonRecord[]) =>
	pollStatus(failed, { ...OWN, startedAt: at(-60), counts: { read: 3, new: 1 }, now: NOW });

test('a poll that went well leaves its own beginning as the next checkpoint, and the last error as it was', () => {
	expect(end([])).toEqual({
		...OWN,
		enabled: true,
		lastSync: at(0),
		checkpoint: at(-60),
		counts: '{"read":3,"new":1}',
	});
});

test('a poll that failed says why, and touches neither checkpoint nor counts', () => {
	const status = end([
		{ since: at(-900), error: 'Halo refused the request (400)' },
		{ error: 'b' },
	]);
	expect(status).toEqual({
		...OWN,
		enabled: true,
		lastError: 'Halo refused the request (400)',
		lastErrorAt: at(0),
	});
	expect(end([{}])).toMatchObject({ lastError: 'It failed without a message.' });
	expect(end([{ error: 'x'.repeat(900) }]).lastError).toHaveLength(500);
});
