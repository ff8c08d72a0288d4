import type { EventStatus, ScannerEvent } from '../../event/event';
import { EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { flagAt, numberAt, textAt, timeAt } from '../common/paths';
import type { SourceContext } from '../common/source';
import { saysOver } from './words';

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

/** Feeds whose rows say by being there that something is over. Operations of the vendor's API, version 4. */
const RESOLVED_FEEDS: ReadonlySet<string> = new Set([
	'resolved_remediation',
	'get_remediate_records',
	'remediate_records',
	'remediate_records_companies',
	'remediate_records_assets',
	'remediate_records_days',
	'remediated_registry_solution_plan',
]);
const SUPPRESSED_FEEDS: ReadonlySet<string> = new Set([
	'suppressed_problems',
	'suppress_vulnerability',
	'suppress_vulnerability_problems',
	'suppress_vulnerability_problems_sid',
	'suppress_vulnerability_solution',
	'vulnerabilities_details_suppressed',
]);
/** Words of a feed's name that say that its rows are not simply open. */
const STATE_WORDS: ReadonlySet<string> = new Set([
	...['resolved', 'remediated', 'remediate', 'suppressed', 'suppress', 'closed', 'fixed'],
	...['completed', 'patched', 'deleted', 'history'],
]);

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

/** Members of the rows whose `name` is that of what was found. */
const NAMED_MEMBERS = [
	'vul_id',
	'vulId',
	'problem_name',
	'problemName',
	'solution_id',
	'solutionId',
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
	const host = textAt(row, 'host_name', 'hostName', 'agent_host_name', 'computer_name');
	// Of a vulnerability or a solution `name` is the name of that, not of a host.
	const hostName = host ?? (hasAny(row, NAMED_MEMBERS) ? null : textAt(row, 'name'));
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
	if (!flagAt(row, 'is_suppressed') && !SUPPRESSED_FEEDS.has(feed)) return false;
	// A suppression ends: then the problem is open again although the flag stands.
	const until = timeAt(row, context, 'suppressed_till', 'suppressedTill');
	return until === null || until > context.receivedAt;
}

/**
 * Name of the feed that a page was read from, as the user's flow puts it beside the rows: the last part of its path,
 * lower case; '' when it does not.
 */
export function feedOf(envelope: JsonRecord): string {
	const written = textAt(envelope, 'feed', '_feed', 'operation') ?? '';
	const path = written.split('?')[0] ?? '';
	return (
		path
			.trim()
			.toLowerCase()
			.split('/')
			.filter((part) => part !== '')
			.pop() ?? ''
	);
}

/**
 * State of a row: by its own word where it has one, else by the feed. A row in a feed of resolved records is over; a
 * row in any other is open, for as long as it is in it.
 * @throws EventInputError for a feed whose name speaks of a state without being one that is known
 */
export function feedStateOf(
	row: JsonRecord,
	envelope: JsonRecord,
	context: SourceContext,
	kind: RowKind,
): EventStatus {
	const feed = feedOf(envelope);
	const remediation = kind === 'remediation' || kind === 'vulnerability';
	const status = textAt(row, 'status');
	if (status !== null && saysOver(status, remediation)) return 'resolved';
	if (flagAt(row, 'is_remediated') || RESOLVED_FEEDS.has(feed)) return 'resolved';
	if (isSuppressed(row, feed, context)) return 'suppressed';
	const odd = feed.split(/[^a-z\d]+/).find((word) => STATE_WORDS.has(word));
	if (odd === undefined || SUPPRESSED_FEEDS.has(feed)) return 'open';
	throw new EventInputError(
		'feed',
		`a feed of the API, such as ${[...RESOLVED_FEEDS].slice(0, 2).join(', ')}`,
		feed,
		'Whether its rows are open cannot be told. Write the name of the feed as the API has it.',
	);
}
