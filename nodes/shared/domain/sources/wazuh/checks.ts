import type { EventStatus } from '../../event/event';
import { foldedName, joinedPart } from '../../event/keys';
import { isRecord } from '../../values/json';
import { textAt, valueAt } from '../common/paths';
import { detection, misconfiguration, partsAt, statusOfWord, type WazuhKind } from './finding';

/** Results of a check. That it does not apply, or could not be run, tells nothing about what it found before. */
const RESULTS: Readonly<Record<string, EventStatus>> = {
	failed: 'open',
	fail: 'open',
	passed: 'resolved',
	pass: 'resolved',
	fixed: 'resolved',
};

/** Name of a benchmark without its version, which a new release of Wazuh raises while the check stays. */
function benchmark(name: string | null): string | null {
	const words = (name ?? '').trim().split(' ');
	if (words.length > 1 && /^v?\d+(\.\d+)*$/i.test(words.at(-1) ?? '')) words.pop();
	return foldedName(words.join(' '));
}

/**
 * Security configuration assessment, rules 19000 to 19015: a check fails and passes; the score of a policy falls below
 * a mark (19002 to 19005) and is above all of them again (19001).
 */
export const scaKind: WazuhKind = (alert) => {
	const sca = valueAt(alert.data, 'sca');
	if (!isRecord(sca)) return null;
	const policy = benchmark(textAt(sca, 'policy', 'policy_id'));
	if (textAt(sca, 'type')?.toLowerCase() === 'summary') {
		const above = textAt(alert, 'rule.id') === '19001';
		return {
			finding: joinedPart('sca score', policy),
			...misconfiguration(above ? 'resolved' : 'open'),
		};
	}
	const check = textAt(sca, 'check.id') ?? textAt(sca, 'check.title');
	if (check === null) return { finding: joinedPart('sca', policy), ...misconfiguration('info') };
	return {
		finding: joinedPart('sca', policy, check),
		...misconfiguration(statusOfWord(RESULTS, textAt(sca, 'check.result', 'check.status'), 'info')),
		extra: { remediation: textAt(sca, 'check.remediation') },
	};
};

/** CIS-CAT, rules 87401 to 87419, in its present form and the old one. */
export const cisCatKind: WazuhKind = (alert) => {
	const cis = valueAt(alert.data, 'cis') ?? valueAt(alert.data, 'cis-data');
	if (!isRecord(cis)) return null;
	const rule = textAt(cis, 'rule_id');
	if (rule === null) {
		const score = joinedPart('cis-cat score', benchmark(textAt(cis, 'benchmark')));
		return { finding: score, ...misconfiguration('open') };
	}
	return {
		finding: joinedPart('cis-cat', benchmark(textAt(cis, 'benchmark')), rule),
		...misconfiguration(statusOfWord(RESULTS, textAt(cis, 'result'), 'info')),
		extra: { remediation: textAt(cis, 'remediation') },
	};
};

/** OpenSCAP, rules 81500 to 81561: a check of a profile. */
export const openScapKind: WazuhKind = (alert) => {
	const check = valueAt(alert.data, 'oscap.check');
	if (!isRecord(check)) return null;
	return {
		finding: joinedPart(
			'openscap',
			textAt(alert.data, 'oscap.scan.profile.id', 'oscap.scan.profile.title'),
			textAt(check, 'id') ?? textAt(check, 'title'),
		),
		...misconfiguration(statusOfWord(RESULTS, textAt(check, 'result'), 'info')),
	};
};

/** Vuls, rules 22401 to 22406: a CVE of a host. */
export const vulsKind: WazuhKind = (alert) => {
	const cve = textAt(alert.data, 'vuls.scanned_cve');
	if (cve === null) return null;
	return {
		finding: joinedPart('vuls', foldedName(cve)),
		status: 'open',
		category: 'Vulnerability',
		event: 'vuln.found',
		extra: { cves: [cve], url: textAt(alert.data, 'vuls.link') },
	};
};

/** States of a QualysGuard ticket. */
const QUALYS_STATES: Readonly<Record<string, EventStatus>> = {
	open: 'open',
	resolved: 'resolved',
	closed: 'resolved',
	ignored: 'suppressed',
};

/** QualysGuard tickets, rules 87601 to 87606: a QID on a host, and a port where it has one. */
export const qualysKind: WazuhKind = (alert) => {
	const qualys = valueAt(alert.data, 'qualysguard');
	const qid = textAt(qualys, 'qid');
	if (qid === null) return null;
	const status = statusOfWord(QUALYS_STATES, textAt(qualys, 'state'), 'open');
	return {
		finding: joinedPart('qualysguard', qid),
		discriminator: partsAt(qualys, 'ip', 'instance', 'port'),
		status,
		category: 'Vulnerability',
		event: status === 'resolved' ? 'vuln.resolved' : 'vuln.found',
	};
};

/**
 * VirusTotal, rules 87100 to 87106: a file and what is in it. An answer without a hit only informs; an error is a
 * problem of the integration.
 */
export const virusTotalKind: WazuhKind = (alert) => {
	const answer = valueAt(alert.data, 'virustotal');
	if (!isRecord(answer)) return null;
	const error = textAt(answer, 'error');
	if (error !== null && textAt(answer, 'malicious') === null) {
		return {
			finding: joinedPart('virustotal error', error),
			...detection('open'),
		};
	}
	return {
		finding: 'virustotal',
		discriminator: joinedPart(
			textAt(answer, 'source.file'),
			foldedName(textAt(answer, 'source.md5', 'source.sha1', 'md5', 'sha1')),
		),
		...detection(textAt(answer, 'malicious') === '1' ? 'open' : 'info'),
		extra: { url: textAt(answer, 'permalink') },
	};
};
