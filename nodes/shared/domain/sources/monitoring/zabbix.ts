import type { Severity } from '../../event/event';
import { foldedName, joinedPart } from '../../event/keys';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { parseJson } from '../../values/json-text';
import { asRecord, momentAt, textAt } from '../common/paths';
import { makeEvent } from '../common/make-event';
import type { EventSource } from '../common/source';

/** `{EVENT.SOURCE}` of what Zabbix reports (manual, *Supported macros*); others are discoveries and registrations. */
const WITH_STATE: ReadonlySet<string> = new Set(['0', '3', '4']);
const WITHOUT_STATE: ReadonlySet<string> = new Set(['1', '2']);

/** `{EVENT.NSEVERITY}`: Information, Warning, Average, High, Disaster. 0 is *Not classified*. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
	'1': 'informational',
	'2': 'low',
	'3': 'medium',
	'4': 'high',
	'5': 'critical',
};

/** The tag of an event that names the company: of a host, a template or a trigger. */
const COMPANY_TAG = 'company';

const NEXT = 'Import docs/sources/zabbix-media-type.yaml and leave its parameters as they are.';

/** What Zabbix writes for a macro that it cannot resolve. */
const UNRESOLVED = '*UNKNOWN*';

/** Text of a member; null where Zabbix had nothing for its macro, and left the macro or a word for it. */
function saidAt(body: JsonRecord, path: string): string | null {
	const text = textAt(body, path);
	if (text === null || text === UNRESOLVED) return null;
	return text.startsWith('{') && text.endsWith('}') ? null : text;
}

function neededAt(body: JsonRecord, path: string): string {
	const text = saidAt(body, path);
	if (text !== null) return text;
	throw new EventInputError(path, 'a value', describe(textAt(body, path)), NEXT);
}

/** Value of a tag, of `{EVENT.TAGSJSON}` as text or as the list that it is. */
function tagOf(body: JsonRecord, name: string): string | null {
	const tags = body.event_tags;
	const list: unknown = typeof tags === 'string' ? parseJson(tags)?.value : tags;
	for (const tag of Array.isArray(list) ? list : []) {
		if (foldedName(textAt(tag, 'tag')) === name) return textAt(tag, 'value');
	}
	return null;
}

/** Whether it is a problem, over, or neither. @throws EventInputError naming the parameter */
function stateOf(body: JsonRecord) {
	const source = neededAt(body, 'event_source');
	if (WITHOUT_STATE.has(source)) return { status: 'info', event: 'asset.added' } as const;
	// A macro is always a text: a number here is not from Zabbix, and 0 is an end.
	const value = typeof body.event_value === 'string' ? neededAt(body, 'event_value') : null;
	if (!WITH_STATE.has(source)) {
		throw new EventInputError('event_source', '0 to 4', describe(source), NEXT);
	}
	if (value === '0') return { status: 'resolved', event: 'monitor.cleared' } as const;
	if (value !== '1')
		throw new EventInputError('event_value', '0 or 1', describe(body.event_value), NEXT);
	// An update of a problem: somebody acknowledged it, wrote about it, or changed its severity.
	return saidAt(body, 'event_update_status') === '1'
		? ({ status: 'info', event: 'monitor.acknowledged' } as const)
		: ({ status: 'open', event: 'monitor.triggered' } as const);
}

function descriptionOf(body: JsonRecord): string | null {
	const lines = ['event_opdata', 'trigger_description', 'event_update_message']
		.map((path) => saidAt(body, path))
		.filter((line) => line !== null);
	return lines.length === 0 ? null : lines.join('\n');
}

function addressOfEvent(body: JsonRecord, event: string): string | null {
	const [server, trigger] = [saidAt(body, 'zabbix_url'), saidAt(body, 'trigger_id')];
	if (server === null || trigger === null) return server;
	const base = server.endsWith('/') ? server : `${server}/`;
	return `${base}tr_events.php?triggerid=${encodeURIComponent(trigger)}&eventid=${encodeURIComponent(event)}`;
}

/** Zabbix 6.0 and newer, by the media type beside its page. A recovery has the id of the problem's own event. */
export const zabbix: EventSource = {
	id: 'zabbix',
	name: 'Zabbix',
	record: 'a notification of Zabbix',
	resolvesCarry: ['company', 'asset'],
	// Events are counted in each server.
	keys: 'shared',
	ends: 'reported',
	companyField: `the tag ${COMPANY_TAG} of the event, or the parameter company`,
	sample: {
		sent_by: 'zabbix',
		sent_at: '2026-05-04T09:12:33.412Z',
		event_id: '482911',
		event_source: '0',
		event_value: '1',
		event_update_status: '0',
		event_name: 'Disk C: is 97 % full',
		event_nseverity: '4',
		event_tags: [
			{ tag: COMPANY_TAG, value: 'Contoso Ltd' },
			{ tag: 'component', value: 'disk' },
		],
		host_id: '10643',
		host_name: 'srv-01',
		host_ip: '10.0.0.5',
		trigger_id: '23981',
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			textAt(payload, 'sent_by') === 'zabbix' &&
			textAt(payload, 'event_source') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'the body of the media type of Zabbix');
		const id = textAt(body, 'event_id');
		if (id === null)
			throw new EventInputError('event_id', 'a value', describe(body.event_id), NEXT);
		// The button Test of a media type sends its parameters as they are written there.
		const isTest = id === '{EVENT.ID}' && textAt(body, 'event_name') === '{EVENT.NAME}';
		return { records: [body], envelope: {}, ping: isTest };
	},

	read(record, context, envelope) {
		const body = asRecord(record, 'a notification of Zabbix');
		const id = neededAt(body, 'event_id');
		const { status, event } = stateOf(body);
		const [trigger, host] = [saidAt(body, 'trigger_id'), saidAt(body, 'host_id')];
		const word = saidAt(body, 'event_nseverity');
		return makeEvent(
			{
				source: zabbix.id,
				deliveryId: null,
				identity: { scope: null, finding: id, asset: null },
				// Each firing of a trigger is an event of its own.
				recurrence:
					trigger === null
						? null
						: { scope: null, finding: joinedPart('trigger', trigger), asset: host },
				status,
				category: status === 'info' && event === 'asset.added' ? 'Asset' : 'Monitor',
				event,
				title: saidAt(body, 'event_name') ?? saidAt(body, 'subject') ?? `Zabbix event ${id}`,
				description: descriptionOf(body),
				url: addressOfEvent(body, id),
				severity: entryOf(SEVERITIES, word ?? '') ?? 'unknown',
				rawSeverity: word,
				company: { name: tagOf(body, COMPANY_TAG) ?? saidAt(body, 'company') },
				asset: { id: host, name: saidAt(body, 'host_name'), ip: saidAt(body, 'host_ip') },
				product: tagOf(body, 'component'),
				time: momentAt(body, context, 'sent_at'),
				resolution: status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			envelope,
		);
	},
};
