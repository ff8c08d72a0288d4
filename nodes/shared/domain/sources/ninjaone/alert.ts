import { entryOf } from '../../values/json';
import type { JsonRecord } from '../../values/json';
import { textAt } from '../common/paths';
import { isConditionState } from './activity';

/** Where an alert came from, and what that is in the catalogue (`sourceType` of NinjaOne's API 2.0.9, whole). */
const EVENTS: Readonly<Record<string, readonly [category: string, event: string]>> = {
	AGENT_OFFLINE: ['Agent', 'agent.down'],
	CONDITION_AGENT_CPU: ['Endpoint', 'perf.threshold'],
	CONDITION_AGENT_MEMORY: ['Endpoint', 'perf.threshold'],
	CONDITION_AGENT_NETWORK: ['Endpoint', 'perf.threshold'],
	CONDITION_AGENT_DISK_IO: ['Endpoint', 'perf.threshold'],
	CONDITION_NMS_CPU: ['Endpoint', 'perf.threshold'],
	CONDITION_NMS_MEMORY: ['Endpoint', 'perf.threshold'],
	CONDITION_VM_AGGREGATE_CPU_USAGE: ['Endpoint', 'perf.threshold'],
	CONDITION_LINUX_PROCESS_RESOURCE: ['Endpoint', 'perf.threshold'],
	CONDITION_LINUX_PROCESS_RESOURCE_CPU: ['Endpoint', 'perf.threshold'],
	CONDITION_LINUX_PROCESS_RESOURCE_MEMORY: ['Endpoint', 'perf.threshold'],
	CONDITION_MAC_PROCESS_RESOURCE_CPU: ['Endpoint', 'perf.threshold'],
	CONDITION_MAC_PROCESS_RESOURCE_MEMORY: ['Endpoint', 'perf.threshold'],
	CONDITION_WINDOWS_PROCESS_RESOURCE_CPU: ['Endpoint', 'perf.threshold'],
	CONDITION_WINDOWS_PROCESS_RESOURCE_MEMORY: ['Endpoint', 'perf.threshold'],
	CONDITION_AGENT_DISK_FREE_SPACE: ['Endpoint', 'disk.low'],
	CONDITION_AGENT_DISK_USAGE: ['Endpoint', 'disk.low'],
	CONDITION_LINUX_DISK_FREE_SPACE: ['Endpoint', 'disk.low'],
	CONDITION_LINUX_DISK_USAGE: ['Endpoint', 'disk.low'],
	CONDITION_VM_DISK_USAGE: ['Endpoint', 'disk.low'],
	CONDITION_VM_HOST_DATASTORE: ['Endpoint', 'disk.low'],
	CONDITION_AGENT_PATCH_LAST_INSTALLED: ['Endpoint', 'patch.failed'],
	CONDITION_SCRIPT_RESULT: ['Endpoint', 'script.failed'],
	CONDITION_WINDOWS_EVENT_LOG_TRIGGERED: ['Endpoint', 'eventlog.match'],
	CONDITION_WINDOWS_SERVICE_STATE_CHANGED: ['Endpoint', 'service.stopped'],
	CONDITION_LINUX_DAEMON: ['Endpoint', 'service.stopped'],
	// NinjaOne's description spells it so; clients made from a later one spell it right.
	CONDITION_MAC_DEAMON: ['Endpoint', 'service.stopped'],
	CONDITION_MAC_DAEMON: ['Endpoint', 'service.stopped'],
	CONDITION_BITLOCKER_STATUS: ['Endpoint', 'protection.off'],
	CONDITION_FILEVAULT_STATUS: ['Endpoint', 'protection.off'],
};

/** True for a row of `GET /v2/alerts`: an alert that is triggered at this moment. A row of `GET /v2/jobs` is alike. */
export function isAlert(record: JsonRecord): boolean {
	return (
		textAt(record, 'activityType', 'jobType', 'jobStatus') === null &&
		textAt(record, 'uid') !== null &&
		textAt(record, 'sourceType', 'sourceConfigUid') !== null
	);
}

/**
 * An alert as the trigger of its condition, unless it says itself that it is in another state: its `uid` is the series of that activity, so that what the webhook and the
 * list report is one problem.
 */
export function activityOfAlert(alert: JsonRecord): JsonRecord {
	const own = textAt(alert, 'status') ?? '';
	return {
		...alert,
		// An alert has no id of a delivery: it is the same alert however often it is listed.
		id: null,
		seriesUid: alert.uid,
		activityType: 'CONDITION',
		statusCode: isConditionState(own) ? own : 'TRIGGERED',
		activityTime: alert.updateTime ?? alert.createTime,
	};
}

/** Category and event code of an alert's origin; null for one that only a person can tell. */
export function eventOfAlert(alert: JsonRecord): { category: string; event: string } | null {
	const known = entryOf(EVENTS, textAt(alert, 'sourceType')?.trim().toUpperCase() ?? '');
	return known === undefined ? null : { category: known[0], event: known[1] };
}
