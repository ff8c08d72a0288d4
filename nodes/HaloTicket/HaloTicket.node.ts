import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import {
	searchAgents,
	searchCategories,
	searchClients,
	searchImpacts,
	searchPriorities,
	searchSlas,
	searchStatuses,
	searchTeams,
	searchTicketTypes,
	searchUrgencies,
	searchUsers,
} from '../shared/n8n/list-search';
import { readOption } from '../shared/n8n/parameters';
import { close } from './close.operation';
import { createOrClose } from './create-or-close.operation';
import { create } from './create.operation';
import { inputs, properties } from './description';

const OPERATIONS = { createOrClose, create, close } as const;

/** Makes the tickets of scanner events true in Halo. */
export class HaloTicket implements INodeType {
	description: INodeTypeDescription = {
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
		properties,
	};

	methods = {
		listSearch: {
			searchAgents,
			searchCategories,
			searchClients,
			searchImpacts,
			searchPriorities,
			searchSlas,
			searchStatuses,
			searchTeams,
			searchTicketTypes,
			searchUrgencies,
			searchUsers,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = readOption(this, 'operation', 0, ['createOrClose', 'create', 'close']);
		return await OPERATIONS[operation](this);
	}
}
