import type { INodeProperties } from 'n8n-workflow';

import { ticketLocator } from './ticket';

/** What is given out of a ticket; for Get and Get Many alike. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { show: { operation: ['get', 'getMany'] } },
};

/** Fields of the operation Get. */
export const getFields: INodeProperties[] = [
	ticketLocator(['get', 'addNote']),
	{
		displayName: 'Options',
		name: 'getOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['get'] } },
		options: [
			{
				displayName: 'Include Notes',
				name: 'includeNotes',
				type: 'boolean',
				default: false,
				description: 'Whether to add the notes and other actions of the ticket. One request more.',
			},
		],
	},
];
