import {
	checkMappings,
	guardMassChange,
	MassChangeError,
	staleProfileValues,
} from '../../../../nodes/shared/domain/company/match/drift';
import { parseMappingRow } from '../../../../nodes/shared/domain/company/mapping';
import type { HaloClient } from '../../../../nodes/shared/domain/company/types';
import type { ProfileLists } from '../../../../nodes/shared/domain/profile/resolve';
import { parseProfileRow } from '../../../../nodes/shared/domain/profile/parse';

function client(id: number, name: string, more: Partial<HaloClient> = {}): HaloClient {
	const empty = {
		reference: null,
		domain: null,
		inactive: false,
		deleted: false,
		mergedInto: null,
	};
	return { id, name, ...empty, ...more };
}

function rowsOf(...rows: object[]) {
	return rows.flatMap((row, index) => parseMappingRow(row, index + 1) ?? []);
}

const row = (companyId: string, haloClientId: number | null, more: object = {}) => ({
	source: 'demo',
	companyId,
	companyName: `Company ${companyId}`,
	haloClientId,
	...more,
});

const anything = { profiles: null, eventSets: null };

const clients = [
	client(11, 'Contoso Ltd'),
	client(12, 'Fabrikam Holding'),
	client(13, 'Northwind', { inactive: true }),
	client(14, 'Old Adatum', { mergedInto: 15 }),
	client(15, 'Middle Adatum', { mergedInto: 16 }),
	client(16, 'Adatum'),
	client(17, 'Tailspin', { deleted: true }),
	client(18, 'Loop', { mergedInto: 19 }),
	client(19, 'Loop', { mergedInto: 18 }),
	client(30, 'Proseware'),
];

describe('D18 drift of a mapping row', () => {
	const cases: Array<[string, object[], string[], number | null, RegExp | null]> = [
		['a row that is right', [row('1', 11, { haloClientName: 'Contoso Ltd' })], [], null, null],
		['a row without the name', [row('1', 11)], [], null, null],
		[
			'a renamed client',
			[row('1', 12, { haloClientName: 'Fabrikam' })],
			['renamed'],
			12,
			/is called Fabrikam Holding now; the id stays/,
		],
		['an inactive client', [row('1', 13)], ['inactive'], null, /is inactive in Halo/],
		['a merged client', [row('1', 14)], ['merged'], 16, /was merged into client 15/],
		['a merge that goes in circles', [row('1', 18)], ['merged'], null, /was merged/],
		['a client marked as deleted', [row('1', 17)], ['deleted'], null, /is deleted in Halo/],
		[
			'a client that is gone',
			[row('1', 99, { haloClientName: 'Gone' })],
			['deleted'],
			null,
			/no longer in Halo:/,
		],
		[
			'a client made anew under its old name',
			[row('1', 99, { haloClientName: 'Proseware' })],
			['deleted'],
			30,
			/no longer/,
		],
		['a row that cannot be read', [row('1', 1)], ['refused'], null, /row 1, column haloClientId/],
		[
			'a row that stands twice',
			[row('1', 11), row('1', 11)],
			['duplicate'],
			null,
			/says the same as row 1/,
		],
		[
			'two rows that contradict',
			[row('1', 11), row('1', 30)],
			['conflict'],
			null,
			/names client 30, row 1 names 11/,
		],
		[
			'a profile that is gone',
			[row('1', 11, { profile: 'P9' })],
			['stale_profile'],
			null,
			/no profile called "P9"/,
		],
		[
			'an event set that is gone',
			[row('1', 11, { eventSet: 'Old' })],
			['stale_event_set'],
			null,
			/no event set called "Old"/,
		],
		[
			'names that differ in case only',
			[row('1', 11, { profile: 'p1', eventSet: 'HIGH' })],
			[],
			null,
			null,
		],
		[
			'one company in two sources',
			[row('1', 11), row('1', 30, { source: 'other' })],
			[],
			null,
			null,
		],
	];

	test.each(cases)('%s', (_name, rows, kinds, suggested, words) => {
		const known = { profiles: new Set(['p1']), eventSets: new Set(['high']) };
		const found = checkMappings(rowsOf(...rows), clients, known).at(-1) ?? [];
		expect(found.map(({ kind }) => kind)).toEqual(kinds);
		expect(found[0]?.suggestedClientId ?? null).toBe(suggested);
		if (words !== null) expect(found[0]?.message).toMatch(words);
	});

	test('sixteen cases were tried', () => expect(cases).toHaveLength(16));

	test('profiles are not judged when their rows did not come in', () => {
		expect(checkMappings(rowsOf(row('1', 11, { profile: 'P9' })), clients, anything)).toEqual([[]]);
	});
});

describe('D18 the mass-change guard', () => {
	const mapped = rowsOf(row('1', 11), row('2', 12), row('3', 30), row('4', 99), row('5', null));

	test('half of the mapped clients may be gone, more may not', () => {
		const half = [client(11, 'A'), client(12, 'B')];
		expect(() => guardMassChange(mapped, half, 50)).not.toThrow();
		expect(() => guardMassChange(mapped, half.slice(0, 1), 50)).toThrow(MassChangeError);
		expect(() => guardMassChange(mapped, half.slice(0, 1), 50)).toThrow(
			"3 of 4 mapped Halo clients are missing from Halo's list, more than 50 %: nothing was changed",
		);
		expect(() => guardMassChange(mapped, [], 100)).not.toThrow();
	});

	test('an inactive client counts as missing', () => {
		const inactive = [client(11, 'A', { inactive: true }), client(12, 'B')];
		expect(() => guardMassChange(mapped, inactive, 50)).toThrow(MassChangeError);
	});

	test('two mapped clients are too few for a mass change', () => {
		expect(() => guardMassChange(rowsOf(row('1', 98), row('2', 99)), [], 50)).not.toThrow();
	});
});

describe('D18 stale values of profiles', () => {
	const lists: ProfileLists = {
		ticketTypes: [{ id: 1, name: 'Incident', defaultSla: 1 }],
		statuses: [
			{ id: 1, name: 'New', type: 0 },
			{ id: 9, name: 'Closed', type: 0 },
		],
		slas: [{ id: 1, name: 'Standard' }],
		priorities: [{ priorityId: 1, slaId: 1, name: 'Critical', hidden: false }],
		teams: [{ id: 3, name: 'Service Desk' }],
		agents: [{ id: 5, name: 'Alex Rivera' }],
		categories: [],
		urgencies: [],
		impacts: [],
		clients: [],
	};

	const profile = (more: object) =>
		parseProfileRow({
			number: 1,
			json: { name: 'P1', ticketType: 'Incident', statusClose: 'Closed', ...more },
		});

	test('every stale value is named, not only the first', () => {
		const found = staleProfileValues(
			[profile({ team: 'Night Shift', agent: 'Sam Gone', priority: 'Critical' })],
			lists,
		);
		expect(found.map(({ field, value }) => [field, value])).toEqual([
			['team', 'Night Shift'],
			['agent', 'Sam Gone'],
		]);
		expect(found[0]?.message).toContain('Allowed: Service Desk (3)');
	});

	test('a profile whose values Halo knows has none', () => {
		expect(
			staleProfileValues([profile({ team: 'Service Desk', sla: '1', priority: '1' })], lists),
		).toEqual([]);
	});
});
