import type { INodeProperties } from 'n8n-workflow';

import { additionalFields } from '../shared/n8n/source-additional-fields';
import { companyFields, integrationField, sourceField } from '../shared/n8n/source-fields';

/** Values of the parameter Operation. */
export const SCANNER_OPERATIONS = [
	'createConnectSecureCompanies',
	'getConnectSecureCompanies',
	'normalise',
	'pollConnectSecure',
] as const;

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	createConnectSecureCompanies: { created: 0, notCreated: 1 },
	pollConnectSecure: { events: 0, lookUp: 1, feeds: 2 },
} as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const outputs =
	"={{ ({ createConnectSecureCompanies: ['Created', 'Not Created'], pollConnectSecure: ['Events', 'Look Up', 'Feeds'] }[$parameter.operation] || ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** Rows of a page: what the API gives when nobody says how many. */
export const POD_PAGE_SIZE = 100;

/** Rows may be written a little later than their time says, and clocks differ. */
export const POLL_OVERLAP_MINUTES = 60;

function only(
	operations: Array<(typeof SCANNER_OPERATIONS)[number]>,
	field: INodeProperties,
): INodeProperties {
	const show = { operation: operations, ...field.displayOptions?.show };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

const feeds: INodeProperties = {
	displayName: 'Feeds',
	name: 'feeds',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Feed' },
	placeholder: 'Add Feed',
	default: {},
	description:
		'What is read. A feed whose name says resolved or remediated closes, every other one opens.',
	displayOptions: { show: { operation: ['pollConnectSecure'] } },
	options: [
		{
			displayName: 'Feed',
			name: 'feed',
			values: [
				{
					displayName: 'Path',
					name: 'path',
					type: 'string',
					default: '',
					required: true,
					placeholder: '/r/report_queries/get_remediation',
					description: 'Path of the feed, as the API documentation of ConnectSecure has it',
				},
				{
					displayName: 'Time Column',
					name: 'time',
					type: 'string',
					default: '',
					placeholder: 'e.g. updated',
					description:
						'Column that tells new rows. Empty reads the whole feed every time: right for short feeds, and where the columns are not known.',
				},
			],
		},
	],
};

const pollOptions: INodeProperties = {
	displayName: 'Options',
	name: 'pollOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { operation: ['pollConnectSecure'] } },
	options: [
		{
			displayName: 'Overlap (Minutes)',
			name: 'overlapMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: POLL_OVERLAP_MINUTES,
			description: 'How much of what the last poll read is read again',
		},
		{
			displayName: 'Page Size',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: POD_PAGE_SIZE,
			description: 'Rows that are asked for at once',
		},
	],
};

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'normalise',
		options: [
			{
				name: 'Create Companies in ConnectSecure',
				value: 'createConnectSecureCompanies',
				action: 'Create companies in connect secure',
				description:
					'Make each company that ConnectSecure does not have yet. Its list is read before and afterwards, so that nothing is made twice when an answer is lost.',
			},
			{
				name: 'Get Companies of ConnectSecure',
				value: 'getConnectSecureCompanies',
				action: 'Get companies of connect secure',
				description: 'Read all companies of ConnectSecure, page after page',
			},
			{
				name: 'Poll ConnectSecure',
				value: 'pollConnectSecure',
				action: 'Poll connect secure for events',
				description: 'Read what is new in the feeds of ConnectSecure, as one item per event',
			},
			{
				name: 'Read Payload',
				value: 'normalise',
				action: 'Read events from a payload',
				description: 'Turn what a scanner reported, or what was read from a file, into events',
			},
		],
	},
	only(['normalise'], sourceField),
	only(['normalise'], {
		displayName: 'Payload',
		name: 'payload',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description:
			'What the source reported, as an object or as text. Behind a Webhook node it is the body.',
	}),
	{
		displayName:
			'Connect a Data Table node that gets the row of this poll in halo_sync_status, with "Always Output Data" on: its checkpoint says where to go on, and with enabled off nothing is read. Choose the credential ConnectSecure Bridge API.',
		name: 'pollNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['pollConnectSecure'] } },
	},
	only(['normalise', 'pollConnectSecure'], integrationField),
	feeds,
	pollOptions,
	...companyFields(false).map((field) => only(['normalise'], field)),
	only(['normalise', 'pollConnectSecure'], additionalFields(false)),
];
