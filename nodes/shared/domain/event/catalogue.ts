/** Where the name of an event comes from. */
export type CatalogueMark = 'vendor' | 'ours';

/** One event that an event set can name. */
export interface CatalogueEvent {
	/** As events carry it, e.g. `ports.opened.external`; `.*` at the end stands for all codes that begin so. */
	code: string;
	label: string;
	mark: CatalogueMark;
}

const AD_EVENTS: ReadonlyArray<[code: string, label: string, mark: CatalogueEvent['mark']]> = [
	['ad.user.created', 'User Created (4720)', 'ours'],
	['ad.user.deleted', 'User Deleted (4726)', 'ours'],
	['ad.user.changed', 'User Changed (4738)', 'ours'],
	['ad.user.renamed', 'User Renamed (4781)', 'ours'],
	['ad.user.enabled', 'User Enabled (4722)', 'vendor'],
	['ad.user.disabled', 'User Disabled (4725)', 'vendor'],
	['ad.user.pw_change', 'Password Changed (4723)', 'ours'],
	['ad.user.pw_reset', 'Attempt to Reset an Account Password (4724)', 'vendor'],
	['ad.user.locked', 'User Locked (4740)', 'vendor'],
	['ad.user.unlocked', 'User Unlocked (4767)', 'ours'],
	['ad.group.member_added', 'Group Member Added (4728, 4732, 4756)', 'ours'],
	['ad.group.member_removed', 'Group Member Removed (4729, 4733, 4757)', 'ours'],
	['ad.group.created', 'Group Created (4727, 4731, 4754)', 'ours'],
	['ad.group.deleted', 'Security-Enabled Group Deleted (4730, 4734, 4758)', 'vendor'],
	['ad.group.changed', 'Group Modified (4735, 4737, 4755)', 'vendor'],
	['ad.computer.created', 'Computer Created (4741)', 'ours'],
	['ad.computer.changed', 'Computer Changed (4742)', 'ours'],
	['ad.computer.deleted', 'Computer Deleted (4743)', 'ours'],
	['ad.object.modified', 'Directory Object Modified (5136)', 'ours'],
	['ad.object.created', 'Directory Object Created (5137)', 'vendor'],
	['ad.object.undeleted', 'Directory Object Undeleted (5138)', 'ours'],
	['ad.object.moved', 'Directory Object Moved (5139)', 'ours'],
	['ad.object.deleted', 'Directory Object Deleted (5141)', 'ours'],
	['ad.logon.failed', 'Login Failure (4625)', 'vendor'],
	['ad.logon.success', 'Login Success (4624)', 'vendor'],
	['ad.logon.explicit', 'Logon With Explicit Credentials (4648)', 'vendor'],
	['ad.session.reconnected', 'Session Reconnected (4778)', 'vendor'],
	['ad.session.disconnected', 'Session Disconnected (4779)', 'vendor'],
	['ad.audit.cleared', 'Audit Log Cleared (1102)', 'ours'],
	['ad.audit.policy_changed', 'Audit Policy Changed (4719)', 'ours'],
];

/** Events of the Active Directory audit; in brackets the Windows event ids that an API row carries. */
export const AD_AUDIT_EVENTS: readonly CatalogueEvent[] = AD_EVENTS.map(([code, label, mark]) => ({
	code,
	label,
	mark,
}));

/** A heading of the catalogue, with the codes of its events. One event may stand under several. */
export interface EventCategory {
	name: string;
	/** Whose screen has it: CyberCNS version 2 and 3, ConnectSecure version 4, both, or codes that span tools. */
	generation: 'cybercns' | 'connectsecure' | 'both' | 'generic';
	/** Codes; one that ends in `.*` stands for all codes that begin so. */
	events: readonly string[];
}

