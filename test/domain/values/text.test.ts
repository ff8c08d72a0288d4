import { hideSecrets } from '../../../nodes/shared/domain/values/secrets';
import { shortened, wholeCharacters } from '../../../nodes/shared/domain/values/cut';
import { decodedOnce } from '../../../nodes/shared/domain/values/entities';
import { cleanName, cleanText, cleanTitle } from '../../../nodes/shared/domain/values/text';

const basic = Buffer.from('admin:hunter2').toString('base64');

test.each([
	'Basic Electronics GmbH',
	'Basic Mechanics GmbH',
	'Bearer Insurance Ltd',
	'Token: Services AG',
	'Secret=Garden Ltd',
	'password: managers united',
	'eyJohnson-and-sons.consulting-gmbh',
	'//alice:bob@host',
])('the name %s stays as it is', (name) => {
	expect(cleanName(name)).toBe(name);
});

test.each([
	'Basic authentication is enabled for SMTP',
	'Weak password: administrator',
	'Bearer tokens are accepted over http',
	'Basic constraints extension is missing',
	'The secret: nobody rotates it',
	'Token authentication required',
])('the text %s names no secret and stays as it is', (text) => {
	expect(cleanTitle(text)).toBe(text);
	expect(cleanText(text)).toBe(text);
});

test.each([
	[`Authorization: Basic ${basic}`, basic],
	[`curl -H "authorization: basic ${basic}"`, basic],
	[`sent Basic ${basic} to the host`, basic],
	['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
	['Bearer 9f8a7b6c5d4e3f2a1b0c', '9f8a7b6c5d4e3f2a1b0c'],
	['mysql --password=administrator', 'administrator'],
	['password: Summer2026!', 'Summer2026!'],
	['{"password":"administrator"}', 'administrator'],
	["api_key='abcdefgh'", 'abcdefgh'],
	['https://user:hunter2@host/x', 'hunter2'],
	['token eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc', 'eyJzdWIiOiIx'],
])('%s: the secret is hidden', (text, secret) => {
	expect(cleanTitle(text)).not.toContain(secret);
	expect(cleanText(text)).toContain('[hidden]');
	expect(hideSecrets(text)).not.toContain(secret);
});

describe('a cut', () => {
	const FAMILY = '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}';
	test.each([
		['a pair of surrogates', '\u{1F600}'],
		['a letter and its accents', 'e\u0301\u0323'],
		['a flag', '\u{1F1E9}\u{1F1EA}'],
		['a sign and its skin', '\u{1F44D}\u{1F3FD}'],
		['a family', FAMILY],
	])('never halves %s', (_name, sign) => {
		for (let before = 280; before < 302; before += 1) {
			const shown = cleanTitle(`${'x'.repeat(before)}${sign.repeat(30)}`) ?? '';
			expect(shown.length).toBeLessThanOrEqual(300);
			// The family loses its joiners, which nobody sees, and is three whole signs then.
			const whole = cleanTitle(sign) ?? '';
			const rest = shown.slice(before).replace('…', '');
			const parts = [...new Intl.Segmenter().segment(whole)].map(({ segment }) => segment);
			let left = rest;
			for (let index = 0; left !== ''; index += 1) {
				const part = parts[index % parts.length] ?? '';
				expect([before, left.startsWith(part)]).toEqual([before, true]);
				left = left.slice(part.length);
			}
		}
	});
});

describe('half an address is none', () => {
	const ADDRESS = 'https://kb.example.net/articles/10042?lang=en#fix';

	test.each([ADDRESS, 'www.example.net/a/b/c', `see <${ADDRESS}>`])('%s', (address) => {
		for (let before = 1; before < 80; before += 1) {
			const text = `${'x'.repeat(before)} ${address} and more, ${address}`;
			const shown = wholeCharacters(text, 60);
			expect(shown.length).toBeLessThanOrEqual(60);
			const links = shown.match(/(?:https?:\/\/|www\.)[^\s<>]*/g) ?? [];
			expect(links.filter((link) => !address.includes(link) || !/(?:fix|c)$/.test(link))).toEqual(
				[],
			);
		}
	});

	test('a text that is nothing else is shown in part, with a mark', () =>
		expect(shortened(ADDRESS, 20)).toBe('https://kb.example.n…'));

	test('an address that ends where the text is cut stays whole', () =>
		expect(wholeCharacters(`see ${ADDRESS} now`, ADDRESS.length + 4)).toBe(`see ${ADDRESS}`));

	test('a description of 30,000 characters ends before the address that does not fit', () => {
		const shown = cleanText(`${'x '.repeat(9_990)}${ADDRESS} ${'y '.repeat(5_000)}`) ?? '';
		expect(shown).not.toContain('https://');
		expect(shown.endsWith('x…')).toBe(true);
	});
});

test.each([
	['R&amp;D: disk &lt; 5 %', 'R&D: disk < 5 %'],
	['&amp;lt;', '&lt;'],
	['&#82;&#x44;&#X44;', 'RDD'],
	['&quot;C:&quot;&nbsp;&apos;x&apos;', `"C:" 'x'`],
	['&#0;&#55296;&#1114112;&copy;&lt', '&#0;&#55296;&#1114112;&copy;&lt'],
])('%s is decoded once', (encoded, text) => expect(decodedOnce(encoded)).toBe(text));
