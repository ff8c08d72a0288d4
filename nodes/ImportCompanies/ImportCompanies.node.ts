import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchClients } from '../shared/n8n/list-search';
import { properties } from './description';
import { getCompanies } from './get-companies.operation';

/** Brings clients, sites, contacts and assets out of Halo. */
export class ImportCompanies implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Import Companies',
		name: 'importCompanies',
		icon: {
			light: 'file:../shared/icons/halo.svg',
			dark: 'file:../shared/icons/halo.dark.svg',
		},
		group: ['input'],
		version: [1],
		subtitle: '={{ [].concat($parameter["entities"]).join(", ") }}',
		description: 'Get the clients of HaloPSA as companies, with sites, contacts and assets',
		defaults: { name: 'Halo Import Companies' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Companies', 'Summary'],
		credentials: [{ name: 'haloPsaBridgeApi', required: true }],
		properties,
	};

	methods = { listSearch: { searchClients } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await getCompanies(this);
	}
}
