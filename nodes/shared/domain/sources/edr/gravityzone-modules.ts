import type { Severity } from '../../event/event';
import { foldedName } from '../../event/keys';

/** What the events of a module of GravityZone are about. */
export interface Module {
	/**
	 * `file`: a file, and what became of it. `protection`: whether a device is protected. `detection`: something that was
	 * found, without an end. `notice`: something that happened.
	 */
	kind: 'file' | 'protection' | 'detection' | 'notice';
	/** Modules of one family tell of one problem. */
	family: string;
	/** Members that together name it beside the device. */
	named: readonly string[];
	titles: readonly string[];
	/** What it says where it has no title of its own. */
	says: string;
	severity: Severity;
	category: string;
	event: string | null;
	/** Members with the time, the first that has one. */
	times: readonly string[];
}

const DETECTION = {
	kind: 'detection',
	severity: 'high',
	category: 'Detection',
	event: 'alert.detection.open',
} as const;

/** Modules of the Event Push Service (GravityZone Public API, *Push event types*), by their names. */
const MODULES: Readonly<Record<string, Omit<Module, 'family'>>> = {
	av: {
		kind: 'file',
		named: ['malware_name', 'file_path'],
		titles: ['malware_name'],
		says: 'Malware',
		severity: 'high',
		category: 'Endpoint',
		event: 'av.threat',
		times: ['timestamp'],
	},
	modules: {
		kind: 'protection',
		named: [],
		titles: [],
		says: 'Protection against malware',
		severity: 'high',
		category: 'Endpoint',
		event: 'protection.off',
		times: [],
	},
	'new-incident': {
		...DETECTION,
		named: ['incident_id'],
		titles: ['detection_name'],
		says: 'Incident',
		times: ['last_updated', 'created'],
	},
	'ransomware-mitigation': {
		...DETECTION,
		severity: 'critical',
		named: ['attack_type', 'attack_source'],
		titles: [],
		says: 'Ransomware',
		times: ['detected_on'],
	},
	antiexploit: {
		...DETECTION,
		named: ['detection_threatName', 'detection_path'],
		titles: ['detection_threatName', 'detection_exploitTechnique'],
		says: 'Exploit',
		times: ['detection_time'],
	},
	avc: {
		...DETECTION,
		named: ['exploit_type', 'exploit_path'],
		titles: ['exploit_type'],
		says: 'Behaviour that was blocked',
		times: ['last_blocked'],
	},
	hd: {
		...DETECTION,
		named: ['attack_type', 'file_path'],
		titles: ['attack_type'],
		says: 'Targeted attack',
		times: ['date'],
	},
	'network-monitor': {
		...DETECTION,
		severity: 'medium',
		named: ['detection_name', 'source_ip'],
		titles: ['detection_name'],
		says: 'Attack over the network',
		times: ['timestamp'],
	},
	'network-sandboxing': {
		...DETECTION,
		named: ['threatType', 'endpointId'],
		titles: ['threatType'],
		says: 'Threat in the sandbox',
		times: ['detectionTime'],
	},
};

/** What an event of a module is; one that is not listed only says that something happened. */
export function moduleOf(name: string): Module {
	const family = foldedName(name) ?? '';
	const known = Object.hasOwn(MODULES, family) ? MODULES[family] : undefined;
	return {
		kind: 'notice',
		named: [],
		titles: ['taskName', 'status', 'subject'],
		says: `GravityZone: ${family}`,
		severity: 'informational',
		category: 'Endpoint',
		event: null,
		times: ['timestamp', 'last_blocked', 'detectionTime', 'date'],
		...known,
		family,
	};
}
