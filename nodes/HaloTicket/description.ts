import type { INodeProperties } from 'n8n-workflow';

import { addNoteFields } from './fields/add-note';
import { contentFields } from './fields/content';
import { getFields, simplifyField } from './fields/get';
import { getManyFields } from './fields/get-many';
import { optionFields } from './fields/options';
import { profileFields } from './fields/profile';
import { scanFields } from './fields/scan';

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	"={{ $parameter.profileFrom === 'rows' && !['addNote', 'get', 'getMany'].includes($parameter.operation) ? [{ type: 'main', displayName: 'Events' }, { type: 'main', displayName: 'Profiles' }] : ['main'] }}";

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
				name: 'Add Note',
				value: 'addNote',
				action: 'Add a note to a ticket',
				description: 'Add a note to one ticket, private unless told otherwise',
			},
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
			{
				name: 'Get',
				value: 'get',
				action: 'Get a ticket',
				description: 'Read one ticket, by ID or by reference',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many tickets',
				description: 'Read the tickets that fit filters, e.g. those updated since a time',
			},
			{
				name: 'Sync Scan',
				value: 'syncScan',
				action: 'Sync tickets with a scan',
				description:
					'Make and update the tickets of all findings of a scan, and close what the scan no longer names',
			},
		],
	},
	...scanFields,
	...profileFields,
	...contentFields,
	optionFields,
	...getFields,
	...addNoteFields,
	...getManyFields,
	simplifyField,
];
