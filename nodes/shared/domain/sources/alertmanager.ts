import type { EventStatus } from '../event/event';
import { describe, EventInputError } from '../values/input-error';
import { shortHash } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { severityFromWord } from '../event/severity';
import { asRecord, numberAt, recordAt, textAt, timeAt, valueAt } from './common/paths';
import { makeEvent } from './common/make-event';
import type { EventSource } from './common/source';

const STATUSES: Readonly<Record<string, EventStatus>> = { firing: 'open', resolved: 'resolved' };

/** Label that names the company, when the user types no other: a documented default, nothing is searched for. */
const COMPANY_LABEL = 'company';

/**
 * State of one alert: its own, and only where it has none that of the batch, since one batch carries both. `endsAt`
 * says nothing, it lies in the future while an alert fires.
 */
function statusOf(alert: JsonRecord, envelope: JsonRecord): EventStatus {
	const word = textAt(alert, 'status') ?? textAt(envelope, 'status');
	const status = STATUSES[word?.trim().toLowerCase() ?? ''];
	if (status === undefined) {
		throw new EventInputError(
			'status',
			'firing or resolved',
			describe(word),
			'Send the body of the Alertmanager webhook unchanged.',
		);
	}
	return status;
}

/** Alertmanager's own identity of an alert, which is a hash of its labels; old versions do not send it. */
function fingerprintOf(alert: JsonRecord, labels: JsonRecord): string {
	const own = textAt(alert, 'fingerprint');
	if (own !== null) return own;
	const pairs = Object.keys(labels)
		.sort()
		.map((key) => [key, labels[key]]);
	return shortHash(JSON.stringify(pairs));
}

/** Host of an `instance` label, without its port. */
function hostOf(instance: string | null): string | null {
	return instance?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') ?? null;
}

function ipOf(host: string | null): string | null {
	return host !== null && /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:]*:[\da-f:]+)$/i.test(host) ? host : null;
}

/** Prometheus Alertmanager, webhook body version 4; Grafana alerting sends the same shape. */
export const alertmanager: EventSource = {
	id: 'alertmanager',
	name: 'Prometheus Alertmanager',
	record: 'an Alertmanager webhook body',
	companyField: `labels.${COMPANY_LABEL}`,
	sample: {
		version: '4',
		status: 'firing',
		receiver: 'halo',
		externalURL: 'https://alerts.example.net',
		alerts: [
			{
				status: 'firing',
				labels: {
					alertname: 'DiskAlmostFull',
					instance: 'srv-01:9100',
					severity: 'critical',
					[COMPANY_LABEL]: 'Contoso Ltd',
				},
				annotations: { summary: 'Disk C: on srv-01 is 97 % full' },
				startsAt: '2026-05-04T09:12:33Z',
				endsAt: '0001-01-01T00:00:00Z',
				fingerprint: '6f1d2b0a93c4e857',
			},
		],
	},

	recognises(payload) {
		if (!isRecord(payload) || !Array.isArray(payload.alerts)) return false;
		return (
			isRecord(payload.groupLabels) ||
			isRecord(payload.commonLabels) ||
			textAt(payload, 'receiver') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'the body of an Alertmanager webhook');
		if (!Array.isArray(body.alerts)) {
			throw new EventInputError(
				'alerts',
				'a list of alerts',
				describe(valueAt(body, 'alerts')),
				'Send the body of the Alertmanager webhook unchanged.',
			);
		}
		const left = numberAt(body, 'truncatedAlerts') ?? 0;
		return {
			records: body.alerts,
			envelope: body,
			...(left > 0 && {
				incomplete: `Alertmanager left ${left} alerts out of this webhook. Raise max_alerts of the receiver.`,
			}),
		};
	},

	read(record, context, envelope) {
		const alert = asRecord(record, 'an alert');
		if (!isRecord(alert.labels)) {
			throw new EventInputError(
				'labels',
				'an object of labels',
				describe(alert.labels),
				'Send the body of the Alertmanager webhook unchanged.',
			);
		}
		const labels = alert.labels;
		const annotations = recordAt(alert, 'annotations');
		const status = statusOf(alert, envelope);
		const fingerprint = fingerprintOf(alert, labels);
		const host = hostOf(textAt(labels, 'instance'));
		const started = timeAt(alert, context, 'startsAt');
		const word = textAt(labels, 'severity');
		return makeEvent(
			{
				source: alertmanager.id,
				identity: { scope: textAt(envelope, 'externalURL'), finding: fingerprint, asset: host },
				status,
				category: 'Monitor',
				event: status === 'open' ? 'monitor.triggered' : 'monitor.cleared',
				title:
					textAt(annotations, 'summary', 'title') ??
					textAt(labels, 'alertname') ??
					`Alert ${fingerprint}`,
				description: textAt(annotations, 'description', 'message'),
				url: textAt(alert, 'generatorURL') ?? textAt(envelope, 'externalURL'),
				severity: severityFromWord(word),
				rawSeverity: word,
				company: { name: textAt(labels, COMPANY_LABEL) },
				asset: { name: host, ip: ipOf(host) },
				application: textAt(labels, 'job'),
				time: (status === 'resolved' ? timeAt(alert, context, 'endsAt') : null) ?? started,
				firstSeen: started,
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
