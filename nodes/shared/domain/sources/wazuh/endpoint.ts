import type { EventStatus } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { isRecord } from '../../values/json';
import { recordAt, textAt, valueAt } from '../common/paths';
import { detection, type WazuhKind } from './finding';

/** Defender events about a threat: found, acted upon, and the action that failed. */
const THREAT_FOUND: ReadonlySet<string> = new Set(['1006', '1015', '1116']);
const THREAT_ACTED: ReadonlySet<string> = new Set(['1007', '1117']);
const THREAT_FAILED: ReadonlySet<string> = new Set(['1008', '1118', '1119']);
/** Actions after which the threat is gone; "Allow", "No Action" and "User Defined" leave it. */
const ENDING_ACTIONS: ReadonlySet<string> = new Set(['quarantine', 'remove', 'clean']);

/** Events of Defender's own health: the fault, and its end. */
const HEALTH: Readonly<Record<string, [finding: string, status: EventStatus]>> = {
	'2000': ['definitions', 'resolved'],
	'2001': ['definitions', 'open'],
	'5000': ['real-time protection', 'resolved'],
	'5001': ['real-time protection', 'open'],
	'5009': ['malware scanning', 'resolved'],
	'5010': ['malware scanning', 'open'],
	'5011': ['virus scanning', 'resolved'],
	'5012': ['virus scanning', 'open'],
};

/**
 * Resources of Defender's `Path`, without what is another at each run: the processes, and the process behind a download.
 */
function resources(path: string | null): string | null {
	const kept = (path ?? '')
		.split(';')
		.map((entry) => entry.trim().split(/\|pid:/i, 1)[0] ?? '')
		.filter((entry) => entry !== '' && !/^(process|pid|behavior):/i.test(entry));
	return kept.length === 0 ? null : [...new Set(kept)].sort().join(';');
}

function acted(data: unknown): EventStatus {
	const action = textAt(data, 'action Name', 'actionName')?.trim().toLowerCase() ?? '';
	const code = textAt(data, 'error Code', 'errorCode') ?? '';
	const done = /^(0|0x0{1,8})$/.test(code.trim());
	return done && ENDING_ACTIONS.has(action) ? 'resolved' : 'info';
}

/** Windows Defender, rules 62100 to 62199, by its event ids: a threat by its name and where it lies. */
export const defenderKind: WazuhKind = (alert) => {
	const win = recordAt(alert, 'data.win');
	if (textAt(win, 'system.providerName') !== 'Microsoft-Windows-Windows Defender') return null;
	const id = textAt(win, 'system.eventID') ?? '';
	const data = recordAt(win, 'eventdata');
	const health = Object.hasOwn(HEALTH, id) ? HEALTH[id] : undefined;
	if (health !== undefined) {
		const [finding, status] = health;
		return { finding: joinedPart('defender', finding), ...detection(status) };
	}
	const threat = textAt(data, 'threat Name', 'threatName');
	if (threat === null) return null;
	const known = THREAT_FOUND.has(id) || THREAT_FAILED.has(id);
	const status = known ? 'open' : THREAT_ACTED.has(id) ? acted(data) : 'info';
	return {
		finding: joinedPart('defender', threat),
		discriminator: resources(textAt(data, 'path')),
		status,
		category: 'Endpoint',
		event: 'av.threat',
		extra: { user: { name: textAt(data, 'detection User', 'detectionUser') }, product: threat },
	};
};

/** What Docker's actions begin and end: a container that stops or is paused, and its health. */
const DOCKER_STATES: Readonly<Record<string, [finding: string, status: EventStatus]>> = {
	die: ['stopped', 'open'],
	stop: ['stopped', 'open'],
	oom: ['stopped', 'open'],
	start: ['stopped', 'resolved'],
	restart: ['stopped', 'resolved'],
	pause: ['paused', 'open'],
	unpause: ['paused', 'resolved'],
	'health_status: unhealthy': ['unhealthy', 'open'],
	'health_status: healthy': ['unhealthy', 'resolved'],
};

/** Docker, rules 87900 to 87999: by the container's name, which stays when it is made anew from a newer image. */
export const dockerKind: WazuhKind = (alert) => {
	const docker = valueAt(alert.data, 'docker');
	if (!isRecord(docker) || textAt(docker, 'Action') === null) return null;
	const action = (textAt(docker, 'Action') ?? '').trim();
	const type = textAt(docker, 'Type') ?? 'container';
	const name = textAt(docker, 'Actor.Attributes.name', 'Actor.ID', 'id', 'from');
	const state =
		type === 'container' && Object.hasOwn(DOCKER_STATES, action)
			? DOCKER_STATES[action]
			: undefined;
	return {
		finding: joinedPart('docker', type, state?.[0] ?? action),
		discriminator: joinedPart(name, textAt(docker, 'Actor.Attributes.container')),
		...detection(state?.[1] ?? 'open'),
	};
};

/** Columns that name a row although they are numbers. */
const NUMBERED = /^(port|local_port|remote_port|uid|gid|protocol)$/i;

/** Text columns of a row, in the order of their names: numbers measure, and are others at the next look. */
function rowOf(columns: unknown): string {
	if (!isRecord(columns)) return '-';
	const named = Object.keys(columns)
		.sort()
		.map((name): [string, string | null] => [name, textAt(columns, name)])
		.filter(([name, value]) => value !== null && (NUMBERED.test(name) || !isMeasure(value)))
		.map(([name, value]) => `${name}=${value}`);
	return named.length === 0 ? '-' : named.join(';');
}

function isMeasure(value: string): boolean {
	return /^-?[\d.,:]+$/.test(value) && !/^\d{1,3}(\.\d{1,3}){3}$/.test(value);
}

/** Osquery, rules 24000 to 24999: a row of a query that came or went. A row that went may be the problem itself. */
export const osqueryKind: WazuhKind = (alert) => {
	const osquery = valueAt(alert.data, 'osquery');
	const name = textAt(osquery, 'name');
	if (name === null) return null;
	return {
		finding: joinedPart('osquery', textAt(osquery, 'pack'), name, textAt(osquery, 'action')),
		discriminator: rowOf(valueAt(osquery, 'columns')),
		...detection('open'),
	};
};
