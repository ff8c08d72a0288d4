import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import {
	asRecord,
	flagAt,
	listAt,
	momentAt,
	neededText,
	numberAt,
	recordAt,
	textAt,
	textsAt,
	valueAt,
} from '../common/paths';
import type { EventSource, SourceContext, SourceRecords } from '../common/source';
import { imageRepository, scannedPath } from './artifact';
import { packageEvent, reportScan } from './package-finding';

const WHY = 'Send the body unchanged.';

function isSnapshot(payload: unknown): boolean {
	return (
		isRecord(payload) &&
		textAt(payload, 'project.id') !== null &&
		Array.isArray(payload.newIssues) &&
		Array.isArray(payload.removedIssues)
	);
}

/** What Snyk sends when a webhook is made (*Webhook events and payloads*). */
function isPing(payload: unknown): boolean {
	return (
		isRecord(payload) && textAt(payload, 'webhookId') !== null && Object.keys(payload).length === 1
	);
}

function isReport(payload: unknown): boolean {
	return (
		isRecord(payload) &&
		Array.isArray(payload.vulnerabilities) &&
		typeof payload.ok === 'boolean' &&
		Object.hasOwn(payload, 'dependencyCount')
	);
}

function packageOf(issue: unknown): string | null {
	return textAt(issue, 'pkgName', 'packageName', 'moduleName', 'name');
}

/** What an issue and its package are called, whatever the version; null where one of them is missing. */
function keyOf(issue: unknown): string | null {
	const [id, name] = [textAt(issue, 'id'), packageOf(issue)];
	return id === null || name === null ? null : JSON.stringify([id, name]);
}

