import { joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { parseJson } from '../../values/json-text';
import { makeEvent } from '../common/make-event';
import { asRecord, momentAt, textAt } from '../common/paths';
import type { EventSource } from '../common/source';

/** Which of the two webhooks sent it: the one of a failure, or the one of its end. Each has a body of its own. */
const STATES = {
	failure: { status: 'open', event: 'monitor.triggered' },
	resolved: { status: 'resolved', event: 'monitor.cleared' },
} as const;

/** `alert_type` of an alert (amidaware/tacticalrmm, `alerts/models.py`), and what it is in the catalogue. */
const TYPES: Readonly<Record<string, readonly [category: string, event: string]>> = {
	availability: ['Agent', 'agent.down'],
	check: ['Monitor', 'monitor.triggered'],
	task: ['Endpoint', 'script.failed'],
	custom: ['Monitor', 'monitor.triggered'],
};

const NEXT = 'Copy the body of the webhook from docs/sources/tactical-rmm.md as it is.';

/**
 * The body as an object. The webhook of an end sends it as a text that holds the JSON (amidaware/tacticalrmm, issue
 * 2245).
 */
function bodyOf(payload: unknown): unknown {
	return typeof payload === 'string' ? parseJson(payload)?.value : payload;
}

/** Text of a member; null where Tactical RMM left its variable as it was written. */
function filledAt(body: JsonRecord, path: string): string | null {
	const text = textAt(body, path);
	return text !== null && text.includes('{{') ? null : text;
}

function neededAt(body: JsonRecord, path: string): string {
	const text = filledAt(body, path);
	if (text !== null) return text;
	throw new EventInputError(path, 'a value', describe(textAt(body, path)), NEXT);
}

/** Tactical RMM: the webhooks of an alert template, with the bodies of its page. */
export const tacticalRmm: EventSource = {
	id: 'tactical-rmm',
	name: 'Tactical RMM',
	record: 'an alert of Tactical RMM',
	resolvesCarry: ['company', 'asset'],
	// Alerts are counted in each server.
	keys: 'shared',
	ends: 'reported',
	companyField: 'client',
	// A message may hold quotes and line breaks, which the template does not escape.
	repairs: true,
	sample: {
		tacticalrmm: 'failure',
		alert_id: '4821',
		alert_type: 'check',
		severity: 'error',
		message: 'Disk C: is below 10 %',
		alert_time: '2026-05-04T09:12:33.412000+00:00',
		client: 'Contoso Ltd',
		site: 'Main office',
		agent_id: 'rcZsYkNvQmXtGpLd',
		hostname: 'PC-0042',
	},

	recognises(payload) {
		const body = bodyOf(payload);
		return isRecord(body) && textAt(body, 'tacticalrmm') !== null;
	},

	records(payload) {
		const body = asRecord(bodyOf(payload), 'the body of a webhook of Tactical RMM');
		if (textAt(body, 'tacticalrmm') === null) {
			const got = describe(body.tacticalrmm);
			throw new EventInputError('tacticalrmm', 'failure or resolved', got, NEXT);
		}
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const body = asRecord(record, 'an alert of Tactical RMM');
		const word = textAt(body, 'tacticalrmm');
		const state = entryOf(STATES, word?.trim().toLowerCase() ?? '');
		if (state === undefined) {
			throw new EventInputError('tacticalrmm', 'failure or resolved', describe(word), NEXT);
		}
		const id = neededAt(body, 'alert_id');
		const [category, event] = entryOf(TYPES, filledAt(body, 'alert_type')?.toLowerCase() ?? '') ?? [
			'Monitor',
			'monitor.triggered',
		];
		const severity = filledAt(body, 'severity');
		const host = filledAt(body, 'hostname');
		return makeEvent(
			{
				source: tacticalRmm.id,
				deliveryId: null,
				identity: { scope: null, finding: joinedPart('alert', id), asset: null },
				status: state.status,
				category: state.status === 'open' ? category : 'Monitor',
				event: state.status === 'open' ? event : state.event,
				title: filledAt(body, 'message') ?? `Alert ${id}${host === null ? '' : ` of ${host}`}`,
				description: filledAt(body, 'details'),
				severity: severityFromWord(severity),
				rawSeverity: severity,
				company: { name: filledAt(body, 'client') },
				asset: { id: filledAt(body, 'agent_id'), name: host, ip: filledAt(body, 'ip') },
				application: filledAt(body, 'site'),
				// The template has the time at which the alert began, also in its end.
				time: state.status === 'open' ? momentAt(body, context, 'alert_time') : null,
				resolution: state.status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
