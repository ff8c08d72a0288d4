import { asRecord, momentAt, neededText, numberAt, textAt } from '../common/paths';
import { isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import type { EventSource } from '../common/source';
import { identityOf, recurrenceOf, activityStateOf } from './activity';
import { activityOfAlert, eventOfAlert, isAlert } from './alert';

const NEXT_STEP = 'Send the activity as the webhook posts it, or an alert as the API lists it.';

function isActivity(record: unknown): boolean {
	if (!isRecord(record)) return false;
	return (
		textAt(record, 'activityType') !== null &&
		textAt(record, 'activityTime') !== null &&
		textAt(record, 'statusCode', 'status') !== null
	);
}

/** What it says of itself. The subject of an event log condition is the number of the event, which tells nobody much. */
function titleOf(activity: Record<string, unknown>): string | null {
	const isNumber = numberAt(activity, 'subject') !== null;
	return textAt(activity, ...(isNumber ? [] : ['subject']), 'message', 'sourceName', 'subject');
}

/** True when a person or the PSA ended it, rather than the condition itself. */
function endedByHand(activity: Record<string, unknown>): boolean {
	const code = textAt(activity, 'statusCode')?.trim().toUpperCase();
	return code === 'RESET_BY_PSA_TICKET_CALLBACK' || (numberAt(activity, 'userId') ?? 0) > 0;
}

/** NinjaOne: the activities that its webhook sends, one a request, and the alerts that its API lists. */
export const ninjaOne: EventSource = {
	id: 'ninjaone',
	name: 'NinjaOne',
	record: 'a NinjaOne activity',
	resolvesCarry: ['company', 'asset'],
	// seriesUid, uid and sourceConfigUid are UUIDs.
	keys: 'unique',
	ends: 'reported',
	companyField: 'organizationId',
	encodes: true,
	sample: {
		id: 4711,
		activityTime: 1777885953,
		deviceId: 100,
		seriesUid: '5d6b0d3e-0f4c-4b6e-8a86-0f2f6c1f9a11',
		activityType: 'CONDITION',
		statusCode: 'TRIGGERED',
		severity: 'MAJOR',
		priority: 'HIGH',
		sourceName: 'Disk space',
		subject: 'Disk space low',
		message: 'Volume C: has 3 % left',
		organizationId: 42,
		organization: { id: 42, name: 'Contoso Ltd' },
		device: { id: 100, systemName: 'SRV-01' },
	},

	recognises(payload) {
		const list: unknown =
			isRecord(payload) && Array.isArray(payload.activities) ? payload.activities[0] : payload;
		return (
			isActivity(list) || (isRecord(list) && isAlert(list) && textAt(list, 'deviceId') !== null)
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an activity');
		if (Array.isArray(body.activities)) return { records: body.activities, envelope: {} };
		if (!isAlert(body)) neededText(body, NEXT_STEP, 'activityType');
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const given = asRecord(record, 'an activity');
		const listed = isAlert(given);
		const activity = listed ? activityOfAlert(given) : given;
		const type = neededText(activity, NEXT_STEP, 'activityType').trim().toUpperCase();
		const state = activityStateOf(type, activity);
		const own = listed ? eventOfAlert(given) : null;
		return makeEvent(
			{
				source: ninjaOne.id,
				deliveryId: textAt(activity, 'id'),
				identity: identityOf(activity, state),
				recurrence: recurrenceOf(activity, state),
				status: state.status,
				category: own?.category ?? state.category,
				event: own?.event ?? state.event,
				title: titleOf(activity) ?? `NinjaOne activity ${type}`,
				description: textAt(activity, 'message'),
				severity: state.severity,
				rawSeverity: state.severityWord,
				company: {
					id: textAt(
						activity,
						'organizationId',
						'organization.id',
						'device.organizationId',
						'device.references.organization.id',
					),
					name: textAt(
						activity,
						'organization.name',
						'device.organization.name',
						'device.references.organization.name',
					),
				},
				asset: {
					id: textAt(activity, 'deviceId', 'device.id'),
					name: textAt(activity, 'device.systemName', 'device.displayName', 'device.dnsName'),
				},
				product: textAt(activity, 'sourceName'),
				time: momentAt(activity, context, 'activityTime'),
				resolution:
					state.status === 'resolved'
						? { reason: endedByHand(activity) ? 'manual' : 'remediated' }
						: null,
			},
			record,
			context,
			envelope,
		);
	},
};
