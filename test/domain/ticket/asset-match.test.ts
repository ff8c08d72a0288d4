import {
	assetQuestions,
	carries,
	macSpellings,
	matchingAssets,
	severalAssetsNote,
	withAsset,
	type HaloAsset,
} from '../../../nodes/shared/domain/ticket/asset-match';

const CLIENT = 11;

function asset(change: Partial<HaloAsset> = {}): HaloAsset {
	return {
		id: 317,
		name: 'SRV-01',
		clientId: CLIENT,
		inactive: false,
		names: ['SRV-01', 'SRV-01.corp'],
		details: null,
		...change,
	};
}

const NONE = { id: null, name: null, ip: null, mac: null, serial: null };

test('ID-29 name, serial number and MAC address are asked in this order', () => {
	const questions = assetQuestions({
		...NONE,
		name: ' SRV-01 ',
		serial: 'SN4711',
		mac: '00:15:5d:01:02:03',
	});
	expect(questions).toEqual([
		{ key: 'name', value: 'SRV-01' },
		{ key: 'serial', value: 'SN4711' },
		{ key: 'mac', value: '00:15:5d:01:02:03' },
	]);
});

test.each([
	'To be filled by O.E.M.',
	'Default string',
	'unknown',
	'N/A',
	'0',
	'00000000',
	'localhost',
	'',
])('"%s" is what tools send where they know nothing; nothing is looked for', (serial) => {
	expect(assetQuestions({ ...NONE, serial })).toEqual([]);
});

test.each(['00:00:00:00:00:00', 'ff-ff-ff-ff-ff-ff', '00:15:5d:01:02', 'no address'])(
	'%s is no MAC address of one device',
	(mac) => {
		expect(assetQuestions({ ...NONE, mac })).toEqual([]);
	},
);

test.each([
	['name', 'srv-01', 'SRV-01', true],
	['name', 'SRV-1', 'SRV-01', false],
	['name', 'SRV-01', 'SRV-010', false],
	['serial', 'sn4711', 'SN4711', true],
	['mac', '00:15:5D:01:02:03', '00155d010203', true],
	['mac', '0015.5d01.0203', '00-15-5D-01-02-03', true],
	['mac', '00:15:5D:01:02:03', '00155d010204', false],
] as const)('%s %s against %s', (key, value, stored, expected) => {
	expect(carries(asset({ names: [stored] }), { key, value })).toBe(expected);
	expect(carries(asset({ names: [], details: [stored] }), { key, value })).toBe(expected);
});

test('a MAC address is searched in each spelling, once', () => {
	expect(macSpellings('00155D010203')).toEqual([
		'00155d010203',
		'00:15:5d:01:02:03',
		'00-15-5d-01-02-03',
	]);
	expect(macSpellings('none')).toEqual([]);
});

test("another client's asset of the same name never matches, nor one without a client, nor an inactive one", () => {
	const question = { key: 'name', value: 'SRV-01' } as const;
	const rows = [
		asset({ id: 1, clientId: 12 }),
		asset({ id: 2, clientId: null }),
		asset({ id: 3, inactive: true }),
		asset({ id: 4 }),
	];
	expect(matchingAssets(rows, CLIENT, question).map(({ id }) => id)).toEqual([4]);
	expect(matchingAssets(rows.slice(0, 3), CLIENT, question)).toEqual([]);
});

test('linking keeps what is linked, and says when there is nothing to write', () => {
	expect(withAsset([{ id: 1 }, { id: 2 }], [3])).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
	expect(withAsset([{ id: 1 }, { id: 2 }], [2])).toBeNull();
	expect(withAsset([], [3, 3])).toEqual([{ id: 3 }]);
	expect(withAsset([{ id: 1 }], [])).toBeNull();
});

test('the note about several assets lists 20 of them with their numbers', () => {
	const assets = Array.from({ length: 25 }, (_, index) => asset({ id: index + 1 }));
	const lines = severalAssetsNote('SRV-01', assets).split('\n');
	expect(lines).toHaveLength(22);
	expect(lines[1]).toBe('- SRV-01 (asset 1)');
	expect(lines.at(-1)).toBe('- 5 more');
});
