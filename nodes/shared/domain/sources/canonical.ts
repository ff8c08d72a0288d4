import type { EventResolution, EventStatus, ScannerEvent } from '../event/event';
import { EVENT_STATUSES, RESOLUTION_REASONS } from '../event/event';
import { describe, EventInputError } from '../values/input-error';
import { keyPrefix, normaliseKey } from '../event/keys';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';
import { decideSeverity, severityFromCvss, severityFromWord } from '../event/severity';
import {
	asRecord,
	flagAt,
	momentAt,
	neededText,
	numberAt,
	textAt,
	textsAt,
	timeAt,
} from './common/paths';
import { makeEvent } from './common/make-event';
import type { EventSource, SourceContext } from './common/source';

/** Names a source inside a key, so letters, digits and dashes only. */
const SOURCE_NAME = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

/**
 * Names that only the pack itself stores rows under; a body that could name one would pass as the pack's own.
 */
const RESERVED = /^(?:halo-.*|unknown)$/;

/** True for a name that a trigger may be told to let canonical bodies name. */
export function isOpenableSource(name: string): boolean {
	return SOURCE_NAME.test(name) && !RESERVED.test(name);
}

/** A sender acts for the source that its trigger is set to, and for those that the trigger lists. */
function sourceOf(record: JsonRecord, { namedSources }: SourceContext): string {
	const named = textAt(record, 'source')?.trim().toLowerCase() ?? canonical.id;
	if (named === canonical.id || namedSources.includes(named)) return named;
	const allowed = [canonical.id, ...namedSources].join(', ');
	throw new EventInputError(
		'source',
		`nothing, or one of ${allowed}`,
		describe(named),
		'Leave it out. If the sender is to speak for this source, add it under Other Sources of the node.',
	);
}

/**
 * A whole key of the record's own source, made by this pack or with its recipe in hand, or null. A trigger that sets
 * the company takes none: the key would name the company by itself.
 */
function wholeKey(record: JsonRecord, source: string, context: SourceContext): string | null {
	if (context.company.from !== 'payload') return null;
	const key = normaliseKey(textAt(record, 'dedupKey') ?? '');
	return key.startsWith(keyPrefix(context.integration, source)) ? key : null;
}

function statusOf(record: JsonRecord): EventStatus {
	const word = textAt(record, 'status')?.trim().toLowerCase() ?? 'open';
	const status = EVENT_STATUSES.find((candidate) => candidate === word);
	if (status !== undefined) return status;
	throw new EventInputError(
		'status',
		`one of ${EVENT_STATUSES.join(', ')}`,
		describe(record.status),
		'Leave it out for an open problem.',
	);
}

/** A member that may be an object or just a name. */
function named(value: unknown): JsonRecord {
	if (isRecord(value)) return value;
	return typeof value === 'string' || typeof value === 'number' ? { name: value } : {};
}

function resolutionOf(record: JsonRecord, status: EventStatus): Partial<EventResolution> | null {
	if (status !== 'resolved') return null;
	const value = isRecord(record.resolution) ? record.resolution : { reason: record.resolution };
	const word = textAt(value, 'reason')?.trim().toLowerCase() ?? 'remediated';
	const reason = RESOLUTION_REASONS.find((candidate) => candidate === word);
	if (reason === undefined) {
		throw new EventInputError(
			'resolution.reason',
			`one of ${RESOLUTION_REASONS.join(', ')}`,
			describe(word),
			'Leave it out for a problem that is fixed.',
		);
	}
	return {
		reason,
		byName: textAt(value, 'byName'),
		byEmail: textAt(value, 'byEmail'),
		scope: textAt(value, 'scope'),
		note: textAt(value, 'note'),
	};
}

function scanOf(record: JsonRecord): ScannerEvent['scan'] {
	const id = textAt(record, 'scan.id');
	if (id === null) return null;
	return {
		id,
		scope: textAt(record, 'scan.scope') ?? '',
		complete: flagAt(record, 'scan.complete'),
	};
}

