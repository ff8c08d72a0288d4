import type { EventStatus, ScannerEvent } from '../../event/event';
import type { JsonRecord } from '../../values/json';
import { flagAt, numberAt, textAt, timeAt, valueAt } from '../common/paths';
import type { SourceContext } from '../common/source';

/** Kinds of rows, told apart by members that no other kind has. */
export type RowKind =
	| 'adAudit'
	| 'systemEvent'
	| 'certificate'
	| 'job'
	| 'vulnerability'
	| 'remediation'
	| 'port'
	| 'agent';

/** Feeds whose rows say by being there that something is over. */
const RESOLVED_FEED = /resolved|remediated|remediate_records/i;
const SUPPRESSED_FEED = /suppressed/i;
const RESOLVED_WORD = /^(?:resolved|remediated|closed|fixed|completed|patched)$/i;

const KINDS: ReadonlyArray<[RowKind, (row: JsonRecord) => boolean]> = [
	['adAudit', (row) => numberAt(row, 'event_id', 'eventId') !== null && hasAny(row, AD_MEMBERS)],
	['systemEvent', (row) => hasAny(row, ['event_name', 'eventName'])],
	['certificate', (row) => hasAny(row, ['not_valid_after', 'notValidAfter'])],
	['job', (row) => hasAny(row, ['job_id', 'jobId'])],
	['vulnerability', (row) => hasAny(row, ['vul_id', 'vulId', 'problem_name', 'problemName'])],
	['remediation', (row) => hasAny(row, ['solution_id', 'solutionId', 'fix', 'remediation_action'])],
	[
		'port',
		(row) =>
			hasAny(row, ['port']) && hasAny(row, ['ip', 'asset_id', 'assetId', 'host_name', 'hostName']),
	],
	['agent', (row) => hasAny(row, ['agent_type', 'agentType', 'last_ping_time'])],
];

const AD_MEMBERS = [
	'subject_user_name',
	'target_user_name',
	'computer_name',
	'object_dn',
	'subject_user_sid',
	'target_sid',
	'channel',
];

function hasAny(row: JsonRecord, members: readonly string[]): boolean {
	return members.some((member) => textAt(row, member) !== null);
}

/** Kind of a row; null for one that no feed of findings has. */
export function kindOf(row: JsonRecord): RowKind | null {
	return KINDS.find(([, is]) => is(row))?.[0] ?? null;
}

/** Members that every kind may have, in the spelling of either generation. */
export interface RowParts {
	companyId: string | null;
	companyName: string | null;
	assetId: string | null;
	agentId: string | null;
	hostName: string | null;
	ip: string | null;
	asset: Partial<ScannerEvent['asset']>;
	severity: string | null;
}

/** @param row of any feed */
export function partsOf(row: JsonRecord): RowParts {
	const assetId = textAt(row, 'asset_id', 'assetId');
	const agentId = textAt(row, 'agent_id', 'agentId');
	const hostName = textAt(row, 'host_name', 'hostName', 'agent_host_name', 'computer_name', 'name');
	// Several addresses stand in one text.
	const ip =
		textAt(row, 'ip', 'ip_address', 'ipAddress', 'agent_ip', 'ip_addresses')?.split(/[,\s]+/)[0] ??
		null;
	return {
		companyId: textAt(row, 'company_id', 'companyId'),
		companyName: textAt(row, 'company_name', 'companyName', 'source_company_name'),
		assetId,
		agentId,
		hostName,
		ip,
		asset: { id: assetId ?? agentId, name: hostName, ip, mac: textAt(row, 'mac', 'mac_address') },
		severity: textAt(row, 'severity'),
	};
}

function isSuppressed(row: JsonRecord, feed: string, context: SourceContext): boolean {
	if (!flagAt(row, 'is_suppressed') && !SUPPRESSED_FEED.test(feed)) return false;
	// A suppression ends: then the problem is open again although the flag stands.
	const until = timeAt(row, context, 'suppressed_till', 'suppressedTill');
	return until === null || until > context.receivedAt;
}

/** Name of the feed that a page was read from, as the user's flow puts it beside the rows; '' when it does not. */
export function feedOf(envelope: JsonRecord): string {
	return textAt(envelope, 'feed', '_feed', 'operation') ?? '';
}

/**
 * State of a row: by its own word where it has one, else by the feed. A row in a feed of resolved records is over; a
 * row in any other is open, for as long as it is in it.
 */
export function feedStateOf(
	row: JsonRecord,
	envelope: JsonRecord,
	context: SourceContext,
): EventStatus {
	const feed = feedOf(envelope);
	const status = valueAt(row, 'status');
	if (typeof status === 'string' && RESOLVED_WORD.test(status.trim())) return 'resolved';
	if (flagAt(row, 'is_remediated') || RESOLVED_FEED.test(feed)) return 'resolved';
	return isSuppressed(row, feed, context) ? 'suppressed' : 'open';
}
