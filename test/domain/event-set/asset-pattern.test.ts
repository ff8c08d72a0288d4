import { assetPattern } from '../../../nodes/shared/domain/event-set/asset-pattern';
import { patternTest } from '../../../nodes/shared/domain/event-set/names';
import { createRandom } from '../../support/random';

const PATTERNS = [
	'^SRV-',
	'^srv-\\d{2,3}$',
	'(?:web|db)+-[0-9]+',
	'^(a|b)*c?$',
	'[^a-z]+x|y*z',
	'\\bDC\\d*\\b',
	'^.{3}$',
	'(a+)+$',
	'a{2}b{1,}c{0,2}',
	'\\.local$',
	'^$',
	'x*',
	'[\\]a-]+b',
	'\\p{Lu}+\\u{1F600}?',
	'(a*)*b',
	'(?:)+a',
];

test.each(PATTERNS)('%s holds for the same names as in JavaScript', (pattern) => {
	const ours = assetPattern(pattern);
	const theirs = new RegExp(pattern, 'iu');
	const random = createRandom(20_261_130);
	const signs = [...'abcxyzSRV-019 .dDCwebloÄ\u{1F600}]'];
	for (let round = 0; round < 3_000; round += 1) {
		const length = Math.floor(random() * 9);
		const text = Array.from(
			{ length },
			() => signs[Math.floor(random() * signs.length)] ?? '',
		).join('');
		expect([text, ours?.test(text)]).toEqual([text, theirs.test(text)]);
	}
	for (const text of ['SRV-01', 'web-7', 'DC1', 'aab', 'host.local', 'abab', 'aabbcc']) {
		expect([text, ours?.test(text)]).toEqual([text, theirs.test(text)]);
	}
});

test.each(['(a+)+$', '^(a|a)*$', '(?:a*)*b', '^(\\w+\\s?)*$'])(
	'%s on 100,000 characters comes to an end',
	(pattern) => {
		const start = performance.now();
		expect(assetPattern(pattern)?.test(`${'a'.repeat(100_000)}!`)).toBe(false);
		expect(performance.now() - start).toBeLessThan(5_000);
	},
);

test.each(['SRV-(', '(?=a)b', '(a)\\1', '(?<!x)y', '(?:a{5000}){5000}', '[z-a]'])(
	'%s is refused',
	(pattern) => {
		expect(assetPattern(pattern)).toBeNull();
	},
);

test.each([
	['report.*', 'report.mail', true],
	['report.*', 'other.mail', false],
	['*.closed', 'ticket.closed', true],
	['a*b*c', 'a-c-b-c', true],
	['a*b*c', 'a-c-c', false],
	['ab*ba', 'aba', false],
	['*', '', true],
	['a.b', 'axb', false],
])('%s for the code %s: %s', (pattern, code, holds) => {
	expect(patternTest(pattern)(code)).toBe(holds);
});
