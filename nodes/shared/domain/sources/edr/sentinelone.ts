import type { ScannerEvent, Severity } from '../../event/event';
import { joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import { detailLines } from '../common/lines';
import { makeEvent } from '../common/make-event';
import { asRecord, flagAt, momentAt, neededText, textAt, timeAt } from '../common/paths';
import type { EventSource, SourceContext } from '../common/source';

/**
 * `incidentStatus` of a threat and of an alert. That a threat is mitigated is no end: SentinelOne keeps it unresolved until
 * a policy or an analyst resolves it, since what came before the file may still be there.
 */
const STATES = {
	unresolved: { status: 'open', event: 'alert.detection.open' },
	in_progress: { status: 'open', event: 'alert.detection.open' },
	resolved: { status: 'resolved', event: 'alert.detection.resolved' },
} as const;

/** A threat has no severity, only how sure SentinelOne is. */
const CONFIDENCES: Readonly<Record<string, Severity>> = { malicious: 'high', suspicious: 'medium' };

const NEXT = 'Send a row of /threats or /cloud-detection/alerts, or the page, unchanged.';

/** @throws EventInputError for a status that is none */
function stateOf(record: JsonRecord, path: string) {
	const word = textAt(record, path);
	const state = entryOf(STATES, (word ?? '').trim().toLowerCase().replaceAll(' ', '_'));
	if (state !== undefined) return state;
	const words = 'unresolved, in_progress or resolved';
	throw new EventInputError(path, words, describe(word), NEXT);
}

/** The site is the customer; an account holds all of a provider's sites. */
function siteOf(record: JsonRecord): { id: string | null; name: string | null } {
	return {
		id: textAt(record, 'agentDetectionInfo.siteId', 'agentRealtimeInfo.siteId'),
		name: textAt(record, 'agentDetectionInfo.siteName', 'agentRealtimeInfo.siteName'),
	};
}

/** First address of a list that is one text. */
function firstOf(text: string | null): string | null {
	return text?.split(',')[0]?.trim() ?? null;
}

function told(lines: Record<string, string | null>): string | null {
	const known = Object.entries(lines).filter(([, value]) => value !== null);
	return known.length === 0 ? null : detailLines(Object.fromEntries(known)).join('\n');
}

function readThreat(record: JsonRecord, context: SourceContext): ScannerEvent {
	const id = neededText(record, 'It names the threat.', 'threatInfo.threatId', 'id');
	const { status, event } = stateOf(record, 'threatInfo.incidentStatus');
	const word = textAt(record, 'threatInfo.confidenceLevel');
	const name = textAt(record, 'threatInfo.threatName') ?? `Threat ${id}`;
	const host = textAt(
		record,
		'agentRealtimeInfo.agentComputerName',
		'agentDetectionInfo.agentComputerName',
	);
	const automatic = flagAt(record, 'threatInfo.automaticallyResolved');
	return makeEvent(
		{
			source: sentinelOne.id,
			deliveryId: null,
			identity: { scope: null, finding: joinedPart('threat', id), asset: null },
			status,
			category: 'Detection',
			event,
			title: host === null ? name : `${name} on ${host}`,
			description: told({
				Classification: textAt(record, 'threatInfo.classification'),
				Confidence: word,
				Mitigation: textAt(
					record,
					'threatInfo.mitigationStatusDescription',
					'threatInfo.mitigationStatus',
				),
				Verdict: textAt(
					record,
					'threatInfo.analystVerdictDescription',
					'threatInfo.analystVerdict',
				),
				File: textAt(record, 'threatInfo.filePath'),
				SHA1: textAt(record, 'threatInfo.sha1'),
				Process: textAt(record, 'threatInfo.originatorProcess'),
			}),
			severity: entryOf(CONFIDENCES, word?.trim().toLowerCase() ?? '') ?? 'unknown',
			rawSeverity: word,
			company: siteOf(record),
			asset: {
				id: textAt(record, 'agentRealtimeInfo.agentId', 'agentDetectionInfo.agentUuid'),
				name: host,
				ip: firstOf(textAt(record, 'agentDetectionInfo.agentIpV4')),
			},
			user: {
				name: textAt(
					record,
					'threatInfo.processUser',
					'agentDetectionInfo.agentLastLoggedInUserName',
				),
				email: textAt(record, 'agentDetectionInfo.agentLastLoggedInUpn'),
			},
			product: textAt(record, 'threatInfo.classification'),
			time: momentAt(
				record,
				context,
				'threatInfo.updatedAt',
				'threatInfo.identifiedAt',
				'threatInfo.createdAt',
			),
			firstSeen: timeAt(record, context, 'threatInfo.identifiedAt', 'threatInfo.createdAt'),
			resolution: status === 'resolved' ? { reason: automatic ? 'remediated' : 'manual' } : null,
		},
		record,
		context,
		{},
	);
}

/** An alert of a custom rule (STAR). */
function readAlert(record: JsonRecord, context: SourceContext): ScannerEvent {
	const id = neededText(record, 'It names the alert.', 'alertInfo.alertId');
	const { status, event } = stateOf(record, 'alertInfo.incidentStatus');
	const word = textAt(record, 'ruleInfo.severity');
	const name = textAt(record, 'ruleInfo.name') ?? `Alert ${id}`;
	const host = textAt(record, 'agentDetectionInfo.name');
	return makeEvent(
		{
			source: sentinelOne.id,
			deliveryId: null,
			identity: { scope: null, finding: joinedPart('alert', id), asset: null },
			status,
			category: 'Detection',
			event,
			title: host === null ? name : `${name} on ${host}`,
			description: told({
				Rule: textAt(record, 'ruleInfo.description'),
				Event: textAt(record, 'alertInfo.eventType'),
				Process: textAt(record, 'sourceProcessInfo.commandline', 'sourceProcessInfo.name'),
				File: textAt(record, 'targetProcessInfo.tgtFilePath', 'sourceProcessInfo.filePath'),
				Verdict: textAt(record, 'alertInfo.analystVerdict'),
			}),
			severity: severityFromWord(word),
			rawSeverity: word,
			company: siteOf(record),
			asset: { id: textAt(record, 'agentDetectionInfo.uuid'), name: host },
			user: { name: textAt(record, 'sourceProcessInfo.user') },
			product: textAt(record, 'ruleInfo.name'),
			time: momentAt(
				record,
				context,
				'alertInfo.updatedAt',
				'alertInfo.createdAt',
				'alertInfo.reportedAt',
			),
			firstSeen: timeAt(record, context, 'alertInfo.createdAt'),
			resolution: status === 'resolved' ? { reason: 'manual' } : null,
		},
		record,
		context,
		{},
	);
}

function isRow(record: unknown): record is JsonRecord {
	return (
		isRecord(record) &&
		isRecord(record.agentDetectionInfo) &&
		(isRecord(record.threatInfo) || isRecord(record.alertInfo))
	);
}

/** SentinelOne: threats and alerts of custom rules of its API 2.1, by page or by row. */
export const sentinelOne: EventSource = {
	id: 'sentinelone',
	name: 'SentinelOne',
	record: 'a threat or an alert of SentinelOne',
	resolvesCarry: ['company', 'asset', 'product'],
	// No document says that ids are those of all consoles together.
	keys: 'shared',
	ends: 'reported',
	companyField: 'agentDetectionInfo.siteName',
	sample: {
		id: '1429600455345937931',
		threatInfo: {
			threatId: '1429600455345937931',
			threatName: 'invoice.exe',
			classification: 'Malware',
			confidenceLevel: 'malicious',
			incidentStatus: 'unresolved',
			mitigationStatus: 'not_mitigated',
			analystVerdict: 'undefined',
			filePath: 'C:\\Users\\Public\\invoice.exe',
			updatedAt: '2026-05-04T09:12:33.148494Z',
		},
		agentDetectionInfo: {
			agentUuid: '43212c10a64648eda66c00c50f36ec32',
			agentIpV4: '10.0.0.5',
			siteId: '1428013552405892636',
			siteName: 'Contoso Ltd',
		},
		agentRealtimeInfo: { agentId: '1429321527466176435', agentComputerName: 'PC-0042' },
	},

	recognises(payload) {
		if (!isRecord(payload)) return false;
		return Array.isArray(payload.data) ? payload.data.some(isRow) : isRow(payload);
	},

	records(payload) {
		const body = asRecord(payload, 'a threat or an alert of SentinelOne');
		if (Array.isArray(body.data)) return { records: body.data, envelope: {} };
		if (!isRecord(body.threatInfo) && !isRecord(body.alertInfo)) {
			const got = describe(body.threatInfo);
			throw new EventInputError('threatInfo', 'a threat (or alertInfo)', got, NEXT);
		}
		return { records: [body], envelope: {} };
	},

	read(record, context) {
		const row = asRecord(record, 'a threat or an alert of SentinelOne');
		return isRecord(row.alertInfo) ? readAlert(row, context) : readThreat(row, context);
	},
};
