import type { EventStatus } from '../event/event';
import { decodedOnce } from '../values/entities';
import { describe, EventInputError } from '../values/input-error';
import { addressPart, foldedName, joinedPart } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { entryOf, isRecord } from '../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../event/severity';
import {
	addressOf,
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

/** Tenable's network for everything that nobody sorted: no company. */
const DEFAULT_NETWORK = '00000000-0000-0000-0000-000000000000';

/** States of the exports, and of the findings as Tenable's workbench calls them. */
const STATES: Readonly<Record<string, { status: EventStatus; event: string }>> = {
	OPEN: { status: 'open', event: 'vuln.found' },
	NEW: { status: 'open', event: 'vuln.found' },
	ACTIVE: { status: 'open', event: 'vuln.found' },
	REOPENED: { status: 'open', event: 'vuln.reopened' },
	RESURFACED: { status: 'open', event: 'vuln.reopened' },
	FIXED: { status: 'resolved', event: 'vuln.resolved' },
};

/** An accepted risk is suppressed as long as it is there; once fixed it is fixed. */
function stateOf(finding: JsonRecord) {
	const word = textAt(finding, 'state')?.trim().toUpperCase() ?? '';
	const state = entryOf(STATES, word);
	if (state === undefined) {
		throw new EventInputError(
			'state',
			'OPEN, REOPENED or FIXED',
			describe(finding.state),
			'Export with state ["OPEN","REOPENED","FIXED"]: without it fixed findings never come.',
		);
	}
	const accepted = textAt(finding, 'severity_modification_type')?.toUpperCase() === 'ACCEPTED';
	return accepted && state.status === 'open'
		? { status: 'suppressed' as const, event: 'vuln.accepted' }
		: state;
}

/** Members that only a finding of Web App Scanning has; it has no port. */
const WEB_MEMBERS = ['url', 'uri', 'input_name', 'input_type', 'http_method'];

/**
 * Name of a finding on its asset: the plugin and the port; on the web the plugin and what was tried where, since one
 * plugin finds the same on many pages and in many fields of one page.
 */
function findingOf(finding: JsonRecord, plugin: string): string {
	const url = textAt(finding, 'url', 'uri');
	if (!isRecord(finding.port) && WEB_MEMBERS.some((member) => Object.hasOwn(finding, member))) {
		return joinedPart(
			plugin,
			'web',
			url === null ? textAt(finding, 'finding_id') : addressPart(url),
			foldedName(textAt(finding, 'http_method')),
			foldedName(textAt(finding, 'input_type')),
			textAt(finding, 'input_name'),
		);
	}
	return joinedPart(
		plugin,
		textAt(finding, 'port.port'),
		foldedName(textAt(finding, 'port.protocol')),
	);
}

/** Name of the asset: Tenable writes the address where a name should be when a scan learned none there. */
function assetName(finding: JsonRecord): string | null {
	const names = ['hostname', 'fqdn', 'netbios_name'].map((name) =>
		textAt(finding, `asset.${name}`),
	);
	return names.find((name) => name !== null && addressOf(name) === null) ?? null;
}

/** Name of the plugin: those of Nessus Network Monitor come with HTML entities (`&lt;`), the others without. */
function pluginName(finding: JsonRecord): string | null {
	const name = textAt(finding, 'plugin.name');
	return name === null ? null : decodedOnce(name);
}

/**
 * EPSS as a share of one, to five places. Tenable names no unit; recorded findings of hosts and of the web have 10.647,
 * which no share is, and a field has one unit.
 */
function epssOf(finding: JsonRecord): number | null {
	const percent = numberAt(finding, 'plugin.epss_score');
	return percent === null ? null : Math.round(percent * 1_000) / 100_000;
}

function networkOf(finding: JsonRecord): string | null {
	const network = textAt(finding, 'asset.network_id');
	return network === DEFAULT_NETWORK ? null : network;
}

/**
 * Tenable Vulnerability Management: chunks of its vulnerability export, and of that of Web App Scanning. An asset's uuid
 * is unique in the world, and so are its keys.
 */
export const tenable: EventSource = {
	id: 'tenable',
	name: 'Tenable Vulnerability Management',
	record: 'a finding of a Tenable export',
	resolvesCarry: ['company', 'asset', 'product'],
	// The uuid of an asset.
	keys: 'unique',
	ends: 'reported',
	companyField: 'asset.network_id',
	sample: {
		asset: {
			uuid: '7f68f334-17ba-4ba0-b057-b77ddd783e60',
			hostname: 'srv-01',
			ipv4: '10.0.0.5',
			network_id: '2b9a3c1e-55aa-4a0e-9d0e-1c2d3e4f5a6b',
		},
		plugin: {
			id: 200123,
			name: 'OpenSSL below 3.0.9',
			synopsis: 'A library on the host is out of date.',
			solution: 'Upgrade to 3.0.9 or later.',
			cve: ['CVE-2026-10001'],
			cvss3_base_score: 9.8,
		},
		port: { port: 443, protocol: 'TCP' },
		severity: 'critical',
		severity_modification_type: 'NONE',
		state: 'OPEN',
		first_found: '2026-05-01T04:00:00.000Z',
		last_found: '2026-05-04T09:12:33.000Z',
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			isRecord(payload.asset) &&
			isRecord(payload.plugin) &&
			textAt(payload, 'plugin.id') !== null &&
			textAt(payload, 'state') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'a finding');
		// An export's chunk, and a payload file of Tenable Data Stream.
		for (const list of ['vulnerabilities', 'updates']) {
			if (Array.isArray(body[list])) return { records: listAt(body, list), envelope: body };
		}
		neededText(body, 'Give it the entries of an export chunk as they are.', 'plugin.id');
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const finding = asRecord(record, 'a finding');
		const why = 'Give it the entries of an export chunk as they are.';
		const plugin = neededText(finding, why, 'plugin.id');
		const asset = neededText(finding, why, 'asset.uuid', 'asset.id');
		const state = stateOf(finding);
		const name = pluginName(finding);
		const word = textAt(finding, 'severity', 'plugin.risk_factor');
		const byWord = severityFromWord(word);
		const cvss = numberAt(finding, 'plugin.cvss3_base_score', 'plugin.cvss4_base_score');
		const cvss2 = numberAt(finding, 'plugin.cvss_base_score', 'plugin.cvss2_base_score');
		const byScore = cvss === null ? severityFromCvss(cvss2, 2) : severityFromCvss(cvss);
		// Somebody recast it: what a person decided goes before any precedence.
		const recast = textAt(finding, 'severity_modification_type')?.toUpperCase() === 'RECASTED';
		const fixed = state.status === 'resolved' ? momentAt(finding, context, 'last_fixed') : null;
		const seen = momentAt(finding, context, 'last_found');
		return makeEvent(
			{
				source: tenable.id,
				identity: {
					scope: null,
					finding: findingOf(finding, plugin),
					asset,
				},
				...state,
				category: 'Vulnerability',
				title: name ?? `Tenable plugin ${plugin}`,
				description: [textAt(finding, 'plugin.synopsis'), textAt(finding, 'plugin.description')]
					.filter((text) => text !== null)
					.join('\n\n'),
				url: textAt(finding, 'url', 'uri') ?? textsAt(finding, 'plugin.see_also')[0] ?? null,
				severity: decideSeverity(byWord, byScore, recast ? 'word' : context.severityPrecedence),
				rawSeverity: word,
				cvss: cvss ?? cvss2,
				epss: epssOf(finding),
				cves: textsAt(finding, 'plugin.cve'),
				company: { id: networkOf(finding) },
				asset: {
					id: asset,
					name: assetName(finding) ?? textAt(finding, 'asset.hostname', 'asset.fqdn'),
					ip: textAt(finding, 'asset.ipv4', 'asset.ipv6'),
					mac: textAt(finding, 'asset.mac_address'),
				},
				product: name,
				remediation: textAt(finding, 'plugin.solution'),
				time: fixed ?? seen,
				firstSeen: timeAt(finding, context, 'first_found'),
				lastSeen: seen?.at ?? null,
				resolution: state.status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
