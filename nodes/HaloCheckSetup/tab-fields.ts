import type { INodeProperties } from 'n8n-workflow';

const operation = ['customTab'];

/** Fields of the operation Build Custom Tab URL. */
export const tabFields: INodeProperties[] = [
	{
		displayName: 'Tab For',
		name: 'tabTool',
		type: 'options',
		default: 'idemeumCustomer',
		description: 'What the tab in Halo opens',
		displayOptions: { show: { operation } },
		options: [
			{
				name: 'Another Tool',
				value: 'other',
				description: 'Any page that may be shown in a frame',
			},
			{
				name: 'Idemeum, Search the Customer',
				value: 'idemeumSearch',
				description: 'Your own tenant; the technician searches there',
			},
			{
				name: "Idemeum, the Ticket's Customer",
				value: 'idemeumCustomer',
				description: 'Straight to the customer of the ticket',
			},
			{
				name: 'Phin, the Reported Mail',
				value: 'phin',
				description: 'The mail behind the ticket, with what can be done about it',
			},
		],
	},
	{
		displayName: 'Tenant',
		name: 'tabTenant',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. contoso',
		description: 'Name of your own tenant: the part before .idemeum.com',
		displayOptions: { show: { operation, tabTool: ['idemeumCustomer', 'idemeumSearch'] } },
	},
	{
		displayName: 'Customer Named By',
		name: 'tabNamedBy',
		type: 'options',
		default: 'customerDisplayName',
		description: 'How idemeum finds the customer',
		displayOptions: { show: { operation, tabTool: ['idemeumCustomer'] } },
		options: [
			{
				name: 'Display Name',
				value: 'customerDisplayName',
				description: 'The name that people see',
			},
			{
				name: 'Name',
				value: 'customerName',
				description: "The first part of the customer's sub-domain",
			},
		],
	},
	{
		displayName: 'Partner ID',
		name: 'tabPartnerId',
		type: 'string',
		default: '',
		required: true,
		description: 'From the Phin portal, Settings',
		displayOptions: { show: { operation, tabTool: ['phin'] } },
	},
	{
		displayName: 'Address',
		name: 'tabAddress',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://tool.example/page',
		description: 'The page without the parameter below',
		displayOptions: { show: { operation, tabTool: ['other'] } },
	},
	{
		displayName: 'Parameter',
		name: 'tabParameter',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer',
		description: 'Name of the parameter in the address that the variable fills. Empty means none.',
		displayOptions: { show: { operation, tabTool: ['other'] } },
	},
	{
		displayName: 'Variable',
		name: 'tabValue',
		type: 'string',
		default: '$CLIENT_REFERENCE',
		description: 'What Halo replaces when it opens the tab; text around it is encoded',
		displayOptions: { show: { operation, tabTool: ['idemeumCustomer', 'other'] } },
	},
	{
		displayName: 'Customer',
		name: 'tabCustomer',
		type: 'string',
		default: '={{ $json.name }}',
		description:
			'Name of the customer that an item is, e.g. from Halo Import Companies. Items without one are passed over.',
		displayOptions: { show: { operation, tabTool: ['idemeumCustomer', 'other'] } },
	},
	{
		displayName: "Customer's Value",
		name: 'tabHeld',
		type: 'string',
		default: '={{ $json.reference }}',
		description: 'What that customer has in the field behind the variable',
		displayOptions: { show: { operation, tabTool: ['idemeumCustomer', 'other'] } },
	},
];
