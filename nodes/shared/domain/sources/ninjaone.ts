import type { EventStatus } from '../event/event';
import { joinedPart } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { severityFromWord } from '../event/severity';
import { asRecord, neededText, textAt, timeAt } from './paths';
import { makeEvent } from './make-event';
import type { EventSource } from './source';

/** Codes of the activity types that say what kind of monitor it was. */
const EVENTS: Readonly<Record<string, { category: string; event: string }>> = {
	ANTIVIRUS: { category: 'Endpoint', event: 'av.threat' },
	PATCH_MANAGEMENT: { category: 'Endpoint', event: 'patch.failed' },
	SOFTWARE_PATCH_MANAGEMENT: { category: 'Endpoint', event: 'patch.failed' },
};

const STATUSES: Readonly<Record<string, EventStatus>> = {
	TRIGGERED: 'open',
	RESET: 'resolved',
	ACKNOWLEDGED: 'info',
};

/** The word stands in `statusCode` or in `status`, depending on the version; any other activity only informs. */
function statusOf(activity: JsonRecord): EventStatus {
	for (const path of ['statusCode', 'status']) {
		const status = STATUSES[textAt(activity, path)?.trim().toUpperCase() ?? ''];
		if (status !== undefined) return status;
	}
	return 'info';
}

function eventOf(
	type: string,
	status: EventStatus,
	activity: JsonRecord,
): { category: string; event: string | null } {
	const category = 'Monitor';
	if (status === 'resolved') return { category, event: 'monitor.cleared' };
	if (status === 'open') {
		return EVENTS[type.toUpperCase()] ?? { category, event: 'monitor.triggered' };
	}
	const words = `${textAt(activity, 'statusCode') ?? ''} ${textAt(activity, 'status') ?? ''}`;
	return { category, event: /acknowledged/i.test(words) ? 'monitor.acknowledged' : null };
}

/** A series is one problem from its trigger to its reset; a condition on a device is the next best name for it. */
function identityOf(activity: JsonRecord) {
	const series = textAt(activity, 'seriesUid');
	if (series !== null) return { scope: null, finding: series, asset: null };
	const config = textAt(activity, 'sourceConfigUid');
	const why = 'It names the condition; without a series or a condition the problem has no name.';
	const device = neededText(activity, why, 'deviceId');
	const finding = config ?? joinedPart('activity', neededText(activity, why, 'seriesUid', 'id'));
	return { scope: null, finding, asset: device };
}

/** NinjaOne: the activity that its webhook sends, one a request. */
export const ninjaOne: EventSource = {
	id: 'ninjaone',
	name: 'NinjaOne',
	record: 'a NinjaOne activity',
	companyField: 'organizationId',
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
		return (
			isRecord(payload) &&
			textAt(payload, 'activityType') !== null &&
			textAt(payload, 'activityTime') !== null &&
			textAt(payload, 'statusCode', 'status') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an activity');
		if (Array.isArray(body.activities)) return { records: body.activities, envelope: {} };
		neededText(body, 'Send the activity as the webhook posts it.', 'activityType');
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const activity = asRecord(record, 'an activity');
		const status = statusOf(activity);
		const type = neededText(activity, 'Send the activity as the webhook posts it.', 'activityType');
		const word = textAt(activity, 'severity', 'priority');
		const name = textAt(activity, 'device.systemName', 'device.displayName', 'device.dnsName');
		const id = textAt(activity, 'id');
		return makeEvent(
			{
				source: ninjaOne.id,
				deliveryId: id,
				identity: identityOf(activity),
				status,
				...eventOf(type, status, activity),
				title: textAt(activity, 'subject', 'message', 'sourceName') ?? `NinjaOne activity ${type}`,
				description: textAt(activity, 'message'),
				severity: severityFromWord(word),
				rawSeverity: word,
				company: {
					id: textAt(activity, 'organizationId', 'organization.id', 'device.organizationId'),
					name: textAt(activity, 'organization.name', 'device.organization.name'),
				},
				asset: { id: textAt(activity, 'deviceId', 'device.id'), name },
				product: textAt(activity, 'sourceName'),
				time: timeAt(activity, context, 'activityTime'),
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
