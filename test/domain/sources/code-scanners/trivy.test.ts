import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const found = {
	vulnerabilityID: 'CVE-2026-1',
	resource: 'libxml2',
	installedVersion: '2.9.1',
	fixedVersion: '2.9.2',
	severity: 'MEDIUM',
	score: 6.5,
	title: 'libxml2: use after free',
};
const labels = {
	company: 'tailwind',
	'trivy-operator.resource.kind': 'ReplicaSet',
	'trivy-operator.resource.name': 'api-5b9c6d7f88',
	'trivy-operator.resource.namespace': 'prod',
	'trivy-operator.container.name': 'api',
};
const operator = (finding: object = {}, label: object = {}, report: object = {}) => ({
	metadata: { namespace: 'prod', labels: { ...labels, ...label } },
	report: {
		updateTimestamp: '2026-05-04T08:00:00Z',
		scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.72.0' },
		artifact: { repository: 'tailwind/api', tag: '3' },
		vulnerabilities: [{ ...found, ...finding }],
		...report,
	},
});

const vulnerability = {
	VulnerabilityID: 'CVE-2026-1',
	PkgName: 'libxml2',
	InstalledVersion: '2.9.1',
	Severity: 'HIGH',
};
const cli = (report: object = {}, finding: object = {}, result: object = {}) => ({
	SchemaVersion: 2,
	CreatedAt: '2026-05-04T08:00:00Z',
	ArtifactName: 'tailwind/api:3',
	ArtifactType: 'container_image',
	Results: [
		{
			Target: 'tailwind/api:3 (alpine 3.20)',
			Class: 'os-pkgs',
			Type: 'alpine',
			Vulnerabilities: [{ ...vulnerability, ...finding }],
			...result,
		},
	],
	...report,
});
const event = (...parts: Parameters<typeof cli>) => onlyEvent('trivy', cli(...parts));
const read = (payload: unknown) => readPayload('trivy', payload, contextFor());

const none = 'Trivy has no state: a finding that is gone is missing (docs, Reporting: JSON)';
describeMatrix({
	source: 'trivy',
	open: operator(),
	repeat: operator(
		{ severity: 'CRITICAL', score: 9.1, installedVersion: '2.9.1-r1', title: 'Other words' },
		{ 'trivy-operator.resource.name': 'api-66c4d9b7f5' },
		{ artifact: { repository: 'tailwind/api', tag: '4', digest: 'sha256:ab' } },
	),
	end: { none },
	otherProblem: operator({ resource: 'libxslt' }),
	otherCompany: operator({}, { company: 'fabrikam' }),
	noCompany: operator({}, { company: '' }),
	damaged: [
		[operator({ vulnerabilityID: '' }), 'vulnerabilityID'],
		[operator({ resource: null }), 'resource'],
		[operator({}, {}, { vulnerabilities: null, secrets: [] }), 'report.vulnerabilities'],
		[operator({}, {}, { artifact: { tag: '3' } }), 'report.artifact.repository'],
	],
});

describeMatrix({
	source: 'trivy',
	open: cli(),
	repeat: cli(
		{ ArtifactName: `tailwind/api:4@sha256:${'a'.repeat(64)}`, CreatedAt: '2026-05-04T09:00:00Z' },
		{ Severity: 'CRITICAL', InstalledVersion: '2.9.1-r1', Status: 'fixed', Title: 'Other words' },
		{ Target: 'tailwind/api:4 (alpine 3.21)' },
	),
	end: { none },
	otherProblem: cli({}, { VulnerabilityID: 'CVE-2026-2' }),
	otherCompany: {
		none: 'A report names no customer (pkg/types/report.go): the trigger says whose',
	},
	noCompany: cli(),
	damaged: [
		[cli({ SchemaVersion: 1 }), 'SchemaVersion'],
		[cli({ ArtifactName: '' }), 'ArtifactName'],
		[cli({ ArtifactName: '.', ArtifactType: 'filesystem' }), 'ArtifactName'],
		[cli({ ArtifactName: `sha256:${'a'.repeat(64)}` }), 'ArtifactName'],
		[cli({ Results: {} }), 'Results'],
		[cli({}, { PkgName: '' }), 'PkgName'],
		[JSON.stringify(cli()).slice(0, -20), 'the body'],
	],
});

