import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../../shared/n8n/locator';

const only = { operation: ['getMany'] };

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: only },
	options: [
		locator({
			displayName: 'Agent',
			name: 'agent',
			what: 'agent',
			list: 'searchAgents',
			description: 'Only tickets of this agent',
		}),
		locator({
			displayName: 'Client',
			name: 'client',
			what: 'client',
			list: 'searchClients',
			description: 'Only tickets of this client',
		}),
		{
			displayName: 'Only Tickets of This Pack',
			name: 'onlyOurs',
			type: 'boolean',
			default: false,
			description:
				'Whether to return only tickets that carry a reference, so those that Halo Ticket made',
		},
		{
			displayName: 'State',
			name: 'state',
			type: 'options',
			default: 'any',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Closed', value: 'closed' },
				{ name: 'Open', value: 'open' },
			],
			description: 'Whether tickets count as closed in Halo',
		},
		locator({
			displayName: 'Status',
			name: 'status',
			what: 'status',
			list: 'searchStatuses',
			description: 'Only tickets with this status',
		}),
		{
			displayName: 'Summary Contains',
			name: 'summary',
			type: 'string',
			default: '',
			description: 'Text that the summary holds, in any letter case',
		},
		locator({
			displayName: 'Ticket Type',
			name: 'ticketType',
			what: 'ticket type',
			list: 'searchTicketTypes',
			description: 'Only tickets of this type',
		}),
		{
			displayName: 'Updated Since',
			name: 'updatedSince',
			type: 'dateTime',
			default: '',
			description:
				'Only tickets that were made or changed at this time or later. Halo keeps its own clock: overlap by some minutes when you poll.',
		},
	],
};

/** Fields of the operation Get Many. */
export const getManyFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions: { show: only },
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { ...only, returnAll: [false] } },
		description: 'Max number of results to return',
	},
	filters,
	{
		displayName: 'Options',
		name: 'getManyOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: only },
		options: [
			{
				displayName: 'Custom Fields to Include',
				name: 'customFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. CFscannerReference, Scanner severity',
				description:
					'Names, labels or IDs of custom fields, separated by commas. Halo leaves custom fields out of lists otherwise.',
			},
		],
	},
];
