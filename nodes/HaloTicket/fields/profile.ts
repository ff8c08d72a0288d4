import type { INodeProperties } from 'n8n-workflow';

import { fieldsOnClosing } from '../../shared/n8n/closing-fields';
import { locator } from '../../shared/n8n/locator';
import { CLOSES_TICKETS, MAKES_TICKETS, TAKES_EVENTS } from './operation';

const TYPED = { profileFrom: ['typed'] };

/** Fields of a profile that Halo fills itself when they are left out. */
const moreFields: INodeProperties = {
	displayName: 'More Fields',
	name: 'moreFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What is left out gets the default that Halo has for the ticket type',
	displayOptions: {
		show: { operation: TAKES_EVENTS, ...TYPED },
	},
	options: [
		locator({
			displayName: 'Agent',
			name: 'agent',
			what: 'agent',
			list: 'searchAgents',
			description: 'The agent who gets new tickets, and who closes tickets that nobody has',
		}),
		locator({
			displayName: 'Category',
			name: 'category',
			what: 'category',
			list: 'searchCategories',
			description:
				'First category of new tickets; a name is the whole path, e.g. Security>Patching',
		}),
		locator({
			displayName: 'Client',
			name: 'client',
			what: 'client',
			list: 'searchClients',
			description:
				'The client of events without a mapping. A mapping always wins. Leave it out to hold such events.',
		}),
		locator({
			displayName: 'Create Status',
			name: 'createStatus',
			what: 'status',
			list: 'searchStatuses',
			description: 'Status of new tickets, and of tickets that are opened again',
		}),
		{
			displayName: 'Event Set',
			name: 'eventSet',
			type: 'string',
			default: '',
			description:
				'Name of the event set that this profile is for. Events of another set then fail with the reason. Empty means all sets.',
		},
		fieldsOnClosing,
		locator({
			displayName: 'Impact',
			name: 'impact',
			what: 'impact',
			list: 'searchImpacts',
			description: 'Impact of new tickets',
		}),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. P1',
			description:
				'Name of this profile in the decisions. One profile per priority is a good rule.',
		},
		locator({
			displayName: 'Priority',
			name: 'priority',
			what: 'priority',
			list: 'searchPriorities',
			dependsOn: ['moreFields.sla.value'],
			description:
				'Priority inside the SLA. The list shows all SLAs as long as none is picked, or when the SLA is an expression.',
		}),
		locator({
			displayName: 'SLA',
			name: 'sla',
			what: 'SLA',
			list: 'searchSlas',
			description: 'Service level of new tickets',
		}),
		locator({
			displayName: 'Team',
			name: 'team',
			what: 'team',
			list: 'searchTeams',
			description: 'Team of new tickets',
		}),
		locator({
			displayName: 'Urgency',
			name: 'urgency',
			what: 'urgency',
			list: 'searchUrgencies',
			description: 'Urgency of new tickets',
		}),
		locator({
			displayName: 'User',
			name: 'user',
			what: 'user',
			list: 'searchUsers',
			dependsOn: ['moreFields.client.value'],
			description:
				'Contact on new tickets, found among the users of the client of each ticket. Where the client has no such user, its General User stands there. The list shows all clients as long as no Client is picked, or when it is an expression.',
		}),
	],
};

/** Where the integration profile comes from, and the profile itself when it is typed. */
export const profileFields: INodeProperties[] = [
	{
		displayName: 'Profile From',
		name: 'profileFrom',
		type: 'options',
		noDataExpression: true,
		default: 'typed',
		displayOptions: { show: { operation: TAKES_EVENTS } },
		options: [
			{
				name: 'Fields in This Node',
				value: 'typed',
				description: 'One profile for every event',
			},
			{
				name: 'Rows of a Table (Second Input)',
				value: 'rows',
				description:
					'Profiles arrive on the second input, e.g. from a Data Table node; chosen by mapping, event set and severity',
			},
		],
		description: 'Where the integration profile stands: how tickets are made and closed',
	},
	{
		displayName:
			'Connect a Data Table node that gets the rows of halo_profiles to the input Profiles, and turn on "Execute Once" there.',
		name: 'rowsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: { operation: TAKES_EVENTS, profileFrom: ['rows'] },
		},
	},
	locator({
		displayName: 'Ticket Type',
		name: 'ticketType',
		what: 'ticket type',
		list: 'searchTicketTypes',
		required: true,
		description: 'Type of new tickets; it also brings their default SLA, priority and team',
		displayOptions: { show: { operation: MAKES_TICKETS, ...TYPED } },
	}),
	locator({
		displayName: 'Close Status',
		name: 'closeStatus',
		what: 'status',
		list: 'searchStatuses',
		required: true,
		description: 'Status that a ticket gets when the source reports the problem as resolved',
		displayOptions: { show: { operation: CLOSES_TICKETS, ...TYPED } },
	}),
	moreFields,
];
