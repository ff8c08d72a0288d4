import type { INodeProperties } from 'n8n-workflow';

import { optionFields } from './option-fields';
import { profileFields } from './profile-fields';

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ $parameter.profileFrom === 'rows' ? [{ type: 'main', displayName: 'Events' }, { type: 'main', displayName: 'Profiles' }] : ['main'] }}";

/** Fields of the node. */
export const properties: INodeProperties[] = [
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
];
