import type { INodeProperties } from 'n8n-workflow';

import { fieldsOnClosing } from '../shared/n8n/closing-fields';
import { clientLocator, locator } from '../shared/n8n/locator';
import { tabFields } from './tab-fields';

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ $parameter.operation === 'check' && $parameter.profileFrom === 'rows' ? [{ type: 'main', displayName: 'Start' }, { type: 'main', displayName: 'Profiles' }] : ['main'] }}";

export const outputs =
	"={{ $parameter.operation === 'customTab' ? [{ type: 'main', displayName: 'Address' }] : $parameter.operation === 'statusPage' || $parameter.operation === 'tryPage' ? [{ type: 'main', displayName: 'Page' }] : $parameter.operation === 'tryTicket' ? [{ type: 'main', displayName: 'Facts' }, { type: 'main', displayName: 'Summary' }] : [{ type: 'main', displayName: 'Checks' }, { type: 'main', displayName: 'Summary' }] }}";

const CHECK = { operation: ['check'] };
const TRY = { operation: ['tryTicket'] };

function pick(
	displayName: string,
	name: string,
	list: string,
	what: string,
	description: string,
	dependsOn?: string[],
): INodeProperties {
	return locator({
		displayName,
		name,
		what,
		list,
		description,
		displayOptions: { show: { ...CHECK, profileFrom: ['typed'] } },
		...(dependsOn === undefined ? {} : { dependsOn }),
	});
}

function pickToTry(
	displayName: string,
	name: string,
	list: string,
	what: string,
	description: string,
): INodeProperties {
	return locator({ displayName, name, what, list, description, displayOptions: { show: TRY } });
}

/** Fields of the node. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'check',
		options: [
			{
				name: 'Build Custom Tab URL',
				value: 'customTab',
				action: 'Build the URL of a custom tab',
				description: 'Make the address of a tab in Halo, and see whom it does not work for',
			},
			{
				name: 'Check',
				value: 'check',
				action: 'Check the setup',
				description:
					'Go through credential, rights and profiles layer by layer; nothing is written',
			},
			{
				name: 'Status Page',
				value: 'statusPage',
				action: 'Make the status page',
				description: 'Make a page of HTML from the rows that the template status-page gathers',
			},
			{
				name: 'Test Page',
				value: 'tryPage',
				action: 'Make the page for trying on a test client',
				description:
					'Answer the page of the template check-setup: a form, and what the test ticket told. Takes the item of a Webhook node.',
			},
			{
				name: 'Try on a Test Client',
				value: 'tryTicket',
				action: 'Try on a test client',
				description:
					'Make one ticket on a client of your own, find out by it how your Halo behaves, close it, and say what to set',
			},
		],
	},
	clientLocator({
		displayName: 'Test Client',
		name: 'testClient',
		description: 'A client of your own. No other one is touched.',
		displayOptions: { show: TRY },
	}),
	{
		displayName: 'Creates and Closes One Ticket There',
		name: 'confirmed',
		type: 'boolean',
		default: false,
		description: 'Whether one ticket may be made on this client; nothing is sent without it',
		displayOptions: { show: TRY },
	},
	pickToTry(
		'Ticket Type',
		'testTicketType',
		'searchTicketTypes',
		'ticket type',
		'Type of the test ticket: the one that your profiles name. Incident when left out.',
	),
	pickToTry(
		'Close Status',
		'testCloseStatus',
		'searchStatuses',
		'status',
		'Status that closes it: the one that your profiles name. Closed when left out.',
	),
	{
		displayName: 'Used For',
		name: 'usedFor',
		type: 'multiOptions',
		default: ['tickets', 'assets'],
		description: 'What Halo must allow. Rights that are not needed here are not checked.',
		displayOptions: { show: CHECK },
		options: [
			{
				name: 'Assets on Tickets',
				value: 'assets',
				description: 'Assets are found and put on tickets',
			},
			{
				name: 'Company Sync',
				value: 'companySync',
				description: 'Companies are imported and mapped',
			},
			{
				name: 'Registering Webhooks',
				value: 'webhooks',
				description: 'Halo Trigger registers its webhook itself; needs an administrator',
			},
			{
				name: 'Tickets',
				value: 'tickets',
				description: 'Tickets are made, updated and closed',
			},
		],
	},
	{
		displayName: 'Profile',
		name: 'profileFrom',
		type: 'options',
		noDataExpression: true,
		default: 'none',
		description: "Whose values are compared with Halo's lists",
		displayOptions: { show: CHECK },
		options: [
			{ name: 'None', value: 'none', description: 'Only credential and rights' },
			{
				name: 'Rows of a Table (Second Input)',
				value: 'rows',
				description: 'Every row of halo_profiles, from a Data Table node',
			},
			{ name: 'Typed In', value: 'typed', description: 'The values below' },
		],
	},
	{
		displayName: 'Integration',
		name: 'integration',
		type: 'string',
		default: '',
		placeholder: 'second',
		displayOptions: { show: { ...CHECK, profileFrom: ['rows'] } },
		description:
			'For two Halos in one n8n: only rows of this integration, and those that name none, are compared with this Halo. Empty = every row.',
	},
	pick('Ticket Type', 'ticketType', 'searchTicketTypes', 'ticket type', 'Type of new tickets'),
	pick('Create Status', 'createStatus', 'searchStatuses', 'status', 'Status of new tickets'),
	pick('Close Status', 'closeStatus', 'searchStatuses', 'status', 'Status of closed tickets'),
	pick('SLA', 'sla', 'searchSlas', 'SLA', 'SLA of new tickets'),
	pick('Priority', 'priority', 'searchPriorities', 'priority', 'Priority of new tickets', ['sla']),
	pick('Team', 'team', 'searchTeams', 'team', 'Team of new tickets'),
	{ ...fieldsOnClosing, displayOptions: { show: { ...CHECK, profileFrom: ['typed'] } } },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['check', 'tryTicket'] } },
		options: [
			{
				displayName: 'Note Action ID',
				name: 'noteOutcome',
				type: 'number',
				default: 7,
				description: "Action that notes are written with. 7 is Halo's Internal Note.",
			},
		],
	},
	...tabFields,
];
