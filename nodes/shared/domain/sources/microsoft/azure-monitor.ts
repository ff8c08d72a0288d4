import type { EventStatus, Severity } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { detailLines } from '../common/lines';
import { makeEvent } from '../common/make-event';
import type { ProblemIdentity } from '../common/make-event';
import {
	asRecord,
	listAt,
	momentAt,
	neededText,
	recordAt,
	textAt,
	textsAt,
	timeAt,
} from '../common/paths';
import type { EventSource } from '../common/source';

/** Value of `schemaId` (Microsoft, *Common alert schema*). */
const SCHEMA = 'azureMonitorCommonAlertSchema';
const NEXT = 'Switch on the common alert schema in the action of the action group.';

/** `essentials.severity`: Critical, Error, Warning, Informational, Verbose. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
	sev0: 'critical',
	sev1: 'high',
	sev2: 'medium',
	sev3: 'low',
	sev4: 'informational',
};

/** `essentials.monitorCondition`. */
const CONDITIONS: Readonly<Record<string, EventStatus>> = { fired: 'open', resolved: 'resolved' };

/**
 * Services whose alerts are always *Fired* and tell in their context how it stands: an incident of Azure, which has a
 * tracking id through all its stages, and the health of one resource (MicrosoftDocs/azure-docs, issue 52352).
 */
const CONTEXTS = {
	servicehealth: {
		word: 'status',
		states: { active: 'open', inprogress: 'open', resolved: 'resolved' },
		name: 'properties.trackingId',
	},
	'resource health': {
		word: 'properties.currentHealthStatus',
		states: {
			unavailable: 'open',
			degraded: 'open',
			available: 'resolved',
			unknown: 'info',
		},
		name: null,
	},
} as const;

/** Subscription of the samples that *Test action group* sends (Microsoft, *Common alert schema test actions*). */
const TEST_SUBSCRIPTION = '/subscriptions/11111111-1111-1111-1111-111111111111/';

/** Custom property of an alert rule that names the company. */
const COMPANY = 'company';

function targetOf(essentials: JsonRecord): string | null {
	return textsAt(essentials, 'alertTargetIDs')[0] ?? null;
}

function stateOf(essentials: JsonRecord, alert: JsonRecord): EventStatus {
	const service = (textAt(essentials, 'monitoringService') ?? '').trim().toLowerCase();
	const own = entryOf(CONTEXTS, service);
	if (own !== undefined) {
		// Another stage of it, as a report of its cause, says nothing about how it stands.
		const word = textAt(alert, own.word)?.trim().toLowerCase() ?? '';
		return entryOf<EventStatus>(own.states, word) ?? 'info';
	}
	const word = textAt(essentials, 'monitorCondition');
	const status = entryOf(CONDITIONS, word?.trim().toLowerCase() ?? '');
	if (status !== undefined) return status;
	const field = 'data.essentials.monitorCondition';
	throw new EventInputError(field, 'Fired or Resolved', describe(word), NEXT);
}

/** An alert has one id from its firing to its end; what is always *Fired* is known by what it is about. */
function identityOf(body: JsonRecord, essentials: JsonRecord, alert: JsonRecord): ProblemIdentity {
	const service = (textAt(essentials, 'monitoringService') ?? '').trim().toLowerCase();
	const own = entryOf(CONTEXTS, service);
	const named = own?.name === undefined || own.name === null ? null : textAt(alert, own.name);
	const target = targetOf(essentials)?.toLowerCase() ?? null;
	if (own !== undefined && (named !== null || target !== null)) {
		return { scope: null, finding: joinedPart(service, named), asset: target };
	}
	const id = neededText(
		body,
		'It names the alert; send the body unchanged.',
		'data.essentials.alertId',
	);
	return { scope: null, finding: id.toLowerCase(), asset: null };
}

/** What was measured, a line for each criterion. */
function measured(alert: JsonRecord): string[] {
	return listAt(alert, 'condition.allOf').flatMap((criterion) => {
		const name = textAt(criterion, 'metricName', 'searchQuery');
		const value = textAt(criterion, 'metricValue');
		const operator = textAt(criterion, 'operator');
		const threshold = textAt(criterion, 'threshold');
		if (name === null || value === null) return [];
		return [`${name}: ${value}${threshold === null ? '' : ` (${operator ?? ''} ${threshold})`}`];
	});
}

