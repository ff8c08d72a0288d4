import type { EventStatus, ScannerEvent, Severity } from '../event/event';
import { describe, EventInputError } from '../values/input-error';
import { foldedName, hostPart, joinedPart } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../event/severity';
import { asRecord, neededText, numberAt, recordAt, textAt, textsAt, timeAt } from './paths';
import { makeEvent } from './make-event';
import type { EventSource, SourceContext } from './source';

/** Rule of the vulnerability detector that reports a fixed one. Its level is 3 whatever the CVE's severity. */
const SOLVED_RULE = '23502';
/** Severity of the detector's rules, for alerts that lack the word. */
const VULNERABILITY_RULES: Readonly<Record<string, Severity>> = {
	'23503': 'low',
	'23504': 'medium',
	'23505': 'high',
	'23506': 'critical',
};
/** Rules of the detector that report on itself. */
const HOUSEKEEPING_RULES: ReadonlySet<string> = new Set(['23507', '23508']);
/** An agent that was disconnected or stopped, and one that started: the same problem, begun and over. */
const AGENT_DOWN_RULES: ReadonlySet<string> = new Set(['504', '506']);
const AGENT_UP_RULE = '503';

const COMPANY_LABEL = 'agent.labels.company';

/** Lowest level of each band; Wazuh's own bands from medium on. */
const LEVELS: ReadonlyArray<[number, Severity]> = [
	[15, 'critical'],
	[12, 'high'],
	[7, 'medium'],
	[4, 'low'],
	[0, 'informational'],
];

function severityFromLevel(level: number | null): Severity {
	return LEVELS.find(([lowest]) => level !== null && level >= lowest)?.[1] ?? 'unknown';
}

/** Parts that vulnerability alerts and all others share. */
function commonOf(alert: JsonRecord, context: SourceContext) {
	const manager = textAt(alert, 'cluster.name', 'manager.name');
	const agentless = textAt(alert, 'agentless.host');
	const agentId = textAt(alert, 'agent.id');
	const alertId = textAt(alert, 'id');
	return {
		manager,
		assetKey: agentId ?? agentless ?? textAt(alert, 'agent.name'),
		draft: {
			source: wazuh.id,
			deliveryId: alertId === null ? null : `${manager ?? 'wazuh'}/${alertId}`,
			company: { name: textAt(alert, COMPANY_LABEL) },
			asset: {
				id: agentId,
				name: textAt(alert, 'agent.name') ?? agentless,
				ip: textAt(alert, 'agent.ip'),
			},
			time: timeAt(alert, context, 'timestamp', '@timestamp'),
		},
	};
}

function readVulnerability(alert: JsonRecord, rule: string, context: SourceContext): ScannerEvent {
	const { manager, assetKey, draft } = commonOf(alert, context);
	const found = recordAt(alert, 'data.vulnerability');
	const cve = neededText(alert, 'It names the vulnerability.', 'data.vulnerability.cve');
	const product = textAt(found, 'package.name');
	const resolved = rule === SOLVED_RULE || /^(solved|fixed)$/i.test(textAt(found, 'status') ?? '');
	const word = textAt(found, 'severity');
	const byWord = severityFromWord(word);
	const score = numberAt(found, 'cvss.cvss4.base_score', 'cvss.cvss3.base_score', 'score.base');
	const oldScore = numberAt(found, 'cvss.cvss2.base_score');
	const byScore = score === null ? severityFromCvss(oldScore, 2) : severityFromCvss(score);
	const references = [...textsAt(found, 'reference'), ...textsAt(found, 'references')];
	const version = textAt(found, 'package.version');
	const fixedWhen = textAt(found, 'package.condition');
	return makeEvent(
		{
			...draft,
			identity: {
				scope: hostPart(manager),
				finding: joinedPart(foldedName(cve), product, textAt(found, 'package.architecture')),
				asset: assetKey,
			},
			status: resolved ? 'resolved' : 'open',
			category: 'Vulnerability',
			event: resolved ? 'vuln.resolved' : 'vuln.found',
			title: textAt(found, 'title') ?? textAt(alert, 'rule.description') ?? cve,
			description: [
				textAt(found, 'rationale', 'description'),
				product === null ? null : `Package: ${product}${version === null ? '' : ` ${version}`}`,
				fixedWhen === null ? null : `Affected: ${fixedWhen}`,
				...references.slice(1),
			]
				.filter((line) => line !== null)
				.join('\n'),
			url: references[0] ?? null,
			severity: decideSeverity(
				byWord === 'unknown' && word === null ? (VULNERABILITY_RULES[rule] ?? 'unknown') : byWord,
				byScore,
				context.severityPrecedence,
			),
			rawSeverity: word ?? textAt(alert, 'rule.level'),
			cvss: score ?? oldScore,
			cves: [cve],
			product,
			resolution: resolved ? { reason: 'remediated' } : null,
		},
		alert,
		context,
		{},
	);
}

