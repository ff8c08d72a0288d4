import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchClients } from '../shared/n8n/list-search';
import { inputs, properties } from './description';
import { resolve } from './resolve.operation';

/** Finds the Halo client of each event. */
export class MapCompany implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Map Company',
		name: 'mapCompany',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle:
			'={{ { pairs: "pairs in this node", rows: "rows of a table", fixed: "one client for everything" }[$parameter["mappingFrom"]] || $parameter["operation"] }}',
		description: 'Find the Halo client of each event; hold what is not certain',
		defaults: { name: 'Halo Map Company' },
		usableAsTool: true,
		inputs,
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Mapped', 'Needs Review', 'Unmapped'],
		credentials: [{ name: 'haloPsaBridgeApi', required: false }],
		properties,
	};

	methods = { listSearch: { searchClients } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await resolve(this);
	}
}
