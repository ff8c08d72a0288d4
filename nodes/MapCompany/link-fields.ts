import type { INodeProperties } from 'n8n-workflow';

import { clientLocator } from '../shared/n8n/locator';

const forLink = { show: { operation: ['link'] } };

/** Fields of Link. */
export const linkFields: INodeProperties[] = [
	{
		displayName: 'Companies to Pick From',
		name: 'companyList',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: '42; Contoso Ltd\n43; Fabrikam',
		description:
			'One company per line, ID and name divided by a semicolon, or the name alone. Fills the list of companies below; not needed when companies are typed.',
		displayOptions: forLink,
	},
	{
		displayName: 'Links',
		name: 'links',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Link' },
		placeholder: 'Add Link',
		default: {},
		description: 'Which company of the source belongs to which Halo client',
		displayOptions: forLink,
		options: [
			{
				displayName: 'Link',
				name: 'link',
				values: [
					{
						displayName: 'Company',
						name: 'company',
						type: 'resourceLocator',
						default: { mode: 'list', value: '' },
						required: true,
						description: 'The company of the source',
						modes: [
							{
								displayName: 'From List',
								name: 'list',
								type: 'list',
								placeholder: 'Select a company',
								typeOptions: { searchListMethod: 'searchCompanies', searchable: true },
							},
							{
								displayName: 'By Name',
								name: 'name',
								type: 'string',
								placeholder: 'e.g. Contoso Ltd',
							},
							{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 42' },
						],
					},
					{
						displayName: 'Company Name',
						name: 'companyName',
						type: 'string',
						default: '',
						description: 'Name of the company where the field above holds an ID. For people.',
					},
					clientLocator({
						displayName: 'Halo Client',
						name: 'client',
						byName: true,
						description: 'The client in Halo; it is looked up, and its name there comes out',
					}),
					{
						displayName: 'Client Name',
						name: 'clientName',
						type: 'string',
						default: '',
						description:
							'Name that the client must have in Halo where the field above holds an ID, against slips in lists. Empty means any.',
					},
				],
			},
		],
	},
	{
		displayName: 'Options',
		name: 'linkOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: forLink,
		options: [
			{
				displayName: 'Integration',
				name: 'integration',
				type: 'string',
				default: '',
				description: 'Integration that the mapping belongs to. Empty means every one.',
			},
			{
				displayName: 'Source',
				name: 'source',
				type: 'string',
				default: '',
				description: 'Source that the company belongs to, e.g. wazuh. Empty means every one.',
			},
		],
	},
];
