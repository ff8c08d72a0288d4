import {
	readPayload,
	SourceMismatchError,
} from '../../../nodes/shared/domain/sources/read-payload';
import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { contextFor } from './context';

/** One member of a source by whose word something is over, and every word that says so. */
interface Word {
	source: string;
	where: string;
	over: readonly string[];
	payload(word: string): unknown;
}

const alert = (rule: string, data: unknown) => ({
	timestamp: '2026-05-04T09:12:33.412+0000',
	rule: { id: rule, level: 9, description: 'A rule' },
	agent: { id: '007', name: 'srv-07' },
	manager: { name: 'wz-1' },
	id: '1777885953.1',
	data,
});

const wazuh = (
	where: string,
	over: string[],
	rule: string,
	data: (word: string) => unknown,
): Word => ({
	source: 'wazuh',
	where,
	over,
	payload: (word) => alert(rule, data(word)),
});

/** Those that stand in no single record; the others are in the kinds of records. */
const WORDS: readonly Word[] = [
	{
		source: 'alertmanager',
		where: 'status',
		over: ['resolved'],
		payload: (status) => ({
			receiver: 'msp',
			groupLabels: {},
			alerts: [{ status, labels: { alertname: 'Disk' }, annotations: {} }],
		}),
	},
	{
		source: 'grafana',
		where: 'status',
		over: ['resolved'],
		payload: (status) => ({
			receiver: 'msp',
			orgId: 1,
			groupLabels: {},
			alerts: [{ status, labels: { alertname: 'Disk' }, annotations: {} }],
		}),
	},
	{
		source: 'tenable',
		where: 'state',
		over: ['FIXED'],
		payload: (state) => ({
			asset: { uuid: '6b1f', hostname: 'srv' },
			plugin: { id: 11, name: 'Old TLS' },
			port: { port: 443, protocol: 'TCP' },
			severity: 'high',
			state,
		}),
	},
	{
		source: 'tenable-sc',
		where: 'sourceType',
		over: ['patched'],
		payload: (sourceType) => ({
			sourceType,
			response: {
				results: [
					{ pluginID: '11', pluginName: 'Old TLS', ip: '10.0.0.7', port: '443', protocol: 'TCP' },
				],
			},
		}),
	},
	wazuh('vulnerability.status', ['Solved', 'Fixed'], '23505', (status) => ({
		vulnerability: {
			cve: 'CVE-2026-1001',
			status,
			package: { name: 'curl', architecture: 'amd64' },
		},
	})),
	wazuh('sca.check.result', ['passed', 'pass', 'fixed'], '19007', (result) => ({
		sca: { type: 'check', policy: 'CIS Debian 12', check: { id: '30', title: 'A check', result } },
	})),
	wazuh('oscap.check.result', ['pass', 'passed', 'fixed'], '81530', (result) => ({
		oscap: { scan: { profile: { id: 'p' } }, check: { id: 'c', title: 'A check', result } },
	})),
	wazuh('ms-graph.status', ['resolved'], '99506', (status) => ({
		'ms-graph': { id: 'g-1', relationship: 'alerts_v2', tenantId: 't-1', status },
	})),
	wazuh('office365.Status', ['Resolved'], '91580', (Status) => ({
		office365: {
			AlertId: 'a-1',
			OrganizationId: 'o-1',
			Workload: 'SecurityComplianceCenter',
			Status,
		},
	})),
	wazuh('aws.finding.Workflow.Status', ['RESOLVED'], '80600', (Status) => ({
		aws: { source: 'securityhub', finding: { Id: 'f-1', AwsAccountId: '1', Workflow: { Status } } },
	})),
	wazuh('aws.finding.Compliance.Status', ['PASSED'], '80600', (Status) => ({
		aws: {
			source: 'securityhub',
			finding: { Id: 'f-1', AwsAccountId: '1', Compliance: { Status } },
		},
	})),
	wazuh('aws.status of Inspector', ['CLOSED'], '80600', (status) => ({
		aws: { source: 'inspector', findingArn: 'arn:1', awsAccountId: '1', status },
	})),
	wazuh('qualysguard.state', ['RESOLVED', 'CLOSED'], '87601', (state) => ({
		qualysguard: { qid: '38', ip: '10.0.0.7', port: '443', state },
	})),
	wazuh('github.action', ['repository_vulnerability_alert.resolve'], '91102', (action) => ({
		github: { action, org: 'o', repo: 'o/r', alert_number: '4' },
	})),
];

/** What stands beside a word in vendors' lists, and is another word: its opposite, a wish for it, a part of it. */
const NEAR: ReadonlyArray<(word: string) => string> = [
	(word) => `un${word}`,
	(word) => `in${word}`,
	(word) => `not ${word}`,
	(word) => `NOT_${word}`,
	(word) => `non-${word}`,
	(word) => `re${word}`,
	(word) => `re-${word}`,
	(word) => `partially ${word}`,
	(word) => `to be ${word}`,
	(word) => `auto${word}`,
	(word) => `${word}_pending`,
	(word) => `${word} - failed`,
	(word) => `${word}?`,
	(word) => `${word}able`,
	(word) => `${word}, unresolved`,
	(word) => word.slice(0, -1),
	(word) => word.slice(1),
	(word) => `${word}${word}`,
	(word) => word.replace(/e/i, '3'),
	(word) => `${word}\u0301`,
];

function statusesOf({ source, payload }: Word, word: string): Array<ScannerEvent['status']> {
	try {
		return readPayload(source, payload(word), contextFor()).events.map(({ status }) => status);
	} catch (error) {
		if (error instanceof SourceMismatchError) return [];
		throw error;
	}
}

describe('a word that says that something is over is compared whole', () => {
	test.each(WORDS.map((word) => ({ word, name: `${word.source}: ${word.where}` })))(
		'$name',
		({ word }) => {
			for (const over of word.over) {
				expect([over, statusesOf(word, over)]).toEqual([over, ['resolved']]);
				const ended = NEAR.map((near) => near(over)).filter(
					(near) =>
						!word.over.some((known) => known.toLowerCase() === near.toLowerCase()) &&
						statusesOf(word, near).includes('resolved'),
				);
				expect(ended).toEqual([]);
			}
		},
	);
});
