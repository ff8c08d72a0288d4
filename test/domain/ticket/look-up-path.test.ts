import {
	cheapestPath,
	pagesLeft,
	searchEach,
	worthScoping,
} from '../../../nodes/shared/domain/ticket/look-up-path';
import { isOpenStatus } from '../../../nodes/shared/domain/ticket/view';

const PATHS: Array<[references: number, all: number, scoped: number | null, path: string]> = [
	[1000, 9, null, 'all clients'],
	[1000, 25, null, 'all clients'],
	[1000, 200, 20, 'these clients'],
	[1000, 200, 300, 'all clients'],
	[10, 200, 40, 'each reference'],
	[10, 200, null, 'each reference'],
	[10, 200, 3, 'these clients'],
	[4, 0, null, 'all clients'],
];

test.each(PATHS)(
	'%i references, %i pages left for all clients, %s for these: %s',
	(references, all, scoped, path) => {
		expect(cheapestPath(references, all, scoped)).toBe(path);
	},
);

test('up to three references are searched one by one', () => {
	expect([1, 3, 4].map(searchEach)).toEqual([true, true, false]);
});

test('pages left are counted after the first', () => {
	expect([0, 1, 100, 101, 1000].map(pagesLeft)).toEqual([0, 0, 0, 1, 9]);
});

test('clients are asked for only when all clients are too many', () => {
	expect([worthScoping(1000, 25), worthScoping(1000, 26), worthScoping(10, 11)]).toEqual([
		false,
		true,
		true,
	]);
});

const STATUSES: Array<[string, number, number[], number[], boolean | null]> = [
	['listed as open', 1, [1, 2], [1, 2, 9], true],
	['not listed as open', 23, [1, 2], [1, 2, 9, 23], false],
	["a profile's close status", 9, [1, 2, 9], [1, 2, 9], false],
	['of a Halo that lists all as open', 2, [1, 2, 9], [1, 2, 9], null],
	['unheard of', 77, [1, 2], [1, 2, 9], null],
];

test.each(STATUSES)('a ticket in a status %s', (_, status, open, all, expected) => {
	const known = { openIds: new Set(open), allIds: new Set(all), closeIds: new Set([9]) };
	expect(isOpenStatus(status, known)).toBe(expected);
});