const EVENTS: ReadonlyArray<[code: string, label: string, mark: CatalogueEvent['mark']]> = [
	['agent.probe_down', 'Probe Went Down', 'vendor'],
	['agent.server_down', 'Server Agent Went Down', 'vendor'],
	['agent.installed', 'Agent Installed', 'vendor'],
	['agent.modified', 'Agent Modified', 'vendor'],
	['agent.deleted', 'Agent Deleted', 'vendor'],
	['agent.down', 'Agent Went Down', 'ours'],
	['agent.up', 'Agent Back Online', 'ours'],
	['agent.outdated', 'Agent Outdated', 'ours'],
	['company.created', 'New Company Created', 'vendor'],
	['company.modified', 'Company Modified', 'vendor'],
	['company.deleted', 'Company Deleted', 'vendor'],
	['asset.added', 'New Asset Added', 'vendor'],
	['asset.modified', 'Asset Modified', 'vendor'],
	['asset.deleted', 'Asset Deleted', 'vendor'],
	['asset.offline', 'Asset Offline', 'ours'],
	['asset.eol', 'End of Life System or Software', 'ours'],
	['asset.reboot_required', 'Reboot Required', 'ours'],
	['asset.unquoted_service', 'Unquoted Service Path', 'ours'],
	['asset.smb_share', 'Open SMB Share', 'ours'],
	['ports.opened.probe', 'New Open Port Discovered (Probe Scan)', 'vendor'],
	['ports.opened.external', 'New Open Port Discovered (External Scan)', 'vendor'],
	['ports.closed', 'Port Closed', 'ours'],
	['cert.expiring_30d', 'Certificate Expires in 30 Days', 'vendor'],
	['cert.expired', 'Certificate Expired', 'ours'],
	['cert.self_signed', 'Self-Signed Certificate', 'ours'],
	['problem.kev', 'CISA Vulnerabilities Found', 'vendor'],
	['problem.critical', 'Critical Severity Vulnerabilities Found', 'vendor'],
	['problem.high', 'High Severity Vulnerabilities Found', 'ours'],
	['problem.medium', 'Medium Severity Vulnerabilities Found', 'ours'],
	['problem.low', 'Low Severity Vulnerabilities Found', 'ours'],
	['problem.epss95', 'Vulnerabilities With EPSS 0.95 and Above', 'ours'],
	['problem.epss90', 'Vulnerabilities With EPSS 0.90 and Above', 'ours'],
	['problem.epss85', 'Vulnerabilities With EPSS 0.85 and Above', 'ours'],
	['problem.smb', 'SMB Problem', 'ours'],
	['problem.tls', 'SSL/TLS Problem', 'ours'],
	['problem.cert', 'SSL Certificate Problem', 'ours'],
	['problem.remote_login', 'Remote Login Problem', 'ours'],
	['problem.database', 'Database Problem', 'ours'],
	['problem.info', 'Informational Problem', 'ours'],
	['problem.no_av', 'Antivirus Not Installed', 'ours'],
	['problem.no_backup', 'Backup Not Performed', 'ours'],
	['problem.firewall', 'Firewall Misconfiguration', 'ours'],
	['remediation.by_company', 'Remediation by Company', 'vendor'],
	['remediation.by_asset', 'Remediation by Asset', 'vendor'],
	['remediation.by_product', 'Remediation by Product', 'vendor'],
	['remediation.by_asset_product', 'Remediation by Asset and Product', 'vendor'],
	['remediation.completed', 'Remediation Completed', 'vendor'],
	['entra.audit.*', 'Any Entra ID Audit Event', 'ours'],
	['entra.error.*', 'Any Entra ID Error', 'ours'],
	['job.failed.*', 'Any Failed Job', 'ours'],
	['vuln.found', 'Vulnerability Found', 'ours'],
	['vuln.resolved', 'Vulnerability Resolved', 'ours'],
	['vuln.reopened', 'Vulnerability Found Again', 'ours'],
	['vuln.accepted', 'Vulnerability Accepted', 'ours'],
	['alert.detection.open', 'Detection', 'ours'],
	['alert.detection.updated', 'Detection Updated', 'ours'],
	['alert.detection.resolved', 'Detection Resolved', 'ours'],
	['monitor.triggered', 'Monitor Triggered', 'ours'],
	['monitor.acknowledged', 'Monitor Acknowledged', 'ours'],
	['monitor.cleared', 'Monitor Cleared', 'ours'],
	['av.threat', 'Antivirus Threat', 'ours'],
	['patch.failed', 'Patch Failed', 'ours'],
	['disk.low', 'Disk Space Low', 'ours'],
	['service.stopped', 'Service Stopped', 'ours'],
	['eventlog.match', 'Event Log Entry', 'ours'],
	['script.failed', 'Script Failed', 'ours'],
	['perf.threshold', 'Performance Threshold Crossed', 'ours'],
	['backup.failed', 'Backup Failed', 'ours'],
	['protection.off', 'Protection Switched Off or Failing', 'ours'],
	['software.failed', 'Installation or Removal Failed', 'ours'],
	['help.requested', 'User Asks for Help', 'ours'],
	['misconfig.found', 'Misconfiguration Found', 'ours'],
	['secret.found', 'Secret Found', 'ours'],
	['email.reported.phish', 'Mail Reported as Phishing', 'ours'],
	['email.reported.junk', 'Mail Reported as Junk', 'ours'],
	['email.reported.notjunk', 'Mail Reported as Not Junk', 'ours'],
	['email.reported.malware', 'Mail Reported as Malware', 'ours'],
	['privilege.elevation.requested', 'Elevation Requested', 'ours'],
	['privilege.elevation.approved', 'Elevation Approved', 'ours'],
	['privilege.elevation.denied', 'Elevation Denied', 'ours'],
	['privilege.elevation.expired', 'Elevation Expired', 'ours'],
	['scan.completed', 'Scan Completed', 'ours'],
	['scan.failed', 'Scan Failed', 'ours'],
];

