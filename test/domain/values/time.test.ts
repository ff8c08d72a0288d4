import { toIsoTime } from '../../../nodes/shared/domain/values/time';

const TIMES: Array<[string, unknown, string | null]> = [
	['ISO with Z', '2026-05-04T09:12:33Z', '2026-05-04T09:12:33.000Z'],
	['ISO with an offset without colon', '2026-05-04T09:12:33.412+0000', '2026-05-04T09:12:33.412Z'],
	['a negative offset without colon', '2026-05-04T06:12:33.412-0300', '2026-05-04T09:12:33.412Z'],
	['an offset of hours and minutes', '2026-05-04T14:42:33+05:30', '2026-05-04T09:12:33.000Z'],
	['an offset of hours', '2026-05-04T11:12:33+02', '2026-05-04T09:12:33.000Z'],
	['seven decimals', '2026-05-04T09:12:33.8476880Z', '2026-05-04T09:12:33.847Z'],
	['nine decimals', '2026-05-04T09:12:33.873077559Z', '2026-05-04T09:12:33.873Z'],
	['a space and no zone', '2026-05-04 09:12:33.8476880', '2026-05-04T09:12:33.847Z'],
	['a date alone', '2026-05-04', '2026-05-04T00:00:00.000Z'],
	['no separators', '20260504T091233412', '2026-05-04T09:12:33.412Z'],
	['a date of eight digits', '20260504', '2026-05-04T00:00:00.000Z'],
	['epoch seconds', 1777885953, '2026-05-04T09:12:33.000Z'],
	['epoch seconds as text', '1777885953', '2026-05-04T09:12:33.000Z'],
	['epoch seconds with a fraction', '1777885953.412', '2026-05-04T09:12:33.412Z'],
	['epoch milliseconds', 1777885953412, '2026-05-04T09:12:33.412Z'],
	['epoch microseconds', 1777885953412345, '2026-05-04T09:12:33.412Z'],
	['epoch nanoseconds as text', '1777885953412345678', '2026-05-04T09:12:33.412Z'],
	["Go's zero time", '0001-01-01T00:00:00Z', null],
	['minus one', '-1', null],
	['zero', 0, null],
	['an empty text', '', null],
	['a word', 'soon', null],
	['a day that does not exist', '2026-02-30', null],
	['an object', {}, null],
];

describe('times of every source', () => {
	test('there are 24 forms', () => expect(TIMES).toHaveLength(24));

	test.each(TIMES)('%s', (_, value, expected) => expect(toIsoTime(value)).toBe(expected));

	test.each([
		['Mon, 4 May 2026 11:12:33 +0200', '2026-05-04T09:12:33.000Z'],
		['4 May 2026 09:12 GMT', '2026-05-04T09:12:00.000Z'],
		['Mon, 04 May 2026 05:12:33 EDT', '2026-05-04T09:12:33.000Z'],
		['Mon, 4 May 2026 11:12:33', null],
		['Tue, 4 May 2026 11:12:33 +0200', null],
		[`Mon, 4 May 2026 11:12:33 +0200 (${'x'.repeat(40)})`, null],
	])('the date of a mail header %p is %p: it names its zone', (written, expected) => {
		expect(toIsoTime(written, 'Europe/London')).toBe(expected);
	});

	test('a time without a zone is read in the zone of the source, daylight saving included', () => {
		expect(toIsoTime('2026-07-01 12:00:00', 'Europe/London')).toBe('2026-07-01T11:00:00.000Z');
		expect(toIsoTime('2026-01-01 12:00:00', 'Europe/London')).toBe('2026-01-01T12:00:00.000Z');
		expect(toIsoTime('2026-07-01T12:00:00Z', 'Europe/London')).toBe('2026-07-01T12:00:00.000Z');
	});
});
