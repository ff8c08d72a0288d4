import type { INodeProperties } from 'n8n-workflow';

import { clientLocator } from '../shared/n8n/locator';
import { ACCENTS_DO_NOT_COUNT, autoMapFields, newRows } from './auto-map-fields';
import { checkFields } from './check-fields';
import { linkFields } from './link-fields';

/** Order of the outputs; the operation and the description share it. */
export const OUTPUTS = {
	mapped: 0,
	review: 1,
	unmapped: 2,
	sync: {
		newCompanies: 0,
		changedCompanies: 1,
		newMappings: 2,
		changedMappings: 3,
		create: 4,
		status: 5,
	},
	endSync: { created: 0, status: 1 },
} as const;

/** Order of the inputs of Sync and End Sync. */
export const INPUTS = {
	sync: { companies: 0, clients: 1, mappings: 2, summary: 3, connectSecure: 4 },
	endSync: { status: 0, created: 1, notCreated: 2 },
} as const;

const pairs: INodeProperties = {
	displayName: 'Companies',
	name: 'pairs',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		multipleValueButtonText: 'Add Company',
		fixedCollection: { itemTitle: '={{ $collection.item.value.company }}' },
	},
	placeholder: 'Add Company',
	default: {},
	description: 'Which company of the source belongs to which Halo client',
	displayOptions: { show: { operation: ['resolve'], mappingFrom: ['pairs'] } },
	options: [
		{
			displayName: 'Company',
			name: 'pair',
			values: [
				{
					displayName: 'Company',
					name: 'company',
					type: 'string',
					default: '',
					required: true,
					placeholder: 'e.g. Contoso Ltd',
					description:
						'Name or ID of the company as the source sends it. Case, spacing, punctuation and the legal form do not matter.',
				},
				clientLocator({
					displayName: 'Halo Client',
					name: 'client',
					description: 'The client in Halo that gets the tickets of this company',
				}),
				{
					displayName: 'More',
					name: 'more',
					type: 'collection',
					placeholder: 'Add Option',
					default: {},
					options: [
						{
							displayName: 'Create Ticket',
							name: 'createTicket',
							type: 'boolean',
							default: true,
							description:
								'Whether events of this company may make tickets. Off means: mapping only.',
						},
						{
							displayName: 'Event Set',
							name: 'eventSet',
							type: 'string',
							default: '',
							description: 'Name of the event set of this company. Empty means the default set.',
						},
						{
							displayName: 'No Notification',
							name: 'noNotification',
							type: 'boolean',
							default: false,
							description: 'Whether events of this company are recorded without ticket and message',
						},
						{
							displayName: 'Profile',
							name: 'profile',
							type: 'string',
							default: '',
							description:
								'Name of the integration profile of this company. Empty means the profile that fits the event set and the severity.',
						},
					],
				},
			],
		},
	],
};

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'resolve',
		options: [
			{
				name: 'Auto-Map',
				value: 'autoMap',
				action: 'Auto map companies to halo clients',
				description:
					'Map companies to Halo clients of exactly the same name; suggest the rest. Sends nothing to Halo.',
			},
			{
				name: 'Check',
				value: 'check',
				action: 'Check a company mapping for drift',
				description: 'Find mapping rows whose client was renamed, merged, deactivated or deleted',
			},
			{
				name: 'End Sync',
				value: 'endSync',
				action: 'End a sync of companies',
				description:
					'Say how the company sync went, with what became of companies that were to be made in ConnectSecure',
			},
			{
				name: 'Link',
				value: 'link',
				action: 'Link a company to a halo client',
				description: 'Link companies to clients that you pick, after looking them up in Halo',
			},
			{
				name: 'Resolve',
				value: 'resolve',
				action: 'Resolve the company of an event to its halo client',
				description: 'Find the Halo client of each event. Sends nothing to Halo.',
			},
			{
				name: 'Sync',
				value: 'sync',
				action: 'Keep companies in step',
				description:
					'After an import: say what to write into halo_companies and halo_company_mappings, and how it went. Sends nothing to Halo.',
			},
		],
	},
	{
		displayName: 'Mapping From',
		name: 'mappingFrom',
		type: 'options',
		noDataExpression: true,
		default: 'pairs',
		displayOptions: { show: { operation: ['resolve'] } },
		options: [
			{
				name: 'Pairs in This Node',
				value: 'pairs',
				description: 'Type each company and pick its Halo client',
			},
			{
				name: 'Rows of a Table (Second Input)',
				value: 'rows',
				description:
					"Mapping rows arrive on the second input, e.g. from a Data Table node. Those of the event's integration count, and those that name none.",
			},
			{
				name: 'One Client for Everything',
				value: 'fixed',
				description: 'Every event belongs to the same Halo client, whatever company it names',
			},
		],
		description: 'Where the mapping of companies to Halo clients stands',
	},
	{
		displayName:
			'Connect a Data Table node that gets the rows of halo_company_mappings to the input Mappings, and turn on "Execute Once" there. No row is a valid answer: then every company is unmapped.',
		name: 'rowsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['resolve'], mappingFrom: ['rows'] } },
	},
	pairs,
	clientLocator({
		displayName: 'Halo Client',
		name: 'client',
		description: 'The client in Halo that gets every ticket',
		displayOptions: { show: { operation: ['resolve'], mappingFrom: ['fixed'] } },
	}),
	{
		displayName: 'When a Company Is Not Mapped',
		name: 'unmapped',
		type: 'options',
		noDataExpression: true,
		default: 'hold',
		displayOptions: { show: { operation: ['resolve'], mappingFrom: ['pairs', 'rows'] } },
		options: [
			{
				name: 'Hold the Event',
				value: 'hold',
				description: 'Give it out on Unmapped with the decision held_unmapped; no ticket is made',
			},
			{
				name: 'Use a Catch-All Client',
				value: 'catchAll',
				description:
					'Map it to the client that you pick; ambiguous companies are held all the same',
			},
			{
				name: 'Stop With an Error',
				value: 'error',
				description: 'Fail the run and name the company',
			},
			{
				name: "Use the Profile's Client",
				value: 'profile',
				description:
					'Let Halo Ticket take the client of the integration profile; without one there the event is held. Ambiguous companies are held all the same.',
			},
		],
	},
	clientLocator({
		displayName: 'Catch-All Client',
		name: 'catchAllClient',
		description: 'The client that gets what no mapping names',
		displayOptions: {
			show: { operation: ['resolve'], mappingFrom: ['pairs', 'rows'], unmapped: ['catchAll'] },
		},
	}),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['resolve'], mappingFrom: ['pairs', 'rows'] } },
		options: [
			ACCENTS_DO_NOT_COUNT,
			{
				displayName: 'Match Reference First',
				name: 'referenceFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to look for the reference or external ID that the source sends before company ID and names',
			},
		],
	},
	{
		displayName: 'Plan',
		name: 'plan',
		type: 'json',
		default: '{}',
		description: 'The item that Begin Sync of Halo Import Companies gave out',
		displayOptions: { show: { operation: ['sync', 'endSync'] } },
	},
	...autoMapFields,
	...linkFields,
	...checkFields,
	newRows,
];

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs = `={{ ({
	autoMap: ['Companies', 'Halo Clients', 'Mappings'],
	check: ['Mappings', 'Halo Clients', 'Profiles', 'Event Sets'],
	endSync: ['Status', 'Created', 'Not Created'],
	link: ['Start', 'Mappings'],
	sync: ['Companies', 'Halo Clients', 'Mappings', 'Summary', 'ConnectSecure'],
}[$parameter.operation] || ($parameter.mappingFrom === 'rows' ? ['Events', 'Mappings'] : ['']))
	.map((displayName) => (displayName === '' ? 'main' : { type: 'main', displayName })) }}`;

/** As `inputs`. */
export const outputs = `={{ ({
	endSync: ['Created', 'Status'],
	sync: ['New Companies', 'Changed Companies', 'New Mappings', 'Changed Mappings', 'Create', 'Status'],
}[$parameter.operation] || ['Mapped', 'Needs Review', 'Unmapped'])
	.map((displayName) => ({ type: 'main', displayName })) }}`;
