import { blockText, lastBlock } from '../../../nodes/shared/domain/ticket/block';
import {
	decodeState,
	encodeState,
	newState,
	STATE_BLOCK,
} from '../../../nodes/shared/domain/ticket/state';
import {
	decodeText,
	encodeText,
	inOtherWords,
	textRecordOf,
} from '../../../nodes/shared/domain/ticket/text-record';

const FIRST = textRecordOf({ title: 'First', description: null });

test.each([
	'Trojan found',
	'C:\\Temp\\a.exe (100 %) - "quoted" & <b>',
	'endstate scanstate ENDSTATE state',
	'check abcdefghijklmnopqrst',
	'Вирус найден, ウイルス 🦠',
	'.73. .2e. a-b',
])('%s comes out of a ticket as it went in, and its block stays one', (title) => {
	const text = inOtherWords(FIRST, { title, description: null }, '');
	if (text === null) throw new Error('The same words');
	expect(text).toMatchObject({ count: 1, told: 0, newest: title });
	expect(decodeText(encodeText(text))).toEqual(text);
	const state = { ...newState('high'), text };
	expect(decodeState(`<p>${encodeState(state)}</p>`)).toEqual(state);
	const sealed = blockText(STATE_BLOCK, ['text', encodeText(text)], 'abcdefghijklmnopqrst');
	expect(lastBlock(sealed, STATE_BLOCK)?.words).toEqual(['text', encodeText(text)]);
});

test.each(['(scanref byrpnxcapcxx)', 'ENDNOTE scanRoster endmembers', 'Xscanstatex endlist'])(
	'none of our own words of %s stands in its record',
	(title) => {
		const text = inOtherWords(FIRST, { title, description: null }, '');
		if (text === null) throw new Error('The same words');
		expect(encodeText(text)).not.toMatch(/scan|end|state/i);
		expect(decodeText(encodeText(text))).toEqual(text);
	},
);

test('long words are cut, half a character is left out, and what is no record is none', () => {
	const long = inOtherWords(FIRST, { title: '\ud83d'.padEnd(500, 'x'), description: null }, '');
	expect(long?.newest.length).toBeLessThanOrEqual(61);
	expect(encodeText(long ?? FIRST)).toMatch(/^[a-z]{8}:1:0:x+\.2026\.$/);
	for (const word of ['', 'short', 'abcdefgh:1', 'abcdefgh:1:0:a b', 'abcdefgh:x:0:']) {
		expect(decodeText(word)).toBeNull();
	}
});
