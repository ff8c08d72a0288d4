import type { ScannerEvent, Severity } from '../event/event';
import { describe, EventInputError } from '../values/input-error';
import { keyPrefix, shortHash } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { entryOf, isRecord } from '../values/json';
import { severityFromWord } from '../event/severity';
import { asRecord, listAt, momentAt, neededText, recordAt, textAt } from './common/paths';
import { detailLines } from './common/lines';
import { makeEvent } from './common/make-event';
import type { EventSource, SourceContext } from './common/source';

/** What Events API v2 may ask for, and what that means. An acknowledgement says that somebody looks at it, no more. */
const ACTIONS = {
	trigger: { status: 'open', event: 'monitor.triggered' },
	acknowledge: { status: 'info', event: 'monitor.acknowledged' },
	resolve: { status: 'resolved', event: 'monitor.cleared' },
} as const;

/** Event types of the v3 webhook that change whether an incident is open; every other one only informs. */
const INCIDENT_ACTIONS = {
	'incident.triggered': ACTIONS.trigger,
	'incident.reopened': ACTIONS.trigger,
	'incident.acknowledged': ACTIONS.acknowledge,
	'incident.resolved': ACTIONS.resolve,
} as const;

function actionOf<Actions extends object>(
	actions: Actions,
	word: string,
): Actions[keyof Actions] | null {
	for (const [name, action] of Object.entries(actions)) {
		if (name === word.trim().toLowerCase()) return action;
	}
	return null;
}

/** Links and images of an event, `text: address` each: the runbook stands in one of them. */
function linkLines(record: JsonRecord): string[] {
	const entries = [
		...listAt(record, 'links').map((link) => [textAt(link, 'text'), textAt(link, 'href')]),
		...listAt(record, 'images').map((image) => [
			textAt(image, 'alt') ?? 'Image',
			textAt(image, 'href', 'src'),
		]),
	];
	return entries.flatMap(([text, address]) =>
		address === null || address === undefined ? [] : [`${text ?? 'Link'}: ${address}`],
	);
}

function descriptionOf(record: JsonRecord, payload: JsonRecord): string | null {
	const lines = [...detailLines(payload.custom_details), ...linkLines(record)];
	return lines.length === 0 ? null : lines.join('\n');
}

/**
 * An event of the older Events API v1 in the form of v2; any other as it is. Its key is `incident_key`, and its links
 * stand in `contexts`.
 */
function asVersion2(record: JsonRecord): JsonRecord {
	const type = textAt(record, 'event_type');
	if (textAt(record, 'event_action') !== null || type === null) return record;
	return {
		...record,
		event_action: type,
		routing_key: record.service_key,
		dedup_key: record.incident_key,
		payload: { summary: record.description, custom_details: record.details },
		links: listAt(record, 'contexts').filter((context) => textAt(context, 'href') !== null),
	};
}

/** An event of Events API v2. A resolve has no payload: nothing but its key says what it is about. */
function readEvent(record: JsonRecord, context: SourceContext): ScannerEvent {
	const word = neededText(record, 'Send the body of an Events API v2 request.', 'event_action');
	const action = actionOf(ACTIONS, word);
	if (action === null) {
		throw new EventInputError(
			'event_action',
			'trigger, acknowledge or resolve',
			describe(word),
			'Send the body of an Events API v2 request.',
		);
	}
	const payload = recordAt(record, 'payload');
	let key = textAt(record, 'dedup_key');
	if (key === null) {
		if (action.status !== 'open') {
			neededText(record, `A ${word} is matched by its dedup_key alone.`, 'dedup_key');
		}
		// PagerDuty takes a trigger without a key as an alert of its own; the same delivery sent twice stays one.
		key = `without key ${shortHash(JSON.stringify(payload))}`;
	}
	if (action.status === 'open') {
		neededText(record, 'It is the title of the ticket.', 'payload.summary');
	}
	const routingKey = textAt(record, 'routing_key', 'service_key');
	const severity = textAt(payload, 'severity');
	return makeEvent(
		{
			source: pagerDuty.id,
			// The routing key is a credential: only its hash may stand in a key.
			identity: {
				scope: routingKey === null ? null : shortHash(routingKey).slice(0, 16),
				finding: key,
				asset: null,
			},
			status: action.status,
			category: 'Monitor',
			event: action.event,
			title: textAt(payload, 'summary') ?? `PagerDuty ${word}: ${key}`,
			description: descriptionOf(record, payload),
			url: textAt(record, 'client_url'),
			severity: severityFromWord(severity),
			rawSeverity: severity,
			company: { name: textAt(payload, 'custom_details.company') },
			asset: { name: textAt(payload, 'source') },
			application: textAt(record, 'client'),
			product: textAt(payload, 'component'),
			time: momentAt(payload, context, 'timestamp'),
			resolution: action.status === 'resolved' ? { reason: 'remediated' } : null,
		},
		record,
		context,
		{},
	);
}

