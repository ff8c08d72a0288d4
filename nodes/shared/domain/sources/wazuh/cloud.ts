import type { EventStatus } from '../../event/event';
import { foldedName, joinedPart, shortHash } from '../../event/keys';
import { entryOf, isRecord } from '../../values/json';
import { flagAt, textAt, valueAt } from '../common/paths';
import { detection, partsAt, statusOfWord, type WazuhFinding, type WazuhKind } from './finding';

/** Status of an alert (alerts_v2) and of an incident in Microsoft Graph's security API. */
const GRAPH_STATES: Readonly<Record<string, EventStatus>> = {
	new: 'open',
	active: 'open',
	inprogress: 'open',
	awaitingaction: 'open',
	unknown: 'open',
	resolved: 'resolved',
};
/** What Graph's security API calls its two kinds of problems; an alert and an incident may have one number. */
const GRAPH_PROBLEMS: Readonly<Record<string, string>> = {
	alerts: 'alert',
	alerts_v2: 'alert',
	incidents: 'incident',
};

/** Microsoft Graph, rules 99500 to 99699: its alerts and incidents, by their own ids; other records are entries of a log. */
export const graphKind: WazuhKind = (alert) => {
	const graph = valueAt(alert.data, 'ms-graph');
	if (!isRecord(graph)) return null;
	const id = textAt(graph, 'id');
	const relationship = textAt(graph, 'relationship') ?? '';
	const tenant = textAt(graph, 'tenantId');
	const company = { id: tenant };
	const problem = entryOf(GRAPH_PROBLEMS, relationship);
	if (id === null) return null;
	if (problem === undefined) {
		return {
			finding: joinedPart('ms-graph', relationship, id),
			cloud: tenant,
			...detection('open'),
			extra: { company },
		};
	}
	const status = statusOfWord(GRAPH_STATES, textAt(graph, 'status'), 'open');
	const harmless = textAt(graph, 'classification')?.toLowerCase() === 'falsepositive';
	return {
		finding: joinedPart('ms-graph', problem, id),
		cloud: tenant,
		...detection(harmless && status === 'open' ? 'suppressed' : status),
		extra: {
			company,
			url: textAt(graph, 'alertWebUrl', 'incidentWebUrl'),
			description: textAt(graph, 'description'),
			remediation: textAt(graph, 'recommendedActions'),
			...(status === 'resolved' && harmless && { resolution: { reason: 'manual' as const } }),
		},
	};
};

/** Status of an alert of the Security & Compliance Center in Office 365's audit log. */
const OFFICE_STATES: Readonly<Record<string, EventStatus>> = {
	active: 'open',
	investigating: 'open',
	resolved: 'resolved',
	dismissed: 'suppressed',
};

/** Parameters of an Exchange command that say whom or what it is about; the others say how. */
const COMMAND_PARAMETERS: ReadonlySet<string> = new Set([
	'Identity',
	'User',
	'Member',
	'Members',
	'Trustee',
	'Name',
	'ForwardTo',
	'RedirectTo',
	'ForwardAsAttachmentTo',
	'ForwardingSmtpAddress',
	'ForwardingAddress',
]);

function commandOf(parameters: unknown): string | null {
	const list: unknown[] = Array.isArray(parameters) ? parameters : [];
	const told = list
		.filter((entry) => COMMAND_PARAMETERS.has(textAt(entry, 'Name') ?? ''))
		.map((entry) => `${textAt(entry, 'Name')}=${foldedName(textAt(entry, 'Value')) ?? ''}`)
		.sort();
	return told.length === 0 ? null : shortHash(told.join(';'));
}

/**
 * Office 365, rules 91531 to 91650: an alert by its id; every other record by who did what to which object. The
 * record's own `Id` is another at each firing.
 */
export const officeKind: WazuhKind = (alert) => {
	const office = valueAt(alert.data, 'office365');
	if (!isRecord(office)) return null;
	const tenant = textAt(office, 'OrganizationId');
	const user = textAt(office, 'UserId');
	const extra = { company: { id: tenant }, user: { name: user } };
	const id = textAt(office, 'AlertId');
	if (id !== null) {
		return {
			finding: joinedPart('office365 alert', id),
			cloud: tenant,
			...detection(statusOfWord(OFFICE_STATES, textAt(office, 'Status'), 'open')),
			extra,
		};
	}
	return {
		finding: joinedPart('office365', textAt(office, 'Workload'), textAt(office, 'Operation')),
		discriminator: joinedPart(
			foldedName(user),
			textAt(
				office,
				'ObjectId',
				'ItemName',
				'SharePointMetaData.FilePathUrl',
				'ExchangeMetaData.MessageID',
				'Item.InternetMessageId',
				'SourceFileName',
				'MailboxGuid',
			),
			textAt(office, 'TargetUserOrGroupName', 'ModifiedObjectResolvedName'),
			commandOf(office.Parameters),
		),
		cloud: tenant,
		...detection('open'),
		extra,
	};
};

