import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { tenableSc } from '../../../nodes/shared/domain/sources/tenable-sc';
import { contextFor } from './context';

function only(source: string, payload: unknown): ScannerEvent {
	const { events, failures } = readPayload(source, payload, contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

const asset = { uuid: '5f0e63a1-6c7e-4f9b-8d35-0d6a1f3b2c11', ipv4: '192.0.2.15' };
const plugin = { id: 300450, name: 'Browser before 48.0' };
const finding = {
	asset,
	plugin,
	port: { port: 0, protocol: 'TCP' },
	severity: 'high',
	state: 'OPEN',
	last_found: '2026-05-04T09:12:33Z',
};

describe('Tenable Data Stream', () => {
	test.each([
		['ACTIVE', 'open'],
		['NEW', 'open'],
		['RESURFACED', 'open'],
		['FIXED', 'resolved'],
	])('an update in state %s is %s and of the problem that the export has', (state, status) => {
		const file = {
			payload_id: 'finding-1',
			version: 1,
			type: 'FINDING',
			count_updated: 1,
			updates: [{ ...finding, finding_id: 'c2a9', state }],
			deletes: [],
		};

		const event = only('tenable', file);

		expect(event.status).toBe(status);
		expect(event.dedupKey).toBe(only('tenable', finding).dedupKey);
	});

	test('updates of something else than findings are refused one by one', () => {
		const file = { type: 'ASSET', updates: [{ id: 'a1', has_agent: false }] };
		const { events, failures } = readPayload('tenable', file, contextFor());

		expect(events).toEqual([]);
		expect(failures.map(({ field }) => field)).toEqual(['plugin.id']);
	});
});

describe('the name of a Tenable asset', () => {
	test.each([
		['a name before an address', { hostname: '192.0.2.15', fqdn: 'web.example' }, 'web.example'],
		[
			'the NetBIOS name where the others are addresses',
			{ hostname: '2001:db8::7', fqdn: '192.0.2.15', netbios_name: 'WEB' },
			'WEB',
		],
		['the host name', { hostname: 'srv-1', fqdn: 'srv-1.example' }, 'srv-1'],
		['the address where there is no name', { hostname: '192.0.2.15' }, '192.0.2.15'],
		['a name that begins as an address', { hostname: '192.0.2.15.example' }, '192.0.2.15.example'],
	])('is %s', (_, names, name) =>
		expect(only('tenable', { ...finding, asset: { ...asset, ...names } }).asset.name).toBe(name),
	);
});

test('the name of a Tenable plugin comes with entities or without', () => {
	const encoded = { ...finding, plugin: { ...plugin, name: 'Browser &lt; 48.0 &amp; older' } };

	const { title, product } = only('tenable', encoded);

	expect([title, product]).toEqual(['Browser < 48.0 & older', 'Browser < 48.0 & older']);
	expect(only('tenable', finding).title).toBe('Browser before 48.0');
});

describe('scores of a Tenable plugin', () => {
	test.each([
		[10.647, 0.10647],
		[100, 1],
		[0.9, 0.009],
		[0, 0],
		[101, null],
		[null, null],
	])('an EPSS of %s percent is a share of %s', (score, share) =>
		expect(only('tenable', { ...finding, plugin: { ...plugin, epss_score: score } }).epss).toBe(
			share,
		),
	);

	test('the fourth CVSS is read where there is no third, before the second', () => {
		const scores = { cvss4_base_score: 6.9, cvss_base_score: 4.3 };
		const { cvss } = only('tenable', { ...finding, plugin: { ...plugin, ...scores } });
		const row = { ...tenableSc.sample, baseScore: '4.3', cvssV3BaseScore: '' };

		expect(cvss).toBe(6.9);
		expect(only('tenable-sc', { ...row, cvssV4BaseScore: '6.9' }).cvss).toBe(6.9);
		expect(
			only('tenable-sc', { ...row, cvssV3BaseScore: '9.8', cvssV4BaseScore: '6.9' }).cvss,
		).toBe(9.8);
	});

	test('the second CVSS of a web finding is read, and the third goes before it', () => {
		const web = { ...plugin, cvss2_base_score: 4.3 };

		expect(only('tenable', { ...finding, plugin: web }).cvss).toBe(4.3);
		expect(only('tenable', { ...finding, plugin: { ...web, cvss3_base_score: 6.1 } }).cvss).toBe(
			6.1,
		);
	});
});

test.each([
	['one a line', 'https://one.example/a\nhttps://two.example/b', 'https://one.example/a'],
	['one', 'https://one.example/a?x=1,2', 'https://one.example/a?x=1,2'],
	['none', '', null],
])('the addresses of Tenable.sc, %s, give the first as the link', (_, seeAlso, url) =>
	expect(only('tenable-sc', { ...tenableSc.sample, seeAlso }).url).toBe(url),
);
