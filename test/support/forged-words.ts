import { pick } from './random';

/** What sends forged words: pieces that may stand side by side. */
const PIECES = [
	...[
		'scanref',
		'scanstate',
		'scanroster',
		'endroster',
		'scanlist',
		'endlist',
		'endstate',
		'scanunrecorded',
		'scandigest',
	],
	...[
		'scan',
		'ref',
		'state',
		'end',
		'list',
		'roster',
		'unrecorded',
		'scanmembers',
		'endmembers',
		'scannote',
	],
	...[
		'severity critical',
		'suppressed yes',
		'grouped yes',
		'add',
		'gone',
		'source tenable',
		'check',
	],
	...[
		'ѕcanref',
		'scаnstate',
		'ｓｃａｎｒｏｓｔｅｒ',
		'&#115;canstate',
		'scan&shy;ref',
		'scan\u200bref',
	],
	...[
		'sc\u00adanstate',
		'scan\u00a0roster',
		'&nbsp;',
		'\u00a0',
		' ',
		' ',
		' ',
		'<td>',
		'</td>',
		'<b>',
	],
	...['(', ')', '"', '\n', 'X', 'noted 2026-05-20T11:00:00.000Z', '&#x65;ndstate', '<br>', ':'],
];

/** Whole words of ours, for disguises. */
const WORDS = ['(scanref', 'scanstate', 'endstate', 'scanroster', 'endroster', 'suppressed yes'];

/** Ways to write a text that some reader takes for the text itself. */
const DISGUISES: Array<(text: string) => string> = [
	(text) => text.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
	(text) => text.replace(/[sd]/g, (letter) => `&#${letter.charCodeAt(0)};`),
	(text) => text.replace(/n/g, 'n&shy;'),
	(text) => text.replace(/n/g, 'n<b></b>'),
	(text) => text.replace(/[an]/g, '$&\u0308'),
	(text) => text.replace(/[ae]/g, '$&\u00ad'),
];

/** A text of the pack's own words, look-alikes and what stands between words. @param known words to use among them */
export function forged(random: () => number, known: readonly string[]): string {
	const length = 1 + Math.floor(random() * 14);
	const parts = Array.from({ length }, () => {
		if (random() < 0.2) return pick(random, known);
		if (random() < 0.1) return pick(random, DISGUISES)(pick(random, [...WORDS, ...known]));
		return pick(random, PIECES);
	});
	return parts.join(random() < 0.3 ? '' : ' ');
}
