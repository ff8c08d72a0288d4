import type { SourceResult } from '../../../nodes/shared/domain/sources/common/source';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

function pageOf(feed: string, ...data: Array<Record<string, unknown>>): SourceResult {
	return readPayload('connectsecure', { status: true, feed, data }, contextFor());
}

describe('rows that add up several customers', () => {
	test.each([
		['problems_summary', { problem_name: 'CVE-2026-10001', affected_companies: 4 }],
		['vulnerabilities_details', { problem_name: 'SMB signing', asset_ids: ['7', '8'] }],
		['problems_ssl_for_asset', { problem_name: 'Weak cipher', base_score: 5 }],
		['os_pending_patches', { fix: 'KB5009999', company_ids: ['1', '2'] }],
		['remediate_records', { solution_id: 981, name: 'OpenSSL', affected_companies: 2 }],
	])('a row of %s that names neither company nor asset is refused', (feed, row) => {
		const { events, failures } = pageOf(feed, row);

		expect(events).toEqual([]);
		expect(failures.map(({ field }) => field)).toEqual(['company_id']);
	});

	test.each([
		['its company', { company_id: 42 }],
		['the name of its company', { company_name: 'Contoso Ltd' }],
		['its asset', { asset_id: 7 }],
		['its host', { host_name: 'SRV-01' }],
		['its address', { ip: '192.0.2.7' }],
	])('a row that names %s is read', (_, members) => {
		const { events, failures } = pageOf('problems_summary', {
			problem_name: 'Weak cipher',
			...members,
		});

		expect(failures).toEqual([]);
		expect(events[0]?.status).toBe('open');
	});
});

describe('the name of a row', () => {
	test.each([
		['a vulnerability', { vul_id: 'CVE-2026-10001' }],
		['a solution', { solution_id: 981, fix: 'Upgrade' }],
	])('of %s is no host', (_, members) => {
		const named = pageOf('any', { ...members, company_id: 42, name: 'Signature check' });
		const plain = pageOf('any', { ...members, company_id: 42 });

		expect(named.events[0]?.asset.name).toBeNull();
		expect(named.events[0]?.dedupKey).toBe(plain.events[0]?.dedupKey);
	});

	test('of an agent is its host', () =>
		expect(
			pageOf('agents', { id: 5, agent_type: 'PROBE', company_id: 42, name: 'PROBE-1' }).events[0]
				?.asset.name,
		).toBe('PROBE-1'));
});

describe('feeds of suppressed findings', () => {
	const row = { problem_name: 'CVE-2026-10001', company_id: 42, asset_id: 7 };

	test.each([
		'vulnerabilities_details_suppressed',
		'suppress_vulnerability_problems',
		'suppress_vulnerability_problems_sid',
		'suppress_vulnerability_solution',
		'/r/report_queries/Vulnerabilities_Details_Suppressed?limit=100',
	])('a row of %s is suppressed', (feed) =>
		expect(pageOf(feed, row).events[0]?.status).toBe('suppressed'),
	);

	test('a suppression that is over is open again', () => {
		const over = { ...row, suppressed_till: '2026-05-03T00:00:00Z' };

		expect(pageOf('vulnerabilities_details_suppressed', over).events[0]?.status).toBe('open');
	});

	test('a feed of that ending that the API does not have is refused', () =>
		expect(pageOf('not_suppressed', row).failures.map(({ field }) => field)).toEqual(['feed']));
});
