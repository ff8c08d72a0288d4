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
}

/**
 * Kinds by the class of their context. Members by Datto's API description (schemas `…Context`); those that only public
 * clients of it use come after them. Values that change from firing to firing (free space, status, reason) stay out.
 */
const KINDS: Readonly<Record<string, AlertKind>> = {
	action_ctx: { event: 'monitor.triggered', told: ['packageName', 'actionType'] },
	antivirus_ctx: { event: 'av.threat', told: ['productName', 'product', 'threatName'] },
	backup_management_ctx: { event: 'backup.failed', told: [] },
	comp_script_ctx: { event: 'script.failed', told: ['componentName', 'monitorName'] },
	custom_snmp_ctx: { event: 'perf.threshold', told: ['displayName', 'monitorInstance'] },
	disk_health_ctx: { event: 'perf.threshold', told: [] },
	disk_usage_ctx: { event: 'disk.low', told: ['diskName'] },
	endpoint_security_threat_ctx: { event: 'av.threat', told: null },
	endpoint_security_windows_defender_ctx: { event: 'av.threat', told: null },
	eventlog_ctx: { event: 'eventlog.match', told: ['logName', 'code', 'source'] },
	fan_ctx: { event: 'perf.threshold', told: [] },
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
	psu_ctx: { event: 'perf.threshold', told: [] },
	ransomware_ctx: { event: 'av.threat', told: null },
	resource_usage_ctx: { event: 'perf.threshold', told: ['processName', 'type'] },
	snmp_probe_ctx: { event: 'perf.threshold', told: ['ipAddress', 'OID', 'oid', 'ruleName'] },
	srvc_resource_usage_ctx: { event: 'perf.threshold', told: ['serviceName', 'type'] },
	srvc_status_ctx: { event: 'service.stopped', told: ['serviceName'] },
	temperature_ctx: { event: 'perf.threshold', told: [] },
	wmi_ctx: { event: 'monitor.triggered', told: null },
};

/** Class of an alert's context; null for a webhook's body, which has none. */
export function contextClassOf(alert: JsonRecord): string | null {
	// The API prefixes the class with its package in some versions.
	return textAt(alert, 'alertContext.@class')?.split('.').pop() ?? null;
}

/** Event code of a class; null for none, and for one that is not known. */
export function eventOfKind(kind: string | null): string | null {
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
	const told = kind === null ? null : (entryOf(KINDS, kind)?.told ?? null);
	if (kind === null || told === null) return null;
	const context = recordAt(alert, 'alertContext');
	const values = told.map((member) => textAt(context, member));
	if (kind === 'comp_script_ctx') values.push(componentOf(message));
	if (told.length > 0 && values.every((value) => value === null)) return null;
	return joinedPart(kind, ...values, textAt(alert, 'priority'));
}
