import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

interface Picks {
	displayName: string;
	/** Of the group, e.g. `clients`. */
	name: string;
	/** Of one pick in it, e.g. `client`. */
	one: string;
	what: string;
	list: string;
}

/** Several picks from one list of Halo: searchable, by id, or by an expression. */
function picks({ displayName, list, name, one, what }: Picks): INodeProperties {
	const group: INodePropertyCollection = {
		displayName,
		name: 'picked',
		values: [
			{
				displayName: displayName.replace(/(?:s|es)$/, ''),
				name: one,
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: `A ${what} whose tickets pass`,
				modes: [
					{
						displayName: 'From List',
						name: 'list',
						type: 'list',
						placeholder: `Select a ${what}`,
						typeOptions: { searchListMethod: list, searchable: true },
					},
					{
						displayName: 'By ID',
						name: 'id',
						type: 'string',
						placeholder: 'e.g. 3',
						validation: [
							{
								type: 'regex',
								properties: {
									regex: '\\s*[0-9]+\\s*',
									errorMessage: `The id of a ${what} is a whole number`,
								},
							},
						],
					},
				],
			},
		],
	};
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: `Add ${what}`,
		options: [group],
	};
}

/** Which tickets pass; nothing chosen lets all pass. */
export const filterField: INodeProperties = {
	displayName: 'Only',
	name: 'only',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which tickets start the workflow. Several filters must all hold.',
	options: [
		picks({
			displayName: 'Clients',
			name: 'clients',
			one: 'client',
			what: 'client',
			list: 'searchClients',
		}),
		picks({
			displayName: 'Statuses',
			name: 'statuses',
			one: 'status',
			what: 'status',
			list: 'searchStatuses',
		}),
		picks({
			displayName: 'Ticket Types',
			name: 'ticketTypes',
			one: 'ticketType',
			what: 'ticket type',
			list: 'searchTicketTypes',
		}),
		{
			displayName: 'Tickets of This Pack',
			name: 'onlyReferenced',
			type: 'boolean',
			default: true,
			description: 'Whether a ticket must carry a reference (scanref …) that Halo Ticket wrote',
		},
	],
};
