import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { haloListSearch, searchTickets } from '../shared/n8n/list-search';
import { getCustomFields } from '../shared/n8n/custom-field-mapping';
import { readOption } from '../shared/n8n/parameters';
import { addNote } from './operations/add-note.operation';
import { inputs, properties } from './description';
import { OPERATION_NAMES, type OperationName, subtitle } from './fields/operation';
import { getMany } from './operations/get-many.operation';
import { eventOperation } from './operations/events.operation';
import { get } from './operations/get.operation';

type Operation = (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What carries each operation out. */
const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
	addNote,
	close: eventOperation('close'),
	create: eventOperation('create'),
	createOrClose: eventOperation('createOrClose'),
	get,
	getMany,
	syncScan: eventOperation('createOrClose', { isScan: true }),
};

/** Makes the tickets of scanner events true in Halo. */
export class HaloTicket implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Ticket',
		name: 'haloTicket',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle,
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
		const operation = readOption(this, 'operation', 0, OPERATION_NAMES);
		return await OPERATIONS[operation](this);
	}
}
