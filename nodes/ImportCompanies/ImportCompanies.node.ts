import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { searchClients } from '../shared/n8n/list-search';
import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { beginSync } from './begin-sync.operation';
import { IMPORT_OPERATIONS, inputs, outputs, properties } from './description';
import { getCompanies } from './get-companies.operation';
import { syncBatch } from './sync-batch.operation';

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
		subtitle:
			'={{ $parameter["operation"] === "getCompanies" ? [].concat($parameter["entities"]).join(", ") : $parameter["operation"] }}',
		description: 'Get the clients of HaloPSA as companies, with sites, contacts and assets',
		defaults: { name: 'Halo Import Companies' },
		usableAsTool: true,
		inputs,
		outputs,
		credentials: [
			{
				name: 'haloPsaBridgeApi',
				required: true,
				displayOptions: { show: { operation: ['getCompanies', 'syncBatch'] } },
			},
		],
		properties,
	};

	methods = { listSearch: { searchClients } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			switch (readOption(this, 'operation', 0, IMPORT_OPERATIONS)) {
				case 'beginSync':
					return beginSync(this);
				case 'getCompanies':
					return await getCompanies(this);
				case 'syncBatch':
					return await syncBatch(this);
			}
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	}
}
