import type { INodeProperties } from 'n8n-workflow';

/** A pick of one Halo client: searchable list, id or expression. */
export function clientLocator(
	name: string,
	displayName: string,
	description: string,
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a client',
				typeOptions: { searchListMethod: 'searchClients', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 12',
				hint: 'The number at the end of the address of the client in Halo',
				validation: [
					{
						type: 'regex',
						properties: { regex: '\\s*[0-9]+\\s*', errorMessage: 'A client id is a whole number' },
					},
				],
			},
		],
		...(displayOptions === undefined ? {} : { displayOptions }),
	};
}