/** Priorities as PagerDuty sets them up (*Incident priority*); an account may name its own, which say nothing here. */
const PRIORITIES: Readonly<Record<string, Severity>> = {
	P1: 'critical',
	P2: 'high',
	P3: 'medium',
	P4: 'low',
	P5: 'informational',
};

/** The one reason that PagerDuty gives for an end: its alerts went over to another incident (REST API, *ResolveReason*). */
const MERGED = 'merge_resolve_reason';

/** Where an incident went on, for one that was resolved by being merged; null for any other end. */
function mergedInto(data: JsonRecord): string | null {
	if (textAt(data, 'resolve_reason.type') !== MERGED) return null;
	const into = textAt(data, 'resolve_reason.incident.summary', 'resolve_reason.incident.id');
	return into === null ? 'Merged into another incident' : `Merged into ${into}`;
}

/** Types of agents that are people. */
const USERS: ReadonlySet<string> = new Set(['user', 'user_reference']);

/** An event of PagerDuty's own v3 webhook, which speaks about incidents. */
function readIncident(record: JsonRecord, context: SourceContext): ScannerEvent {
	const event = recordAt(record, 'event');
	const type = neededText(record, 'Send the body of the v3 webhook.', 'event.event_type');
	const id = neededText(record, 'It names the incident.', 'event.data.id');
	const data = recordAt(event, 'data');
	const action = actionOf(INCIDENT_ACTIONS, type) ?? { status: 'info', event: null };
	const urgency = textAt(data, 'urgency');
	const priority = textAt(data, 'priority.summary', 'priority.name');
	const ranked = entryOf(PRIORITIES, priority?.trim().toUpperCase() ?? '');
	const merged = mergedInto(data);
	// An integration, a service or a workflow can resolve, too: only a user is a person.
	const person = USERS.has(textAt(event, 'agent.type') ?? 'user')
		? textAt(event, 'agent.summary')
		: null;
	return makeEvent(
		{
			source: pagerDuty.id,
			deliveryId: textAt(event, 'id'),
			identity: { scope: 'incident', finding: id, asset: null },
			status: action.status,
			category: 'Monitor',
			event: action.event,
			title: textAt(data, 'title', 'summary') ?? `PagerDuty incident ${id}`,
			url: textAt(data, 'html_url'),
			severity: ranked ?? severityFromWord(urgency),
			rawSeverity: ranked === undefined ? urgency : priority,
			company: {},
			application: textAt(data, 'service.summary'),
			time: momentAt(event, context, 'occurred_at'),
			resolution:
				action.status === 'resolved'
					? {
							reason: person === null && merged === null ? 'remediated' : 'manual',
							byName: person,
							note: merged,
						}
					: null,
		},
		record,
		context,
		{},
	);
}

/** Anything that can send to PagerDuty: bodies of Events API v2 and v1, and PagerDuty's own v3 webhook. */
export const pagerDuty: EventSource = {
	id: 'pagerduty',
	name: 'PagerDuty Events',
	record: 'a PagerDuty event',
	// A resolve is a key and nothing else.
	resolvesCarry: [],
	// Routing keys are unique in the world, dedup_key is within one; so are the ids of incidents.
	keys: ({ dedupKey, integration }) =>
		dedupKey.startsWith(`${keyPrefix(integration, pagerDuty.id)}-|`) ? 'shared' : 'unique',
	ends: 'reported',
	companyField: 'payload.custom_details.company',
	sample: {
		routing_key: 'any text',
		event_action: 'trigger',
		dedup_key: 'srv-01/disk-c',
		payload: {
			summary: 'Disk C: on srv-01 is 97 % full',
			source: 'srv-01',
			severity: 'critical',
			timestamp: '2026-05-04T09:12:33.000+0000',
			custom_details: { company: 'Contoso Ltd' },
		},
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		if (isRecord(payload.event) && textAt(payload, 'event.event_type') !== null) {
			return isRecord(payload.event.data);
		}
		const old = textAt(payload, 'service_key') === null ? null : textAt(payload, 'event_type');
		const action = textAt(payload, 'event_action') ?? old;
		return action !== null && actionOf(ACTIONS, action) !== null;
	},

	records(payload) {
		const body = asRecord(payload, 'the body of a PagerDuty event');
		const type = textAt(body, 'event.event_type');
		if (type === null && textAt(body, 'service_key', 'event_type') === null) {
			neededText(body, 'Send the body of an Events API v2 request.', 'event_action');
		}
		return { records: [body], envelope: {}, ping: type === 'pagey.ping' };
	},

	read(record, context) {
		const body = asRecord(record, 'a PagerDuty event');
		return isRecord(body.event)
			? readIncident(body, context)
			: readEvent(asVersion2(body), context);
	},
};
