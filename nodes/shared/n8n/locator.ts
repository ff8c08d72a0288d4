import type { INodeProperties } from 'n8n-workflow';

export interface LocatorField {
	displayName: string;
	name: string;
	/** What one row is, e.g. `status`, for placeholders. */
	what: string;
	/** Name of the list search. */
	list: string;
	description?: string;
	/** Where the id is to be found in Halo. */
	hint?: string;
	/** False where only an id is read, or names may be those of several rows. */
	byName?: boolean;
	/** Fields that the list depends on. */
	dependsOn?: string[];
	required?: boolean;
	displayOptions?: INodeProperties['displayOptions'];
}

/** A pick from Halo: searchable list, id, or name (typed, or by an expression). */
export function locator(field: LocatorField): INodeProperties {
	const { byName = true, dependsOn, displayOptions, hint, list, required, what, ...shown } = field;
	const picked: INodeProperties = {
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
	const { modes = [] } = picked;
	return byName ? picked : { ...picked, modes: modes.filter(({ name }) => name !== 'name') };
}

/** A pick of one Halo client, without which the node cannot run. */
export function clientLocator(
	field: Pick<LocatorField, 'byName' | 'description' | 'displayName' | 'displayOptions' | 'name'>,
): INodeProperties {
	return locator({
		byName: false,
		...field,
		what: 'client',
		list: 'searchClients',
		hint: 'The number at the end of the address of the client in Halo',
		required: true,
	});
}
