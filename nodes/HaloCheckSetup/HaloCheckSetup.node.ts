import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import {
	searchPriorities,
	searchSlas,
	searchStatuses,
	searchTeams,
	searchTicketTypes,
} from '../shared/n8n/list-search';
import { readOption } from '../shared/n8n/parameters';
import { checkSetUp } from './check.operation';
import { customTab } from './custom-tab.operation';
import { inputs, outputs, properties } from './description';
import { showStatus } from './status-page.operation';

/** Says what is wrong with the set-up in Halo, and where to correct it. */
export class HaloCheckSetup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Check Setup',
		name: 'haloCheckSetup',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Check credential, rights and profiles against HaloPSA; writes nothing',
		defaults: { name: 'Halo Check Setup' },
		usableAsTool: true,
		inputs,
		outputs,
		credentials: [
			{
				name: 'haloPsaBridgeApi',
				required: true,
				displayOptions: { hide: { operation: ['customTab'] } },
			},
		],
		properties,
	};

	methods = {
		listSearch: {
			searchPriorities,
			searchSlas,
			searchStatuses,
			searchTeams,
			searchTicketTypes,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = readOption(this, 'operation', 0, ['check', 'customTab', 'statusPage']);
		if (operation === 'customTab') return customTab(this);
		return operation === 'check' ? await checkSetUp(this) : await showStatus(this);
	}
}
