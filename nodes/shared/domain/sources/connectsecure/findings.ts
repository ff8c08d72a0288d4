import type { Severity } from '../../event/event';
import { cvesOf } from '../../event/build';
import { foldedName, joinedPart } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../../event/severity';
import { partsOf } from './feeds';
import type { Reader } from './row';
import { assetKey, lines, on, companyAndAsset } from './row';
import {
	flagAt,
	beginningAt,
	momentAt,
	neededText,
	numberAt,
	textAt,
	textsAt,
	timeAt,
} from '../common/paths';
import { flagOrNull } from './words';

/** The worst severity of which a remediation has any. */
function worstCounted(row: JsonRecord): Severity {
	const levels = ['critical', 'high', 'medium', 'low'] as const;
	return levels.find((level) => (numberAt(row, `${level}_vuls_count`) ?? 0) > 0) ?? 'unknown';
}

/** A solution for an asset, or for a company where the plan of companies is read. */
export const remediation: Reader = (row, status, context) => {
	const parts = partsOf(row);
	const product = textAt(row, 'product', 'software_name');
	const solution =
		textAt(row, 'solution_id', 'solutionId') ??
		neededText(row, 'It names the solution.', 'solution_id', 'product', 'fix');
	const fix = textAt(row, 'fix', 'remediation_action');
	const byWord = severityFromWord(parts.severity);
	const seen = momentAt(row, context, 'last_vul_discovered', 'updated');
	const granularity = assetKey(parts) === null ? 'by_product' : 'by_asset_product';
	return {
		identity: {
			...companyAndAsset(parts),
			finding: joinedPart('solution', foldedName(solution)),
		},
		status,
		category: 'Remediation',
		event: status === 'resolved' ? 'remediation.completed' : `remediation.${granularity}`,
		title: `${product ?? 'Remediation'}${fix === null ? '' : `: ${fix}`}${on(parts)}`,
		severity: byWord === 'unknown' ? worstCounted(row) : byWord,
		extra: {
			description: lines([
				['Vulnerabilities', numberAt(row, 'total_vuls_count')],
				['Critical', numberAt(row, 'critical_vuls_count')],
				['High', numberAt(row, 'high_vuls_count')],
				['Affected', parts.hostName],
			]),
			url: textAt(row, 'url'),
			product,
			remediation: fix,
			firstSeen: timeAt(row, context, 'first_vul_discovered'),
			lastSeen: seen?.at ?? null,
		},
		time: seen,
	};
};

/** The vendor's own problem groups, most telling first. */
function problemCode(severity: Severity, kev: boolean, epss: number | null): string | null {
	if (kev) return 'problem.kev';
	if (severity !== 'unknown' && severity !== 'informational') return `problem.${severity}`;
	if (epss !== null && epss >= 0.95) return 'problem.epss95';
	if (epss !== null && epss >= 0.9) return 'problem.epss90';
	if (epss !== null && epss >= 0.85) return 'problem.epss85';
	return severity === 'informational' ? 'problem.info' : null;
}

/** The CVE of a row. Feeds carry it under different names, with the vendor's own number beside it in some. */
function cveOf(row: JsonRecord): string | null {
	const names = ['problem_name', 'problemName', 'vul_id', 'vulId', 'name'];
	return cvesOf(names.map((name) => textAt(row, name)))[0] ?? null;
}

/** A vulnerability on an asset; the key holds its port, since one host may have it twice. */
export const vulnerability: Reader = (row, status, context) => {
	const parts = partsOf(row);
	const name = neededText(
		row,
		'It names the vulnerability.',
		'problem_name',
		'problemName',
		'vul_id',
		'vulId',
	);
	const cve = cveOf(row);
	const cvss = numberAt(row, 'base_score', 'baseScore');
	const epss = numberAt(row, 'epss_score', 'epssScore');
	const kev = flagAt(row, 'is_kev') || flagAt(row, 'cisa_notified');
	const severity = decideSeverity(
		severityFromWord(parts.severity),
		severityFromCvss(cvss),
		context.severityPrecedence,
	);
	const seen = momentAt(row, context, 'last_discovered_time', 'last_vul_discovered', 'updated');
	// The version changes with every update; what is grouped by product must not.
	const software =
		textsAt(row, 'software_name')[0]?.replace(/(?<!\s)\s+v?\d[\w.+:~-]*$/i, '') ?? null;
	return {
		identity: {
			...companyAndAsset(parts),
			finding: joinedPart('problem', cve ?? textAt(row, 'vul_id', 'vulId') ?? name),
			discriminator: textAt(row, 'port'),
		},
		status,
		category: 'Problems',
		event: problemCode(severity, kev, epss),
		title: `${name}${software === null ? '' : ` in ${software}`}${on(parts)}`,
		severity,
		extra: {
			description: textAt(row, 'description', 'evidence'),
			cvss,
			epss,
			kev,
			cves: cve === null ? [] : [cve],
			product: software,
			remediation: textAt(row, 'fix'),
			firstSeen: timeAt(row, context, 'discovered', 'first_vul_discovered'),
			lastSeen: seen?.at ?? null,
		},
		time: seen,
	};
};

