import type { INodeProperties } from 'n8n-workflow';

import { NOTE_ACTION } from './options';

const only = { operation: ['addNote'] };

/** Fields of the operation Add Note; the ticket itself is picked as for Get. */
export const addNoteFields: INodeProperties[] = [
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		displayOptions: { show: only },
		description: 'Text of the note. Private unless Options say otherwise.',
	},
	{
		displayName: 'Options',
		name: 'noteOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: only },
		options: [
			{
				displayName: 'Attach Files From',
				name: 'files',
				type: 'string',
				default: '',
				placeholder: 'e.g. data, screenshot',
				description:
					'Binary fields of the item, separated by commas. Each file is put on the ticket; the contact sees it only when the note is visible.',
			},
			{
				displayName: 'Format',
				name: 'format',
				type: 'options',
				default: 'text',
				options: [
					{
						name: 'HTML',
						value: 'html',
						description: 'Sent as it is: values from outside have to be escaped before',
					},
					{ name: 'Text', value: 'text', description: 'Signs of HTML are shown as they are' },
				],
				description: 'How the note is written',
			},
			NOTE_ACTION,
			{
				displayName: 'Notify the End User',
				name: 'notifyEndUser',
				type: 'boolean',
				default: false,
				description: 'Whether Halo may mail the note to the contact of the ticket',
			},
			{
				displayName: 'Time Taken (Minutes)',
				name: 'minutes',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 2 },
				default: 0,
				description: 'Time that is booked with the note',
			},
			{
				displayName: 'Visible to the End User',
				name: 'visible',
				type: 'boolean',
				default: false,
				description: 'Whether the contact of the ticket sees the note on the portal',
			},
		],
	},
];