/** State and code of an alert that is no vulnerability. Only the agent's connection has an end of its own. */
function stateOf(rule: string): { status: EventStatus; category: string; event: string } {
	if (AGENT_DOWN_RULES.has(rule)) return { status: 'open', category: 'Agent', event: 'agent.down' };
	if (rule === AGENT_UP_RULE) return { status: 'resolved', category: 'Agent', event: 'agent.up' };
	if (HOUSEKEEPING_RULES.has(rule)) {
		return { status: 'info', category: 'Scan', event: 'scan.completed' };
	}
	return { status: 'open', category: 'Detection', event: 'alert.detection.open' };
}

function readAlert(alert: JsonRecord, rule: string, context: SourceContext): ScannerEvent {
	const { manager, assetKey, draft } = commonOf(alert, context);
	const state = stateOf(rule);
	const level = numberAt(alert, 'rule.level');
	return makeEvent(
		{
			...draft,
			identity: {
				scope: hostPart(manager),
				finding: state.category === 'Agent' ? 'agent connection' : `rule ${rule}`,
				asset: assetKey,
				...(state.category === 'Detection' && {
					discriminator: textAt(
						alert,
						'syscheck.path',
						'data.srcip',
						'data.win.eventdata.ipAddress',
						'data.dstuser',
						'data.win.eventdata.targetUserName',
					),
				}),
			},
			...state,
			title: textAt(alert, 'rule.description') ?? `Wazuh rule ${rule}`,
			description: textAt(alert, 'full_log'),
			severity: severityFromLevel(level),
			rawSeverity: textAt(alert, 'rule.level'),
			user: { name: textAt(alert, 'data.dstuser', 'data.win.eventdata.targetUserName') },
			resolution: state.status === 'resolved' ? { reason: 'remediated' } : null,
		},
		alert,
		context,
		{},
	);
}

/** Wazuh alerts as its manager writes them to alerts.json, one or several in a request. */
export const wazuh: EventSource = {
	id: 'wazuh',
	name: 'Wazuh',
	record: 'a Wazuh alert',
	companyField: COMPANY_LABEL,
	sample: {
		timestamp: '2026-05-04T09:12:33.412+0000',
		rule: { level: 13, id: '23506', description: 'CVE-2026-10001 affects openssl' },
		agent: { id: '007', name: 'srv-01', ip: '10.0.0.5', labels: { company: 'Contoso Ltd' } },
		manager: { name: 'wazuh-eu' },
		id: '1777885953.480211',
		data: {
			vulnerability: {
				cve: 'CVE-2026-10001',
				severity: 'Critical',
				status: 'Active',
				package: { name: 'openssl', version: '3.0.2', architecture: 'amd64' },
			},
		},
	},

	recognises(payload) {
		if (!isRecord(payload) || !isRecord(payload.rule)) return false;
		return (
			textAt(payload, 'rule.id') !== null &&
			textAt(payload, 'rule.level') !== null &&
			(isRecord(payload.agent) || isRecord(payload.agentless) || isRecord(payload.manager))
		);
	},

	records(payload) {
		const alert = asRecord(payload, 'a Wazuh alert');
		if (!isRecord(alert.rule)) {
			throw new EventInputError(
				'rule',
				'an object with id and level',
				describe(alert.rule),
				'Let the integration script post the alert file as it is.',
			);
		}
		return { records: [alert], envelope: {} };
	},

	read(record, context) {
		const alert = asRecord(record, 'a Wazuh alert');
		const rule = neededText(
			alert,
			'Let the integration script post the alert file as it is.',
			'rule.id',
		);
		return isRecord(recordAt(alert, 'data').vulnerability)
			? readVulnerability(alert, rule, context)
			: readAlert(alert, rule, context);
	},
};
