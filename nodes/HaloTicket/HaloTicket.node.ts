import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { haloListSearch } from '../shared/n8n/list-search';
import { searchTickets } from '../shared/n8n/search-tickets';
import { getCustomFields } from '../shared/n8n/custom-field-mapping';
import { readOption } from '../shared/n8n/parameters';
import { addNote } from './operations/add-note.operation';
import { close } from './operations/close.operation';
import { createOrClose } from './operations/create-or-close.operation';
import { create } from './operations/create.operation';
import { inputs, properties } from './description';
import { getMany } from './operations/get-many.operation';
import { get } from './operations/get.operation';
import { syncScan } from './operations/sync-scan.operation';

const OPERATIONS = { addNote, close, create, createOrClose, get, getMany, syncScan } as const;

/** Makes the tickets of scanner events true in Halo. */
export class HaloTicket implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Ticket',
		name: 'haloTicket',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle:
			'={{ { addNote: "add note", close: "close", create: "create", createOrClose: "create or close", get: "get", getMany: "get many", syncScan: "sync scan" }[$parameter["operation"]] || $parameter["operation"] }}',
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
			...haloListSearch,
			searchTickets,
		},
		resourceMapping: { getCustomFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = readOption(this, 'operation', 0, [
			'addNote',
			'close',
			'create',
			'createOrClose',
			'get',
			'getMany',
			'syncScan',
		]);
		return await OPERATIONS[operation](this);
	}
}