function descriptionOf(body: JsonRecord, essentials: JsonRecord, alert: JsonRecord): string | null {
	const lines = [
		textAt(essentials, 'description'),
		...measured(alert),
		textAt(alert, 'properties.title', 'properties.communication'),
		...detailLines(recordAt(body, 'data.customProperties')),
	].filter((line) => line !== null);
	return lines.length === 0 ? null : lines.join('\n');
}

/** Azure Monitor: alerts in the common alert schema, from the webhook of an action group. */
export const azureMonitor: EventSource = {
	id: 'azure-monitor',
	name: 'Azure Monitor',
	record: 'an alert of Azure Monitor in the common schema',
	resolvesCarry: ['company', 'asset'],
	// An alert's id is the path of its subscription and a GUID, but an incident of Azure is told to every customer.
	keys: ({ dedupKey }) => (dedupKey.includes('|servicehealth/') ? 'shared' : 'unique'),
	ends: 'reported',
	companyField: `data.customProperties.${COMPANY}`,
	sample: {
		schemaId: SCHEMA,
		data: {
			essentials: {
				alertId:
					'/subscriptions/0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11/providers/Microsoft.AlertsManagement/alerts/b9569717-bc32-442f-add5-83a997729330',
				alertRule: 'CPU of sql-01',
				severity: 'Sev1',
				signalType: 'Metric',
				monitorCondition: 'Fired',
				monitoringService: 'Platform',
				alertTargetIDs: [
					'/subscriptions/0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11/resourcegroups/rg/providers/microsoft.compute/virtualmachines/sql-01',
				],
				configurationItems: ['sql-01'],
				firedDateTime: '2026-05-04T09:12:33.3713213Z',
				description: 'More than 95 % for 15 minutes',
			},
			alertContext: {},
			customProperties: { [COMPANY]: 'Contoso Ltd' },
		},
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			textAt(payload, 'schemaId') === SCHEMA &&
			isRecord(recordAt(payload, 'data').essentials)
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an alert of Azure Monitor');
		const schema = textAt(body, 'schemaId');
		if (schema !== SCHEMA) {
			throw new EventInputError('schemaId', SCHEMA, describe(schema), NEXT);
		}
		const id = textAt(body, 'data.essentials.alertId') ?? '';
		return { records: [body], envelope: {}, ping: id.startsWith(TEST_SUBSCRIPTION) };
	},

	read(record, context, envelope) {
		const body = asRecord(record, 'an alert of Azure Monitor');
		const essentials = recordAt(body, 'data.essentials');
		const alert = recordAt(body, 'data.alertContext');
		const status = stateOf(essentials, alert);
		const word = textAt(essentials, 'severity');
		const rule = textAt(essentials, 'alertRule') ?? 'Azure Monitor alert';
		const [item] = textsAt(essentials, 'configurationItems');
		return makeEvent(
			{
				source: azureMonitor.id,
				deliveryId: null,
				identity: identityOf(body, essentials, alert),
				status,
				category: 'Monitor',
				event:
					status === 'open'
						? 'monitor.triggered'
						: status === 'resolved'
							? 'monitor.cleared'
							: null,
				title: item === undefined ? rule : `${rule}: ${item}`,
				description: descriptionOf(body, essentials, alert),
				url: textAt(essentials, 'investigationLink'),
				severity: entryOf(SEVERITIES, word?.trim().toLowerCase() ?? '') ?? 'unknown',
				rawSeverity: word,
				company: { name: textAt(body, `data.customProperties.${COMPANY}`) },
				asset: { id: targetOf(essentials), name: item ?? null },
				application: textAt(essentials, 'monitoringService'),
				time:
					status === 'resolved'
						? momentAt(essentials, context, 'resolvedDateTime', 'firedDateTime')
						: momentAt(essentials, context, 'firedDateTime'),
				firstSeen: timeAt(essentials, context, 'firedDateTime'),
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
