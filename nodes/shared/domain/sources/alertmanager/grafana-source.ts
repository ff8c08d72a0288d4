import type { ScannerEvent } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import { asRecord, listAt, neededText, numberAt, textAt } from '../common/paths';
import type { EventSource, SourceContext } from '../common/source';
import { COMPANY_LABEL, readAlert } from './alert';
import { alertsOf, isAlertBody, isGrafanaBody } from './body';

/**
 * States of a rule of Grafana's legacy alerting (up to version 10). `no_data` is a rule that is not known to be normal;
 * `paused`, `pending` and `unknown` say nothing about what it watches.
 */
const LEGACY_STATES = {
	alerting: { status: 'open', event: 'monitor.triggered' },
	no_data: { status: 'open', event: 'monitor.triggered' },
	ok: { status: 'resolved', event: 'monitor.cleared' },
	paused: { status: 'info', event: null },
	pending: { status: 'info', event: null },
	unknown: { status: 'info', event: null },
} as const;

/** True for a body of the legacy webhook. */
function isLegacy(payload: JsonRecord): boolean {
	return textAt(payload, 'ruleId') !== null && textAt(payload, 'ruleName') !== null;
}

/** True for what the button *Send Test* of a legacy channel sends: a rule that is none. */
function isLegacyTest(body: JsonRecord): boolean {
	return textAt(body, 'ruleId') === '0' && textAt(body, 'ruleName') === 'Test notification';
}

/** What the rule measured, a line each. */
function matchLines(body: JsonRecord): string[] {
	return listAt(body, 'evalMatches').flatMap((match) => {
		const [metric, value] = [textAt(match, 'metric'), numberAt(match, 'value')];
		return metric === null || value === null ? [] : [`${metric}: ${value}`];
	});
}

/** A rule of the legacy alerting: one state for all its series, which come and go with it. */
function readRule(body: JsonRecord, context: SourceContext): ScannerEvent {
	const rule = neededText(body, 'It names the rule.', 'ruleId');
	const word = textAt(body, 'state');
	const state = entryOf(LEGACY_STATES, word?.trim().toLowerCase() ?? '');
	if (state === undefined) {
		const words = 'alerting, no_data, ok, paused, pending or unknown';
		throw new EventInputError(
			'state',
			words,
			describe(word),
			'Send the body of Grafana unchanged.',
		);
	}
	const severity = textAt(body, 'tags.severity');
	const name = textAt(body, 'ruleName') ?? `Rule ${rule}`;
	return makeEvent(
		{
			source: grafana.id,
			deliveryId: null,
			identity: { scope: textAt(body, 'orgId'), finding: joinedPart('rule', rule), asset: null },
			status: state.status,
			category: 'Monitor',
			event: state.event,
			title: name,
			description: [textAt(body, 'message'), ...matchLines(body)]
				.filter((line) => line !== null)
				.join('\n'),
			url: textAt(body, 'ruleUrl'),
			severity: severityFromWord(severity),
			rawSeverity: severity,
			company: { name: textAt(body, `tags.${COMPANY_LABEL}`) },
			time: null,
			resolution: state.status === 'resolved' ? { reason: 'remediated' } : null,
		},
		body,
		context,
		{},
	);
}

/** Values that a rule worked out and where it says what to do, after what the alert itself says. */
function moreLines(record: unknown): string[] {
	const values = isRecord(record) && isRecord(record.values) ? Object.entries(record.values) : [];
	const lines = [
		...values.map(([name, value]) => [
			`Value ${name}`,
			typeof value === 'number' ? `${value}` : null,
		]),
		['Runbook', textAt(record, 'annotations.runbook_url')],
		['Silence', textAt(record, 'silenceURL')],
	];
	return lines.flatMap(([name, text]) => (text === null ? [] : [`${name}: ${text}`]));
}

/** Grafana Alerting: the webhook of a contact point, and that of the legacy alerting. */
export const grafana: EventSource = {
	id: 'grafana',
	name: 'Grafana',
	record: 'a webhook body of Grafana',
	// A resolved alert has the labels of the firing one; one of the legacy alerting has the tags of its rule.
	resolvesCarry: ['company'],
	// Two customers may have rules and hosts of one name, and each Grafana has an organisation 1.
	keys: 'shared',
	ends: 'reported',
	companyField: `labels.${COMPANY_LABEL}`,
	sample: {
		receiver: 'halo',
		status: 'firing',
		orgId: 1,
		alerts: [
			{
				status: 'firing',
				labels: {
					alertname: 'Disk almost full',
					grafana_folder: 'Servers',
					instance: 'srv-01',
					severity: 'critical',
					[COMPANY_LABEL]: 'Contoso Ltd',
				},
				annotations: { summary: 'Disk C: on srv-01 is 97 % full' },
				startsAt: '2026-05-04T09:12:33Z',
				endsAt: '0001-01-01T00:00:00Z',
				generatorURL: 'https://grafana.example.net/alerting/grafana/be1x/view?orgId=1',
				fingerprint: '6f1d2b0a93c4e857',
				values: { A: 97.1, C: 1 },
			},
		],
		externalURL: 'https://grafana.example.net/',
		version: '1',
		state: 'alerting',
		title: '[FIRING:1] Disk almost full',
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		if (isAlertBody(payload)) return isGrafanaBody(payload);
		return isLegacy(payload) && textAt(payload, 'state') !== null;
	},

	records(payload) {
		if (isRecord(payload) && !Array.isArray(payload.alerts) && isLegacy(payload)) {
			return { records: [payload], envelope: {}, ping: isLegacyTest(payload) };
		}
		return alertsOf(payload, 'Grafana');
	},

	read(record, context, envelope) {
		if (!Array.isArray(envelope.alerts)) return readRule(asRecord(record, 'a rule'), context);
		return readAlert(grafana.id, record, context, envelope, moreLines(record));
	},
};
