import type { INodeProperties } from 'n8n-workflow';

/** More than this share of the mapped clients gone from Halo's list is a lost right, not a change. */
export const DEFAULT_GUARD_PERCENT = 50;

const forAutoMap = { show: { operation: ['autoMap'] } };

/** For Resolve and Auto-Map: what only accents tell apart may be two customers, so a person says when it is not. */
export const ACCENTS_DO_NOT_COUNT: INodeProperties = {
	displayName: 'Accents Do Not Count',
	name: 'accentsDoNotCount',
	type: 'boolean',
	default: false,
	description:
		'Whether a name that differs by accents alone (Møller, Moller) is the same where only one client has it. Off means: such a name is suggested.',
};

/** What every new mapping row gets; for Auto-Map and Link. */
export const newRows: INodeProperties = {
	displayName: 'New Mappings',
	name: 'newRows',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description: 'What new mapping rows say beside company and client',
	displayOptions: { show: { operation: ['autoMap', 'link'] } },
	options: [
		{
			displayName: 'Create Ticket',
			name: 'createTicket',
			type: 'boolean',
			default: true,
			description: 'Whether events of the company may make tickets. Off means: mapping only.',
		},
		{
			displayName: 'Event Set',
			name: 'eventSet',
			type: 'string',
			default: '',
			description: 'Name of the event set of the company. Empty means the default set.',
		},
		{
			displayName: 'Flags',
			name: 'flags',
			type: 'json',
			default: '{}',
			description:
				'Switches per company, e.g. {"reportPhishingButton": true, "phinboxIq": false}: whether reported mails make tickets, and whether these say that the mail can be dealt with in the tab of Phin. Others are kept with the row.',
		},
		{
			displayName: 'No Notification',
			name: 'noNotification',
			type: 'boolean',
			default: false,
			description: 'Whether events of the company are recorded without ticket and message',
		},
		{
			displayName: 'Profile',
			name: 'profile',
			type: 'string',
			default: '',
			description:
				'Name of the integration profile of the company. Empty means the profile that fits the event set and the severity.',
		},
	],
};

/** Fields of Auto-Map. */
export const autoMapFields: INodeProperties[] = [
	{
		displayName:
			'Companies: rows of halo_companies, or items with ID and name. Halo Clients: the output Companies of Halo Import Companies, inactive ones included. Mappings: rows of halo_company_mappings. Only exact names are mapped; the rest waits on Needs Review and Unmapped. Write the items of Mapped whose change is not "keep".',
		name: 'autoMapNotice',
		type: 'notice',
		default: '',
		displayOptions: forAutoMap,
	},
	{
		displayName: 'Options',
		name: 'autoMapOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: forAutoMap,
		options: [
			ACCENTS_DO_NOT_COUNT,
			{
				displayName: 'Integration',
				name: 'integration',
				type: 'string',
				default: '',
				description:
					'Integration that new rows belong to; rows of other integrations are not looked at. Empty means all.',
			},
			{
				displayName: 'Mass-Change Guard (%)',
				name: 'guardPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: DEFAULT_GUARD_PERCENT,
				description:
					'When more than this share of the mapped clients is missing from the Halo clients, nothing is mapped and the node fails. 100 switches it off.',
			},
			{
				displayName: 'Match Reference First',
				name: 'referenceFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to compare the client reference in Halo with the reference and the display name of the company before the names',
			},
			{
				displayName: 'Several Companies per Client',
				name: 'manyToOne',
				type: 'boolean',
				default: false,
				description:
					'Whether several companies of one source may be mapped to one client without a person who approves it',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				description: 'Source of companies that name none',
			},
		],
	},
];
