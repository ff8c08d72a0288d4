import type { ScannerEvent, Severity } from '../../event/event';
import { describe, EventInputError } from '../../values/input-error';
import { hostPart } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import {
	asRecord,
	listAt,
	momentAt,
	neededText,
	numberAt,
	recordAt,
	textAt,
} from '../common/paths';
import { makeEvent } from '../common/make-event';
import type { EventSource, SourceContext } from '../common/source';
import { cisCatKind, openScapKind, qualysKind, scaKind, virusTotalKind, vulsKind } from './checks';
import { awsKind, gitHubKind, graphKind, officeKind } from './cloud';
import { defenderKind, dockerKind, osqueryKind } from './endpoint';
import { deviceOf, otherKind } from './entities';
import type { WazuhKind } from './finding';
import { fileKind, managerKind, rootcheckKind } from './manager';
import { vulnerabilityKind } from './vulnerability';

const COMPANY_LABEL = 'agent.labels.company';
/** Agent id of the manager itself, which also speaks for every device and cloud that has no agent. */
const MANAGER_AGENT = '000';

/** Lowest level of each band; Wazuh's own bands from medium on. */
const LEVELS: ReadonlyArray<[number, Severity]> = [
	[15, 'critical'],
	[12, 'high'],
	[7, 'medium'],
	[4, 'low'],
	[0, 'informational'],
];

/** Each kind reads what it knows by its own members; the first that does, and else the rule and its fields. */
const KINDS: readonly WazuhKind[] = [
	managerKind,
	fileKind,
	rootcheckKind,
	scaKind,
	virusTotalKind,
	graphKind,
	officeKind,
	awsKind,
	gitHubKind,
	defenderKind,
	dockerKind,
	osqueryKind,
	cisCatKind,
	openScapKind,
	vulsKind,
	qualysKind,
];

function severityFromLevel(level: number | null): Severity {
	return LEVELS.find(([lowest]) => level !== null && level >= lowest)?.[1] ?? 'unknown';
}

/** Where it happened: the agent by its id, which stays when the host is renamed; a device behind the manager by its name. */
function assetOf(alert: JsonRecord) {
	const id = textAt(alert, 'agent.id');
	const name = textAt(alert, 'agent.name');
	const agentless = textAt(alert, 'agentless.host');
	if (id === MANAGER_AGENT) {
		const device = deviceOf(alert);
		if (device !== null) {
			return { key: hostPart(device), asset: { id: null, name: device, ip: null } };
		}
	}
	return {
		key: id ?? hostPart(agentless) ?? hostPart(name),
		asset: { id, name: name ?? agentless, ip: textAt(alert, 'agent.ip') },
	};
}

function kindOf(alert: JsonRecord, rule: string, context: SourceContext) {
	if (isRecord(recordAt(alert, 'data').vulnerability)) {
		const found = vulnerabilityKind(alert, rule, context);
		if (found !== null) return found;
	}
	for (const kind of KINDS) {
		const found = kind(alert);
		if (found !== null) return found;
	}
	return otherKind(alert);
}

function read(alert: JsonRecord, rule: string, context: SourceContext): ScannerEvent {
	const cluster = textAt(alert, 'cluster.name');
	const manager = textAt(alert, 'manager.name');
	// Two members of a cluster number their alerts alike.
	const writer = textAt(alert, 'cluster.node') ?? manager ?? 'wazuh';
	const alertId = textAt(alert, 'id');
	const found = kindOf(alert, rule, context);
	const { key, asset } = assetOf(alert);
	const cloud = found.cloud !== undefined;
	return makeEvent(
		{
			source: wazuh.id,
			deliveryId: alertId === null ? null : `${writer}/${alertId}`,
			title: textAt(alert, 'rule.description') ?? `Wazuh rule ${rule}`,
			description: textAt(alert, 'full_log'),
			severity: severityFromLevel(numberAt(alert, 'rule.level')),
			rawSeverity: textAt(alert, 'rule.level'),
			user: {
				name: textAt(alert, 'data.dstuser', 'data.win.eventdata.targetUserName', 'data.srcuser'),
			},
			resolution: found.status === 'resolved' ? { reason: 'remediated' } : null,
			...found.extra,
			identity: {
				scope: found.cloud ?? hostPart(cluster ?? manager),
				finding: found.finding,
				asset: cloud ? null : key,
				discriminator: found.discriminator ?? null,
			},
			status: found.status,
			category: found.category,
			event: found.event,
			company: { ...found.extra?.company, name: textAt(alert, COMPANY_LABEL) },
			asset,
			time: momentAt(alert, context, 'timestamp', '@timestamp'),
		},
		alert,
		context,
		{},
	);
}

/**
 * The alerts of a body: one as the manager writes it, the body of Wazuh's own Shuffle integration (the alert is at
 * `all_fields`), or documents of its index (`_source`).
 */
function alertsIn(body: JsonRecord): unknown[] {
	const hits = listAt(body, 'hits.hits');
	if (hits.length > 0) return hits.map((hit) => (isRecord(hit) ? (hit._source ?? hit) : hit));
	if (isRecord(body.rule)) return [body];
	if (isRecord(body.all_fields)) return [body.all_fields];
	return [isRecord(body._source) ? body._source : body];
}

/**
 * Wazuh alerts as its manager writes them to alerts.json, one or several in a request. The manager's name and the
 * agents' numbers are those of the installation guide on many systems: its keys are not unique in the world.
 */
export const wazuh: EventSource = {
	id: 'wazuh',
	name: 'Wazuh',
	record: 'a Wazuh alert',
	resolvesCarry: ['company', 'asset', 'product'],
	// A manager's name and its agents' numbers are those of the installation guide on many systems.
	keys: 'shared',
	// What only its rule names has no end of its own, and is what a manager sends most of.
	ends: ({ dedupKey }) => (dedupKey.includes('|rule ') ? 'never' : 'reported'),
	companyField: COMPANY_LABEL,
	lines: true,
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
		if (!isRecord(payload)) return false;
		const [alert] = alertsIn(payload);
		if (!isRecord(alert) || !isRecord(alert.rule)) return false;
		return (
			textAt(alert, 'rule.id') !== null &&
			textAt(alert, 'rule.level') !== null &&
			(isRecord(alert.agent) || isRecord(alert.agentless) || isRecord(alert.manager))
		);
	},

	records(payload) {
		const body = asRecord(payload, 'a Wazuh alert');
		const records = alertsIn(body);
		const [first] = records;
		if (records.length === 1 && (!isRecord(first) || !isRecord(first.rule))) {
			throw new EventInputError(
				'rule',
				'an object with id and level',
				describe(isRecord(first) ? first.rule : first),
				'Let the integration script post the alert file as it is.',
			);
		}
		return { records, envelope: {} };
	},

	read(record, context) {
		const alert = asRecord(record, 'a Wazuh alert');
		const rule = neededText(
			alert,
			'Let the integration script post the alert file as it is.',
			'rule.id',
		);
		return read(alert, rule, context);
	},
};
