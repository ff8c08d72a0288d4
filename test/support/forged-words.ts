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

/** A text of the pack's own words, look-alikes and what stands between words. @param known words to use among them */
export function forged(random: () => number, known: readonly string[]): string {
	const length = 1 + Math.floor(random() * 14);
	const parts = Array.from({ length }, () =>
		random() < 0.2 ? pick(random, known) : pick(random, PIECES),
	);
	return parts.join(random() < 0.3 ? '' : ' ');
}
