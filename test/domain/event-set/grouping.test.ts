import type { MappedEvent } from '../../../nodes/shared/domain/event/decision';
import type { EventSource } from '../../../nodes/shared/domain/sources/common/source';
import { SOURCES } from '../../../nodes/shared/domain/sources/index';
import { groupKeyOf, refuseGrouping } from '../../../nodes/shared/domain/event-set/grouping';
import type { Grouping } from '../../../nodes/shared/domain/event-set/event-set';
import { GROUPINGS } from '../../../nodes/shared/domain/event-set/event-set';
import { createEvaluator } from '../../../nodes/shared/domain/event-set/evaluate';
import { parseEventSet } from '../../../nodes/shared/domain/event-set/parse';
import { companyOf, eventOf, mappedOf } from '../company/mapping-builders';

const NOW = new Date('2026-05-04T12:00:00Z');
const NO_ASSET = { id: null, name: null, ip: null, mac: null, serial: null };

/** Twelve remediations of one company over three assets and four products. */
const FINDINGS: MappedEvent[] = Array.from({ length: 12 }, (_unused, index) =>
	mappedOf({
		source: 'connectsecure',
		dedupKey: `v1|connectsecure|42|solution-${index}|a${index % 3}`,
		category: 'Remediation',
		event: 'remediation.by_asset',
		company: companyOf({ id: '42', name: 'Contoso' }),
		asset: { ...NO_ASSET, id: `a${index % 3}` },
		product: `Product ${index % 4}`,
	}),
);

function keysOf(row: Record<string, unknown>): Set<string> {
	const set = parseEventSet({ name: 'A', isDefault: true, ...row }, 'row 1');
	const decide = createEvaluator([set], NOW);
	return new Set(
		FINDINGS.map((event) => {
			const result = decide(event);
			return result.output === 'ticket' ? result.groupKey : result.reason;
		}),
	);
}

describe('Groups', () => {
	it.each<[Grouping, number]>([
		['problem', 12],
		['company', 1],
		['asset', 3],
		['product', 4],
		['asset and product', 12],
	])(
		'CS-19 CN-14 12 findings over 3 assets and 4 products by %s are %i tickets',
		(grouping, tickets) => {
			expect(keysOf({ grouping }).size).toBe(tickets);
		},
	);

	it.each<[string, number]>([
		['remediation.by_company', 1],
		['remediation.by_asset', 3],
		['remediation.by_product', 4],
	])('CN-14 the ticked event %s groups remediations into %i tickets', (event, tickets) => {
		expect(keysOf({ rules: JSON.stringify([event]) }).size).toBe(tickets);
	});

	it('CN-14 the ticked remediation grouping leaves other events one ticket per problem', () => {
		const row = { name: 'A', isDefault: true, rules: '["remediation.by_company","vuln.*"]' };
		const decide = createEvaluator([parseEventSet(row, 'row 1')], NOW);
		expect(decide(mappedOf())).toMatchObject({ groupKey: mappedOf().dedupKey });
	});

	it('the key holds source, company, grouping and field', () => {
		expect(groupKeyOf(FINDINGS[1] as MappedEvent, 'asset')).toBe('v1|connectsecure|42|by asset|a1');
		expect(groupKeyOf(FINDINGS[1] as MappedEvent, 'asset and product')).toBe(
			'v1|connectsecure|42|by asset and product|a1|product 1',
		);
		expect(groupKeyOf(FINDINGS[1] as MappedEvent, 'company')).toBe(
			'v1|connectsecure|42|by company|-',
		);
		expect(groupKeyOf(FINDINGS[1] as MappedEvent, 'problem')).toBe(FINDINGS[1]?.dedupKey);
	});

	it('two companies never share a group, whatever their assets are called', () => {
		const keys = ['1', '2'].map((id) =>
			groupKeyOf(eventOf({ company: companyOf({ id }) }), 'asset'),
		);
		expect(new Set(keys).size).toBe(2);
		const byName = ['Contoso', 'Fabrikam'].map((name) =>
			groupKeyOf(eventOf({ company: companyOf({ name }) }), 'company'),
		);
		expect(new Set(byName).size).toBe(2);
	});

	it.each(GROUPINGS)('no key by %s changes with severity, title, time or status', (grouping) => {
		const key = groupKeyOf(eventOf(), grouping);
		expect(
			groupKeyOf(
				eventOf({ severity: 'low', title: 'Another', time: '2027-01-01T00:00:00.000Z' }),
				grouping,
			),
		).toBe(key);
		expect(groupKeyOf(eventOf({ status: 'resolved', description: 'x', cvss: 1 }), grouping)).toBe(
			key,
		);
	});

	it('an event that lacks the field gets a ticket of its own, and so does its resolve', () => {
		const lacking = { asset: NO_ASSET, dedupKey: 'v1|wazuh|x' };
		expect(groupKeyOf(eventOf(lacking), 'asset')).toBe('v1|wazuh|x');
		expect(groupKeyOf(eventOf({ ...lacking, status: 'resolved' }), 'asset')).toBe('v1|wazuh|x');
		expect(groupKeyOf(eventOf({ company: companyOf(), dedupKey: 'k' }), 'company')).toBe('k');
		expect(groupKeyOf(eventOf({ product: ' ', dedupKey: 'k' }), 'product')).toBe('k');
	});

	it.each<[string, Grouping, boolean]>([
		['pagerduty', 'problem', true],
		['pagerduty', 'company', false],
		['pagerduty', 'asset', false],
		['alertmanager', 'asset', true],
		['alertmanager', 'product', false],
		['ninjaone', 'product', false],
		['wazuh', 'asset and product', true],
		['connectsecure', 'asset and product', true],
		['some-scanner', 'product', true],
	])('%s can be grouped by %s: %s', (source, grouping, can) => {
		expect(refuseGrouping(source, grouping) === null).toBe(can);
	});

	const ASKS: ReadonlyArray<[Grouping, readonly string[]]> = [
		['problem', []],
		['company', ['company']],
		['asset', ['company', 'asset']],
		['product', ['company', 'product']],
		['asset and product', ['company', 'asset', 'product']],
	];

	it.each(SOURCES.map((source): [string, EventSource] => [source.id, source]))(
		'%s is grouped by what its own file says that resolves carry, and by nothing else',
		(id, { resolvesCarry }) => {
			for (const [grouping, needed] of ASKS) {
				const can = needed.every((field) => resolvesCarry.some((carried) => carried === field));
				expect([grouping, refuseGrouping(id, grouping) === null]).toEqual([grouping, can]);
			}
		},
	);

	it('a grouping that the source cannot resolve fails its opens, naming set and source', () => {
		const set = parseEventSet({ name: 'By asset', isDefault: true, grouping: 'asset' }, 'row 4');
		const decide = createEvaluator([set], NOW);
		expect(decide(mappedOf({ source: 'pagerduty' }))).toMatchObject({
			decision: 'failed',
			reason:
				'Event set "By asset" (row 4): grouping by asset does not work for pagerduty: its resolves name no company and no asset, so the ticket would never close. Group by problem, or give this source a set of its own.',
		});
		expect(decide(mappedOf({ source: 'pagerduty', status: 'resolved' }))).toMatchObject({
			output: 'ticket',
		});
		expect(decide(mappedOf())).toMatchObject({ output: 'ticket' });
	});
});
