import type { INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { optionFields } from './option-fields';
import { profileFields } from './profile-fields';

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
const inputs =
	"={{ $parameter.profileFrom === 'rows' ? [{ type: 'main', displayName: 'Events' }, { type: 'main', displayName: 'Profiles' }] : ['main'] }}";

export const description: INodeTypeDescription = {
	displayName: 'Halo Ticket',
	name: 'haloTicket',
	icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
	group: ['output'],
	version: [1],
	subtitle:
		'={{ { createOrClose: "create or close", create: "create", close: "close" }[$parameter["operation"]] || $parameter["operation"] }}',
	description: 'Make, update and close the HaloPSA tickets of scanner events, one per problem',
	defaults: { name: 'Halo Ticket' },
	usableAsTool: true,
	inputs,
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'haloPsaBridgeApi', required: true }],
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'createOrClose',
			options: [
				{
					name: 'Close',
					value: 'close',
					action: 'Close a ticket',
					description: 'Close the ticket of each event, found by its reference',
				},
				{
					name: 'Create',
					value: 'create',
					action: 'Create a ticket',
					description: 'Make or update the ticket of each open event; leave resolved ones alone',
				},
				{
					name: 'Create or Close',
					value: 'createOrClose',
					action: 'Create or close a ticket',
					description: 'Make or update the ticket of an open event, close that of a resolved one',
				},
			],
		},
		...profileFields,
		optionFields,
	],
};
