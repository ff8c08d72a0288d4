import type { EventStatus, ScannerEvent } from '../../event/event';
import { describe, EventInputError } from '../../values/input-error';
import { joinedPart, shortHash } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { severityFromWord } from '../../event/severity';
import {
	addressOf,
	asRecord,
	beginningAt,
	momentAt,
	recordAt,
	textAt,
	timeAt,
} from '../common/paths';
import { makeEvent } from '../common/make-event';
import type { SourceContext } from '../common/source';
import { grafanaRule, STATE_REASON } from './grafana';
import { assetOf, DEFAULT_LABELS, namedByLabels } from './labels';

const STATUSES: Readonly<Record<string, EventStatus>> = { firing: 'open', resolved: 'resolved' };

/**
 * Severity of an alert that reports no problem: one that always fires, to show that alerts arrive, or that only mutes
 * others (kube-prometheus: Watchdog, InfoInhibitor).
 */
const NO_SEVERITY = 'none';

/** Label that names the company, when the user types no other: a documented default, nothing is searched for. */
export const COMPANY_LABEL = 'company';

/**
 * State of one alert: its own, and only where it has none that of the batch, since one batch carries both. `endsAt`
 * says nothing, it lies in the future while an alert fires.
 */
function statusOf(alert: JsonRecord, envelope: JsonRecord): EventStatus {
	const word = textAt(alert, 'status') ?? textAt(envelope, 'status');
	const status = entryOf(STATUSES, word?.trim().toLowerCase() ?? '');
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

/** Every label and its value, whatever names the problem. */
function allLabels(labels: JsonRecord): string {
	return JSON.stringify(
		Object.keys(labels)
			.sort()
			.map((name) => [name, labels[name]]),
	);
}

/**
 * What names the problem: its labels, and the Grafana rule unless somebody typed the labels; the fingerprint, which is a
 * hash of all labels, only where none of them names it.
 */
function problemOf(alert: JsonRecord, labels: JsonRecord, context: SourceContext): string {
	const labelRule = context.alertLabels ?? DEFAULT_LABELS;
	const named =
		namedByLabels(labels, labelRule) ??
		textAt(alert, 'fingerprint') ??
		shortHash(allLabels(labels));
	const rule = labelRule.kind === 'only' ? null : grafanaRule(alert);
	return rule === null ? named : joinedPart(named, rule);
}

/** Labels of the alerts of a body that fire, by the problem that they name. */
function firingIn(envelope: JsonRecord, context: SourceContext): Map<string, Set<string>> {
	const firing = new Map<string, Set<string>>();
	const alerts: unknown[] = Array.isArray(envelope.alerts) ? envelope.alerts : [];
	for (const alert of alerts) {
		if (!isRecord(alert) || !isRecord(alert.labels)) continue;
		if (entryOf(STATUSES, textAt(alert, 'status')?.trim().toLowerCase() ?? '') !== 'open') continue;
		const problem = problemOf(alert, alert.labels, context);
		const labels = firing.get(problem) ?? new Set();
		firing.set(problem, labels.add(allLabels(alert.labels)));
	}
	return firing;
}

function descriptionOf(
	annotations: JsonRecord,
	reason: string | null,
	more: readonly string[],
): string | null {
	const text = textAt(annotations, 'description', 'message');
	const said = reason === null ? null : `Grafana ended the alert without looking: ${reason}`;
	return [text, said, ...more].filter((line) => line !== null).join('\n') || null;
}

/** What fires in a body is worked out once for all its alerts, not once for each. */
const firingByBody = new WeakMap<
	JsonRecord,
	{ context: SourceContext; firing: Map<string, Set<string>> }
>();

/**
 * True when another alert of the body still fires for the same problem, as where a warning is left when the critical
 * alert of its name is over. One that has the very same labels is the same alert at another time.
 */
function stillFires(
	labels: JsonRecord,
	problem: string,
	envelope: JsonRecord,
	context: SourceContext,
): boolean {
	const known = firingByBody.get(envelope);
	const firing = known?.context === context ? known.firing : firingIn(envelope, context);
	firingByBody.set(envelope, { context, firing });
	const others = firing.get(problem) ?? new Set();
	return others.size > (others.has(allLabels(labels)) ? 1 : 0);
}

/**
 * One alert of a body, firing or resolved.
 * @param source id of the source that reads it, which stands in the key
 * @param envelope the body that it came in
 * @param more what else its description says, a line each
 * @throws EventInputError for a state that is none, or an alert without labels
 */
export function readAlert(
	source: string,
	record: unknown,
	context: SourceContext,
	envelope: JsonRecord,
	more: readonly string[] = [],
): ScannerEvent {
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
	const problem = problemOf(alert, labels, context);
	const said = statusOf(alert, envelope);
	const reason = said === 'resolved' ? textAt(annotations, STATE_REASON) : null;
	const unsure = reason !== null || stillFires(labels, problem, envelope, context);
	const word = textAt(labels, 'severity', 'priority');
	const none = said === 'open' && word?.trim().toLowerCase() === NO_SEVERITY;
	const status = none || (said === 'resolved' && unsure) ? 'info' : said;
	const host = assetOf(labels);
	const name = textAt(labels, 'alertname');
	const started = timeAt(alert, context, 'startsAt');
	return makeEvent(
		{
			source,
			// Grafana's organisations may hold rules of one name.
			identity: {
				scope: textAt(envelope, 'orgId'),
				finding: name,
				asset: null,
				discriminator: problem,
			},
			status,
			category: 'Monitor',
			event: said === 'open' ? 'monitor.triggered' : 'monitor.cleared',
			title:
				textAt(annotations, 'summary', 'title') ??
				(name === null ? `Alert ${problem}` : `${name}${host === null ? '' : ` on ${host}`}`),
			description: descriptionOf(annotations, reason, more),
			url:
				textAt(alert, 'generatorURL', 'panelURL', 'dashboardURL') ??
				textAt(envelope, 'externalURL'),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: { name: textAt(labels, COMPANY_LABEL) },
			asset: { name: host, ip: addressOf(host) },
			application: textAt(labels, 'job'),
			// Alertmanager does not say when it reports: after an outage it fires again with the beginning of old.
			time:
				said === 'resolved'
					? momentAt(alert, context, 'endsAt')
					: beginningAt(alert, context, 'startsAt'),
			firstSeen: started,
			resolution: status === 'resolved' ? { reason: 'remediated' } : null,
		},
		record,
		context,
		envelope,
	);
}