/** One entry for each issue and package: a report has one for each path that leads to it. */
function withoutPaths(issues: readonly unknown[]): unknown[] {
	const seen = new Set<string>();
	return issues.filter((issue) => {
		const key = keyOf(issue);
		if (key === null) return true;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

function snapshotRecords(body: JsonRecord): SourceRecords {
	const marked = (list: string, removed: boolean) =>
		listAt(body, list).map((issue) => (isRecord(issue) ? { ...issue, removed } : issue));
	const found = marked('newIssues', false);
	const still = new Set(found.map(keyOf));
	// An update to a version that has the issue as well is in both lists: it is not over.
	const gone = marked('removedIssues', true).filter((issue) => {
		const key = keyOf(issue);
		return key === null || !still.has(key);
	});
	return {
		records: [...found, ...gone],
		envelope: body,
	};
}

function reportRecords(body: JsonRecord): SourceRecords {
	const open = withoutPaths(listAt(body, 'vulnerabilities'));
	const ignored = withoutPaths(listAt(body, 'filtered.ignore')).map((issue) =>
		isRecord(issue) ? { ...issue, isIgnored: true } : issue,
	);
	const records = [...open, ...ignored];
	const whole = records.every((issue) => keyOf(issue) !== null);
	// With a threshold the report leaves findings out that are still there.
	const filtered = textAt(body, 'severityThreshold') !== null;
	return { records, envelope: { ...body, complete: whole && !filtered } };
}

/** An issue that left a project is over; one that is ignored or patched only looks so. */
function statusOf(issue: JsonRecord): 'open' | 'resolved' | 'suppressed' {
	if (flagAt(issue, 'isIgnored') || flagAt(issue, 'isPatched')) return 'suppressed';
	return issue.removed === true ? 'resolved' : 'open';
}

function readSnapshot(record: unknown, context: SourceContext, envelope: JsonRecord) {
	const issue = asRecord(record, 'an issue');
	const data = recordAt(issue, 'issueData');
	const id = neededText(issue, WHY, 'id', 'issueData.id');
	const project = neededText(envelope, WHY, 'project.id');
	return packageEvent(
		{
			source: snyk.id,
			id,
			package: neededText(issue, WHY, 'pkgName'),
			version: [...new Set(textsAt(issue, 'pkgVersions'))].join(', ') || null,
			fixedIn: textsAt(issue, 'fixInfo.fixedIn').join(', ') || null,
			status: statusOf(issue),
			artifact: textAt(envelope, 'project.name') ?? project,
			artifactId: project,
			place: null,
			summary: textAt(data, 'title'),
			details: [textAt(data, 'description'), textAt(envelope, 'project.browseUrl')],
			url: textAt(data, 'url'),
			word: textAt(data, 'severity'),
			cvss: numberAt(data, 'cvssScore'),
			cves: textsAt(data, 'identifiers.CVE'),
			company: { id: textAt(envelope, 'org.id'), name: textAt(envelope, 'org.name') },
			time: momentAt(envelope, context, 'project.lastTestedDate'),
			scan: null,
		},
		record,
		context,
		envelope,
	);
}

/** The image without its tag, or the name of the project; its list of packages is the place. */
function testedOf(body: JsonRecord): { artifact: string; place: string | null } {
	const place = textAt(body, 'displayTargetFile', 'targetFile');
	const image = isRecord(body.docker) ? imageRepository(textAt(body, 'path')) : null;
	const artifact = image ?? scannedPath(textAt(body, 'projectName'));
	if (artifact !== null) return { artifact, place };
	const next = 'Give it a name with --project-name, the same at each test.';
	throw new EventInputError('projectName', 'a name', describe(body.projectName), next);
}

function readReport(record: unknown, context: SourceContext, envelope: JsonRecord) {
	const issue = asRecord(record, 'an issue');
	const id = neededText(issue, WHY, 'id');
	const { artifact, place } = testedOf(envelope);
	const paths = textsAt(issue, 'from').join(' > ');
	return packageEvent(
		{
			source: snyk.id,
			id,
			package: neededText(issue, WHY, 'packageName', 'moduleName', 'name'),
			version: textAt(issue, 'version'),
			fixedIn: textsAt(issue, 'fixedIn').join(', ') || null,
			status: flagAt(issue, 'isIgnored') ? 'suppressed' : 'open',
			artifact,
			place,
			summary: textAt(issue, 'title'),
			details: [textAt(issue, 'description'), paths],
			url: null,
			word: textAt(issue, 'severity'),
			cvss: numberAt(issue, 'cvssScore'),
			cves: textsAt(issue, 'identifiers.CVE'),
			company: { name: textAt(envelope, 'org') },
			time: null,
			scan: reportScan(envelope, context, artifact),
		},
		record,
		context,
		envelope,
	);
}

/** Snyk: the webhook of a project's test, and the report of `snyk test --json`. */
export const snyk: EventSource = {
	id: 'snyk',
	name: 'Snyk',
	record: 'a body of a Snyk webhook or a report of snyk test --json',
	resolvesCarry: ['company', 'asset', 'product'],
	// A report names its project by a name alone.
	keys: 'shared',
	// A report has no end; its findings name their scan.
	ends: ({ scan }) => (scan === null ? 'reported' : 'never'),
	companyField: 'org.name',
	sample: {
		project: {
			id: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11',
			name: 'contoso/shop:package.json',
			lastTestedDate: '2026-05-04T09:12:33.000Z',
			browseUrl: 'https://app.snyk.io/org/contoso/project/0d6f7f2a',
		},
		org: { id: '7e3f4a11-5a0c-4f4c-9d5e-2c5b7d1e9a21', name: 'Contoso Ltd' },
		newIssues: [
			{
				id: 'SNYK-JS-LEFTPAD-1000001',
				issueType: 'vuln',
				pkgName: 'left-pad',
				pkgVersions: ['1.0.0'],
				issueData: {
					title: 'Denial of Service',
					severity: 'high',
					cvssScore: 7.5,
					identifiers: { CVE: ['CVE-2026-10001'] },
				},
				isPatched: false,
				isIgnored: false,
				fixInfo: { fixedIn: ['1.0.1'] },
			},
		],
		removedIssues: [],
	},

	recognises(payload) {
		return isSnapshot(payload) || isPing(payload) || isReport(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'a body of Snyk');
		if (isPing(body)) return { records: [], envelope: {}, ping: true };
		if (isReport(body)) {
			testedOf(body);
			return reportRecords(body);
		}
		if (isSnapshot(body)) return snapshotRecords(body);
		neededText(body, WHY, 'project.id');
		const field = Array.isArray(body.newIssues) ? 'removedIssues' : 'newIssues';
		throw new EventInputError(field, 'a list', describe(valueAt(body, field)), WHY);
	},

	read(record, context, envelope) {
		return isReport(envelope)
			? readReport(record, context, envelope)
			: readSnapshot(record, context, envelope);
	},
};