/** Codes of the catalogue that begin so, in its order. */
function codes(...beginnings: string[]): string[] {
	return EVENTS.map(([code]) => code).filter((code) =>
		beginnings.some((beginning) => code.startsWith(beginning)),
	);
}

/**
 * Every event that an event set can name. `vendor`: the label stands in the vendor's public documentation of its event
 * sets, its audit log or its AD audit. `ours`: made by this project, from the vendor's problem groups and API objects
 * or for other tools.
 */
export const EVENT_CATALOGUE: readonly CatalogueEvent[] = [
	...EVENTS.map(([code, label, mark]) => ({ code, label, mark })),
	...AD_AUDIT_EVENTS,
];

export const EVENT_CATEGORIES: readonly EventCategory[] = [
	{ name: 'Agent', generation: 'cybercns', events: [...codes('agent.'), 'job.failed.*'] },
	{ name: 'Company', generation: 'cybercns', events: codes('company.') },
	{
		name: 'Asset',
		generation: 'cybercns',
		events: [...codes('asset.'), 'problem.no_av', 'problem.no_backup', 'problem.firewall'],
	},
	{ name: 'Ports', generation: 'cybercns', events: codes('ports.', 'cert.', 'problem.tls') },
	{ name: 'Remediation', generation: 'cybercns', events: codes('remediation.') },
	{ name: 'AD Audit', generation: 'both', events: AD_AUDIT_EVENTS.map(({ code }) => code) },
	{
		name: 'System Changes',
		generation: 'connectsecure',
		events: [
			...['company.created', 'asset.added', 'ports.opened.probe', 'ports.opened.external'],
			...['agent.probe_down', 'agent.server_down'],
		],
	},
	{ name: 'Problems', generation: 'connectsecure', events: codes('problem.') },
	{ name: 'Solutions', generation: 'connectsecure', events: codes('remediation.') },
	{ name: 'Entra ID Audit', generation: 'connectsecure', events: ['entra.audit.*'] },
	{ name: 'Entra ID Error', generation: 'connectsecure', events: ['entra.error.*'] },
	{ name: 'Job Failed', generation: 'connectsecure', events: ['job.failed.*'] },
	{
		name: 'Certificate Expire in 30 Days',
		generation: 'connectsecure',
		events: ['cert.expiring_30d'],
	},
	{ name: 'Vulnerability', generation: 'generic', events: codes('vuln.') },
	{ name: 'Detection', generation: 'generic', events: codes('alert.') },
	{ name: 'Monitor', generation: 'generic', events: codes('monitor.') },
	{
		name: 'Endpoint',
		generation: 'generic',
		events: [
			...codes('av.', 'patch.', 'disk.', 'service.', 'eventlog.', 'script.', 'perf.'),
			...codes('backup.', 'protection.', 'software.', 'help.'),
		],
	},
	{ name: 'Configuration', generation: 'generic', events: codes('misconfig.', 'secret.') },
	{ name: 'Reported Mail', generation: 'generic', events: codes('email.') },
	{ name: 'Elevation', generation: 'generic', events: codes('privilege.') },
	{ name: 'Scan', generation: 'generic', events: codes('scan.') },
];

/** Codes that choose how remediations are grouped rather than which; exactly one may be chosen. */
export const REMEDIATION_GROUPINGS = {
	'remediation.by_company': 'company',
	'remediation.by_asset': 'asset',
	'remediation.by_product': 'product',
	'remediation.by_asset_product': 'asset and product',
} as const;