function read(record: JsonRecord, context: SourceContext): ScannerEvent {
	const source = sourceOf(record, context);
	const status = statusOf(record);
	const why = 'It names the problem and must be the same when it is reported again or resolved.';
	const id = neededText(record, why, 'dedupKey', 'id');
	const title = textAt(record, 'title');
	if (title === null && status !== 'resolved')
		neededText(record, 'It is the title of the ticket.', 'title');
	const word = textAt(record, 'severity');
	const cvss = numberAt(record, 'cvss');
	const company = named(record.company);
	const asset = named(record.asset);
	const user = named(record.user);
	const recurrence = textAt(record, 'recurrenceKey');
	const event = makeEvent(
		{
			source,
			deliveryId: textAt(record, 'deliveryId'),
			identity: { scope: null, finding: id, asset: null },
			recurrence: recurrence === null ? null : { scope: null, finding: recurrence, asset: null },
			status,
			category: textAt(record, 'category'),
			event: textAt(record, 'event'),
			title: title ?? `Resolved: ${id}`,
			description: textAt(record, 'description'),
			url: textAt(record, 'url'),
			severity: decideSeverity(
				severityFromWord(word),
				severityFromCvss(cvss),
				context.severityPrecedence,
			),
			rawSeverity: textAt(record, 'rawSeverity') ?? word,
			cvss,
			epss: numberAt(record, 'epss'),
			kev: flagAt(record, 'kev'),
			cves: textsAt(record, 'cves'),
			company: {
				id: textAt(company, 'id'),
				name: textAt(company, 'name'),
				displayName: textAt(company, 'displayName'),
				reference: textAt(company, 'reference'),
				domain: textAt(company, 'domain'),
			},
			asset: {
				id: textAt(asset, 'id'),
				name: textAt(asset, 'name'),
				ip: textAt(asset, 'ip'),
				mac: textAt(asset, 'mac'),
				serial: textAt(asset, 'serial'),
			},
			user: { name: textAt(user, 'name'), email: textAt(user, 'email') },
			application: textAt(record, 'application'),
			product: textAt(record, 'product'),
			remediation: textAt(record, 'remediation'),
			time: momentAt(record, context, 'time'),
			firstSeen: timeAt(record, context, 'firstSeen'),
			lastSeen: timeAt(record, context, 'lastSeen'),
			resolution: resolutionOf(record, status),
			scan: scanOf(record),
			simulation: flagAt(record, 'simulation'),
		},
		record,
		context,
		{},
	);
	const whole = wholeKey(record, source, context);
	return whole === null ? event : { ...event, dedupKey: whole };
}

/** The pack's own event as JSON, for anything that can be told what to send. Only `title` and `dedupKey` are needed. */
export const canonical: EventSource = {
	id: 'canonical',
	name: 'Canonical JSON',
	record: 'a canonical event',
	// Whoever writes canonical JSON decides what its resolves carry; that all of it is needed stands in its document.
	resolvesCarry: ['company', 'asset', 'product'],
	// A person or a script chose the key: `srv-01/disk-c` is in many places.
	keys: 'shared',
	ends: 'reported',
	companyField: 'company',
	lines: true,
	sample: {
		dedupKey: 'srv-01/disk-c',
		title: 'Disk C: on srv-01 is 97 % full',
		severity: 'high',
		status: 'open',
		company: 'Contoso Ltd',
		asset: 'srv-01',
	},

	recognises(payload) {
		const first: unknown =
			isRecord(payload) && Array.isArray(payload.events) ? payload.events[0] : payload;
		return (
			isRecord(first) &&
			textAt(first, 'dedupKey') !== null &&
			textAt(first, 'title', 'status') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an event');
		if (Array.isArray(body.events)) return { records: body.events, envelope: body };
		if (body.ping === true) return { records: [], envelope: {}, ping: true };
		neededText(
			body,
			'It names the problem and must be the same when it is reported again or resolved.',
			'dedupKey',
			'id',
		);
		return { records: [body], envelope: {} };
	},

	read(record, context) {
		return read(asRecord(record, 'an event'), context);
	},
};
