import type { EventStatus } from '../../event/event';
import { foldedName } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import { asRecord, listAt, momentAt, neededText, recordAt, textAt, timeAt } from '../common/paths';
import type { EventSource } from '../common/source';

/** `properties.status` of an incident (Azure REST API, *Incidents*). */
const STATES: Readonly<Record<string, EventStatus>> = {
	new: 'open',
	active: 'open',
	closed: 'resolved',
};

/** Classifications of a closed incident that say that there was something, and that it is put right. */
const REMEDIATED = 'truepositive';

const TYPE = 'microsoft.securityinsights/incidents';
const NEXT =
	'Send the body of the incident trigger of the Logic App, or a row of the API, unchanged.';

/** The incident itself: in the body of the trigger under `object`, in the API the row. */
function incidentOf(record: JsonRecord): JsonRecord {
	return isRecord(record.object) ? record.object : record;
}

function isIncident(record: unknown): boolean {
	if (!isRecord(record)) return false;
	const incident = incidentOf(record);
	return (
		foldedName(textAt(incident, 'type')) === TYPE ||
		(foldedName(textAt(incident, 'id')) ?? '').includes(`/providers/${TYPE}/`)
	);
}

/** @throws EventInputError for a status that is none */
function statusOf(incident: JsonRecord, created: boolean): EventStatus {
	const word = textAt(incident, 'properties.status');
	// A trigger whose body was cut down to a few members still says that the incident is new.
	if (word === null && created) return 'open';
	const status = entryOf(STATES, word?.trim().toLowerCase() ?? '');
	if (status !== undefined) return status;
	throw new EventInputError('properties.status', 'New, Active or Closed', describe(word), NEXT);
}

/** The first entity of a kind among those that are related to the incident. */
function entityOf(incident: JsonRecord, kind: string): JsonRecord {
	const found = listAt(incident, 'properties.relatedEntities').find(
		(entity) => foldedName(textAt(entity, 'kind')) === kind,
	);
	return recordAt(found, 'properties');
}

function descriptionOf(incident: JsonRecord): string | null {
	const tactics = listAt(incident, 'properties.additionalData.tactics').filter(
		(tactic) => typeof tactic === 'string',
	);
	const lines = [
		textAt(incident, 'properties.description'),
		tactics.length === 0 ? null : `Tactics: ${tactics.join(', ')}`,
		textAt(incident, 'properties.classificationComment'),
	].filter((line) => line !== null);
	return lines.length === 0 ? null : lines.join('\n');
}

/** Microsoft Sentinel: the incident trigger of a Logic App, and rows of its API. */
export const sentinel: EventSource = {
	id: 'sentinel',
	name: 'Microsoft Sentinel',
	record: 'an incident of Microsoft Sentinel',
	resolvesCarry: ['company'],
	// An incident's name is a GUID, but a row of the API says of no workspace whose it is.
	keys: 'shared',
	ends: 'reported',
	companyField: 'workspaceId',
	sample: {
		objectSchemaType: 'Incident',
		objectEventType: 'Create',
		workspaceInfo: {
			SubscriptionId: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11',
			ResourceGroupName: 'rg-siem',
			WorkspaceName: 'law-contoso',
		},
		workspaceId: '7e3f4a11-5a0c-4f4c-9d5e-2c5b7d1e9a21',
		object: {
			id: '/subscriptions/0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11/resourceGroups/rg-siem/providers/Microsoft.OperationalInsights/workspaces/law-contoso/providers/Microsoft.SecurityInsights/Incidents/63883bf7-5be1-42f4-809a-0417943b837b',
			name: '63883bf7-5be1-42f4-809a-0417943b837b',
			type: 'Microsoft.SecurityInsights/Incidents',
			properties: {
				title: 'Sign-ins from an address that attacks passwords',
				severity: 'High',
				status: 'New',
				incidentNumber: 9,
				lastModifiedTimeUtc: '2026-05-04T09:12:33.123Z',
			},
		},
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		return Array.isArray(payload.value) ? payload.value.some(isIncident) : isIncident(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'an incident of Microsoft Sentinel');
		if (Array.isArray(body.value)) return { records: body.value, envelope: {} };
		neededText(incidentOf(body), NEXT, 'name', 'id');
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const row = asRecord(record, 'an incident of Microsoft Sentinel');
		const incident = incidentOf(row);
		const name = neededText(incident, 'It names the incident; send it unchanged.', 'name', 'id');
		const status = statusOf(incident, foldedName(textAt(row, 'objectEventType')) === 'create');
		const word = textAt(incident, 'properties.severity');
		const why = textAt(incident, 'properties.classification');
		const host = entityOf(incident, 'host');
		return makeEvent(
			{
				source: sentinel.id,
				// Each state of an incident has a tag of its own; the same one told twice is one delivery.
				deliveryId: textAt(row, 'eventUniqueId'),
				// A GUID in itself, and the path of its workspace is written in different letter case by trigger and API.
				identity: { scope: null, finding: name.slice(name.lastIndexOf('/') + 1), asset: null },
				status,
				category: 'Detection',
				event: status === 'open' ? 'alert.detection.open' : 'alert.detection.resolved',
				title: textAt(incident, 'properties.title') ?? `Sentinel incident ${name}`,
				description: descriptionOf(incident),
				url:
					textAt(incident, 'properties.incidentUrl') ??
					textAt(incident, 'properties.additionalData.providerIncidentUrl'),
				severity: severityFromWord(word),
				rawSeverity: word,
				company: { id: textAt(row, 'workspaceId') },
				asset: { name: textAt(host, 'hostName', 'friendlyName') },
				user: { name: textAt(entityOf(incident, 'account'), 'accountName', 'friendlyName') },
				application: textAt(incident, 'properties.providerName'),
				time: momentAt(
					incident,
					context,
					'properties.lastModifiedTimeUtc',
					'properties.createdTimeUtc',
				),
				firstSeen: timeAt(incident, context, 'properties.createdTimeUtc'),
				resolution:
					status === 'resolved'
						? { reason: foldedName(why) === REMEDIATED ? 'remediated' : 'manual', note: why }
						: null,
			},
			record,
			context,
			envelope,
		);
	},
};
