import {
	refusalIn,
	pageRows,
	totalIn,
} from '../../../../nodes/shared/domain/sources/connectsecure/answer';
import {
	feedResult,
	feedWindow,
	readMarks,
} from '../../../../nodes/shared/domain/sources/connectsecure/poll';

const ASKED = { overlapMinutes: 60, pageSize: 100 };
const OPEN = { path: '/r/report_queries/get_remediation', time: 'last_seen' };
const NOW = Date.parse('2026-05-10T00:00:00Z');

const window = (marks: Record<string, unknown> = {}) => feedWindow(OPEN, marks, ASKED);
const read = (rows: unknown[], marks = {}, problem: string | null = null) =>
	feedResult(window(marks), { rows, problem }, NOW);

describe('what a poll asks of a feed', () => {
	test('the first time all of it, in the order of its time', () => {
		expect(window()).toMatchObject({
			feed: 'get_remediation',
			since: '',
			query: { limit: 100, order_by: 'last_seen' },
		});
	});

	test('then what is newer than the newest row, less the overlap', () => {
		expect(window({ get_remediation: '2026-05-04 09:12:33' }).query).toEqual({
			limit: 100,
			order_by: 'last_seen',
			condition: "last_seen >= '2026-05-04 08:12:33'",
		});
	});

	test('a feed without a time column is always read whole', () => {
		const marks = { get_remediation: '2026-05-04 09:12:33' };
		expect(feedWindow({ ...OPEN, time: '' }, marks, ASKED).query).toEqual({ limit: 100 });
	});

	test.each(["2026' OR 1=1 --", 'yesterday', '', 7, null, { a: 1 }])(
		'a mark that is no time never reaches the condition: %j',
		(mark) => {
			expect(window({ get_remediation: mark }).query).not.toHaveProperty('condition');
		},
	);

	test('a checkpoint that is no JSON is refused with the next step', () => {
		expect(readMarks('')).toEqual({});
		expect(() => readMarks('{')).toThrow('not the JSON that it wrote: {');
		expect(() => readMarks('[]')).toThrow('wrote: []');
	});
});

describe('where the next poll goes on', () => {
	test('at the newest time of a feed that was read to its end', () => {
		const rows = [{ last_seen: '2026-05-04T09:12:33' }, { last_seen: '2026-05-03T00:00:00' }];
		expect(read(rows).summary).toEqual({
			feed: 'get_remediation',
			read: 2,
			problem: null,
			mark: '2026-05-04 09:12:33',
		});
	});

	test('where it was when nothing came, and when something went wrong', () => {
		const marks = { get_remediation: '2026-05-04 09:12:33' };
		expect(read([], marks).summary.mark).toBe('2026-05-04 09:12:33');
		const later = [{ last_seen: '2026-05-06T00:00:00' }];
		expect(read(later, marks, 'HTTP 500').summary).toMatchObject({
			problem: 'HTTP 500',
			mark: '2026-05-04 09:12:33',
		});
	});

	test('never in the future: a row of a wrong clock would hide all that come after it', () => {
		const rows = [{ last_seen: '2026-05-04T09:12:33' }, { last_seen: '2031-01-01T00:00:00' }];
		expect(read(rows).summary.mark).toBe('2026-05-10 00:00:00');
	});

	test('a pod that gives all rows in spite of the condition gives no old ones twice; one without a time is kept', () => {
		const marks = { get_remediation: '2026-05-04 09:12:33' };
		const rows = [
			{ id: 1, last_seen: '2026-05-04T08:12:32' },
			{ id: 2, last_seen: '2026-05-04T08:12:33' },
			{ id: 3, last_seen: 'unknown' },
		];
		expect(read(rows, marks).data).toEqual(rows.slice(1));
	});

	test('fewer rows than the pod counts are a problem, unless a condition was asked', () => {
		const rows = [{ total_count: 3 }, { total_count: '3' }];
		expect(read(rows).summary.problem).toContain('2 of 3 rows were given');
		expect(read(rows, { get_remediation: '2026-05-04 09:12:33' }).summary.problem).toBeNull();
	});
});

describe('what an answer says', () => {
	test.each([
		[{ status: 200, body: { status: true, data: [] } }, null],
		[
			{ status: 200, body: { status: false, message: 'Licence ended' } },
			'it refused: Licence ended',
		],
		[{ status: 200, body: { status: false } }, 'it refused: no reason given'],
		[{ status: 500, body: { message: 'Internal error' } }, 'Internal error (HTTP 500)'],
		[{ status: 302, body: '' }, '(HTTP 302)'],
		[{ failure: 'no answer' }, 'no answer'],
		[
			{ status: 403, body: { message: 'token=abcdef1234567890 is void' } },
			'token=[hidden] is void (HTTP 403)',
		],
	])('%j', (answer, said) => {
		expect(refusalIn(answer)).toBe(said);
	});

	test('a web page is no list of rows', () => {
		expect(pageRows({ status: 200, body: '<html>' })).toBe('the answer holds no list of rows');
		expect(pageRows({ status: 200, body: { status: true, data: [1] } })).toEqual([1]);
	});

	test('the largest count of any row is taken', () => {
		expect(totalIn([{ total_count: 2 }, null, { total_count: 'x' }, { total_count: 5 }])).toBe(5);
	});
});