describe('Trivy', () => {
	test('another image, another list of packages and another package are other problems', () => {
		const npm = { Class: 'lang-pkgs', Target: 'a/package-lock.json' };
		const keys = [
			event(),
			event({ ArtifactName: 'tailwind/web:3' }),
			event({}, { PkgName: 'libxslt' }),
			event({}, {}, npm),
			event({}, {}, { ...npm, Target: 'b/package-lock.json' }),
		].map(({ dedupKey }) => dedupKey);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('a port is no tag, and a checkout is known by its repository', () => {
		const names = [
			event({ ArtifactName: 'registry:5000/team/app' }),
			event({ ArtifactName: 'registry:5000/team/app:1' }),
			event({
				ArtifactName: '.',
				ArtifactType: 'filesystem',
				Metadata: { RepoURL: 'https://bot:key@git.example/team/app.git' },
			}),
			event({ ArtifactName: 'b'.repeat(12), Metadata: { RepoTags: ['team/app:1'] } }),
		].map(({ asset }) => asset.name);
		expect(names).toEqual([
			'registry:5000/team/app',
			'registry:5000/team/app',
			'https://git.example/team/app',
			'team/app',
		]);
	});

	test('two clusters and two containers have problems of their own', () => {
		const keys = [
			operator(),
			operator({}, { cluster: 'c-1' }),
			operator({}, { 'trivy-operator.container.name': 'sidecar' }),
			operator({}, { 'trivy-operator.resource.kind': 'StatefulSet' }),
			operator({}, {}, { artifact: { repository: 'tailwind/other' } }),
		].map((report) => onlyEvent('trivy', report).dedupKey);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('a word that is no hash stays in the name of a ReplicaSet', () => {
		const names = ['web-frontend', 'web-backend'].map(
			(name) =>
				onlyEvent('trivy', operator({}, { 'trivy-operator.resource.name': name })).asset.name,
		);
		expect(names).toEqual(['prod/web-frontend/api', 'prod/web-backend/api']);
	});

	test('a report is complete where all of it could be read', () => {
		const whole = [cli(), operator()].map((report) => read(report).events[0]?.scan?.complete);
		expect(whole).toEqual([true, true]);
		const broken = [
			cli({ Results: [...cli().Results, { ...cli().Results[0], Vulnerabilities: [{}] }] }),
			cli({ Results: [...cli().Results, 'cut off'] }),
			cli({ Results: [...cli().Results, { Target: 'x', Vulnerabilities: 'cut off' }] }),
			operator({}, {}, { vulnerabilities: [found, {}] }),
		].map(read);
		expect(broken.map(({ events }) => events[0]?.scan?.complete)).toEqual(Array(4).fill(false));
		expect(broken.map(({ failures }) => failures.length)).toEqual([1, 1, 1, 1]);
	});

	test('a clean report has no finding and no failure', () => {
		const clean = [cli({ Results: undefined }), cli({ Results: null }), cli({ Results: [] })];
		for (const report of clean) expect(read(report)).toMatchObject({ events: [], failures: [] });
	});

	test('what is not read is told, and a check that passed is nothing', () => {
		const passed = cli({}, {}, { Misconfigurations: [{ ID: 'DS002', Status: 'PASS' }] });
		expect(read(passed).failures).toEqual([]);
		const failed = cli({}, {}, { Misconfigurations: [{ ID: 'DS002', Status: 'FAIL' }] });
		expect(read(failed).failures.map(({ reason }) => reason)).toEqual([
			expect.stringContaining('1 misconfigurations'),
		]);
	});

	test('the score of the vendor whose word counts is taken, and else that of NVD', () => {
		const CVSS = { redhat: { V3Score: 4.8 }, nvd: { V2Score: 5, V3Score: 5.3 } };
		expect(event({}, { CVSS, SeveritySource: 'redhat' }).cvss).toBe(4.8);
		expect(event({}, { CVSS, SeveritySource: 'alpine' }).cvss).toBe(5.3);
		expect(event({}, { CVSS: { ghsa: { V40Score: 8.7 } } }).cvss).toBe(8.7);
	});

	test.each([
		['CRITICAL', 'critical'],
		['LOW', 'low'],
		['UNKNOWN', 'unknown'],
		['constructor', 'unknown'],
	])('%s is %s', (Severity, severity) => {
		expect(event({}, { Severity, Status: 'constructor' })).toMatchObject({
			severity,
			description: 'Package: libxml2 2.9.1',
		});
	});

	test('a table of clusters is refused by name', () => {
		expect(refusedFields('trivy', { ClusterName: 'kind', Findings: [] })).toEqual([
			'SchemaVersion',
		]);
	});
});
