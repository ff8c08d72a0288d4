import type { EventStatus } from '../../event/event';
import { isRecord } from '../../values/json';
import { recordAt, textAt } from '../common/paths';
import { detection, statusOfWord, type WazuhFinding, type WazuhKind } from './finding';

interface Pair {
	finding: string;
	category: string;
	open: string;
	over: string;
	/** Stock rules, by what they say. */
	rules: Readonly<Record<string, EventStatus>>;
}

/** Wazuh's rules 0015-ossec and 0016-wazuh: what it says about its own agents begins and ends by rule. */
const PAIRS: readonly Pair[] = [
	{
		finding: 'agent connection',
		category: 'Agent',
		open: 'agent.down',
		over: 'agent.up',
		// 501 is an agent that connects for the first time, as after it was installed anew.
		rules: { '501': 'resolved', '503': 'resolved', '504': 'open', '506': 'open' },
	},
	{
		finding: 'agent event queue',
		category: 'Agent',
		open: 'monitor.triggered',
		over: 'monitor.cleared',
		rules: { '202': 'open', '203': 'open', '204': 'open', '205': 'resolved' },
	},
	{
		finding: 'agent upgrade',
		category: 'Agent',
		open: 'monitor.triggered',
		over: 'monitor.cleared',
		rules: {
			'212': 'info',
			'213': 'open',
			'214': 'resolved',
			'215': 'open',
			'216': 'open',
			'217': 'info',
			'218': 'open',
		},
	},
];

/** Rules that say that something ran, and name no problem: the manager started, a log was rotated. */
const HOUSEKEEPING: ReadonlySet<string> = new Set(['502', '591']);

/** Fullness of a table of file integrity monitoring; `normal` is its end. Rules 231 to 242. */
const TABLE_STATES: Readonly<Record<string, EventStatus>> = {
	'80_percentage': 'open',
	'90_percentage': 'open',
	full: 'open',
	normal: 'resolved',
};

/** What the manager says about itself and its agents. */
export const managerKind: WazuhKind = (alert) => {
	const rule = textAt(alert, 'rule.id') ?? '';
	for (const pair of PAIRS) {
		const status = Object.hasOwn(pair.rules, rule) ? pair.rules[rule] : undefined;
		if (status === undefined) continue;
		return {
			finding: pair.finding,
			status,
			category: pair.category,
			event: status === 'resolved' ? pair.over : pair.open,
		};
	}
	if (HOUSEKEEPING.has(rule)) {
		return { finding: `rule ${rule}`, status: 'info', category: 'Scan', event: 'scan.completed' };
	}
	return tableState(alert.data) ?? partition(textAt(alert, 'full_log'));
};

function tableState(data: unknown): WazuhFinding | null {
	const table = textAt(data, 'fim_db_table');
	const state = textAt(data, 'alert_type');
	if (table === null || state === null) return null;
	const status = statusOfWord(TABLE_STATES, state, 'info');
	return {
		finding: 'file integrity table',
		discriminator: table,
		status,
		category: 'Monitor',
		event: status === 'resolved' ? 'monitor.cleared' : 'monitor.triggered',
	};
}

/** Rule 531 reads a line of `df -P`: its last word is where the partition is mounted, and the rest changes. */
function partition(log: string | null): WazuhFinding | null {
	if (log === null || !log.startsWith("ossec: output: 'df -P':")) return null;
	const mount = log.trim().split(/\s+/).at(-1) ?? '';
	return {
		finding: 'partition',
		discriminator: mount,
		status: 'open',
		category: 'Endpoint',
		event: 'disk.low',
	};
}

/** Files and registry values, rules 550 to 554 and 594 to 598; each change is a problem of its own rule. */
export const fileKind: WazuhKind = (alert) => {
	const path = textAt(alert, 'syscheck.path');
	if (path === null) return null;
	const value = textAt(alert, 'syscheck.value_name');
	const parts = [path, value, value === null ? null : textAt(alert, 'syscheck.arch')];
	return {
		finding: `rule ${textAt(alert, 'rule.id')}`,
		discriminator: parts.filter((part) => part !== null).join(' '),
		...detection('open'),
	};
};

/** Rootcheck: what it found, and where. A process's number is another after each start. */
export const rootcheckKind: WazuhKind = (alert) => {
	if (textAt(alert, 'decoder.name') !== 'rootcheck') return null;
	const data = recordAt(alert, 'data');
	const title = textAt(data, 'title') ?? textAt(alert, 'full_log');
	if (title === null || !isRecord(alert.data)) return null;
	return {
		finding: 'rootcheck',
		discriminator: [title.replace(/process '\d{1,10}'/gi, 'process'), textAt(data, 'file')]
			.filter((part) => part !== null)
			.join(' '),
		...detection('open'),
	};
};
