import { readFileSync } from 'node:fs';

import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { sharedFolder } from '../../support/shared-folder';
import { contextFor } from './context';

interface Sample {
	file: string;
	source: string;
	/** One line per event: status, event, severity, key. */
	events: string[];
	/** Field of each failure, or of the refusal of the whole. */
	wrong?: string[];
}

const SAMPLES: Sample[] = [
	{
		file: 'alertmanager-firing.json',
		source: 'alertmanager',
		events: [
			'open monitor.triggered medium v1|alertmanager|-|high_memory_load|-|ed59e2270392a31c1a2cb599b1c5f4d3',
		],
	},
	{
		file: 'pagerduty-events-v2-trigger.json',
		source: 'pagerduty',
		events: ['open monitor.triggered informational v1|pagerduty|f9d17762c3f510d8|samplekeyhere|-'],
	},
	{
		file: 'pagerduty-events-v2-acknowledge.json',
		source: 'pagerduty',
		events: ['info monitor.acknowledged unknown v1|pagerduty|a783998a7c7afb33|dedupkeyhere|-'],
	},
	{
		file: 'wazuh-alert-vuln-23505-active-trimmed.json',
		source: 'wazuh',
		events: ['open vuln.found high v1|wazuh|jammy|cve-2023-1170/vim/amd64|001'],
	},
	{
		file: 'wazuh-alert-manager-started-502.json',
		source: 'wazuh',
		events: ['info scan.completed informational v1|wazuh|wazuh|rule 502|000'],
	},
	{ file: 'wazuh-keep-custom-integration.json', source: 'wazuh', events: [], wrong: ['rule'] },
	{ file: 'wazuh-vuln-api-v4.7-one.json', source: 'wazuh', events: [], wrong: ['rule'] },
	{
		file: 'connectsecure-skeleton-get_remediation.json',
		source: 'connectsecure',
		events: ['open remediation.by_asset_product unknown v1|connectsecure|0|solution/0|0'],
	},
	{
		file: 'connectsecure-skeleton-adaudit.json',
		source: 'connectsecure',
		events: ['open ad.user.locked unknown v1|connectsecure|0|ad user locked|string'],
	},
	{
		file: 'connectsecure-skeleton-companies.json',
		source: 'connectsecure',
		events: [],
		wrong: ['solution_id'],
	},
	{
		file: 'connectsecure-skeleton-event_set.json',
		source: 'connectsecure',
		events: [],
		wrong: ['solution_id'],
	},
	{
		file: 'connectsecure-skeleton-event_tickets.json',
		source: 'connectsecure',
		events: [],
		wrong: ['solution_id'],
	},
	{
		file: 'dattormm-api-alert-antivirus.json',
		source: 'datto-rmm',
		events: ['open av.threat critical v1|datto-rmm|-|alert/alert-uid-antivirus|-'],
	},
	{
		file: 'dattormm-api-alert-perf-resource-usage.json',
		source: 'datto-rmm',
		events: ['open perf.threshold unknown v1|datto-rmm|-|alert/alert-uid-perf-resource-usage|-'],
	},
	{
		file: 'dattormm-webhook-body-template-lwhitelock.json',
		source: 'datto-rmm',
		events: [],
		wrong: ['alertUID'],
	},
	{
		file: 'ninjaone-webhook-activity-template.json',
		source: 'ninjaone',
		events: ['info null high v1|ninjaone|-|string|-'],
	},
	{
		file: 'ninjaone-webhook-register-request.json',
		source: 'ninjaone',
		events: [],
		wrong: ['activityType'],
	},
	{
		// A row alone does not say whether its query was for open findings or for mitigated ones.
		file: 'tenable-sc-finding.json',
		source: 'tenable-sc',
		events: [],
		wrong: ['sourceType'],
	},
	{ file: 'tenable-vm-assets.json', source: 'tenable', events: [], wrong: ['plugin.id'] },
	{
		file: 'msgraph-email-threat-submission.json',
		source: 'reported-mail',
		events: [
			'info email.reported.junk informational v1|reported-mail|39238e87-b5ab-4ef6-a559-af54c6b07b42|some-internet-message-id@contoso.com|-',
		],
	},
	{
		file: 'idemeum-entra-user-disable-request.json',
		source: 'idemeum',
		events: [],
		wrong: ['elevationRequestId'],
	},
	{
		file: 'trivy-one-vuln-will_not_fix.json',
		source: 'trivy',
		events: [
			'open vuln.found high v1|trivy|-|CVE-2013-7445/linux-libc-dev|sbom.json|requirements.txt',
		],
	},
	{
		file: 'trivy-composer-with-fingerprint.json',
		source: 'trivy',
		events: [
			'open vuln.found high v1|trivy|-|CVE-2022-24775/guzzlehttp/psr7|testdata/fixtures/repo/composer|composer.lock',
		],
	},
	{ file: 'trivy-no-vuln.json', source: 'trivy', events: [] },
	{
		// Neither the image nor the package has a name.
		file: 'trivy-operator-webhook-vulnreport.json',
		source: 'trivy',
		events: [],
		wrong: ['report.artifact.repository'],
	},
	{
		file: 'snyk-webhook-project-snapshot-new.json',
		source: 'snyk',
		events: [
			'open vuln.found high v1|snyk|-|SNYK-JS-SCSSTOKENIZER-2339884/scss-tokenizer|bc75a806-0893-4ccf-84c5-8fde48a88df8',
		],
	},
	{
		file: 'snyk-cli-one-vuln.json',
		source: 'snyk',
		events: [
			'open vuln.found medium v1|snyk|-|SNYK-JAVA-ORGAPACHESANTUARIO-460281/org.apache.santuario:xmlsec|com.test:myframework|pom.xml',
		],
	},
	// A row of the REST API names its project elsewhere and has no package of its own.
	{ file: 'snyk-rest-issue-one.json', source: 'snyk', events: [], wrong: ['project.id'] },
];

function outcomeOf({ source }: Sample, payload: unknown): { events: string[]; wrong: string[] } {
	try {
		const { events, failures } = readPayload(source, payload, contextFor());
		return {
			events: events.map(
				(event) => `${event.status} ${event.event} ${event.severity} ${event.dedupKey}`,
			),
			wrong: failures.map(({ field }) => field),
		};
	} catch (error) {
		const field = error instanceof Error && 'field' in error ? String(error.field) : String(error);
		return { events: [], wrong: [field] };
	}
}

describe('public samples of these sources', () => {
	test('28 of them are read', () => expect(SAMPLES).toHaveLength(28));

	test.each(SAMPLES)('$file', (sample) => {
		const path = sharedFolder(`payloads/${sample.file}`, 'the public sample payloads are not read');
		if (path === null) return;
		const payload: unknown = JSON.parse(readFileSync(path, 'utf8'));

		expect(outcomeOf(sample, payload)).toEqual({
			events: sample.events,
			wrong: sample.wrong ?? [],
		});
	});
});
