import { bodyText } from '../../../nodes/shared/domain/webhook/body-text';

/** A company, a sign outside Latin-1 and one outside the basic plane. */
const TEXT = '{"company":"Möller & Søn – „Ünïcode“ €"}';

function utf16be(text: string): Buffer {
	return Buffer.from(text, 'utf16le').swap16();
}

/** Windows-1252 by its own table, so that the reader's is not its own proof. */
function windows1252(text: string): Buffer {
	const high: Readonly<Record<string, number>> = { '–': 0x96, '„': 0x84, '“': 0x93, '€': 0x80 };
	return Buffer.from([...text].map((sign) => high[sign] ?? sign.charCodeAt(0)));
}

const mark = (bytes: Buffer, ...first: number[]) => Buffer.concat([Buffer.from(first), bytes]);

describe('a body is read in its charset', () => {
	test.each<[string, Buffer, string]>([
		['UTF-8, unsaid', Buffer.from(TEXT), ''],
		['UTF-8, said', Buffer.from(TEXT), 'application/json; charset=UTF-8'],
		['UTF-8 with a mark', mark(Buffer.from(TEXT), 0xef, 0xbb, 0xbf), 'application/json'],
		['Windows-1252', windows1252(TEXT), 'application/json; charset=windows-1252'],
		['Latin-1, which senders of Windows-1252 say', windows1252(TEXT), 'text/plain;charset=latin1'],
		['a quoted name', windows1252(TEXT), 'text/plain; Charset = "ISO-8859-1" ; x=1'],
		['UTF-16, said', Buffer.from(TEXT, 'utf16le'), 'application/json; charset=utf-16'],
		['UTF-16 with a mark', mark(Buffer.from(TEXT, 'utf16le'), 0xff, 0xfe), ''],
		['UTF-16 big-endian with a mark', mark(utf16be(TEXT), 0xfe, 0xff), ''],
		['UTF-16 big-endian, said', utf16be(TEXT), 'application/json; charset=utf-16be'],
		['UTF-16, unsaid and unmarked', Buffer.from(TEXT, 'utf16le'), 'application/json'],
		['UTF-16 big-endian, unsaid and unmarked', utf16be(TEXT), ''],
		[
			'a mark before what the header says',
			mark(Buffer.from(TEXT), 0xef, 0xbb, 0xbf),
			'a/b; charset=latin1',
		],
	])('%s', (_, bytes, contentType) => expect(bodyText(bytes, contentType)).toBe(TEXT));

	test('no byte of Windows-1252 is lost or doubled', () => {
		const all = bodyText(
			Buffer.from(Array.from({ length: 256 }, (_, code) => code)),
			'a/b; charset=windows-1252',
		);
		expect(new Set(all).size).toBe(256);
		expect(all.slice(0, 128) + all.slice(160)).toBe(
			Buffer.from(Array.from({ length: 256 }, (_, code) => code))
				.toString('latin1')
				.replace(/[\u0080-\u009f]/g, ''),
		);
	});
});

describe('bytes that are no text in the charset are refused by its name', () => {
	test.each<[string, Buffer, string, number, string]>([
		['Latin-1 sent as UTF-8', windows1252(TEXT), 'a/b; charset=utf-8', 400, 'utf-8'],
		['Latin-1 that says nothing', windows1252(TEXT), 'application/json', 400, 'utf-8'],
		['half a character', Buffer.from(TEXT).subarray(0, 14), '', 400, 'utf-8'],
		['an odd byte of UTF-16', Buffer.from([0xff, 0xfe, 0x7b]), '', 400, 'utf-16le'],
		['half a pair of UTF-16', Buffer.from([0, 0xd8]), 'a/b; charset=utf-16', 400, 'utf-16'],
		['an unknown charset', Buffer.from(TEXT), 'a/b; charset=ebcdic-37', 415, 'ebcdic-37'],
		['UTF-7', Buffer.from(TEXT), 'a/b; charset=utf-7', 415, 'utf-7'],
	])('%s', (_, bytes, contentType, status, charset) => {
		let thrown: unknown = null;
		try {
			bodyText(bytes, contentType);
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({
			status,
			message: expect.stringContaining(charset),
			nextStep: expect.any(String),
		});
	});
});
