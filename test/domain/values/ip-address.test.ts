import { parseIp, parseRange, rangeHolds } from '../../../nodes/shared/domain/values/ip-address';

const SAME: Array<[string, string]> = [
	['2001:db8::1', '2001:DB8:0:0:0:0:0:1'],
	['2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0001'],
	['::ffff:10.0.0.5', '10.0.0.5'],
	['::ffff:a00:5', '10.0.0.5'],
	['::', '0:0:0:0:0:0:0:0'],
	['1::', '1:0:0:0:0:0:0:0'],
];

test.each(SAME)('%s and %s are one address', (one, other) => {
	expect(parseIp(one)).not.toBeNull();
	expect(parseIp(one)).toEqual(parseIp(other));
});

test.each([
	'10.0.0.256',
	'10.0.0',
	'10.0.0.0.1',
	'010.0.0.1',
	'10.0.0.x',
	'10.0.0.-1',
	'1:2:3:4:5:6:7',
	'1:2:3:4:5:6:7:8:9',
	'1::2::3',
	':::',
	'12345::',
	'g::1',
	'1:2:3:4:5:6:7:8::',
	'fe80::1%eth0',
	'1:10.0.0.1',
	'',
	'SRV-01',
])('"%s" is no address', (text) => {
	expect(parseIp(text)).toBeNull();
});

const RANGES: Array<[string, string[], string[]]> = [
	[
		'10.0.0.0/24',
		['10.0.0.0', '10.0.0.255', '::ffff:10.0.0.7'],
		['10.0.1.0', '9.255.255.255', '::'],
	],
	['10.0.0.77/24', ['10.0.0.1'], ['10.0.1.1']],
	['10.0.0.5/32', ['10.0.0.5'], ['10.0.0.4', '10.0.0.6']],
	['0.0.0.0/0', ['255.255.255.255', '0.0.0.0'], ['2001:db8::1']],
	['2001:db8::/32', ['2001:db8::1', '2001:db8:ffff::'], ['2001:db9::', '32.1.13.184']],
	['::/0', ['2001:db8::1', '::1'], ['10.0.0.1']],
	['::ffff:10.0.0.0/120', ['10.0.0.9'], ['10.0.1.9']],
];

test.each(RANGES)('%s holds %j and not %j', (text, inside, outside) => {
	const range = parseRange(text);
	const holds = (address: string): boolean => {
		const ip = parseIp(address);
		return range !== null && ip !== null && rangeHolds(range, ip);
	};
	expect(inside.filter((address) => !holds(address))).toEqual([]);
	expect(outside.filter(holds)).toEqual([]);
});

test.each([
	'10.0.0.0/33',
	'10.0.0.0/-1',
	'10.0.0.0/',
	'10.0.0.0/024',
	'10.0.0.0/255.255.255.0',
	'2001:db8::/129',
	'::ffff:10.0.0.0/64',
	'10.0.0/8',
	'SRV/24',
	'10.0.0.0/8/9',
	'10.0.0.0',
])('"%s" is no range', (text) => {
	expect(parseRange(text)).toBeNull();
});
