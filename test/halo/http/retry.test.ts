import { LIMIT_WINDOW_MS, decideRetry, isLost } from '../../../nodes/shared/halo/http/retry';
import type { Attempt, RetryDecision } from '../../../nodes/shared/halo/http/retry';

const NOW = Date.parse('2026-05-04T09:00:00Z');
const READ = { method: 'GET', repeatable: true } as const;
const CREATE = { method: 'POST', repeatable: false } as const;

function answer(status: number, retryAfter?: string): Attempt {
	return {
		kind: 'answer',
		status,
		headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
	};
}
const CUT: Attempt = { kind: 'no answer' };
const NEVER: RetryDecision = { retry: false };

function again(delayMs: number, lookUpFirst = false): RetryDecision {
	return { retry: true, delayMs, lookUpFirst };
}

type Case = [
	why: string,
	request: typeof READ | typeof CREATE,
	outcome: Attempt,
	attempt: number,
	expected: RetryDecision,
];

const CASES: Case[] = [
	['a read without an answer', READ, CUT, 1, again(1_000)],
	['its second wait is longer', READ, CUT, 2, again(2_000)],
	['its third try is followed by a last one', READ, CUT, 3, again(4_000)],
	['its fourth try is the last', READ, CUT, 4, NEVER],
	['a read that timed out at the server', READ, answer(408), 1, again(1_000)],
	['a read that met a fault', READ, answer(500), 1, again(1_000)],
	['a read that met a gateway', READ, answer(504), 1, again(1_000)],
	['a read over the limit', READ, answer(429), 1, again(20_000)],
	['the fourth wait over the limit', READ, answer(429), 4, again(160_000)],
	['the fifth try over the limit is the last', READ, answer(429), 5, NEVER],
	['Retry-After in seconds', READ, answer(429, '7'), 1, again(7_000)],
	['Retry-After as a date', READ, answer(429, 'Mon, 04 May 2026 09:00:30 GMT'), 1, again(30_000)],
	['Retry-After in the past', READ, answer(429, 'Mon, 04 May 2026 08:00:00 GMT'), 1, again(1_000)],
	['Retry-After beyond the window', READ, answer(429, '86400'), 1, again(LIMIT_WINDOW_MS)],
	['Retry-After that is nonsense', READ, answer(429, 'soon'), 1, again(20_000)],
	['a create over the limit was not taken up', CREATE, answer(429), 1, again(20_000)],
	['a create that a busy server put off', CREATE, answer(503, '3'), 1, again(3_000)],
	[
		'a create that met 503 without a time may be stored',
		CREATE,
		answer(503),
		1,
		again(1_000, true),
	],
	['a create without an answer may be stored', CREATE, CUT, 1, again(1_000, true)],
	['a create that met a fault may be stored', CREATE, answer(500), 1, again(1_000, true)],
	['a create that timed out may be stored', CREATE, answer(408), 1, again(1_000, true)],
	['a create is refused', CREATE, answer(400), 1, NEVER],
	['a read is refused', READ, answer(400), 1, NEVER],
	['401 was already tried with a new token', READ, answer(401), 1, NEVER],
	['403', READ, answer(403), 1, NEVER],
	['404', READ, answer(404), 1, NEVER],
	['409', CREATE, answer(409), 1, NEVER],
	['302', READ, answer(302), 1, NEVER],
];

describe('whether a request is sent again', () => {
	test('the table is complete', () => {
		expect(CASES).toHaveLength(28);
	});

	test.each(CASES)('%s', (_why, request, outcome, attempt, expected) => {
		expect(decideRetry(request, outcome, attempt, NOW, 0)).toEqual(expected);
	});

	test('jitter makes a wait longer by a quarter at most, never shorter', () => {
		for (const random of [0, 0.5, 0.999]) {
			const decision = decideRetry(READ, answer(429), 1, NOW, random);
			expect(decision).toEqual(again(Math.round(20_000 * (1 + random / 4))));
		}
	});

	test('the waits over the limit last as long as the limit looks back', () => {
		const waits = [1, 2, 3, 4].map((attempt) => decideRetry(READ, answer(429), attempt, NOW, 0));
		const sum = waits.reduce((total, wait) => total + (wait.retry ? wait.delayMs : 0), 0);
		expect(sum).toBeGreaterThanOrEqual(LIMIT_WINDOW_MS);
	});

	test('only an unanswered or failed write counts as lost', () => {
		expect([CUT, answer(408), answer(500), answer(503), answer(504)].map(isLost)).toEqual([
			true,
			true,
			true,
			true,
			true,
		]);
		expect(
			[answer(200), answer(400), answer(401), answer(429), answer(503, '1')].map(isLost),
		).toEqual([false, false, false, false, false]);
	});
});
