import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { createRandom, pick } from '../../support/random';

const CODES: ReadonlyArray<readonly [code: string, category: string]> = [
	['vuln.found', 'Vulnerability'],
	['vuln.reopened', 'Vulnerability'],
	['problem.kev', 'Problems'],
	['problem.critical', 'Problems'],
	['problem.high', 'Problems'],
	['problem.tls', 'Problems'],
	['problem.no_av', 'Problems'],
	['problem.firewall', 'Problems'],
	['ports.opened.external', 'Ports'],
	['ports.opened.probe', 'Ports'],
	['cert.expiring_30d', 'Ports'],
	['cert.expired', 'Ports'],
	['agent.down', 'Agent'],
	['agent.server_down', 'Agent'],
	['asset.added', 'Asset'],
	['asset.eol', 'Asset'],
	['alert.detection.open', 'Detection'],
	['monitor.triggered', 'Monitor'],
	['av.threat', 'Endpoint'],
	['disk.low', 'Endpoint'],
	['patch.failed', 'Endpoint'],
	['misconfig.found', 'Configuration'],
	['secret.found', 'Configuration'],
	['scan.failed', 'Scan'],
	['custom.backup_late', 'Custom'],
];
const SEVERITIES = ['critical', 'high', 'high', 'medium', 'medium', 'low', 'informational'];
const COMPANIES = 100;
const ASSET_KINDS = ['SRV', 'WS', 'FW', 'DB'];

/** One rule as it is written into the column `rules`, and into the code of a Code node. */
export interface WrittenRule {
	name: string;
	action: 'ticket' | 'ignore';
	events: string[];
	companies: string[];
	/** Regular expression; '' = every asset. */
	asset: string;
	kevOnly: boolean;
	minSeverity: string;
}

export const companyName = (index: number): string => `Company ${index}`;

/**
 * A set as it grows in practice: exceptions per company and machine first, then general rules, the last for the rest.
 * @param count rules, 2 at least
 */
export function makeRules(count: number): WrittenRule[] {
	const random = createRandom(50);
	const rules = Array.from({ length: count - 1 }, (_unused, index): WrittenRule => {
		const events = [pick(random, CODES)[0], pick(random, CODES)[0]];
		const ofCompany = index % 2 === 0;
		return {
			name: `rule ${index}`,
			action: index % 10 === 4 ? 'ignore' : 'ticket',
			events: [...new Set(events)],
			companies: ofCompany
				? [companyName(index % COMPANIES), companyName((index * 7) % COMPANIES)]
				: [],
			asset: index % 3 === 0 ? `^${pick(random, ASSET_KINDS)}-` : '',
			kevOnly: index % 7 === 1,
			minSeverity: pick(random, ['critical', 'high', 'medium']),
		};
	});
	return [
		...rules,
		{
			name: 'rest',
			action: 'ticket',
			events: ['*'],
			companies: [],
			asset: '',
			kevOnly: false,
			minSeverity: 'critical',
		},
	];
}

/** The row of `halo_event_sets` with these rules. */
export function makeSetRow(rules: readonly WrittenRule[]): IDataObject {
	return {
		name: 'All rules',
		isDefault: true,
		enabled: true,
		grouping: 'problem',
		minSeverity: 'medium',
		includeUnknown: true,
		rules: JSON.stringify(rules),
		maintenance: '',
	};
}

/** An event as it leaves Halo Map Company; about 900 bytes of JSON. */
export function makeEvent(index: number, random: () => number): IDataObject {
	const [code, category] = pick(random, CODES);
	const company = companyName(Math.floor(random() * COMPANIES));
	const asset = `${pick(random, ASSET_KINDS)}-${Math.floor(random() * 5000)}`;
	const fate = random();
	const status = fate < 0.85 ? 'open' : fate < 0.97 ? 'resolved' : 'info';
	return {
		source: 'wazuh',
		deliveryId: `manager-1/${index}`,
		dedupKey: `v1|wazuh|manager-1|finding ${index}|${asset.toLowerCase()}`,
		groupKey: null,
		status,
		category,
		event: code,
		title: `${category}: finding ${index} on ${asset}`,
		description: `The scanner found ${code} on ${asset} of ${company} and reports it until it is gone.`,
		url: `https://scanner.example/findings/${index}`,
		severity: pick(random, SEVERITIES),
		rawSeverity: '10',
		cvss: Math.round(random() * 100) / 10,
		epss: Math.round(random() * 100) / 100,
		kev: random() < 0.1,
		cves: [`CVE-2026-${10_000 + (index % 9_000)}`],
		company: { id: null, name: company, displayName: company, reference: null, domain: null },
		asset: { id: String(index % 5000), name: asset, ip: '10.0.0.5', mac: null, serial: null },
		user: { name: null, email: null },
		application: null,
		product: 'openssl',
		remediation: 'Install the current version.',
		time: '2026-05-04T09:12:33.000Z',
		firstSeen: null,
		lastSeen: null,
		resolution: null,
		scan: null,
		simulation: false,
		raw: null,
		mapping: {
			haloClientId: 12,
			haloClientName: company,
			method: 'name',
			origin: 'row 1',
			createTicket: true,
			noNotification: false,
			eventSet: null,
			profile: null,
		},
	};
}

export function makeEvents(count: number): IDataObject[] {
	const random = createRandom(count);
	return Array.from({ length: count }, (_unused, index) => makeEvent(index, random));
}

/** Items as a node before would have given them out. */
export function asItems(records: readonly IDataObject[]): INodeExecutionData[] {
	return records.map((json, item) => ({ json, pairedItem: { item } }));
}
