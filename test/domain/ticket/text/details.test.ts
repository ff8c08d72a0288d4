import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { newState } from '../../../../nodes/shared/domain/ticket/state';
import {
	closureNote,
	detailsHtml,
	linkHtml,
	summaryText,
	toHtml,
	toLine,
} from '../../../../nodes/shared/domain/ticket/text/details';

const REFERENCE = 'kqzvwmtrbhxd';

function event(change: Partial<ScannerEvent> = {}): ScannerEvent {
	const base = parseEvent({
		source: 'wazuh',
		dedupKey: 'v1|wazuh|x',
		status: 'open',
		title: 'OpenSSL out of date',
		severity: 'high',
		rawSeverity: '12',
		time: '2026-05-04T09:12:33Z',
	});
	return { ...base, ...change };
}

const TITLES: Array<[string, string, string]> = [
	['a plain title', 'OpenSSL out of date', 'OpenSSL out of date'],
	['line breaks and tabs', 'One\r\nTwo\tThree', 'One Two Three'],
	['control characters and reading direction', 'A\u0000B\u0007C\u202eD\u200b', 'ABCD'],
	['nothing to show', '\u0007 \n', 'Finding without a title'],
];

test.each(TITLES)('a summary of %s ends in the marker', (_, title, shown) => {
	expect(summaryText(title, REFERENCE)).toBe(`${shown} (scanref ${REFERENCE})`);
});

test.each([
	['letters', 'x'],
	['signs of two code units', '😀'],
	['accents', 'é'],
])('a summary of 400 %s keeps within 255 characters and keeps its marker whole', (_, sign) => {
	const summary = summaryText(sign.repeat(400), REFERENCE);
	expect(summary.length).toBeLessThanOrEqual(255);
	expect(summary.length).toBeGreaterThan(250);
	expect(summary.endsWith(`… (scanref ${REFERENCE})`)).toBe(true);
	expect(Buffer.from(summary, 'utf8').toString('utf8')).toBe(summary);
});

test('the five signs of HTML are escaped and line breaks kept', () => {
	expect(toHtml('<a href="x">\'&\'</a>\r\nnext')).toBe(
		'&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;<br>next',
	);
});

test('a text that is too long is cut and says by how much', () => {
	expect(toHtml('x'.repeat(130), 100)).toBe(`${'x'.repeat(100)} … (30 more characters)`);
});

test('details hold the facts that are known, the link, the state and the marker last', () => {
	const html = detailsHtml({
		event: event({
			description: 'Old version',
			remediation: 'Install 3',
			url: 'https://wazuh.example/?a=1&b=2',
			cves: Array.from({ length: 25 }, (_, index) => `CVE-2026-${1000 + index}`),
			kev: true,
		}),
		reference: REFERENCE,
		state: newState('high'),
		remarks: ['Follows ticket 7.'],
	});
	for (const part of [
		'high (wazuh: 12)',
		'CVE-2026-1019, 5 more',
		'Known exploited',
		'<b>Remediation</b><br>Install 3',
		'<a href="https://wazuh.example/?a=1&amp;b=2">',
		'Follows ticket 7.',
	]) {
		expect(html).toContain(part);
	}
	expect(html).not.toContain('EPSS');
	expect(html).not.toContain('CVE-2026-1020');
	expect(html.endsWith(`scanstate severity high endstate (scanref ${REFERENCE})</p>`)).toBe(true);
});

test.each([
	['javascript:alert(1)'],
	['data:text/html,x'],
	['https://x.example/" onclick="y'],
	['//x.example'],
])('%s does not become a link', (url) => {
	const html = detailsHtml({
		event: event({ url }),
		reference: REFERENCE,
		state: newState('high'),
		remarks: [],
	});
	expect(html).not.toContain('<a ');
});

test('ID-33 a closure note says what was decided, by whom and for what', () => {
	const resolution = {
		reason: 'denied',
		byName: 'Sam',
		byEmail: 'sam@msp.example',
		scope: 'user',
		note: 'No need',
	} as const;
	expect(closureNote(event({ resolution })).split('\n')).toEqual([
		'wazuh: denied, reported 2026-05-04T09:12:33.000Z.',
		'By: Sam (sam@msp.example)',
		'Scope: user',
		'Note: No need',
	]);
	expect(closureNote(event())).toBe('wazuh: remediated, reported 2026-05-04T09:12:33.000Z.');
});

test('a line has no line breaks of any kind', () => {
	expect(toLine('a\u2028b\u2029c\nd')).toBe('a b c d');
});

test('a link is whole or none: an address of 1,900 characters is one, of 2,100 it is not', () => {
	const address = `https://scanner.example/?q=${'a'.repeat(1_873)}`;
	expect(linkHtml(address)).toContain(`<a href="${address}">`);
	const tooLong = `${address}${'b'.repeat(200)}`;
	expect(linkHtml(tooLong)).not.toContain('href');
	expect(linkHtml(tooLong)).toContain('https://scanner.example/?q=aaa');
});

test('a summary never ends in half a character', () => {
	for (let before = 200; before < 226; before += 1) {
		const line = `${'x'.repeat(before)}${'\u{1F1E9}\u{1F1EA}'.repeat(40)}`;
		const flags = summaryText(line, 'kqzvwmtrbhxd').slice(before).split('…')[0] ?? '';
		expect(flags.replaceAll('\u{1F1E9}\u{1F1EA}', '')).toBe('');
	}
});
