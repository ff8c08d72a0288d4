import { addressPart, hostPart, joinedPart } from '../event/keys';
import { describe, EventInputError } from '../values/input-error';
import type { JsonRecord } from '../values/json';
import { entryOf, isRecord } from '../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../event/severity';
import {
	asRecord,
	listAt,
	momentAt,
	neededText,
	numberAt,
	textAt,
	textsAt,
	timeAt,
} from './common/paths';
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

/** Fields whose case does not count: names of hosts, ids and addresses in hexadecimal, words. */
const FOLDED_FIELDS: ReadonlySet<string> = new Set([
	'dnsName',
	'netbiosName',
	'macAddress',
	'uuid',
	'hostUUID',
	'ip',
	'protocol',
]);
/** What tells a host from the others where the fields that Tenable.sc names are empty. */
const HOST_FIELDS = ['ip', 'dnsName', 'hostUUID', 'netbiosName'] as const;
/** Members that only a finding of Web App Scanning has: what was tried where. */
const WEB_FIELDS = ['url', 'httpMethod', 'inputType', 'inputName'];

/** The fields by which Tenable.sc tells hosts apart, and findings on one; the second only where it says so. */
function uniqueFields(finding: JsonRecord): readonly string[] {
	const declared = textsAt(finding, 'vulnUniqueness');
	if (declared.length > 0) return declared;
	const host = ['hostUniqueness', 'uniqueness'].map((name) => textsAt(finding, name));
	return host.find((fields) => fields.length > 0) ?? DEFAULT_UNIQUENESS;
}

/** The key that the record itself declares, its members sorted into ours. */
function identityOf(finding: JsonRecord) {
	const value = (field: string) => {
		const found = text(finding, entryOf(UNIQUE_FIELD_PATHS, field) ?? field);
		if (field === 'url' && found !== null) return addressPart(found);
		return FOLDED_FIELDS.has(field) ? hostPart(found) : found;
	};
	const others = uniqueFields(finding).filter(
		(field) => !FINDING_FIELDS.has(field) && field !== 'repositoryID',
	);
	const web = text(finding, 'url') === null ? [] : WEB_FIELDS.map(value);
	const told = others.map(value);
	return {
		scope: text(finding, 'repository.id'),
		finding: joinedPart(value('pluginID'), value('port'), value('protocol'), ...web),
		// Without one of them every host of the repository would be one.
		asset: told.some((part) => part !== null)
			? joinedPart(...told)
			: hostPart(neededText(finding, 'It tells one host from the others.', ...HOST_FIELDS)),
	};
}

/** What a query reads, by `sourceType` of its request: what is there, and what was there and is mitigated. */
const SOURCE_TYPES: Readonly<Record<string, 'there' | 'mitigated'>> = {
	cumulative: 'there',
	individual: 'there',
	patched: 'mitigated',
};

/**
 * Whether the finding is mitigated. Its row does not say: the answer to a query for mitigated ones looks like that for
 * the others, and only the request names which it was.
 * @throws EventInputError when nobody put the request's `sourceType` beside it
 */
function isMitigated(finding: JsonRecord, envelope: JsonRecord): boolean {
	const type = textAt(finding, 'sourceType') ?? textAt(envelope, 'sourceType');
	const known = entryOf(SOURCE_TYPES, type?.trim().toLowerCase() ?? '');
	if (known === undefined) {
		throw new EventInputError(
			'sourceType',
			'cumulative, individual or patched',
			describe(type),
			'Put the sourceType of the request beside the answer: { ...$json, sourceType: "patched" }. The answer itself does not tell open findings from mitigated ones.',
		);
	}
	// A query of one scan may ask for what that scan found mitigated.
	const view = textAt(finding, 'view') ?? textAt(envelope, 'view');
	return known === 'mitigated' || view?.trim().toLowerCase() === 'patched';
}

/**
 * Tenable Security Center (Tenable.sc): results of an analysis query. A repository's number is that of one console: its
 * keys are not unique in the world.
 */
export const tenableSc: EventSource = {
	id: 'tenable-sc',
	name: 'Tenable Security Center',
	record: 'a finding of Tenable.sc',
	resolvesCarry: ['company', 'asset', 'product'],
	// A repository's number is that of one console.
	keys: 'shared',
	ends: 'reported',
	companyField: 'repository',
	sample: {
		sourceType: 'cumulative',
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
		const envelope = {
			sourceType: textAt(body, 'sourceType', 'response.sourceType'),
			view: textAt(body, 'view', 'response.view'),
		};
		const code = textAt(body, 'error_code');
		if (code !== null && code !== '0') {
			const words = textAt(body, 'error_msg') ?? 'without a word';
			return {
				records: [],
				envelope,
				incomplete: `Tenable.sc answered with error ${code}: ${words}. Run the query again once that is mended.`,
			};
		}
		if (isRecord(body.response) && Array.isArray(body.response.results)) {
			return { records: body.response.results, envelope };
		}
		neededText(body, 'Give it the results of an analysis query as they are.', 'pluginID');
		return { records: [body], envelope };
	},

	read(record, context, envelope) {
		const finding = asRecord(record, 'a finding');
		const plugin = neededText(finding, 'It names the vulnerability.', 'pluginID');
		const resolved = isMitigated(finding, envelope);
		const accepted = !resolved && textAt(finding, 'acceptRisk') === '1';
		const reopened = textAt(finding, 'hasBeenMitigated') === '1';
		const word = textAt(finding, 'severity.name', 'riskFactor');
		const cvss = numberAt(finding, 'cvssV3BaseScore', 'cvssV4BaseScore');
		const cvss2 = numberAt(finding, 'baseScore');
		const byScore = cvss === null ? severityFromCvss(cvss2, 2) : severityFromCvss(cvss);
		const recast = textAt(finding, 'recastRisk') === '1';
		const open = reopened ? 'vuln.reopened' : 'vuln.found';
		const seen = momentAt(finding, context, 'lastSeen');
		return makeEvent(
			{
				source: tenableSc.id,
				identity: identityOf(finding),
				status: resolved ? 'resolved' : accepted ? 'suppressed' : 'open',
				category: 'Vulnerability',
				event: resolved ? 'vuln.resolved' : accepted ? 'vuln.accepted' : open,
				title: text(finding, 'pluginName') ?? `Tenable plugin ${plugin}`,
				description: text(finding, 'synopsis', 'description'),
				// One address a line.
				url: text(finding, 'seeAlso')?.trim().split('\n')[0] ?? null,
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
				time: seen,
				firstSeen: timeAt(finding, context, 'firstSeen'),
				lastSeen: seen?.at ?? null,
				resolution: resolved ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
