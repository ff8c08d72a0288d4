import type { CodeFamily } from './code-family';

function protection(name: string, off: string, on: string | null): CodeFamily {
	return {
		name: `${name} switched off`,
		category: 'Endpoint',
		event: 'protection.off',
		told: 'device',
		opens: [off],
		ends: on === null ? [] : [on],
	};
}

/** Several threats can be on one device. `warns`: the product stopped it by itself. */
function threat(
	name: string,
	opens: readonly string[],
	ends: readonly string[] = [],
	warns: readonly string[] = [],
): CodeFamily {
	return {
		name: `${name} threat`,
		category: 'Endpoint',
		event: 'av.threat',
		opens,
		ends,
		warns,
		told: 'object',
	};
}

const THREATS: readonly CodeFamily[] = [
	threat(
		'vipre',
		[],
		['VIPREAV_QUARANTINED_THREAT_REMOVED'],
		[
			'VIPREAV_SCAN_THREAT_QUARANTINED',
			'VIPREAV_ACTIVEPROTECTION_THREAT_QUARANTINED',
			'VIPREAV_USERINITIATED_THREAT_QUARANTINED',
		],
	),
	threat('webroot', ['WEBROOT_THREAT_DETECTED']),
	threat(
		'bitdefender',
		[
			'BDAS_BITDEFENDER_THREAT_PRESENT',
			'BDAS_BITDEFENDER_THREAT_IGNORED',
			'BDAS_BITDEFENDER_THREAT_QUARANTINE_RESTORED',
			'BDAS_BITDEFENDER_THREAT_QUARANTINE_RESTORED_CUSTOMPATH',
			'BDAS_BITDEFENDER_PURGE_QUARANTINE_FAILED',
			'BITDEFENDER_THREAT_DELETE_FROM_QUARANTINE_FAILED',
		],
		[
			'BDAS_BITDEFENDER_THREAT_CLEANED',
			'BDAS_BITDEFENDER_THREAT_DELETED',
			'BDAS_BITDEFENDER_THREAT_QUARANTINE_DELETED',
		],
		['BDAS_BITDEFENDER_THREAT_BLOCKED', 'BDAS_BITDEFENDER_THREAT_QUARANTINED'],
	),
	threat(
		'gravityzone',
		[
			'GRAVITYZONE_THREAT_PRESENT',
			'GRAVITYZONE_THREAT_IGNORED',
			'GRAVITYZONE_PURGE_QUARANTINE_FAILED',
			'GRAVITYZONE_THREAT_DELETE_FROM_QUARANTINE_FAILED',
			'GRAVITYZONE_THREAT_BLOCKED_FROM_ACTIVE_FAILED',
		],
		[
			'GRAVITYZONE_THREAT_CLEANED',
			'GRAVITYZONE_THREAT_DELETED',
			'GRAVITYZONE_THREAT_DELETE_FROM_QUARANTINE_COMPLETED',
		],
		['GRAVITYZONE_THREAT_BLOCKED', 'GRAVITYZONE_THREAT_QUARANTINED'],
	),
	threat(
		'sentinelone',
		[
			'SENTINEL_ONE_THREAT_DETECTED',
			'SENTINEL_ONE_REMEDIATION_FAILED',
			'SENTINEL_ONE_MITIGATION_FAILED',
			'SENTINEL_ONE_MITIGATION_CANNOT_KILL',
			'SENTINEL_ONE_MITIGATION_FAILED_TO_KILL',
			'SENTINEL_ONE_MITIGATION_REQUIRE_REBOOT',
			'SENTINEL_ONE_QUARANTINE_FAILED',
		],
		['SENTINEL_ONE_REMEDIATION_SUCCEEDED'],
	),
	threat(
		'crowdstrike',
		[
			'CROWDSTRIKE_THREAT_DETECTED',
			'CROWDSTRIKE_REMEDIATION_FAILED',
			'CROWDSTRIKE_MITIGATION_FAILED',
			'CROWDSTRIKE_QUARANTINE_FAILED',
		],
		['CROWDSTRIKE_REMEDIATION_SUCCEEDED'],
	),
	threat('attachment', ['ATTACHMENT_FILE_SUSPICIOUS']),
];

const PROTECTION: readonly CodeFamily[] = [
	protection('vipre', 'VIPREAV_DISABLED', null),
	protection('bitdefender', 'BITDEFENDER_DISABLED', null),
	protection('gravityzone', 'GRAVITYZONE_DISABLED', 'GRAVITYZONE_ENABLED'),
	protection('sentinelone', 'SENTINEL_ONE_AGENT_DISABLED', 'SENTINEL_ONE_AGENT_ENABLED'),
	protection('crowdstrike', 'CROWDSTRIKE_SENSOR_DISABLED', 'CROWDSTRIKE_SENSOR_ENABLED'),
	protection('bitlocker', 'BITLOCKER_DISABLED', 'BITLOCKER_ENABLED'),
	protection('filevault', 'FILEVAULT_DISABLED', 'FILEVAULT_ENABLED'),
	protection('tpm', 'TRUSTED_PLATFORM_MODULE_DISABLED', 'TRUSTED_PLATFORM_MODULE_ENABLED'),
	...(
		[
			['vipre scan', ['VIPREAV_SCAN_FAILED'], ['VIPREAV_SCAN_COMPLETED']],
			['bitdefender scan', ['BITDEFENDER_SCAN_FAILED'], ['BITDEFENDER_SCAN_COMPLETED']],
			['gravityzone scan', ['GRAVITYZONE_SCAN_FAILED'], ['GRAVITYZONE_SCAN_COMPLETED']],
			['sentinelone scan', ['SENTINEL_ONE_SCAN_FAILED'], ['SENTINEL_ONE_SCAN_COMPLETED']],
			[
				'sentinelone registration',
				['SENTINEL_ONE_REGISTRATION_FAILED'],
				['SENTINEL_ONE_REGISTRATION_SUCCEEDED'],
			],
			['sentinelone configuration', ['SENTINEL_ONE_LOCAL_CONFIG_CHANGE_FAILED'], []],
			[
				'crowdstrike registration',
				['CROWDSTRIKE_REGISTRATION_FAILED'],
				['CROWDSTRIKE_REGISTRATION_SUCCEEDED'],
			],
			['crowdstrike credential', ['CROWDSTRIKE_CREDENTIAL_INVALID'], []],
			['crowdstrike permissions', ['CROWDSTRIKE_MISSING_PERMISSIONS'], []],
			['gravityzone company', ['GRAVITYZONE_COMPANY_CANNOT_BE_ACCESSED'], []],
		] as const
	).map(([name, opens, ends]) => ({
		name,
		category: 'Endpoint' as const,
		event: 'protection.off',
		told: 'device' as const,
		opens,
		ends,
	})),
];

/** Codes of antivirus products, and of what protects a device. */
export const SECURITY_CODES: readonly CodeFamily[] = [...THREATS, ...PROTECTION];
