import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { locator } from '../shared/n8n/locator';

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
			locator({
				displayName: displayName.replace(/(?:s|es)$/, ''),
				name: one,
				what,
				list,
				byName: false,
				description: `A ${what} whose tickets pass`,
			}),
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
