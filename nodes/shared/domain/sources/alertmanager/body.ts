import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { asRecord, numberAt, textAt, valueAt } from '../common/paths';
import type { SourceRecords } from '../common/source';
import { isContactPointTest } from './grafana';

/** True for the shape of an Alertmanager webhook, whoever sends it. */
export function isAlertBody(payload: unknown): payload is JsonRecord {
	if (!isRecord(payload) || !Array.isArray(payload.alerts)) return false;
	return (
		isRecord(payload.groupLabels) ||
		isRecord(payload.commonLabels) ||
		textAt(payload, 'receiver') !== null
	);
}

/** True for a body of Grafana itself: it names the organisation (grafana/alerting, `receivers/webhook`). */
export function isGrafanaBody(payload: JsonRecord): boolean {
	return textAt(payload, 'orgId') !== null;
}

/**
 * The alerts of a body.
 * @param sender how its users call it
 * @throws EventInputError when it has none
 */
export function alertsOf(payload: unknown, sender: string): SourceRecords {
	const next = `Send the body of the webhook of ${sender} unchanged.`;
	const body = asRecord(payload, `the body of a webhook of ${sender}`);
	if (!Array.isArray(body.alerts)) {
		const got = describe(valueAt(body, 'alerts'));
		throw new EventInputError('alerts', 'a list of alerts', got, next);
	}
	if (isContactPointTest(body.alerts)) return { records: [], envelope: body, ping: true };
	const left = numberAt(body, 'truncatedAlerts') ?? 0;
	return {
		records: body.alerts,
		envelope: body,
		...(left > 0 && {
			incomplete: `${sender} left ${left} alerts out of this webhook. Raise max_alerts of the receiver.`,
		}),
	};
}
