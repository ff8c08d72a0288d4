import {
	EVENT_CATALOGUE,
	EVENT_CATEGORIES,
	REMEDIATION_GROUPINGS,
} from '../../../nodes/shared/domain/event/catalogue';
import { categoryNamed, eventPattern } from '../../../nodes/shared/domain/event-set/names';
import { SOURCES } from '../../../nodes/shared/domain/sources';

const CODES = EVENT_CATALOGUE.map(({ code }) => code);

describe('The catalogue of events', () => {
	it('CN-12 has the six categories of CyberCNS, each with events', () => {
		const names = ['Agent', 'Company', 'Asset', 'Ports', 'Remediation', 'AD Audit'];
		const own = EVENT_CATEGORIES.filter(({ generation }) =>
			['cybercns', 'both'].includes(generation),
		);
		expect(own.map(({ name }) => name)).toEqual(names);
		for (const { events } of own) expect(events.length).toBeGreaterThan(0);
	});

	it('CS-20 has the eight categories of ConnectSecure, each with events', () => {
		const own = EVENT_CATEGORIES.filter(({ generation }) =>
			['connectsecure', 'both'].includes(generation),
		);
		expect(own.map(({ name }) => name).sort()).toEqual([
			'AD Audit',
			'Certificate Expire in 30 Days',
			'Entra ID Audit',
			'Entra ID Error',
			'Job Failed',
			'Problems',
			'Solutions',
			'System Changes',
		]);
		for (const { events } of own) expect(events.length).toBeGreaterThan(0);
	});

	it('names every event once, and every event stands in a category', () => {
		expect(new Set(CODES).size).toBe(CODES.length);
		expect(CODES).toHaveLength(113);
		const placed = new Set(EVENT_CATEGORIES.flatMap(({ events }) => events));
		expect([...placed].sort()).toEqual([...CODES].sort());
		expect(new Set(EVENT_CATALOGUE.map(({ label }) => label.toLowerCase())).size).toBe(
			CODES.length,
		);
	});

	it('marks each event as the vendor’s or ours', () => {
		const vendors = EVENT_CATALOGUE.filter(({ mark }) => mark === 'vendor').length;
		const ours = EVENT_CATALOGUE.filter(({ mark }) => mark === 'ours').length;
		expect([vendors, ours, vendors + ours]).toEqual([33, 80, 113]);
	});

	it('CS-20 System Changes are the six events of the vendor’s page', () => {
		expect(categoryNamed('system changes')?.events).toEqual([
			'company.created',
			'asset.added',
			'ports.opened.probe',
			'ports.opened.external',
			'agent.probe_down',
			'agent.server_down',
		]);
	});

	it('CN-14 knows four ways to group remediations', () => {
		expect(Object.keys(REMEDIATION_GROUPINGS).every((code) => CODES.includes(code))).toBe(true);
		expect(Object.values(REMEDIATION_GROUPINGS)).toEqual([
			'company',
			'asset',
			'product',
			'asset and product',
		]);
	});

	it.each([
		['ports.closed', 'ports.closed'],
		['New Asset Added', 'asset.added'],
		['  PORTS.CLOSED ', 'ports.closed'],
		['*', '*'],
		['All', '*'],
		['ports.*', 'ports.*'],
		['ad.*.deleted', 'ad.*.deleted'],
		['job.failed.patch', 'job.failed.patch'],
		['custom.backup_failed', 'custom.backup_failed'],
		['ports.opend', null],
		['nothing.*', null],
		['', null],
		['job.failed.', null],
	])('an event written as "%s" is %s', (written, pattern) => {
		expect(eventPattern(written)).toBe(pattern);
	});
});

describe('The catalogue and the sources', () => {
	const context = {
		receivedAt: '2026-05-04T09:12:33.000Z',
		deliveryId: null,
		integration: 'default',
		namedSources: [],
		mostRecords: null,
		company: { from: 'payload', path: null },
		severityPrecedence: 'word',
		zone: 'utc',
		keepRaw: false,
	} as const;

	it('an event set can name what every source’s sample gives', () => {
		const seen = SOURCES.flatMap((source) => {
			const { records, envelope } = source.records(source.sample);
			return records.flatMap((record) => source.read(record, context, envelope) ?? []);
		});
		expect(seen.length).toBeGreaterThanOrEqual(SOURCES.length - 1);
		for (const { source, event, category } of seen) {
			if (source === 'canonical' || event === null) continue;
			expect([source, event, eventPattern(event) !== null]).toEqual([source, event, true]);
			expect([source, category, categoryNamed(category ?? '') !== null]).toEqual([
				source,
				category,
				true,
			]);
		}
	});
});
