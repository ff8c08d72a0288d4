import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import {
	asRecord,
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
import { imageRepository, repositoryName, scannedPath } from './artifact';
import { packageEvent, reportScan } from './package-finding';
import { isOperatorReport, operatorRecords, readOperator } from './trivy-operator';

/** `SchemaVersion` of a report since Trivy 0.20. */
const SCHEMA = 2;
/** Findings of other kinds that a report can hold, by their member (aquasecurity/trivy, `pkg/types/report.go`). */
const OTHER_KINDS: Readonly<Record<string, string>> = {
	Misconfigurations: 'misconfigurations',
	Secrets: 'secrets',
	Licenses: 'licenses',
};
/** Class of the packages of an operating system: their target repeats the tag and the version of the system. */
const OS_PACKAGES = 'os-pkgs';
/** `Status` of a vulnerability: whether there is something to update to, never whether it is mended here. */
const FIX_STATES: Readonly<Record<string, string>> = {
	will_not_fix: 'The vendor will not mend it.',
	fix_deferred: 'The vendor mends it later.',
	end_of_life: 'The package is no longer maintained.',
};

function isReport(payload: unknown): boolean {
	return (
		isRecord(payload) &&
		numberAt(payload, 'SchemaVersion') === SCHEMA &&
		textAt(payload, 'ArtifactName') !== null &&
		(payload.Results === undefined || payload.Results === null || Array.isArray(payload.Results))
	);
}

/** What was scanned: the image without its tag, the repository, the path. */
function artifactOf(report: JsonRecord): string {
	const name = textAt(report, 'ArtifactName');
	const isImage = textAt(report, 'ArtifactType') === 'container_image';
	const own = isImage ? imageRepository(name) : scannedPath(name);
	const found =
		repositoryName(textAt(report, 'Metadata.RepoURL')) ??
		own ??
		imageRepository(textsAt(report, 'Metadata.RepoTags')[0] ?? null);
	if (found !== null) return found;
	throw new EventInputError(
		'ArtifactName',
		'the name of what was scanned, the same at each scan',
		describe(name),
		'Scan an image by its name, a repository by its address, a folder by its whole path.',
	);
}

function isNamed(record: unknown): boolean {
	return textAt(record, 'VulnerabilityID') !== null && textAt(record, 'PkgName') !== null;
}

/** The vulnerabilities of a result, those that somebody accepted too, each with where it was found. */
function vulnerabilitiesOf(result: JsonRecord): unknown[] {
	const place = { Target: result.Target, Class: result.Class, Type: result.Type };
	const open = listAt(result, 'Vulnerabilities');
	const accepted = listAt(result, 'ExperimentalModifiedFindings')
		.filter((entry) => textAt(entry, 'Type') === 'vulnerability')
		.map((entry) => ({
			...recordAt(entry, 'Finding'),
			Accepted: textAt(entry, 'Status') ?? 'ignored',
			Statement: textAt(entry, 'Statement'),
		}));
	return [...open, ...accepted].map((found) => (isRecord(found) ? { ...found, ...place } : found));
}

/** How many findings of other kinds a report holds; null for none. A check that passed is no finding. */
function otherKinds(results: readonly unknown[]): string | null {
	const counts = Object.entries(OTHER_KINDS).flatMap(([member, name]) => {
		const all = results.flatMap((result) => listAt(result, member));
		const found = all.filter((entry) => textAt(entry, 'Status')?.toUpperCase() !== 'PASS');
		return found.length === 0 ? [] : [`${found.length} ${name}`];
	});
	if (counts.length === 0) return null;
	const list = counts.join(', ');
	return `Only vulnerabilities are read; the report also has ${list}. Run Trivy with --scanners vuln, and look at the others where the report is made.`;
}

/** A list, or nothing at all, as Trivy leaves out what is empty. */
function isList(value: unknown): boolean {
	return value === undefined || value === null || Array.isArray(value);
}

function reportRecords(report: JsonRecord): SourceRecords {
	artifactOf(report);
	const results = listAt(report, 'Results');
	const records = results.filter(isRecord).flatMap(vulnerabilitiesOf);
	const whole = results.every(
		(result) => isRecord(result) && isList(valueAt(result, 'Vulnerabilities')),
	);
	const others = otherKinds(results);
	const broken = 'A part of Results is no result; run the scan again and send its whole report.';
	const missing = whole ? others : broken;
	return {
		records,
		envelope: { ...report, complete: whole && records.every(isNamed) },
		...(missing !== null && { incomplete: missing }),
	};
}

/** The score of the vendor whose severity counts, or of the first that has one. */
function scoreOf(found: JsonRecord): number | null {
	const vendors = recordAt(found, 'CVSS');
	const source = textAt(found, 'SeveritySource') ?? 'nvd';
	const scores = [source, 'nvd', ...Object.keys(vendors)].map((vendor) =>
		numberAt(recordAt(vendors, vendor), 'V40Score', 'V3Score'),
	);
	return scores.find((score) => score !== null) ?? null;
}

function readReport(record: unknown, context: SourceContext, envelope: JsonRecord) {
	const found = asRecord(record, 'a vulnerability');
	const why = 'Send the report unchanged.';
	const artifact = artifactOf(envelope);
	const accepted = textAt(found, 'Accepted');
	const path = textAt(found, 'PkgPath');
	return packageEvent(
		{
			source: trivy.id,
			id: neededText(found, why, 'VulnerabilityID'),
			package: neededText(found, why, 'PkgName'),
			version: textAt(found, 'InstalledVersion'),
			fixedIn: textAt(found, 'FixedVersion'),
			status: accepted === null ? 'open' : 'suppressed',
			artifact,
			// A list of packages of a language is a file of its own: `app/composer.lock`.
			place: textAt(found, 'Class') === OS_PACKAGES ? null : textAt(found, 'Target'),
			summary: textAt(found, 'Title'),
			details: [
				textAt(found, 'Description'),
				path === null ? null : `Path: ${path}`,
				entryOf(FIX_STATES, textAt(found, 'Status') ?? '') ?? null,
				accepted === null ? null : `Accepted in Trivy: ${accepted}`,
				textAt(found, 'Statement'),
			],
			url: textAt(found, 'PrimaryURL'),
			word: textAt(found, 'Severity'),
			cvss: scoreOf(found),
			cves: textsAt(found, 'VendorIDs'),
			time: momentAt(envelope, context, 'CreatedAt'),
			scan: reportScan(envelope, context, artifact, 'ReportID', 'CreatedAt'),
		},
		record,
		context,
		envelope,
	);
}

/** Trivy: the JSON report of its command line, and the VulnerabilityReport that trivy-operator posts. */
export const trivy: EventSource = {
	id: 'trivy',
	name: 'Trivy',
	record: 'a report of Trivy',
	// It never says that something is over; *Sync Scan* does.
	resolvesCarry: ['company', 'asset', 'product'],
	// An image of one name is with many customers.
	keys: 'shared',
	ends: 'never',
	companyField: 'metadata.labels.company',
	sample: {
		apiVersion: 'aquasecurity.github.io/v1alpha1',
		kind: 'VulnerabilityReport',
		metadata: {
			name: 'replicaset-web-6d4cf56db6-nginx',
			namespace: 'shop',
			labels: {
				company: 'contoso',
				'trivy-operator.resource.kind': 'ReplicaSet',
				'trivy-operator.resource.name': 'web-6d4cf56db6',
				'trivy-operator.resource.namespace': 'shop',
				'trivy-operator.container.name': 'nginx',
			},
		},
		report: {
			updateTimestamp: '2026-05-04T09:12:33Z',
			scanner: { name: 'Trivy', vendor: 'Aqua Security', version: '0.72.0' },
			registry: { server: 'index.docker.io' },
			artifact: { repository: 'library/nginx', tag: '1.28' },
			vulnerabilities: [
				{
					vulnerabilityID: 'CVE-2026-10001',
					resource: 'libssl3',
					installedVersion: '3.0.8-1',
					fixedVersion: '3.0.9-1',
					severity: 'CRITICAL',
					score: 9.8,
					title: 'openssl: a library is out of date',
					primaryLink: 'https://avd.aquasec.com/nvd/cve-2026-10001',
				},
			],
		},
	},

	recognises(payload) {
		return isReport(payload) || isOperatorReport(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'a report of Trivy');
		if (isOperatorReport(body)) return operatorRecords(body);
		if (numberAt(body, 'SchemaVersion') !== SCHEMA) {
			throw new EventInputError(
				'SchemaVersion',
				`${SCHEMA}`,
				describe(body.SchemaVersion),
				'Send the output of trivy with --format json, version 0.20 or newer.',
			);
		}
		neededText(body, 'It names what was scanned.', 'ArtifactName');
		if (isReport(body)) return reportRecords(body);
		const next = 'Send the whole report, as trivy with --format json writes it.';
		throw new EventInputError('Results', 'a list', describe(body.Results), next);
	},

	read(record, context, envelope) {
		return isOperatorReport(envelope)
			? readOperator(record, context, envelope)
			: readReport(record, context, envelope);
	},
};
