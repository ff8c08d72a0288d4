/** Companies of the samples and the Halo client that the sandbox maps each to; those of the simulator have these names. */
export const SAMPLE_COMPANIES = {
	'Contoso Ltd': 'Contoso Ltd',
	Fabrikam: 'Fabrikam Inc',
	'Northwind Traders': 'Northwind Traders',
	Adatum: 'Adatum Corporation',
} as const;

/** Companies that the triggers of the intake template take from elsewhere than the payload. */
export const COMPANY_IN_PATH = 'Adatum';
export const FIXED_COMPANY = 'Northwind Traders';

/** Decisions of the samples; the rest of the pack's decisions does not occur in them. */
export type SampleDecision = 'created' | 'unchanged' | 'closed' | 'held_unmapped';

/** What one event of a sample must end in. */
export interface SampleExpectation {
	decision: SampleDecision;
	/** Company whose client gets the ticket; null when there is none. */
	company: keyof typeof SAMPLE_COMPANIES | null;
	/** Severity by which the profile is chosen. */
	severity: 'critical' | 'high';
	/** The finding: all events of one finding end on one ticket. */
	finding: string;
}

/** One webhook request as a scanner sends it. */
export interface Sample {
	title: string;
	/** Which trigger of the intake template takes it. */
	source: 'canonical' | 'pagerduty' | 'alertmanager' | 'wazuh';
	body: unknown;
	expected: SampleExpectation[];
}

function finding(
	run: string,
	name: string,
	company: string | null,
	severity: string,
	title: string,
) {
	return {
		id: `${run}/${name}`,
		title,
		severity,
		...(company === null ? {} : { company }),
		asset: { name },
	};
}

function pagerDuty(run: string, action: 'trigger' | 'resolve') {
	const key = { routing_key: 'sandbox', event_action: action, dedup_key: `${run}/backup` };
	if (action === 'resolve') return key;
	return {
		...key,
		payload: {
			summary: 'Nightly backup of db-03 has failed three times',
			source: 'db-03',
			severity: 'critical',
			custom_details: { company: 'Contoso Ltd' },
		},
	};
}

function wazuh(run: string) {
	return {
		timestamp: '2026-05-04T09:12:33.412+0000',
		rule: { level: 10, id: '23505', description: 'CVE-2026-20044 affects libexpat1' },
		agent: { id: '031', name: `web-${run}`, ip: '10.20.0.31' },
		manager: { name: `wazuh-${run}` },
		id: '1777885953.112233',
		data: {
			vulnerability: {
				cve: 'CVE-2026-20044',
				severity: 'High',
				status: 'Active',
				cvss: { cvss3: { base_score: '8.1' } },
				package: { name: 'libexpat1', version: '2.5.0-1', architecture: 'amd64' },
			},
		},
	};
}

function alertmanager(run: string) {
	const labels = { alertname: 'HostDown', instance: 'fs-02:9182', severity: 'critical', run };
	return {
		version: '4',
		status: 'firing',
		receiver: 'halo',
		groupLabels: { alertname: 'HostDown' },
		commonLabels: labels,
		externalURL: 'https://alerts.example.net',
		alerts: [
			{
				status: 'firing',
				labels,
				annotations: { summary: 'fs-02 has not answered for 10 minutes' },
				startsAt: '2026-05-04T09:02:33Z',
				endsAt: '0001-01-01T00:00:00Z',
				generatorURL: 'https://prometheus.example.net/graph',
			},
		],
	};
}

/**
 * The samples in waves: a wave is sent when the decisions of the one before are known, because its events speak of the
 * same findings. `run` makes the findings of this run its own; letters and digits.
 */
export function sampleWaves(run: string): Sample[][] {
	const disk = finding(run, 'srv-01', 'Contoso Ltd', 'high', 'Disk C: of srv-01 is 97 % full');
	const port = finding(
		run,
		'fw-07',
		'Fabrikam',
		'critical',
		'RDP of fw-07 is open to the internet',
	);
	const patch = finding(
		run,
		'lt-112',
		'Northwind Traders',
		'high',
		'lt-112 lacks 14 security updates',
	);
	const nobody = finding(run, 'srv-99', 'Blue Yonder', 'high', 'srv-99 runs an outdated OpenSSL');
	const diskTicket = { company: 'Contoso Ltd', severity: 'high', finding: 'disk' } as const;
	const backupTicket = { company: 'Contoso Ltd', severity: 'critical', finding: 'backup' } as const;
	return [
		[
			{
				title: 'a finding, its company in the payload',
				source: 'canonical',
				body: disk,
				expected: [{ decision: 'created', ...diskTicket }],
			},
			{
				title: 'two findings of two companies in one webhook',
				source: 'canonical',
				body: { events: [port, patch] },
				expected: [
					{ decision: 'created', company: 'Fabrikam', severity: 'critical', finding: 'port' },
					{ decision: 'created', company: 'Northwind Traders', severity: 'high', finding: 'patch' },
				],
			},
			{
				title: 'an alert, its company in the path of the address',
				source: 'alertmanager',
				body: alertmanager(run),
				expected: [
					{ decision: 'created', company: COMPANY_IN_PATH, severity: 'critical', finding: 'host' },
				],
			},
			{
				title: 'a vulnerability, its company fixed in the trigger',
				source: 'wazuh',
				body: wazuh(run),
				expected: [
					{ decision: 'created', company: FIXED_COMPANY, severity: 'high', finding: 'expat' },
				],
			},
			{
				title: 'an alert as PagerDuty takes it',
				source: 'pagerduty',
				body: pagerDuty(run, 'trigger'),
				expected: [{ decision: 'created', ...backupTicket }],
			},
			{
				title: 'a finding of a company that nobody has mapped',
				source: 'canonical',
				body: nobody,
				expected: [
					{ decision: 'held_unmapped', company: null, severity: 'high', finding: 'unmapped' },
				],
			},
		],
		[
			{
				title: 'the first finding again',
				source: 'canonical',
				body: disk,
				expected: [{ decision: 'unchanged', ...diskTicket }],
			},
		],
		[
			{
				title: 'the first finding, resolved',
				source: 'canonical',
				body: {
					...disk,
					status: 'resolved',
					resolution: { reason: 'remediated', byName: 'Nightly scan' },
				},
				expected: [{ decision: 'closed', ...diskTicket }],
			},
			{
				title: 'a resolve that names no company, as PagerDuty sends it',
				source: 'pagerduty',
				body: pagerDuty(run, 'resolve'),
				expected: [{ decision: 'closed', ...backupTicket }],
			},
		],
	];
}
