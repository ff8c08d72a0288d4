import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import {
	asRecord,
	momentAt,
	neededText,
	numberAt,
	recordAt,
	textAt,
	valueAt,
} from '../common/paths';
import type { SourceContext, SourceRecords } from '../common/source';
import { imageRepository } from './artifact';
import { packageEvent, reportScan } from './package-finding';

/** Labels of a report that its owner sets with `trivyOperator.additionalReportLabels`. */
const LABELS = { company: 'company', cluster: 'cluster' } as const;
/** What Kubernetes puts behind the name of a ReplicaSet, of its alphabet without vowels (`rand.SafeEncodeString`). */
const TEMPLATE_HASH = /^[bcdfghjklmnpqrstvwxz2456789]{5,10}$/;

/** The report itself; with `OPERATOR_SEND_DELETED_REPORTS` it is wrapped. */
function unwrapped(payload: JsonRecord): JsonRecord {
	return isRecord(payload.operatorObject) ? payload.operatorObject : payload;
}

/** True for any report of trivy-operator, of vulnerabilities or of something else. */
export function isOperatorReport(payload: unknown): boolean {
	return isRecord(payload) && isRecord(recordAt(unwrapped(payload), 'report').scanner);
}

function isNamed(record: unknown): boolean {
	return textAt(record, 'vulnerabilityID') !== null && textAt(record, 'resource') !== null;
}

/** What the operator says of the workload; a name that is too long for a label stands among the annotations. */
function said(report: unknown, name: string): string | null {
	const path = `trivy-operator.${name}`;
	return textAt(report, `metadata.labels.${path}`, `metadata.annotations.${path}`);
}

/**
 * The container that was scanned, without the hash that each deployment gives its ReplicaSet a new one of. Null for a
 * report that names none.
 */
function containerOf(report: unknown): string | null {
	const name = said(report, 'resource.name');
	if (name === null) return null;
	const dash = name.lastIndexOf('-');
	const deployed =
		said(report, 'resource.kind') === 'ReplicaSet' && TEMPLATE_HASH.test(name.slice(dash + 1));
	const parts = [
		textAt(report, `metadata.labels.${LABELS.cluster}`),
		said(report, 'resource.namespace') ?? textAt(report, 'metadata.namespace'),
		deployed ? name.slice(0, dash) : name,
		said(report, 'container.name'),
	];
	return parts.filter((part) => part !== null).join('/');
}

/**
 * The findings of a report; none for one that is deleted, which says that its workload is gone, not that it is mended.
 * @throws EventInputError for a report that is of something else than vulnerabilities
 */
export function operatorRecords(payload: JsonRecord): SourceRecords {
	const report = unwrapped(payload);
	if (textAt(payload, 'verb') === 'delete') return { records: [], envelope: report };
	const records = valueAt(report, 'report.vulnerabilities');
	if (!Array.isArray(records)) {
		throw new EventInputError(
			'report.vulnerabilities',
			'the list of a VulnerabilityReport',
			describe(records),
			'Switch off the other scanners of the operator; only reports of vulnerabilities are read.',
		);
	}
	neededText(
		report,
		'It names the image; send the report unchanged.',
		'report.artifact.repository',
	);
	return { records, envelope: { ...report, complete: records.every(isNamed) } };
}

/** One vulnerability of a VulnerabilityReport. */
export function readOperator(record: unknown, context: SourceContext, envelope: JsonRecord) {
	const found = asRecord(record, 'a vulnerability');
	const why = 'Send the report unchanged.';
	const image = imageRepository(textAt(envelope, 'report.artifact.repository')) ?? '';
	const container = containerOf(envelope);
	return packageEvent(
		{
			source: 'trivy',
			id: neededText(found, why, 'vulnerabilityID'),
			package: neededText(found, why, 'resource'),
			version: textAt(found, 'installedVersion'),
			fixedIn: textAt(found, 'fixedVersion'),
			status: 'open',
			artifact: container ?? image,
			place: container === null ? null : image,
			summary: textAt(found, 'title'),
			details: [
				textAt(found, 'description'),
				textAt(found, 'packagePath'),
				`Tag: ${textAt(envelope, 'report.artifact.tag') ?? '-'}`,
			],
			url: textAt(found, 'primaryLink'),
			word: textAt(found, 'severity'),
			cvss: numberAt(found, 'score'),
			cves: [],
			company: { name: textAt(envelope, `metadata.labels.${LABELS.company}`) },
			time: momentAt(envelope, context, 'report.updateTimestamp'),
			scan: reportScan(envelope, context, container ?? image, 'report.updateTimestamp'),
		},
		record,
		context,
		envelope,
	);
}
