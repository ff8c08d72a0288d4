import type { EventCompany, EventScan, EventStatus, ScannerEvent } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { decideSeverity, severityFromCvss, severityFromWord } from '../../event/severity';
import { makeEvent } from '../common/make-event';
import { flagAt, textAt } from '../common/paths';
import type { SourceContext, SourceTime } from '../common/source';

/** A vulnerable package of an artifact, in the words of the tool that found it. */
export interface PackageFinding {
	source: string;
	/** Id of the vulnerability: a CVE, a GHSA, the tool's own. */
	id: string;
	package: string;
	version: string | null;
	/** Versions in which it is mended; null where there is none. */
	fixedIn: string | null;
	status: Exclude<EventStatus, 'info'>;
	/** What was scanned, without anything that a new build changes; *Sync Scan* closes what is on it. */
	artifact: string;
	/** Its id at the tool, which then stands in the key in place of the name. */
	artifactId?: string;
	/** Where in it, for what has several lists of packages or may hold another image tomorrow. */
	place: string | null;
	summary: string | null;
	/** More of it, a line each. */
	details: ReadonlyArray<string | null>;
	url: string | null;
	word: string | null;
	/** CVSS base score of version 3 or 4. */
	cvss: number | null;
	epss?: number | null;
	kev?: boolean;
	cves: string[];
	company?: Partial<EventCompany>;
	time: SourceTime | null;
	scan: EventScan | null;
}

const EVENTS = {
	open: 'vuln.found',
	resolved: 'vuln.resolved',
	suppressed: 'vuln.accepted',
} as const;

/** What to do, for a package that has a version to go to. */
function remedy(found: PackageFinding): string | null {
	if (found.fixedIn === null) return null;
	const from = found.version === null ? '' : ` ${found.version}`;
	return `Update ${found.package}${from} to ${found.fixedIn}.`;
}

/**
 * The event of a vulnerable package. Its key is the vulnerability, the package, the artifact and the place in it; the
 * versions are not part of it, since an update to one that is vulnerable as well changes nothing.
 */
export function packageEvent(
	found: PackageFinding,
	record: unknown,
	context: SourceContext,
	envelope: unknown,
): ScannerEvent {
	const version = found.version === null ? '' : ` ${found.version}`;
	const lines = [
		found.summary,
		`Package: ${found.package}${version}`,
		found.place === null ? null : `Place: ${found.place}`,
		...found.details,
	].filter((line) => line !== null && line !== '');
	return makeEvent(
		{
			source: found.source,
			deliveryId: null,
			identity: {
				scope: null,
				finding: joinedPart(found.id, found.package),
				asset: found.artifactId ?? found.artifact,
				discriminator: found.place,
			},
			status: found.status,
			category: 'Vulnerability',
			event: EVENTS[found.status],
			title: `${found.id}: ${found.package} in ${found.artifact}`,
			description: lines.join('\n'),
			url: found.url,
			severity: decideSeverity(
				severityFromWord(found.word),
				severityFromCvss(found.cvss),
				context.severityPrecedence,
			),
			rawSeverity: found.word,
			cvss: found.cvss,
			epss: found.epss ?? null,
			kev: found.kev ?? false,
			cves: [found.id, ...found.cves],
			company: found.company ?? {},
			asset: { id: found.artifactId ?? null, name: found.artifact },
			product: found.package,
			remediation: remedy(found),
			time: found.time,
			resolution: found.status === 'resolved' ? { reason: 'remediated' } : null,
			scan: found.scan,
		},
		record,
		context,
		envelope,
	);
}

/**
 * The scan that a report is of.
 * @param envelope with `complete`: whether every finding of the report could be read
 * @param scope what was scanned
 * @param ids where the report has its id, then where its time; a report with neither is the one that came in now
 */
export function reportScan(
	envelope: unknown,
	context: SourceContext,
	scope: string,
	...ids: string[]
): EventScan {
	return {
		id: textAt(envelope, ...ids) ?? context.receivedAt,
		scope,
		complete: flagAt(envelope, 'complete'),
	};
}
