import { companyNameKeys } from '../../../nodes/shared/domain/company/name';
import { readPodOrigin } from '../../../nodes/shared/domain/sources/connectsecure/address';
import { summaryText, toHtml, toLine } from '../../../nodes/shared/domain/ticket/text/details';
import { describe as described } from '../../../nodes/shared/domain/values/input-error';
import { withoutInvisible } from '../../../nodes/shared/domain/values/invisible';
import { cleanName, cleanText, cleanTitle } from '../../../nodes/shared/domain/values/text';
import { readAddresses } from '../../../nodes/shared/halo/sign-in/urls';

const READERS: Array<[string, (text: string) => string | null]> = [
	['a title', cleanTitle],
	['a name', cleanName],
	['a text', cleanText],
	['a line on a ticket', toLine],
	['HTML on a ticket', toHtml],
	['a summary', (text) => summaryText(text, 'abcdefghijkl').replace(/ \(scanref [a-z]+\)$/, '')],
];

/** Every code point that Unicode calls a format character or one to be ignored when it cannot be shown. */
function invisible(): string[] {
	const found: string[] = [];
	for (let point = 0; point <= 0x10ffff; point += 1) {
		const character = String.fromCodePoint(point);
		if (/\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}/u.test(character)) {
			found.push(character);
		}
	}
	return found;
}

const ALL = invisible();

test('the kinds hold the characters that are known to hide or turn text', () => {
	// Soft hyphen, Arabic letter mark, Mongolian vowel separator, Hangul filler, interlinear annotation, tags, joiners.
	const known = [0xad, 0x61c, 0x180e, 0x3164, 0xffa0, 0xfff9, 0xfffb, 0xe0001, 0xe0041, 0xe007f];
	const more = [0x200b, 0x200e, 0x202e, 0x2060, 0x2069, 0xfeff, 0x034f, 0xfe0f, 0xfdd0, 0x1ffff];
	for (const point of [...known, ...more]) expect(ALL).toContain(String.fromCodePoint(point));
	expect(ALL.length).toBeGreaterThan(4_000);
});

test.each(READERS)('%s keeps none of them, and what stands around them', (_what, read) => {
	const passed = ALL.filter((character) => read(`Disk${character}Full`) !== 'DiskFull');
	expect(passed.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
});

test('a text of nothing else is no title', () => {
	expect(cleanTitle('\u3164\u{e0041}\u00ad')).toBeNull();
});

test('they make no second company of a name', () => {
	const passed = ALL.filter(
		(character) => companyNameKeys(`Con${character}toso`).full !== companyNameKeys('Contoso').full,
	);
	expect(passed.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
});

test('they come along in copied addresses and are left out', () => {
	for (const character of ['\u00ad', '\u3164', '\u200b', '\u{e0020}']) {
		expect(readPodOrigin(`${character}pod1.example.com`)).toBe('https://pod1.example.com');
		const domain = `acme.halopsa.com${character}`;
		expect(
			readAddresses({ domain, authorisationServer: '', tenant: '', allowHttp: false }),
		).toMatchObject({ resourceServer: 'https://acme.halopsa.com/api' });
	}
});

test('letters, accents, emoji and every other character stay', () => {
	const text = 'Zürich – Łódź, Ελλάδα, ガ, й, عربي, 漢字, 😀 «x» 100 €';
	expect(withoutInvisible(text)).toBe(text);
});

test('a value in an error shows what it is made of, and a database can keep it', () => {
	expect(described('a\u0000b')).toBe('"a\\u0000b"');
	expect(described('x\ud800')).toBe('"x\\ud800"');
	expect(described('two\nlines \u202e turned')).toBe('"two\\u000alines \\u202e turned"');
	expect(described('C:\\Tools "Größe" 漢字 🙂')).toBe('"C:\\Tools "Größe" 漢字 🙂"');
	for (const character of ALL)
		expect(described(`Disk${character}`)).toMatch(/^"Disk(\\u[\da-f]{4,6})+"$/);
});
