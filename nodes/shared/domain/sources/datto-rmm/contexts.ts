import { entryOf } from '../../values/json';
import type { JsonRecord } from '../../values/json';
import { joinedPart } from '../../event/keys';
import { recordAt, textAt } from '../common/paths';

/** What a kind of alert is about. */
interface AlertKind {
	event: string;
	/**
	 * Members of its context that tell two monitors of this kind on one device apart, so that the next firing of one is
	 * recognised. Empty: a device has one. Null: nothing in the context tells, or two findings could share it (threats).
	 */
	told: readonly string[] | null;
	/** Members beside these that tell two of them apart where an alert has them: a part of the device, by its name. */
	named?: readonly string[];
}

/**
 * Kinds by the class of their context. Members by Datto's API description (schemas `…Context`); those that only public
 * clients of it use come after them. Values that change from firing to firing (free space, status, reason) stay out.
 */
const KINDS: Readonly<Record<string, AlertKind>> = {
	action_ctx: { event: 'monitor.triggered', told: ['packageName', 'actionType'] },
	antivirus_ctx: {
		event: 'av.threat',
		told: ['productName', 'product', 'threatName'],
		named: ['avProduct'],
	},
	backup_management_ctx: { event: 'backup.failed', told: [] },
	comp_script_ctx: { event: 'script.failed', told: ['componentName', 'monitorName'] },
	custom_snmp_ctx: { event: 'perf.threshold', told: ['displayName', 'monitorInstance'] },
	disk_health_ctx: { event: 'perf.threshold', told: [], named: ['diskName'] },
	disk_usage_ctx: { event: 'disk.low', told: ['diskName'] },
	endpoint_security_threat_ctx: { event: 'av.threat', told: null },
	endpoint_security_windows_defender_ctx: { event: 'av.threat', told: null },
	eventlog_ctx: {
		event: 'eventlog.match',
		told: ['logName', 'code', 'source'],
		named: ['eventId'],
	},
	fan_ctx: { event: 'perf.threshold', told: [], named: ['fanName'] },
	filesystem_ctx: { event: 'perf.threshold', told: ['path', 'objectType', 'condition'] },
	fs_object_ctx: { event: 'perf.threshold', told: ['path', 'objectType', 'condition'] },
	network_monitor_ctx: { event: 'monitor.triggered', told: null },
	online_offline_status_ctx: { event: 'agent.down', told: [] },
	patch_ctx: { event: 'patch.failed', told: ['policyUid', 'patchUid', 'patchTitle'] },
	perf_disk_usage_ctx: { event: 'disk.low', told: ['diskName', 'drive'] },
	perf_mon_ctx: { event: 'perf.threshold', told: ['counter', 'counterName', 'displayName'] },
	perf_resource_usage_ctx: { event: 'perf.threshold', told: ['type', 'metric', 'resourceType'] },
	ping_ctx: { event: 'monitor.triggered', told: ['instanceName'] },
	printer_ctx: { event: 'monitor.triggered', told: ['markerSupplyIndex'] },
	process_resource_usage_ctx: { event: 'perf.threshold', told: ['processName', 'type'] },
	process_status_ctx: { event: 'service.stopped', told: ['processName'] },
	psu_ctx: { event: 'perf.threshold', told: [], named: ['psuName'] },
	ransomware_ctx: { event: 'av.threat', told: null },
	resource_usage_ctx: { event: 'perf.threshold', told: ['processName', 'type'] },
	seccenter_ctx: { event: 'protection.off', told: ['productName', 'alertType'] },
	security_management_ctx: { event: 'av.threat', told: null },
	snmp_probe_ctx: { event: 'perf.threshold', told: ['ipAddress', 'OID', 'oid', 'ruleName'] },
	srvc_resource_usage_ctx: { event: 'perf.threshold', told: ['serviceName', 'type'] },
	srvc_status_ctx: { event: 'service.stopped', told: ['serviceName'] },
	status_ctx: { event: 'service.stopped', told: ['processName'] },
	temperature_ctx: { event: 'perf.threshold', told: [], named: ['sensorName'] },
	windows_performance_ctx: { event: 'perf.threshold', told: null },
	wmi_ctx: { event: 'monitor.triggered', told: null },
};

/** Class of an alert's context; null for a webhook's body, which has none. */
export function contextClassOf(alert: JsonRecord): string | null {
	// The API prefixes the class with its package in some versions.
	return textAt(alert, 'alertContext.@class')?.split('.').pop() ?? null;
}

/**
 * States of an antivirus product that are no threat, in letters alone: `antivirusStatus` of a device in Datto's API, and
 * the words that its clients write.
 */
const UNPROTECTED: ReadonlySet<string> = new Set([
	'notdetected',
	'notrunning',
	'runningandnotuptodate',
	'outofdate',
	'disabled',
]);

function saysUnprotected(context: JsonRecord): boolean {
	if (textAt(context, 'threatName') !== null) return false;
	const status = textAt(context, 'status', 'avStatus')?.toLowerCase() ?? '';
	return UNPROTECTED.has(status.replace(/[\s_-]/g, ''));
}

/**
 * Event code of what an alert is about, by the class of its context; null for none, and for one that is not known.
 * @param alert as the API gives it
 */
export function eventOfContext(alert: JsonRecord): string | null {
	const kind = contextClassOf(alert);
	if (kind === 'antivirus_ctx' && saysUnprotected(recordAt(alert, 'alertContext'))) {
		return 'protection.off';
	}
	return kind === null ? null : (entryOf(KINDS, kind)?.event ?? null);
}

/** The component of a script alert, which stands in brackets at the beginning of its message. */
function componentOf(message: string | null): string | null {
	if (message === null || !message.trimStart().startsWith('[')) return null;
	const [component, rest] = message.trimStart().slice(1).split(']', 2);
	return rest === undefined || component === undefined ? null : component.trim();
}

/**
 * What tells an alert's monitor from every other on the device: its kind, what it watches, and its priority, since a
 * warning and a critical monitor may watch one disk. Null where it cannot be told for certain.
 */
export function monitorOf(alert: JsonRecord, message: string | null): string | null {
	const kind = contextClassOf(alert);
	const known = kind === null ? undefined : entryOf(KINDS, kind);
	if (kind === null || known === undefined || known.told === null) return null;
	const { told, named = [] } = known;
	const context = recordAt(alert, 'alertContext');
	const parts = named.map((member) => textAt(context, member)).filter((part) => part !== null);
	const values = [...told.map((member) => textAt(context, member)), ...parts];
	if (kind === 'comp_script_ctx') values.push(componentOf(message));
	if (told.length > 0 && values.every((value) => value === null)) return null;
	return joinedPart(kind, ...values, textAt(alert, 'priority'));
}
