import type { INodeProperties } from 'n8n-workflow';

export interface LocatorField {
	displayName: string;
	name: string;
	description: string;
	/** What one row is, e.g. `status`, for placeholders. */
	what: string;
	/** Name of the list search. */
	list: string;
	/** Where the id is to be found in Halo. */
	hint?: string;
	/** Fields that the list depends on. */
	dependsOn?: string[];
	required?: boolean;
	displayOptions?: INodeProperties['displayOptions'];
}

/** A pick from Halo: searchable list, id, or name (typed, or by an expression). */
export function locator(field: LocatorField): INodeProperties {
	const { dependsOn, displayOptions, hint, list, required, what, ...shown } = field;
	return {
		...shown,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(required === true ? { required: true } : {}),
		...(dependsOn === undefined ? {} : { typeOptions: { loadOptionsDependsOn: dependsOn } }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${what}`,
				typeOptions: { searchListMethod: list, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3',
				...(hint === undefined ? {} : { hint }),
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '\\s*[0-9]+\\s*',
							errorMessage: `The id of a ${what} is a whole number`,
						},
					},
				],
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: `Name of the ${what}`,
				hint: 'The whole name as Halo shows it, in any letter case',
			},
		],
		...(displayOptions === undefined ? {} : { displayOptions }),
	};
}
