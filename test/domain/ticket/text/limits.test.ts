import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import { fullListFile, limited, SHOWN } from '../../../../nodes/shared/domain/ticket/text/limits';
import { memberRow, memberTable } from '../../../../nodes/shared/domain/ticket/group/table';
import {
	remediationsByProduct,
	remediationsHtml,
} from '../../../../nodes/shared/domain/ticket/text/remediation';
import { newState } from '../../../../nodes/shared/domain/ticket/state';
import { detailsHtml } from '../../../../nodes/shared/domain/ticket/text/details';

const REFERENCE = 'kqzvwmtrbhxd';

function event(change: Partial<ScannerEvent> = {}): ScannerEvent {
	const base = parseEvent({
		source: 'tenable',
		dedupKey: 'v1|tenable|x',
		status: 'open',
		title: 'OpenSSL out of date',
		severity: 'high',
		time: '2026-05-04T09:12:33Z',
	});
	return { ...base, ...change };
}

function onAsset(name: string, change: Partial<ScannerEvent> = {}): ScannerEvent {
	return event({ asset: { ...event().asset, name }, ...change });
}

test('a list that is too long says how many more there are', () => {
	expect(limited(['a', 'b', 'c', 'd'], 2)).toEqual(['a', 'b', '2 more']);
	expect(limited(['a', 'b'], 2)).toEqual(['a', 'b']);
});

test('an event that a ticket shows whole gets no file', () => {
	expect(fullListFile(REFERENCE, event(), [event()], false)).toBeNull();
});

test('500 CVE numbers are shown as 20 and 480 more, and stand in the file one by one', () => {
	const cves = Array.from({ length: 500 }, (_, index) => `CVE-2026-${10_000 + index}`);
	const many = event({ cves });
	const html = detailsHtml({
		event: many,
		reference: REFERENCE,
		state: newState('high'),
		remarks: [],
	});
	expect(html).toContain('480 more');
	const file = fullListFile(REFERENCE, many, [many], false);
	expect(file?.name).toBe(`tenable-${REFERENCE}-202605040912.txt`);
	expect(file?.text.match(/CVE-2026-\d+/g)).toEqual(cves);
});

test('a description above the limit stands in the file to its last word', () => {
	const long = event({ description: `${'word '.repeat(SHOWN.description / 5 + 100)}last` });
	const html = detailsHtml({
		event: long,
		reference: REFERENCE,
		state: newState('high'),
		remarks: [],
	});
	expect(html).toContain('more characters');
	expect(fullListFile(REFERENCE, long, [long], false)?.text.endsWith('word last')).toBe(true);
});

test('5,000 assets make details below 200 kB and a file with 5,000 lines', () => {
	const members = Array.from({ length: 5_000 }, (_, index) => onAsset(`SRV-${index}`));
	const rows = new Map(members.map((one, index) => [String(index), memberRow(String(index), one)]));
	const table = memberTable([...rows.keys()], rows);
	expect(table).toContain('4800 more');
	expect(Buffer.byteLength(table)).toBeLessThan(200_000);
	const [first] = members;
	if (first === undefined) throw new Error('no members');
	const file = fullListFile(REFERENCE, first, members, true);
	const [head, ...lines] = (file?.text ?? '').split('\r\n');
	expect(head).toContain('Asset');
	expect(lines).toHaveLength(5_000);
	expect(lines[4_999]).toBe('high\tSRV-4999\tOpenSSL out of date\t\t2026-05-04T09:12:33.000Z');
});

test('a file never grows without end, and says so', () => {
	const members = Array.from({ length: 20_000 }, () => onAsset('x'.repeat(300)));
	const [first] = members;
	if (first === undefined) throw new Error('no members');
	const text = fullListFile(REFERENCE, first, members, true)?.text ?? '';
	expect(text.length).toBeLessThan(2_001_000);
	expect(text).toMatch(/… \d+ more characters$/);
});

test('CN-01 what to do stands by product, the product with the most findings first, each advice and asset once', () => {
	const found = remediationsByProduct([
		onAsset('SRV-01', { product: 'OpenSSL', remediation: 'Install version 3.' }),
		onAsset('SRV-02', { product: 'Chrome', remediation: 'Update to 126.' }),
		onAsset('SRV-02', { product: 'openssl', remediation: 'Install version 3.' }),
		onAsset('SRV-02', { product: 'OpenSSL', remediation: 'Restart the service.' }),
		event({ product: null, application: null, remediation: null }),
	]);
	expect(found).toEqual([
		{
			product: 'OpenSSL',
			remediations: ['Install version 3.', 'Restart the service.'],
			assets: ['SRV-01', 'SRV-02'],
			findings: 3,
		},
		{ product: 'Chrome', remediations: ['Update to 126.'], assets: ['SRV-02'], findings: 1 },
		{ product: 'Other findings', remediations: [], assets: [], findings: 1 },
	]);
});

test('what to do is escaped, cut to 20 products and 10 assets, and left out where nobody advises', () => {
	const assets = Array.from({ length: 12 }, (_, index) =>
		onAsset(`SRV-${index}`, { product: '<b>Tool</b>', remediation: 'Fix <it>' }),
	);
	const html = remediationsHtml(assets);
	expect(html).toContain('&lt;b&gt;Tool&lt;/b&gt;');
	expect(html).toContain('Fix &lt;it&gt;');
	expect(html).toContain('2 more');
	const products = Array.from({ length: 25 }, (_, index) =>
		event({ product: `Tool ${index}`, remediation: 'Update' }),
	);
	expect(remediationsHtml(products)).toContain('<li>5 more</li>');
	expect(remediationsHtml([event({ product: 'Tool' })])).toBe('');
});
