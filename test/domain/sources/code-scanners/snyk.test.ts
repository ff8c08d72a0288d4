import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const issue = {
	id: 'SNYK-1',
	pkgName: 'xmlsec',
	pkgVersions: ['2.1.1'],
	issueData: { title: 'XXE', severity: 'medium', cvssScore: 6.5 },
	isPatched: false,
	isIgnored: false,
};
const project = { id: 'p-1', name: 'api:pom.xml', lastTestedDate: '2026-05-04T08:00:00Z' };
const org = { id: 'o-1', name: 'Tailwind Toys' };
const snapshot = (changes: object = {}, more: object = {}) => ({
	project,
	org,
	newIssues: [{ ...issue, ...changes }],
	removedIssues: [],
	...more,
});
const removed = (changes: object = {}) =>
	snapshot({}, { newIssues: [], removedIssues: [{ ...issue, ...changes }] });

const found = { id: 'SNYK-1', packageName: 'xmlsec', version: '2.1.1', severity: 'high' };
const report = (more: object = {}, changes: object = {}) => ({
	vulnerabilities: [{ ...found, ...changes }],
	ok: false,
	dependencyCount: 5,
	org: 'tailwind',
	projectName: 'api',
	displayTargetFile: 'pom.xml',
	...more,
});
const read = (payload: unknown) => readPayload('snyk', payload, contextFor());

describeMatrix({
	source: 'snyk',
	open: snapshot(),
	repeat: snapshot(
		{ pkgVersions: ['2.1.2'], issueData: { title: 'Other', severity: 'critical' } },
		{ project: { ...project, name: 'api2:pom.xml', lastTestedDate: '2026-05-04T09:00:00Z' } },
	),
	end: removed(),
	otherProblem: snapshot({ pkgName: 'xmltooling' }),
	otherCompany: snapshot({}, { org: { id: 'o-2', name: 'Fabrikam' } }),
	noCompany: snapshot({}, { org: null }),
	damaged: [
		[snapshot({ id: '' }), 'id'],
		[snapshot({ pkgName: null }), 'pkgName'],
		[snapshot({}, { project: {} }), 'project.id'],
		[snapshot({}, { newIssues: null }), 'newIssues'],
		[snapshot({}, { removedIssues: 'none' }), 'removedIssues'],
	],
});

describeMatrix({
	source: 'snyk',
	open: report(),
	repeat: report({}, { version: '2.1.2', severity: 'low', title: 'Other' }),
	end: { none: 'A report has no state (snyk test --json): a finding that is gone is missing' },
	otherProblem: report({ displayTargetFile: 'web/pom.xml' }),
	otherCompany: report({ org: 'fabrikam' }),
	noCompany: report({ org: null }),
	damaged: [
		[report({}, { id: null }), 'id'],
		[report({}, { packageName: '' }), 'packageName'],
		[report({ projectName: '' }), 'projectName'],
		[{ ok: false, error: 'Could not detect package manager', path: '/x' }, 'project.id'],
	],
});

describe('Snyk', () => {
	test.each(['isIgnored', 'isPatched'])('what is %s is accepted, not over', (flag) => {
		const bodies = [snapshot({ [flag]: true }), removed({ [flag]: true })];
		expect(bodies.map((body) => onlyEvent('snyk', body).status)).toEqual(
			Array(2).fill('suppressed'),
		);
	});

	test('a webhook that was made starts nothing, and so does a test without news', () => {
		expect(readPayload('detect', { webhookId: 'w-1' }, contextFor()).ping).toBe(true);
		expect(read(snapshot({}, { newIssues: [] }))).toMatchObject({ events: [], failures: [] });
	});

	test('one finding comes of many paths, and the report says whether it is complete', () => {
		const { events } = read(report({ vulnerabilities: [found, { ...found, from: ['a'] }] }));
		expect(events.map(({ scan }) => scan?.complete)).toEqual([true]);
		const cut = [{ severityThreshold: 'high' }, { vulnerabilities: [found, { id: 'SNYK-2' }] }];
		expect(cut.map((part) => read(report(part)).events[0]?.scan?.complete)).toEqual([false, false]);
	});

	test('an issue that is in both lists is not over, and a report ends nothing', () => {
		const both = snapshot(
			{ pkgVersions: ['2.1.2'] },
			{ removedIssues: [{ ...issue, pkgVersions: ['2.1.1'] }] },
		);
		expect(onlyEvent('snyk', both).status).toBe('open');
		expect(onlyEvent('snyk', report({}, { removed: true })).status).toBe('open');
	});

	test('only a webhook tells ends, and an image is known without its tag', () => {
		expect([snapshot(), report()].map((body) => traitsOf(onlyEvent('snyk', body)).ends)).toEqual([
			'reported',
			'never',
		]);
		const image = report({ docker: {}, path: 'registry:5000/api:3' });
		expect(onlyEvent('snyk', image).asset.name).toBe('registry:5000/api');
	});
});