/** As the vendor's own flag has it. */
const SOON_DAYS = 30;
const DAY = 86_400_000;

/** What is wrong with a certificate; `unknown` when the row does not say that nothing is. */
function faultOf(row: JsonRecord, until: string | null, now: string) {
	const [expired, expiring, selfSigned] = [
		'ssl_cert_expired',
		'ssl_cert_expiring_in_30_days',
		'selfsignedcertificate',
	].map((flag) => flagOrNull(row, flag));
	// A flag that is missing says nothing, and the date goes before one that says no.
	const soon = new Date(Date.parse(now) + SOON_DAYS * DAY).toISOString();
	if (expired === true || (until !== null && until <= now)) return 'expired';
	if (expiring === true || (until !== null && until <= soon)) return 'expiring';
	if (selfSigned === true) return 'self-signed';
	return expired === false && expiring === false ? 'none' : 'unknown';
}

const FAULTS = {
	expired: { event: 'cert.expired', words: 'has expired' },
	expiring: { event: 'cert.expiring_30d', words: 'expires within 30 days' },
	'self-signed': { event: 'cert.self_signed', words: 'is self-signed' },
	none: { event: 'cert.expiring_30d', words: 'is good' },
	unknown: { event: null, words: 'was listed' },
} as const;

/** A certificate on a port. Renewed in place, it is the same problem, and over. */
export const certificate: Reader = (row, status, context) => {
	const parts = partsOf(row);
	const subject = neededText(row, 'It names the certificate.', 'subject', 'common_name');
	const until = timeAt(row, context, 'not_valid_after', 'notValidAfter');
	const fault = faultOf(row, until, context.receivedAt);
	// One without a fault is what its problem is over by; one that does not say is neither.
	const listed = fault === 'none' ? 'resolved' : fault === 'unknown' ? 'info' : 'open';
	return {
		identity: {
			scope: parts.companyId,
			finding: joinedPart('certificate', foldedName(subject)),
			asset: assetKey(parts),
			discriminator: textAt(row, 'port'),
		},
		status: status === 'open' ? listed : status,
		category: 'Certificate Expire in 30 Days',
		event: FAULTS[fault].event,
		title: `Certificate ${subject}${on(parts)} ${FAULTS[fault].words}`,
		severity: severityFromWord(parts.severity),
		extra: { description: until === null ? null : `Valid until ${until}` },
		time: momentAt(row, context, 'updated', 'created'),
	};
};

/** Feeds and scans that look from outside, whole. */
const EXTERNAL: ReadonlySet<string> = new Set([
	'external',
	'external scan',
	'external_scan',
	'externalscan',
	'external_asset_externalscan',
]);

/** An open port, told apart by which scan saw it. */
export const port: Reader = (row, status, context, feed) => {
	const parts = partsOf(row);
	const number = neededText(row, 'It is what was opened.', 'port');
	const protocol = textAt(row, 'protocol') ?? 'tcp';
	const seenBy = textAt(row, 'scan_type', 'source')?.trim().toLowerCase() ?? feed;
	const external = flagAt(row, 'external') || EXTERNAL.has(seenBy) || EXTERNAL.has(feed);
	return {
		identity: {
			scope: parts.companyId,
			finding: joinedPart('port', foldedName(protocol), number, external ? 'external' : 'probe'),
			asset: assetKey(parts),
		},
		status,
		category: 'Ports',
		event:
			status === 'resolved' ? 'ports.closed' : `ports.opened.${external ? 'external' : 'probe'}`,
		title: `Open port ${number}/${protocol}${on(parts)}`,
		severity: severityFromWord(parts.severity),
		extra: { product: textAt(row, 'service', 'service_name') },
		// The same at every reading, so that it says nothing about when the port was last seen.
		time: beginningAt(row, context, 'discovered', 'updated', 'created'),
	};
};