/** Words of Amazon Inspector, Security Hub's workflow and its compliance, and Trusted Advisor. */
const AWS_STATES: Readonly<Record<string, EventStatus>> = {
	active: 'open',
	closed: 'resolved',
	suppressed: 'suppressed',
	new: 'open',
	notified: 'open',
	resolved: 'resolved',
	failed: 'open',
	warning: 'open',
	passed: 'resolved',
	warn: 'open',
	error: 'open',
	ok: 'resolved',
};

/** Security Hub: what a person did to the finding goes before its compliance; an archived one is not told to be over. */
function securityHubStatus(finding: unknown): EventStatus {
	const workflow = statusOfWord(AWS_STATES, textAt(finding, 'Workflow.Status'), 'open');
	if (workflow !== 'open') return workflow;
	const compliance = statusOfWord(AWS_STATES, textAt(finding, 'Compliance.Status'), 'open');
	if (compliance === 'resolved') return 'resolved';
	return textAt(finding, 'RecordState')?.toUpperCase() === 'ARCHIVED' ? 'info' : compliance;
}

/** GuardDuty, Security Hub, Inspector, Macie and Trusted Advisor: by the finding's own id. */
export const awsKind: WazuhKind = (alert) => {
	const aws = valueAt(alert.data, 'aws');
	if (!isRecord(aws)) return null;
	const source = textAt(aws, 'source')?.toLowerCase() ?? '';
	const account = textAt(
		aws,
		'accountId',
		'aws_account_id',
		'awsAccountId',
		'finding.AwsAccountId',
	);
	const extra = { company: { id: account } };
	const known = (finding: string, status: EventStatus): WazuhFinding => ({
		finding,
		cloud: account,
		...detection(status),
		extra,
	});
	const hub = textAt(aws, 'finding.Id');
	if (hub !== null) return known(joinedPart('security hub', hub), securityHubStatus(aws.finding));
	if (source === 'trustedadvisor') {
		return known(
			joinedPart('trusted advisor', textAt(aws, 'check-name', 'check_name')) +
				`/${partsAt(aws, 'resource_id', 'uuid')}`,
			statusOfWord(AWS_STATES, textAt(aws, 'status'), 'info'),
		);
	}
	if (source === 'guardduty') {
		const id = textAt(aws, 'id', 'arn');
		if (id === null) return null;
		const archived = flagAt(aws, 'service.archived');
		return known(joinedPart('guardduty', id), archived ? 'suppressed' : 'open');
	}
	if (source === 'inspector' || source === 'macie') {
		const id = textAt(aws, 'findingArn', 'arn', 'alert-arn', 'id');
		if (id === null) return null;
		return known(joinedPart(source, id), statusOfWord(AWS_STATES, textAt(aws, 'status'), 'open'));
	}
	return null;
};

/** GitHub's audit log: alerts about a dependency, a secret or the code begin and end by their action. */
const GITHUB_ENDS: Readonly<Record<string, EventStatus>> = {
	create: 'open',
	reopen: 'open',
	reintroduce: 'open',
	resolve: 'resolved',
	fix: 'resolved',
	auto_resolve: 'resolved',
	dismiss: 'suppressed',
};
const GITHUB_ALERTS: ReadonlySet<string> = new Set([
	'repository_vulnerability_alert',
	'secret_scanning_alert',
	'code_scanning_alert',
]);

/** GitHub, rules 91100 to 91449: an alert by its number in its repository; any other entry by who did what to what. */
export const gitHubKind: WazuhKind = (alert) => {
	const github = valueAt(alert.data, 'github');
	if (!isRecord(github)) return null;
	const action = textAt(github, 'action') ?? '';
	const [kind = '', end = ''] = action.split('.');
	const place = partsAt(github, 'org', 'repo');
	if (GITHUB_ALERTS.has(kind)) {
		return {
			finding: joinedPart('github', kind),
			discriminator: `${place}/${partsAt(github, 'alert_number', 'alert_id', 'number', 'ghsa_id')}`,
			cloud: textAt(github, 'org'),
			...detection(statusOfWord(GITHUB_ENDS, end, 'info')),
		};
	}
	return {
		finding: joinedPart('github', action),
		discriminator: `${place}/${partsAt(github, 'actor', 'user', 'team', 'hook_id', 'key', 'name')}`,
		cloud: textAt(github, 'org'),
		...detection('open'),
		extra: { user: { name: textAt(github, 'actor') } },
	};
};
