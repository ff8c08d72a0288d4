import type { INodeProperties } from 'n8n-workflow';

import { clientLocator } from '../shared/n8n/locator';

/** Values of the parameter Operation. */
export const IMPORT_OPERATIONS = ['beginSync', 'getCompanies', 'syncBatch'] as const;

/** Order of the outputs; the operations and the description share it. */
export const OUTPUTS = {
	beginSync: { start: 0, connectSecure: 1 },
	getCompanies: { companies: 0, summary: 1 },
	syncBatch: { newCompanies: 0, changedCompanies: 1, others: 2, status: 3 },
} as const;

/** Order of the inputs. */
export const INPUTS = { beginSync: { status: 0, tables: 1 } } as const;

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ ($parameter.operation === 'beginSync' ? ['Status', 'Tables'] : ['']).map((displayName) => ({ type: 'main', displayName })) }}";

/** As `inputs`. */
export const outputs =
	"={{ ({ beginSync: ['Start', 'ConnectSecure'], syncBatch: ['New Companies', 'Changed Companies', 'Others', 'Status'] }[$parameter.operation] || ['Companies', 'Summary']).map((displayName) => ({ type: 'main', displayName })) }}";

/** Rows per page when nothing else is asked: Halo's own cap. */
export const DEFAULT_PAGE_SIZE = 100;
/** No tenant is known to give more rows at once than this, so a larger number is a mistake. */
export const LARGEST_PAGE_SIZE = 1_000;
/** Minutes that a sync reads twice: Halo's times of change are those of its own clock. */
export const DEFAULT_OVERLAP_MINUTES = 10;

const onlyAll = { operation: ['getCompanies'], from: ['all'] };

const selected: INodeProperties = {
	displayName: 'Select Companies',
	name: 'selected',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Company' },
	placeholder: 'Add Company',
	default: {},
	description: 'The clients to import; each stands as an entry of its own and can be removed',
	displayOptions: { show: { operation: ['getCompanies'], from: ['selected'] } },
	options: [
		{
			displayName: 'Company',
			name: 'company',
			values: [clientLocator({ displayName: 'Halo Client', name: 'client' })],
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { operation: ['getCompanies'] } },
	options: [
		{
			displayName: 'Include Inactive',
			name: 'includeInactive',
			type: 'boolean',
			default: false,
			description:
				'Whether to import inactive records too. Needed to tell an inactive client from a deleted one.',
		},
		{
			displayName: 'Overlap (Minutes)',
			name: 'overlapMinutes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10_080 },
			default: DEFAULT_OVERLAP_MINUTES,
			description:
				'Minutes before Updated Since that are read again, since Halo keeps its own clock',
		},
		{
			displayName: 'Pages per Run',
			name: 'pagesPerRun',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Pages after which to stop with a checkpoint, so that a workflow can store a batch and go on. 0 means all pages.',
		},
		{
			displayName: 'Reference Field ID',
			name: 'referenceField',
			type: 'number',
			default: 0,
			description:
				"ID of the custom field that stands for the client reference. 0 means Halo's own Client Reference ($CLIENT_REFERENCE).",
		},
		{
			displayName: 'Resume From',
			name: 'resumeFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.checkpoint }}',
			description: 'Checkpoint of an import that was cut short. Empty means from the first page.',
		},
		{
			displayName: 'Updated Since',
			name: 'updatedSince',
			type: 'dateTime',
			default: '',
			description: 'Import only what changed since then. Empty means everything.',
		},
	],
};

/** Fields of the operations that keep companies in step. */
const syncFields: INodeProperties[] = [
	{
		displayName: 'Settings',
		name: 'settings',
		type: 'json',
		default: '{}',
		description: 'What the node Settings of the template sync-companies has',
		displayOptions: { show: { operation: ['beginSync'] } },
	},
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'json',
		default: '{}',
		description: 'The item that Begin Sync gave out',
		displayOptions: { show: { operation: ['syncBatch'] } },
	},
	{
		displayName: 'Checkpoint',
		name: 'checkpoint',
		type: 'string',
		default: '',
		description:
			'Where to go on: the checkpoint of the batch before, or that of the plan. Empty means from the first page.',
		displayOptions: { show: { operation: ['syncBatch'] } },
	},
	{
		displayName: 'Counts',
		name: 'counts',
		type: 'string',
		default: '',
		description: 'Column counts after the batch before. Empty for the first one.',
		displayOptions: { show: { operation: ['syncBatch'] } },
	},
];

/** Everything that the node asks. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'getCompanies',
		options: [
			{
				name: 'Begin Sync',
				value: 'beginSync',
				action: 'Begin a sync of companies',
				description:
					'Say what this run of the company sync does: nothing, a dry run, or all of it. Sends nothing to Halo.',
			},
			{
				name: 'Get Companies',
				value: 'getCompanies',
				action: 'Get companies from halo',
				description:
					'Get the clients of Halo, and their sites, contacts and assets. Writes nothing to Halo.',
			},
			{
				name: 'Sync Batch',
				value: 'syncBatch',
				action: 'Import a batch of companies',
				description:
					'Read some pages, and say what is new or changed in halo_companies and where to go on. Its input are the rows of halo_companies.',
			},
		],
	},
	...syncFields,
	{
		displayName: 'Companies',
		name: 'from',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		displayOptions: { show: { operation: ['getCompanies'] } },
		options: [
			{
				name: 'All or Search Result',
				value: 'all',
				description: 'Every client that the search finds; without a search every client',
			},
			{
				name: 'By ID',
				value: 'ids',
				description: 'Clients whose IDs an expression gives',
			},
			{
				name: 'Selected',
				value: 'selected',
				description: 'Clients that are picked from a list',
			},
		],
	},
	{
		displayName:
			'When Halo fails in the middle, the run stops and what was read is lost. Set On Error to Continue in the settings of this node: then the rows so far come out, and the item on Summary carries the error and a checkpoint for Resume From.',
		name: 'failureNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['getCompanies'], from: ['all'], returnAll: [true] } },
	},
	selected,
	{
		displayName: 'Client IDs',
		name: 'ids',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 12, 17',
		description: 'Numbers of the clients, divided by commas, or a list from an expression',
		displayOptions: { show: { operation: ['getCompanies'], from: ['ids'] } },
	},
	{
		displayName: 'Entities',
		name: 'entities',
		type: 'multiOptions',
		default: ['clients'],
		displayOptions: { show: { operation: ['getCompanies'] } },
		options: [
			{ name: 'Assets', value: 'assets' },
			{ name: 'Clients', value: 'clients' },
			{ name: 'Contacts (Users)', value: 'users' },
			{ name: 'Sites', value: 'sites' },
		],
		description: 'What to import. Assets need the scope read:assets, the others read:customers.',
	},
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. Contoso',
		description:
			'Text that Halo looks for, for clients in name, reference and domain. Empty means all.',
		displayOptions: { show: onlyAll },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: true,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: onlyAll },
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LARGEST_PAGE_SIZE },
		default: DEFAULT_PAGE_SIZE,
		description:
			'Rows per page. Hosted Halo gives at most 100 at once; more are read with several requests.',
		displayOptions: { show: onlyAll },
	},
	{
		displayName: 'Page',
		name: 'page',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'Which page to get, from 1',
		displayOptions: { show: { ...onlyAll, returnAll: [false] } },
	},
	options,
];
