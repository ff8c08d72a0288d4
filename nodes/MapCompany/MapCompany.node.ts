import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { searchClients } from '../shared/n8n/list-search';
import { autoMap } from './auto-map.operation';
import { checkMapping } from './check.operation';
import { inputs, outputs, properties } from './description';
import { link } from './link.operation';
import { runOperation } from './run-operation';
import { resolve } from './resolve.operation';
import { searchCompanies } from './search-companies';
import { endSync, sync } from './sync.operation';

/** Finds the Halo client of each event. */
export class MapCompany implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Map Company',
		name: 'mapCompany',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle:
			'={{ { pairs: "pairs in this node", rows: "rows of a table", fixed: "one client for everything" }[$parameter["operation"] === "resolve" ? $parameter["mappingFrom"] : ""] || $parameter["operation"] }}',
		description: 'Find the Halo client of each event, and keep the list of mapped companies true',
		defaults: { name: 'Halo Map Company' },
		usableAsTool: true,
		inputs,
		outputs,
		credentials: [{ name: 'haloPsaBridgeApi', required: false }],
		properties,
	};

	methods = { listSearch: { searchClients, searchCompanies } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, {
			resolve,
			autoMap,
			link,
			check: checkMapping,
			sync,
			endSync,
		});
	}
}
