import type { ScannerEvent } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { detailLines } from '../common/lines';
import { makeEvent } from '../common/make-event';
import { asRecord, listAt, momentAt, neededText, recordAt, textAt, timeAt } from '../common/paths';
import type { EventSource, SourceContext } from '../common/source';

/** Statuses of an incident report (Huntress API). One that is being deleted says nothing about what it is about. */
const REPORT_STATES = {
	sent: { status: 'open', reason: null },
	auto_remediating: { status: 'open', reason: null },
	draft: { status: 'info', reason: null },
	deleting: { status: 'info', reason: null },
	closed: { status: 'resolved', reason: 'remediated' },
	dismissed: { status: 'resolved', reason: 'manual' },
	partner_dismissed: { status: 'resolved', reason: 'manual' },
} as const;

/** Event types about a report that say by themselves how it is; a comment says nothing new. */
const REPORT_EVENTS = {
	'incident_report.created': { status: 'open', reason: null },
	'incident_report.closed': { status: 'resolved', reason: 'remediated' },
	'incident_report.comment_added': { status: 'info', reason: null },
} as const;

const NEXT = 'Send the body of the webhook, or a row of /v1/incident_reports, unchanged.';

/** The type of an event; null for a row of the API, which has none. */
function typeOf(record: JsonRecord): string | null {
	return textAt(record, 'event_type')?.trim().toLowerCase() ?? null;
}

/**
 * How a report stands. An event that says it by its type goes before the status beside it, but for a report that was
 * dismissed: then the status says why.
 * @throws EventInputError for a status that is none
 */
function reportState(record: JsonRecord) {
	const byType = entryOf(REPORT_EVENTS, typeOf(record) ?? '');
	const word = textAt(record, 'status');
	if (word === null && byType !== undefined) return byType;
	const byStatus = entryOf(REPORT_STATES, word?.trim().toLowerCase() ?? '');
	if (byStatus === undefined) {
		const words = 'sent, auto_remediating, draft, deleting, closed, dismissed or partner_dismissed';
		throw new EventInputError('status', words, describe(word), NEXT);
	}
	if (byType === undefined || byType.status === 'open') return byStatus;
	return byType.status === byStatus.status ? byStatus : byType;
}

/** An escalation: what Huntress needs the partner for. It is over once it says when it was resolved. */
function escalationState(record: JsonRecord, context: SourceContext) {
	if (timeAt(record, context, 'resolved_at') !== null) {
		return { status: 'resolved', reason: 'remediated' } as const;
	}
	const created = typeOf(record) === 'escalation.created';
	return { status: created ? 'open' : 'info', reason: null } as const;
}

/** The organisation, where there is one: an escalation may be about several, which is none. */
function organisationOf(record: JsonRecord): { id: string | null; name: string | null } {
	const listed = listAt(record, 'organizations');
	const one = isRecord(record.organization) ? record.organization : listed[0];
	if (listed.length > 1) return { id: null, name: null };
	const id = textAt(one, 'id') ?? textAt(record, 'organization_id');
	return { id, name: textAt(one, 'name') };
}

/** How many of each kind Huntress found; those of which there are none are left out. */
function indicatorsOf(record: JsonRecord): string[] {
	const counts = Object.entries(recordAt(record, 'indicator_counts'));
	return detailLines(Object.fromEntries(counts.filter(([, count]) => count !== 0)));
}

const KINDS = {
	incident_report: { needs: 'It names the incident report.', title: 'Incident report' },
	escalation: { needs: 'It names the escalation.', title: 'Escalation' },
} as const;

