import {
	CheckpointError,
	belongsToImport,
	parseCheckpoint,
	sinceWithOverlap,
} from '../../../nodes/shared/domain/company/import';

const checkpoint = {
	entity: 'clients',
	page: 7,
	pageSize: 100,
	firstId: 501,
	total: 1203,
	since: null,
	until: '2026-05-04T02:00:00.000Z',
};

describe('HI-16 the checkpoint of an import', () => {
	test('what was written is read back', () => {
		expect(parseCheckpoint(JSON.stringify(checkpoint))).toEqual(checkpoint);
	});

	test.each(['', '   ', 'null'])('"%s" is no checkpoint', (text) => {
		expect(parseCheckpoint(text)).toBeNull();
	});

	const wrong: Array<[string, string, RegExp]> = [
		['text', 'page 7', /expected the JSON/],
		['a list', '[7]', /JSON object/],
		[
			'another entity',
			JSON.stringify({ ...checkpoint, entity: 'tickets' }),
			/entity needs one of clients/,
		],
		[
			'page 0',
			JSON.stringify({ ...checkpoint, page: 0 }),
			/page needs a whole number from 1, got 0/,
		],
		[
			'half a page',
			JSON.stringify({ ...checkpoint, pageSize: 2.5 }),
			/pageSize needs a whole number/,
		],
		[
			'a negative total',
			JSON.stringify({ ...checkpoint, total: -1 }),
			/total needs a whole number from 0/,
		],
		[
			'no time',
			JSON.stringify({ ...checkpoint, until: undefined }),
			/until needs a date, got undefined/,
		],
		[
			'a since that is no date',
			JSON.stringify({ ...checkpoint, since: 'x' }),
			/since needs a date, got "x"/,
		],
	];

	test.each(wrong)('%s is refused and named', (_name, text, words) => {
		expect(() => parseCheckpoint(text)).toThrow(words);
		expect(() => parseCheckpoint(text)).toThrow(CheckpointError);
	});

	test('eight broken checkpoints were tried', () => expect(wrong).toHaveLength(8));
});

describe('changes since', () => {
	test('the overlap is taken off, in UTC', () => {
		expect(sinceWithOverlap('2026-05-04T04:00:00+02:00', 10)).toBe('2026-05-04T01:50:00.000Z');
		expect(sinceWithOverlap('', 10)).toBeNull();
		expect(() => sinceWithOverlap('last week', 10)).toThrow('got "last week"');
	});

	test('a row belongs when it changed since, or does not say when it changed', () => {
		const filter = { includeInactive: false, since: '2026-05-04T00:00:00.000Z' };
		const row = (updatedAt: string | null, inactive = false) =>
			belongsToImport({ inactive, updatedAt }, filter);
		expect(row('2026-05-04T00:00:00.000Z')).toBe(true);
		expect(row('2026-05-03T23:59:59.000Z')).toBe(false);
		expect(row(null)).toBe(true);
		expect(row('2026-05-05T00:00:00.000Z', true)).toBe(false);
		expect(
			belongsToImport({ inactive: true, updatedAt: null }, { ...filter, includeInactive: true }),
		).toBe(true);
	});
});
