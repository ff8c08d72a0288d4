import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { OPERATIONS } from './operations';

function only(...operations: Array<(typeof OPERATIONS)[number]>): IDisplayOptions {
	return { show: { operation: operations } };
}

function kept(
	displayName: string,
	name: string,
	byDefault: number,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: byDefault,
		description,
		displayOptions: only('findOld'),
	};
}

/** Parameters beside Operation. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Table Names',
		name: 'tableNames',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. halo_inbox, halo_errors',
		description: 'Names of the Data Tables, with commas between them',
		displayOptions: only('findTables'),
	},
	{
		displayName: 'Integrations',
		name: 'integrations',
		type: 'string',
		required: true,
		default: 'default',
		placeholder: 'e.g. default, office',
		description:
			'Whose rows are handled: names as Scanner Trigger has them, with commas between them',
		displayOptions: only('begin'),
	},
	{
		displayName: 'Rows per Run',
		name: 'rowsPerRun',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		description: 'Most rows that one run handles',
		displayOptions: only('begin', 'choose'),
	},
	{
		displayName: 'Tables',
		name: 'tables',
		type: 'json',
		default: '{}',
		description:
			'IDs of the tables by name: what Find Tables gave out, or the member tables of what Begin gave out',
		displayOptions: only('choose', 'findOld'),
	},
	kept('Keep Days', 'keepDays', 30, 'Done rows go after so many days'),
	kept('Keep Dead Days', 'keepDeadDays', 30, 'Dead rows go so many days after they came in'),
	kept('Keep Held Days', 'keepHeldDays', 90, 'Held rows go so many days after they came in'),
	kept(
		'Keep Rows',
		'keepRows',
		50_000,
		'Done, dead and long held rows further back than the newest so many rows go',
	),
	kept(
		'Keep Error Days',
		'keepErrorDays',
		30,
		'Errors that people were told of go after so many days',
	),
	{
		displayName: 'N8n Started At',
		name: 'startedAt',
		type: 'string',
		default: '',
		description:
			'When n8n started, if that is what started the run; a run that was at work before is over',
		displayOptions: only('choose'),
	},
	{
		displayName: 'Integration',
		name: 'integration',
		type: 'string',
		default: 'default',
		description: 'Whose poll it is, as halo_sync_status names it',
		displayOptions: only('checkpoint', 'endFeeds', 'endPoll'),
	},
	{
		displayName: 'Flow',
		name: 'flow',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. poll-tickets',
		description: 'Name of the poll, as halo_sync_status names it',
		displayOptions: only('checkpoint', 'endFeeds', 'endPoll'),
	},
	{
		displayName: 'Only New',
		name: 'onlyNew',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave out what stands in halo_inbox already, by dedup key and delivery ID: for polls, which read the same records again. Its rows come in on Stored Before.',
		displayOptions: only('store'),
	},
	{
		displayName: 'Overlap (Minutes)',
		name: 'overlapMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 10,
		description: 'How much of what the last poll read is read again',
		displayOptions: only('checkpoint'),
	},
	{
		displayName: 'First Look Back (Hours)',
		name: 'firstLookBackHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		description: 'How far the first poll looks back',
		displayOptions: only('checkpoint'),
	},
	{
		displayName: 'Counts',
		name: 'counts',
		type: 'json',
		default: '{}',
		description: 'What the poll did, by name, for the column counts of halo_sync_status',
		displayOptions: only('endPoll'),
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'string',
		required: true,
		default: '',
		description: 'From when the poll reads, as Checkpoint gave it',
		displayOptions: only('changes'),
	},
	{
		displayName: 'Changed At',
		name: 'changedAt',
		type: 'string',
		required: true,
		default: '',
		description: 'When the ticket was changed, as the list of tickets had it',
		displayOptions: only('changes'),
	},
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'json',
		default: '{}',
		description:
			'Quiet time, most notices of an hour, recipients and ways, as the node Settings of the template notices has them',
		displayOptions: only('notices'),
	},
	{
		displayName: 'Notice',
		name: 'notice',
		type: 'json',
		default: "={{ $('Notices').item.json }}",
		description: 'The item of Notices that was sent',
		displayOptions: only('sent'),
	},
	{
		displayName: 'Which Findings',
		name: 'which',
		type: 'string',
		default: '',
		placeholder: 'e.g. dead',
		description: 'Begins with a state: dead, failed or held; or with all',
		displayOptions: only('findWaiting', 'offerReplay'),
	},
	{
		displayName: 'Choice',
		name: 'choice',
		type: 'string',
		default: '',
		description: 'What was chosen on the form; the number in front counts',
		displayOptions: only('replay'),
	},
	{
		displayName: 'Offered',
		name: 'offered',
		type: 'json',
		default: '{}',
		description: 'The item that Offer Replay gave out',
		displayOptions: only('replay'),
	},
	{
		displayName: 'Lease',
		name: 'lease',
		type: 'json',
		default: '{}',
		description: 'The item that Choose gave out on Lease',
		displayOptions: only('take', 'settle'),
	},
	{
		displayName: 'Keep Trying (Days)',
		name: 'keepTryingDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 7,
		description: 'A row that came in longer ago and still fails is given up: a person has to look',
		displayOptions: only('settle'),
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		default: 'incoming',
		description: 'Whose failure it is when neither Halo nor full tables are behind it',
		options: [
			{
				name: 'Incoming',
				value: 'incoming',
				description: 'An event could not be stored or read',
			},
			{
				name: 'Outgoing',
				value: 'outgoing',
				description: 'Another system could not be reached, or said no',
			},
		],
		displayOptions: only('errorRow'),
	},
];
