import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import {
	searchClients,
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
import { showTestPage, tryTicket } from './try-ticket.operation';

const OPERATIONS = ['check', 'customTab', 'statusPage', 'tryPage', 'tryTicket'] as const;

/** Says what is wrong with the set-up in Halo, and where to correct it. */
export class HaloCheckSetup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Check Setup',
		name: 'haloCheckSetup',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Check credential, rights and profiles against HaloPSA, or try on a test client',
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
			searchClients,
			searchPriorities,
			searchSlas,
			searchStatuses,
			searchTeams,
			searchTicketTypes,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		switch (readOption(this, 'operation', 0, OPERATIONS)) {
			case 'check':
				return await checkSetUp(this);
			case 'customTab':
				return customTab(this);
			case 'statusPage':
				return await showStatus(this);
			case 'tryPage':
				return await showTestPage(this);
			case 'tryTicket':
				return await tryTicket(this);
		}
	}
}