function readRecord(
	record: JsonRecord,
	kind: keyof typeof KINDS,
	context: SourceContext,
): ScannerEvent {
	const { needs, title } = KINDS[kind];
	const id = neededText(record, needs, 'id');
	const { status, reason } =
		kind === 'escalation' ? escalationState(record, context) : reportState(record);
	const word = textAt(record, 'severity');
	const text = textAt(record, 'comment') ?? textAt(record, 'summary', 'body');
	const lines = [...(text === null ? [] : [text]), ...indicatorsOf(record)];
	return makeEvent(
		{
			source: huntress.id,
			deliveryId: null,
			identity: {
				scope: textAt(record, 'account.id', 'account_id'),
				finding: joinedPart(kind, id),
				asset: null,
			},
			status,
			category: 'Detection',
			event:
				status === 'resolved'
					? 'alert.detection.resolved'
					: status === 'open'
						? 'alert.detection.open'
						: 'alert.detection.updated',
			title: textAt(record, 'subject') ?? `${title} ${id}`,
			description: lines.length === 0 ? null : lines.join('\n'),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: organisationOf(record),
			asset: { id: textAt(record, 'agent_id') },
			product: textAt(record, 'platform'),
			time: momentAt(record, context, 'updated_at', 'status_updated_at', 'sent_at', 'created_at'),
			firstSeen: timeAt(record, context, 'sent_at', 'created_at'),
			resolution: reason === null ? null : { reason },
		},
		record,
		context,
		{},
	);
}

/** Any other type, of platform actions and account notices: it says what happened. */
function readNotice(record: JsonRecord, type: string, context: SourceContext): ScannerEvent {
	return makeEvent(
		{
			source: huntress.id,
			deliveryId: null,
			identity: {
				scope: textAt(record, 'account.id', 'account_id'),
				finding: joinedPart('notice', type, textAt(record, 'id')),
				asset: null,
			},
			status: 'info',
			category: 'Detection',
			event: null,
			title: textAt(record, 'subject') ?? `Huntress: ${type}`,
			description: textAt(record, 'summary', 'body'),
			severity: severityFromWord(textAt(record, 'severity')),
			company: organisationOf(record),
			time: momentAt(record, context, 'updated_at', 'created_at'),
		},
		record,
		context,
		{},
	);
}

/** Huntress: events of its webhook, signed by Svix, and pages or rows of incident reports of its API. */
export const huntress: EventSource = {
	id: 'huntress',
	name: 'Huntress',
	record: 'an event of Huntress',
	// Every event about a report has the whole report.
	resolvesCarry: ['company', 'asset', 'product'],
	// No document says that reports are counted for all accounts together.
	keys: 'shared',
	ends: 'reported',
	companyField: 'organization',
	sample: {
		event_type: 'incident_report.created',
		id: 48213,
		account: { id: 11, name: 'MSP Ltd' },
		organization: { id: 42, name: 'Contoso Ltd' },
		agent_id: 9012,
		severity: 'critical',
		status: 'sent',
		subject: 'CRITICAL - Incident on PC-0042 (Contoso Ltd)',
		summary: 'A scheduled task starts a program that hides itself.',
		platform: 'windows',
		indicator_counts: { footholds: 1 },
		created_at: '2026-05-04T09:10:00Z',
		sent_at: '2026-05-04T09:12:33Z',
		updated_at: '2026-05-04T09:12:33Z',
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		if (Array.isArray(payload.incident_reports)) return isRecord(payload.pagination);
		return (
			textAt(payload, 'event_type') !== null &&
			textAt(payload, 'api_url', 'account.id', 'account_id') !== null &&
			(isRecord(payload.organization) || Array.isArray(payload.organizations))
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an event of Huntress');
		if (Array.isArray(body.incident_reports)) {
			return { records: body.incident_reports, envelope: {} };
		}
		if (textAt(body, 'event_type') === null) neededText(body, NEXT, 'id');
		return { records: [body], envelope: {}, ping: typeOf(body) === 'test' };
	},

	read(record, context) {
		const event = asRecord(record, 'an event of Huntress');
		const type = typeOf(event);
		if (type === null || type.startsWith('incident_report.')) {
			return readRecord(event, 'incident_report', context);
		}
		if (type.startsWith('escalation.')) return readRecord(event, 'escalation', context);
		return readNotice(event, type, context);
	},
};
