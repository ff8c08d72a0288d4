import type { INodeProperties } from 'n8n-workflow';

import { categoryFields, categoryOptions } from './category-fields';
import { filters, maintenance } from './options';

/** Order of the outputs; the operation and the description share it. */
export const OUTPUTS = { ticket: 0, ignored: 1 } as const;

/** From worst to least, as people read them; `unknown` has a switch of its own. */
const MINIMUM_SEVERITIES = [
	['critical', 'Critical'],
	['high', 'High'],
	['medium', 'Medium'],
	['low', 'Low'],
	['informational', 'Informational'],
] as const;

const ofThisNode: INodeProperties['displayOptions'] = { show: { eventSetFrom: ['node'] } };

export const properties: INodeProperties[] = [
	{
		displayName: 'Event Set From',
		name: 'eventSetFrom',
		type: 'options',
		noDataExpression: true,
		default: 'node',
		options: [
			{
				name: 'This Node',
				value: 'node',
				description: 'Choose the events here. Untouched: all events, severity high and above.',
			},
			{
				name: 'Rows of a Table (Second Input)',
				value: 'rows',
				description: 'Event sets arrive on the second input, e.g. from a Data Table node',
			},
		],
		description: 'Where it stands which events make a ticket',
	},
	{
		displayName:
			'Connect a Data Table node that gets the rows of halo_event_sets to the input Event Sets, and turn on "Execute Once" there. The mapping names the set; without that, the default set decides.',
		name: 'rowsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { eventSetFrom: ['rows'] } },
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		options: [
			{ name: 'All Events', value: 'all' },
			{ name: 'Chosen Categories', value: 'categories' },
		],
		displayOptions: ofThisNode,
		description: 'Which events may make a ticket',
	},
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'multiOptions',
		required: true,
		default: [],
		options: categoryOptions,
		displayOptions: { show: { eventSetFrom: ['node'], events: ['categories'] } },
		description: 'Each chosen category shows its events below',
	},
	...categoryFields,
	{
		displayName: 'Minimum Severity',
		name: 'minSeverity',
		type: 'options',
		default: 'high',
		options: MINIMUM_SEVERITIES.map(([value, name]) => ({ name, value })),
		displayOptions: ofThisNode,
		description: 'Open events below it make no ticket. Resolves always pass.',
	},
	{
		displayName: 'Include Unknown Severity',
		name: 'includeUnknown',
		type: 'boolean',
		default: true,
		displayOptions: ofThisNode,
		description: 'Whether open events without a known severity pass',
	},
	{
		displayName: 'Notify By',
		name: 'grouping',
		type: 'options',
		default: 'problem',
		options: [
			{ name: 'Asset', value: 'asset', description: 'One ticket per company and asset' },
			{
				name: 'Asset and Product',
				value: 'asset and product',
				description: 'One ticket per company, asset and product',
			},
			{ name: 'Company', value: 'company', description: 'One ticket per company' },
			{ name: 'Problem', value: 'problem', description: 'One ticket per problem' },
			{ name: 'Product', value: 'product', description: 'One ticket per company and product' },
		],
		displayOptions: ofThisNode,
		description:
			'What one ticket stands for. Anything but Problem needs a source whose resolves name company, asset or product.',
	},
	maintenance,
	filters,
];

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ $parameter.eventSetFrom === 'rows' ? [{ type: 'main', displayName: 'Events' }, { type: 'main', displayName: 'Event Sets' }] : ['main'] }}";
