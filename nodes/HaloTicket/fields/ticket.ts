import type { INodeProperties } from 'n8n-workflow';

/** Which ticket: from a list, by id, by its address, or by our reference on it. */
export function ticketLocator(operations: string[]): INodeProperties {
	return {
		displayName: 'Ticket',
		name: 'ticket',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The ticket in Halo',
		displayOptions: { show: { operation: operations } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a ticket',
				typeOptions: { searchListMethod: 'searchTickets', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 2041',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '\\s*#?[0-9]+\\s*',
							errorMessage: 'The ID of a ticket is a whole number',
						},
					},
				],
			},
			{
				displayName: 'By Reference',
				name: 'reference',
				type: 'string',
				placeholder: 'e.g. kqzvwmtrbhxd',
				hint: 'The 12 letters behind "scanref" at the end of the summary',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '.*[a-z]{12}\\)?\\s*',
							errorMessage: 'A reference is 12 letters, e.g. kqzvwmtrbhxd',
						},
					},
				],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://acme.halopsa.com/ticket?id=2041',
			},
		],
	};
}
