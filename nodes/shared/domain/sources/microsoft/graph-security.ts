import type { EventStatus, ResolutionReason, ScannerEvent } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import { asRecord, listAt, momentAt, neededText, textAt, timeAt } from '../common/paths';
import type { EventSource, SourceContext } from '../common/source';

/**
 * Statuses of alerts (`alerts_v2`, and in other letter case those of Defender for Endpoint) and of incidents, lower case.
 * An alert whose status is unknown is still one. A redirected incident goes on in another: whether it is over is not said.
 */
const STATES: Readonly<Record<string, EventStatus>> = {
	new: 'open',
	active: 'open',
	inprogress: 'open',
	awaitingaction: 'open',
	unknown: 'open',
	resolved: 'resolved',
	redirected: 'info',
	unknownfuturevalue: 'info',
};

/** Classifications by which a person says that it was nothing to be put right. */
const DISMISSED: ReadonlySet<string> = new Set([
	...['falsepositive', 'informationalexpectedactivity', 'benignpositive', 'notclassified'],
]);

const NEXT = 'Send an alert or an incident of Microsoft Graph or Defender, or the page, unchanged.';

/** @throws EventInputError for a status that is none */
function statusOf(record: JsonRecord): EventStatus {
	const word = textAt(record, 'status');
	const status = entryOf(STATES, word?.trim().toLowerCase() ?? '');
	if (status !== undefined) return status;
	const words = 'new, active, inProgress, awaitingAction, resolved or redirected';
	throw new EventInputError('status', words, describe(word), NEXT);
}

function resolutionOf(record: JsonRecord): { reason: ResolutionReason; note: string | null } {
	const [word, why] = [textAt(record, 'classification'), textAt(record, 'determination')];
	const dismissed = DISMISSED.has(word?.trim().toLowerCase() ?? '');
	const note = [word, why].filter((text) => text !== null).join(', ');
	return { reason: dismissed ? 'manual' : 'remediated', note: note === '' ? null : note };
}

/** The first piece of evidence of a kind, as its type ends. */
function evidenceOf(record: JsonRecord, kind: string): JsonRecord {
	const found = listAt(record, 'evidence').find((piece) =>
		(textAt(piece, '@odata.type') ?? '').toLowerCase().endsWith(kind),
	);
	return isRecord(found) ? found : {};
}

/** What an incident or an alert of any of the three forms has, under its own names. */
const FORMS = {
	alert: {
		needs: 'It names the alert.',
		title: 'Microsoft Defender alert',
		reported: ['lastUpdateDateTime', 'lastUpdateTime', 'createdDateTime', 'alertCreationTime'],
		began: ['firstActivityDateTime', 'firstEventTime', 'createdDateTime', 'alertCreationTime'],
	},
	incident: {
		needs: 'It names the incident.',
		title: 'Microsoft Defender incident',
		reported: ['lastUpdateDateTime', 'createdDateTime'],
		began: ['createdDateTime'],
	},
} as const;

function readRecord(
	record: JsonRecord,
	form: keyof typeof FORMS,
	context: SourceContext,
): ScannerEvent {
	const { needs, title, reported, began } = FORMS[form];
	const id = neededText(record, needs, 'id');
	const status = statusOf(record);
	const tenant = textAt(record, 'tenantId', 'aadTenantId');
	const word = textAt(record, 'severity');
	const [device, user] = [evidenceOf(record, 'deviceevidence'), evidenceOf(record, 'userevidence')];
	return makeEvent(
		{
			source: graphSecurity.id,
			deliveryId: null,
			identity: { scope: tenant, finding: joinedPart(form, id), asset: null },
			status,
			category: 'Detection',
			event:
				status === 'open'
					? 'alert.detection.open'
					: status === 'resolved'
						? 'alert.detection.resolved'
						: 'alert.detection.updated',
			title: textAt(record, 'title', 'displayName') ?? `${title} ${id}`,
			description: textAt(record, 'description', 'summary'),
			url: textAt(record, 'alertWebUrl', 'incidentWebUrl'),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: { id: tenant },
			asset: {
				id: textAt(device, 'mdeDeviceId') ?? textAt(record, 'machineId'),
				name: textAt(device, 'deviceDnsName', 'hostName') ?? textAt(record, 'computerDnsName'),
			},
			user: {
				name: textAt(user, 'userAccount.accountName') ?? textAt(record, 'relatedUser.userName'),
				email: textAt(user, 'userAccount.userPrincipalName'),
			},
			application: textAt(record, 'serviceSource', 'detectionSource'),
			product: textAt(record, 'category'),
			remediation: textAt(record, 'recommendedActions', 'recommendedAction'),
			time: momentAt(record, context, ...reported),
			firstSeen: timeAt(record, context, ...began),
			resolution: status === 'resolved' ? resolutionOf(record) : null,
		},
		record,
		context,
		{},
	);
}

function isIncident(record: unknown): boolean {
	return textAt(record, 'incidentWebUrl') !== null && textAt(record, 'displayName') !== null;
}

/** An alert of Graph has the service that found it; one of Defender for Endpoint the time by its own name. */
function isAlert(record: unknown): boolean {
	const ofGraph = textAt(record, 'alertWebUrl', 'providerAlertId') !== null;
	return (
		(ofGraph && textAt(record, 'serviceSource', 'detectionSource') !== null) ||
		(textAt(record, 'alertCreationTime') !== null && textAt(record, 'severity') !== null)
	);
}

/** Microsoft Graph security: `alerts_v2`, incidents, and alerts of Defender for Endpoint's own API. */
export const graphSecurity: EventSource = {
	id: 'graph-security',
	name: 'Microsoft Defender (Graph Security)',
	record: 'an alert or an incident of Microsoft Graph security',
	// A resolved alert is the whole alert with another status.
	resolvesCarry: ['company', 'asset', 'product'],
	// Incidents are counted in each tenant, and a row may lack the tenant.
	keys: 'shared',
	ends: 'reported',
	companyField: 'tenantId',
	sample: {
		id: 'da638503247661234567_-1205918473',
		providerAlertId: 'da638503247661234567_-1205918473',
		incidentId: '28282',
		status: 'new',
		severity: 'high',
		serviceSource: 'microsoftDefenderForEndpoint',
		tenantId: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11',
		title: 'Suspicious execution of hidden file',
		category: 'DefenseEvasion',
		alertWebUrl: 'https://security.microsoft.com/alerts/da638503247661234567_-1205918473',
		lastUpdateDateTime: '2026-05-04T09:12:33.6233333Z',
		evidence: [
			{
				'@odata.type': '#microsoft.graph.security.deviceEvidence',
				mdeDeviceId: '73e7e2de709dff64ef64b1d0c30e67fab63279db',
				deviceDnsName: 'pc-0042.contoso.example',
			},
		],
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		const found = (record: unknown) => isAlert(record) || isIncident(record);
		return Array.isArray(payload.value) ? payload.value.some(found) : found(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'an alert or an incident of Microsoft Graph');
		if (Array.isArray(body.value)) return { records: body.value, envelope: {} };
		neededText(body, NEXT, 'id');
		return { records: [body], envelope: {} };
	},

	read(record, context) {
		const row = asRecord(record, 'an alert or an incident of Microsoft Graph');
		return readRecord(row, isIncident(row) ? 'incident' : 'alert', context);
	},
};
