/** What an event type of Sophos says of a family of problems. */
export interface TypeMeaning {
	family: string;
	role: 'opens' | 'ends' | 'dismissed';
	/** `object`: what the text names tells two problems of one device apart. `device`: a device has one at a time. */
	told: 'object' | 'device';
	event: string;
	category: string;
}

interface Family {
	name: string;
	told: TypeMeaning['told'];
	event: string;
	category: string;
	opens: readonly string[];
	ends: readonly string[];
	/** Ends by which somebody says that it was nothing. */
	dismissed?: readonly string[];
}

/**
 * Types that belong together, whole. Of threats: names of the SIEM API as Sophos' own collector handles them
 * (sophos/Sophos-Central-SIEM-Integration, `name_mapping.py`). What goes down and comes up again: pairs by which a service
 * provider's public script closes alerts of Sophos Central (`SophosAlertsCleanup.ps1`).
 */
const FAMILIES: readonly Family[] = [
	{
		name: 'malware',
		told: 'object',
		event: 'av.threat',
		category: 'Endpoint',
		opens: [
			...['Event::Endpoint::Threat::Detected', 'Event::Endpoint::Threat::CleanupFailed'],
			'Event::Endpoint::Threat::NotBlocked',
		],
		ends: ['Event::Endpoint::Threat::CleanedUp'],
	},
	{
		name: 'pua',
		told: 'object',
		event: 'av.threat',
		category: 'Endpoint',
		opens: [
			...['Event::Endpoint::Threat::PuaDetected', 'Event::Endpoint::Threat::PuaCleanupFailed'],
		],
		ends: ['Event::Endpoint::Threat::PuaCleanedUp'],
	},
	{
		name: 'behaviour',
		told: 'object',
		event: 'av.threat',
		category: 'Endpoint',
		opens: [
			...['Event::Endpoint::Threat::HIPSDetected', 'Event::Endpoint::Threat::HIPSCleanupFailed'],
		],
		ends: ['Event::Endpoint::Threat::HIPSCleanedUp'],
		dismissed: ['Event::Endpoint::Threat::HIPSDismissed'],
	},
	{
		name: 'command and control',
		told: 'object',
		event: 'av.threat',
		category: 'Endpoint',
		opens: ['Event::Endpoint::Threat::CommandAndControlDetected'],
		ends: [],
		dismissed: ['Event::Endpoint::Threat::CommandAndControlDismissed'],
	},
	{
		name: 'protection',
		told: 'device',
		event: 'protection.off',
		category: 'Endpoint',
		opens: ['Event::Endpoint::SavDisabled'],
		ends: ['Event::Endpoint::SavEnabled'],
	},
	{
		name: 'service',
		told: 'device',
		event: 'service.stopped',
		category: 'Endpoint',
		opens: ['Event::Endpoint::ServiceNotRunning'],
		ends: ['Event::Endpoint::ServiceRestored'],
	},
	{
		name: 'heartbeat',
		told: 'device',
		event: 'agent.down',
		category: 'Agent',
		opens: ['Event::Endpoint::HeartbeatMissing'],
		ends: ['Event::Endpoint::HeartbeatRestored'],
	},
	{
		name: 'update',
		told: 'device',
		event: 'patch.failed',
		category: 'Endpoint',
		opens: ['Event::Endpoint::UpdateFailure'],
		ends: ['Event::Endpoint::UpdateSuccess'],
	},
	{
		name: 'policy',
		told: 'object',
		event: 'misconfig.found',
		category: 'Configuration',
		opens: ['Event::Endpoint::NonCompliant'],
		ends: ['Event::Endpoint::Compliant'],
	},
	{
		name: 'firewall connection',
		told: 'device',
		event: 'agent.down',
		category: 'Agent',
		opens: ['Event::Firewall::LostConnectionToSophosCentral'],
		ends: ['Event::Firewall::Reconnected'],
	},
	{
		name: 'firewall availability',
		told: 'device',
		event: 'monitor.triggered',
		category: 'Monitor',
		opens: ['Event::Firewall::FirewallHAStateDegraded'],
		ends: ['Event::Firewall::FirewallHAStateRestored'],
	},
	{
		name: 'firewall gateway',
		told: 'object',
		event: 'monitor.triggered',
		category: 'Monitor',
		opens: ['Event::Firewall::FirewallGatewayDown'],
		ends: ['Event::Firewall::FirewallGatewayUp'],
	},
	{
		name: 'firewall RED tunnel',
		told: 'object',
		event: 'monitor.triggered',
		category: 'Monitor',
		opens: ['Event::Firewall::FirewallREDTunnelDown'],
		ends: ['Event::Firewall::FirewallREDTunnelUp'],
	},
	{
		name: 'firewall VPN tunnel',
		told: 'object',
		event: 'monitor.triggered',
		category: 'Monitor',
		opens: ['Event::Firewall::FirewallVPNTunnelDown'],
		ends: ['Event::Firewall::FirewallVPNTunnelUp'],
	},
	{
		name: 'APNs certificate',
		told: 'device',
		event: 'cert.expired',
		category: 'Ports',
		opens: ['Event::Mobile::ApnsCertificateExpired'],
		ends: ['Event::Mobile::ApnsCertificateRenewed'],
	},
];

const MEANINGS: ReadonlyMap<string, TypeMeaning> = new Map(
	FAMILIES.flatMap(({ name, told, event, category, opens, ends, dismissed = [] }) => {
		const meaning = (role: TypeMeaning['role']) => ({ family: name, role, told, event, category });
		return [
			...opens.map((type): [string, TypeMeaning] => [type, meaning('opens')]),
			...ends.map((type): [string, TypeMeaning] => [type, meaning('ends')]),
			...dismissed.map((type): [string, TypeMeaning] => [type, meaning('dismissed')]),
		];
	}),
);

/** What a type says; null for one that belongs to none. Compared whole, and with its letter case. */
export function meaningOf(type: string): TypeMeaning | null {
	return MEANINGS.get(type.trim()) ?? null;
}
