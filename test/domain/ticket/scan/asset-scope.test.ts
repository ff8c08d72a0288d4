import { EventInputError } from '../../../../nodes/shared/domain/values/input-error';
import { assetMarks } from '../../../../nodes/shared/domain/ticket/member';
import {
	foundAt,
	parseAssetScope,
	unmatchedWords,
	within,
} from '../../../../nodes/shared/domain/ticket/scan/asset-scope';

const laptop = { id: 'a-17', name: 'LT-042', ip: '10.20.30.40' };
const server = { id: null, name: '2001:db8:0::25', ip: null };

const NAMED: Array<[string, boolean, boolean]> = [
	['lt-042', true, false],
	['A-17', true, false],
	['10.20.30.40', true, false],
	['::ffff:10.20.30.40', true, false],
	['10.20.0.0/16', true, false],
	['10.21.0.0/16', false, false],
	['2001:DB8::25', false, true],
	['2001:db8::/32', false, true],
	['2001:db9::/32', false, false],
	['0.0.0.0/0', true, false],
	['LT-04', false, false],
];

test.each(NAMED)('%s names the laptop: %s, the server: %s', (text, first, second) => {
	const [entry] = parseAssetScope(text);
	if (entry === undefined) throw new Error('Nothing was read');
	expect(within(entry, assetMarks(laptop))).toBe(first);
	expect(within(entry, assetMarks(server))).toBe(second);
});

test('commas and lines separate, empty places name nothing, and one name counts once', () => {
	const text = 'SRV-1, 10.0.0.0/8\n2001:db8::/32,,\r\n srv-1 ,rack 4';
	expect(parseAssetScope(text).map((entry) => entry.text)).toEqual([
		'SRV-1',
		'10.0.0.0/8',
		'2001:db8::/32',
		'rack 4',
	]);
	expect(parseAssetScope(' ,\n')).toEqual([]);
});

test.each([
	'registry.example/app:1.2',
	'arn:aws:ec2:eu-west-1:1:instance/i-0a',
	'12',
	'1.2',
	'www.example.com',
	'srv-1-2',
	'aa:bb:cc:dd:ee:ff',
])('%s is taken as a name', (text) => {
	expect(parseAssetScope(text)).toMatchObject([{ text }]);
});

test.each([
	'10.0.0.0/33',
	'10.0.0.0/255.255.255.0',
	'10.0.0.300',
	'10.0.0.1-10.0.0.20',
	'10.0.0.1 - 20',
	'10.0.0.*',
	'SRV-*',
	'SRV-?',
	'SRV-1; SRV-2',
	'2001:db8::/129',
	'2001:db8::/x',
	'1:2:3:4:5:6:7:8:9',
	'["SRV-1"',
	'[object Object]',
	'undefined',
	'null',
])('%s is refused by name', (text) => {
	const read = () => parseAssetScope(`SRV-1, ${text}`);
	expect(read).toThrow(EventInputError);
	expect(read).toThrow(`"${text}"`);
});

test('entries without a match are named up to twenty, and the rest is counted', () => {
	const names = Array.from({ length: 23 }, (_, number) => `SRV-${number}`);
	expect(unmatchedWords([])).toBeNull();
	expect(unmatchedWords(parseAssetScope(names.join('\n')))).toMatch(/SRV-18, SRV-19, 3 more\. /);
});

test.each([
	['of this source at this client', { clientId: 11, source: 'tenable' }, false, true],
	['of another client', { clientId: 12, source: 'tenable' }, true, false],
	['of another source', { clientId: 11, source: 'wazuh' }, true, false],
	['without a client, the client picked', { clientId: null, source: 'tenable' }, true, true],
	['without a client, none picked', { clientId: null, source: 'tenable' }, false, false],
])('a finding %s shows that its asset was reached or not', (_, finding, clientPicked, shows) => {
	const found = [{ ...finding, marks: ['abcdef'] }];
	expect(foundAt({ clientPicked, found }, 11, 'tenable').has('abcdef')).toBe(shows);
});
