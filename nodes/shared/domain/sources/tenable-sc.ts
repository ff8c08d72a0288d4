import { foldedName, joinedPart } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../event/severity';
import { asRecord, listAt, neededText, numberAt, textAt, textsAt, timeAt } from './common/paths';
import { makeEvent } from './common/make-event';
import type { EventSource } from './common/source';

/** Fields that Tenable.sc may name in `vulnUniqueness`, where their record does not have them at their own name. */
const UNIQUE_FIELD_PATHS: Readonly<Record<string, string>> = { repositoryID: 'repository.id' };
const DEFAULT_UNIQUENESS = ['repositoryID', 'ip', 'port', 'protocol', 'pluginID'];
const FINDING_FIELDS: ReadonlySet<string> = new Set(['pluginID', 'port', 'protocol']);

/** Text of a member of Tenable.sc, which writes "none" as `-1` and as an empty text. */
function text(finding: JsonRecord, ...paths: string[]): string | null {
	const found = paths
		.map((path) => textAt(finding, path))
		.find((value) => value !== null && value !== '-1');
	return found ?? null;
}

/** The key that the record itself declares, its members sorted into ours. */
function identityOf(finding: JsonRecord) {
	const declared = textsAt(finding, 'vulnUniqueness');
	const fields = declared.length === 0 ? DEFAULT_UNIQUENESS : declared;
	const value = (field: string) => text(finding, UNIQUE_FIELD_PATHS[field] ?? field);
	const others = fields.filter((field) => !FINDING_FIELDS.has(field) && field !== 'repositoryID');
	return {
		scope: text(finding, 'repository.id'),
		finding: joinedPart(value('pluginID'), value('port'), foldedName(value('protocol'))),
		asset: joinedPart(...others.map(value)),
	};
}

/** Tenable Security Center (Tenable.sc): results of an analysis query. */
export const tenableSc: EventSource = {
	id: 'tenable-sc',
	name: 'Tenable Security Center',
	record: 'a finding of Tenable.sc',
	companyField: 'repository',
	sample: {
		pluginID: '200123',
		pluginName: 'OpenSSL below 3.0.9',
		severity: { id: '4', name: 'Critical' },
		ip: '10.0.0.5',
		dnsName: 'srv-01.contoso.example',
		port: '443',
		protocol: 'TCP',
		cve: 'CVE-2026-10001,CVE-2026-10002',
		firstSeen: '1777608000',
		lastSeen: '1777885953',
		acceptRisk: '0',
		hasBeenMitigated: '0',
		vulnUniqueness: 'repositoryID,ip,port,protocol,pluginID',
		repository: { id: 3, name: 'Contoso Ltd' },
	},

	recognises(payload) {
		const results = listAt(payload, 'response.results');
		const first: unknown = results.length > 0 ? results[0] : payload;
		return isRecord(first) && textAt(first, 'pluginID') !== null && isRecord(first.repository);
	},

	records(payload) {
		const body = asRecord(payload, 'a finding');
		const envelope = { sourceType: textAt(body, 'sourceType', 'response.sourceType') };
		if (isRecord(body.response) && Array.isArray(body.response.results)) {
			return { records: body.response.results, envelope };
		}
		neededText(body, 'Give it the results of an analysis query as they are.', 'pluginID');
		return { records: [body], envelope };
	},

	read(record, context, envelope) {
		const finding = asRecord(record, 'a finding');
		const plugin = neededText(finding, 'It names the vulnerability.', 'pluginID');
		const type = textAt(finding, 'sourceType') ?? textAt(envelope, 'sourceType');
		const resolved = type?.toLowerCase() === 'patched';
		const accepted = !resolved && textAt(finding, 'acceptRisk') === '1';
		const reopened = textAt(finding, 'hasBeenMitigated') === '1';
		const word = textAt(finding, 'severity.name', 'riskFactor');
		const cvss = numberAt(finding, 'cvssV3BaseScore');
		const cvss2 = numberAt(finding, 'baseScore');
		const byScore = cvss === null ? severityFromCvss(cvss2, 2) : severityFromCvss(cvss);
		const recast = textAt(finding, 'recastRisk') === '1';
		const open = reopened ? 'vuln.reopened' : 'vuln.found';
		const lastSeen = timeAt(finding, context, 'lastSeen');
		return makeEvent(
			{
				source: tenableSc.id,
				identity: identityOf(finding),
				status: resolved ? 'resolved' : accepted ? 'suppressed' : 'open',
				category: 'Vulnerability',
				event: resolved ? 'vuln.resolved' : accepted ? 'vuln.accepted' : open,
				title: text(finding, 'pluginName') ?? `Tenable plugin ${plugin}`,
				description: text(finding, 'synopsis', 'description'),
				url: textsAt(finding, 'seeAlso')[0] ?? null,
				severity: decideSeverity(
					severityFromWord(word),
					byScore,
					recast ? 'word' : context.severityPrecedence,
				),
				rawSeverity: word,
				cvss: cvss ?? cvss2,
				cves: textsAt(finding, 'cve'),
				company: { id: text(finding, 'repository.id'), name: text(finding, 'repository.name') },
				asset: {
					id: text(finding, 'hostUUID', 'uuid'),
					name: text(finding, 'dnsName', 'netbiosName'),
					ip: text(finding, 'ip'),
					mac: text(finding, 'macAddress'),
				},
				product: text(finding, 'pluginName'),
				remediation: text(finding, 'solution'),
				time: lastSeen,
				firstSeen: timeAt(finding, context, 'firstSeen'),
				lastSeen,
				resolution: resolved ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
