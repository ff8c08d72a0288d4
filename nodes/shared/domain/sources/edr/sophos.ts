import { joinedPart, shortHash } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { makeEvent } from '../common/make-event';
import { asRecord, momentAt, neededText, textAt, timeAt } from '../common/paths';
import type { EventSource } from '../common/source';
import { meaningOf, type TypeMeaning } from './sophos-types';

const NEXT = 'Send an item of /siem/v1/events, /siem/v1/alerts or /common/v1/alerts, or the page.';

/** How the types of Sophos begin. */
const TYPE = 'Event::';

/** Severities of types that belong to no pair and only inform. */
const QUIET: ReadonlySet<string> = new Set(['informational', 'low']);

/**
 * What the text of an event names: what stands in quotes (a threat and its file), else what stands behind the first
 * colon (a policy). The texts of a problem and of its end begin otherwise and name the same.
 */
function objectOf(item: JsonRecord): string | null {
	const text = textAt(item, 'name', 'description') ?? '';
	const quoted = text.split("'").filter((_, at) => at % 2 === 1);
	if (quoted.length > 0) return shortHash(JSON.stringify(quoted));
	const colon = text.indexOf(': ');
	if (colon > 0) return shortHash(text.slice(colon + 2).trim());
	const threat = textAt(item, 'threat');
	return threat === null ? null : shortHash(threat);
}

function deviceOf(item: JsonRecord): string | null {
	return textAt(item, 'endpoint_id', 'data.endpoint_id', 'managedAgent.id', 'endpoint.id');
}

/** How it stands: by its pair, and what belongs to none by its severity. */
function stateOf(meaning: TypeMeaning | null, severity: string, named: boolean) {
	if (meaning === null) {
		const status = QUIET.has(severity) ? 'info' : 'open';
		return {
			status,
			event: status === 'open' ? 'alert.detection.open' : null,
			reason: null,
		} as const;
	}
	if (meaning.role === 'opens')
		return { status: 'open', event: meaning.event, reason: null } as const;
	// An end that does not say what it is the end of ends nothing.
	if (!named) return { status: 'info', event: null, reason: null } as const;
	const reason = meaning.role === 'ends' ? 'remediated' : 'manual';
	return { status: 'resolved', event: 'monitor.cleared', reason } as const;
}

function identityOf(item: JsonRecord, type: string, meaning: TypeMeaning | null, id: string) {
	const object = meaning?.told === 'device' ? null : objectOf(item);
	const asset = deviceOf(item);
	// What says neither a device nor an object happened once.
	const named = asset !== null && (object !== null || meaning?.told === 'device');
	const finding = named ? joinedPart('type', meaning?.family ?? type) : joinedPart('item', id);
	return { named, identity: { finding, asset, discriminator: named ? object : null } };
}

function isItem(value: unknown): boolean {
	return (
		isRecord(value) &&
		(textAt(value, 'type') ?? '').startsWith(TYPE) &&
		textAt(value, 'customer_id', 'tenant.id') !== null
	);
}

/** Sophos Central: events and alerts of the SIEM API, and alerts of the common API, by page or by item. */
export const sophos: EventSource = {
	id: 'sophos',
	name: 'Sophos Central',
	record: 'an event or an alert of Sophos Central',
	// Both halves of a pair name their tenant and their device.
	resolvesCarry: ['company', 'asset'],
	// A tenant's id is a UUID, and every key has it; one without is nobody's.
	keys: 'shared',
	ends: ({ event, category }) =>
		event === 'alert.detection.open' && category === 'Detection' ? 'never' : 'reported',
	companyField: 'customer_id or tenant',
	sample: {
		id: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11',
		customer_id: '7e3f4a11-5a0c-4f4c-9d5e-2c5b7d1e9a21',
		type: 'Event::Endpoint::Threat::CleanupFailed',
		name: "Manual cleanup required: 'Troj/Agent-BKXQ' at 'C:\\Users\\Public\\msupd.exe'",
		severity: 'high',
		group: 'MALWARE',
		endpoint_id: 'b1c2d3e4-0001-4a2b-8c3d-000000000042',
		endpoint_type: 'computer',
		location: 'PC-0042',
		source: 'CONTOSO\\grace',
		source_info: { ip: '10.0.0.5' },
		when: '2026-05-04T09:12:33.000Z',
		created_at: '2026-05-04T09:12:35.000Z',
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		return Array.isArray(payload.items) ? payload.items.some(isItem) : isItem(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'an event or an alert of Sophos Central');
		if (Array.isArray(body.items)) return { records: body.items, envelope: {} };
		const type = textAt(body, 'type');
		if (type === null || !type.startsWith(TYPE)) {
			throw new EventInputError('type', `a type of Sophos (${TYPE}…)`, describe(type), NEXT);
		}
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const item = asRecord(record, 'an event or an alert of Sophos Central');
		const id = neededText(item, 'It names the event; send it as the API gives it.', 'id');
		const type = neededText(item, 'It says what happened; send it as the API gives it.', 'type');
		const meaning = meaningOf(type);
		const { named, identity } = identityOf(item, type, meaning, id);
		const word = textAt(item, 'severity');
		// `none` is what Sophos gives to ends and to what went well.
		const severity = severityFromWord(word);
		const { status, event, reason } = stateOf(meaning, severity, named);
		const tenant = textAt(item, 'tenant.id', 'customer_id');
		const source = textAt(item, 'source');
		return makeEvent(
			{
				source: sophos.id,
				deliveryId: id,
				identity: { scope: tenant, ...identity },
				status,
				category: status === 'resolved' ? 'Monitor' : (meaning?.category ?? 'Detection'),
				event,
				title: textAt(item, 'name', 'description') ?? type,
				description: textAt(item, 'description'),
				severity,
				rawSeverity: word,
				company: { id: tenant, name: textAt(item, 'tenant.name') },
				asset: {
					id: deviceOf(item),
					name: textAt(item, 'location', 'managedAgent.name', 'managedAgent.hostname'),
					ip: textAt(item, 'source_info.ip', 'data.source_info.ip'),
				},
				user: { name: source === 'n/a' ? null : source },
				product: textAt(item, 'threat', 'group', 'category'),
				time: momentAt(item, context, 'when', 'raisedAt', 'created_at'),
				firstSeen: timeAt(item, context, 'when', 'raisedAt'),
				resolution: reason === null ? null : { reason },
			},
			record,
			context,
			envelope,
		);
	},
};
