import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

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
import { description } from './description';

const OPERATIONS = { createOrClose, create, close } as const;

/** Makes the tickets of scanner events true in Halo. */
export class HaloTicket implements INodeType {
	description = description;

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
