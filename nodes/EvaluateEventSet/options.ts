import type { INodeProperties } from 'n8n-workflow';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Filters of the set in the node. */
export const filters: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { eventSetFrom: ['node'] } },
	options: [
		{
			displayName: 'Asset Pattern',
			name: 'asset',
			type: 'string',
			default: '',
			placeholder: 'e.g. ^SRV-',
			description:
				'Regular expression that name, IP or ID of the asset must match; upper and lower case are the same',
		},
		{
			displayName: 'Companies',
			name: 'companies',
			type: 'string',
			default: '',
			placeholder: 'e.g. Contoso, Fabrikam',
			description: 'Only events of these companies, by name or ID, divided by commas',
		},
		{
			displayName: 'Companies Left Out',
			name: 'notCompanies',
			type: 'string',
			default: '',
			description: 'No events of these companies, by name or ID, divided by commas',
		},
		{
			displayName: 'Include Information',
			name: 'includeInfo',
			type: 'boolean',
			default: false,
			description: 'Whether events that only inform may make tickets',
		},
		{
			displayName: 'Known Exploited Only',
			name: 'kevOnly',
			type: 'boolean',
			default: false,
			description: 'Whether only known exploited vulnerabilities (KEV) count',
		},
		{
			displayName: 'Minimum EPSS',
			name: 'minEpss',
			type: 'number',
			default: 0.95,
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			description: 'Lowest probability of exploitation that counts; events without EPSS do not',
		},
		{
			displayName: 'Set Name',
			name: 'name',
			type: 'string',
			default: 'Default',
			description: 'Name of this event set, as mappings and profiles name it',
		},
	],
};

/** In the order in which people think of a window. */
const windowFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: 'Maintenance',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'multiOptions',
		default: [],
		options: DAYS.map((day) => ({ name: day, value: day.slice(0, 3).toLowerCase() })),
		description: 'Days on which the window begins. Empty means every day.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'string',
		default: '22:00',
		placeholder: '22:00',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '04:00',
		placeholder: '04:00',
		description: 'A time that is not after From is on the next day',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: 'UTC',
		placeholder: 'e.g. Europe/Berlin',
	},
	{
		displayName: 'Companies',
		name: 'companies',
		type: 'string',
		default: '',
		description: 'Only for these companies, divided by commas. Empty means all.',
	},
];

/** Maintenance windows of the set in the node. */
export const maintenance: INodeProperties = {
	displayName: 'Maintenance Windows',
	name: 'maintenance',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		multipleValueButtonText: 'Add Window',
		fixedCollection: { itemTitle: '={{ $collection.item.value.name }}' },
	},
	placeholder: 'Add Window',
	default: {},
	description:
		'Weekly hours in which nothing is ticketed; events wait with the time when the window ends',
	displayOptions: { show: { eventSetFrom: ['node'] } },
	options: [
		{
			displayName: 'Window',
			name: 'window',
			values: windowFields,
		},
	],
};
