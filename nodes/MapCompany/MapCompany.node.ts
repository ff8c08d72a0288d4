import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { searchClients } from '../shared/n8n/list-search';
import { description } from './description';
import { resolve } from './resolve.operation';

/** Finds the Halo client of each event. */
export class MapCompany implements INodeType {
	description = description;

	methods = { listSearch: { searchClients } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await resolve(this);
	}
}
