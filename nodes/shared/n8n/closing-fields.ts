import type { INodeProperties } from 'n8n-workflow';

import type { IntegrationProfile } from '../domain/profile/profile';
import { isRecord } from '../domain/values/json';
import { ParameterError } from './parameters';

/** Fields that a typed profile fills in a ticket together with its close status. */
export const fieldsOnClosing: INodeProperties = {
	displayName: 'Fields on Closing',
	name: 'fieldsClose',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	description:
		'What your Halo wants filled before a ticket is closed. Halo names the field when it refuses a close.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Field',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. category_1, impact, CFresolution',
					description:
						'Category_1 to category_4, impact or urgency; or a custom field by its name, label or ID',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. Security>Patching',
					description:
						'A name as Halo shows it, or an ID. A category is its whole path. The same value on every ticket.',
				},
			],
		},
	],
};

/**
 * What was typed under Fields on Closing.
 * @param given value of the parameter
 * @throws ParameterError for rows that are no field with a value
 */
export function readFieldsOnClosing(given: unknown): Pick<IntegrationProfile, 'fieldsClose'> {
	const rows = isRecord(given) ? given.field : undefined;
	if (!Array.isArray(rows)) return {};
	const fields: Record<string, string | number | boolean> = {};
	for (const row of rows) {
		const name: unknown = isRecord(row) ? row.name : null;
		const value: unknown = isRecord(row) ? row.value : null;
		if (typeof name !== 'string' || !isPlain(value)) {
			throw new ParameterError('Fields on Closing', 'a field and a value', row);
		}
		if (name.trim() !== '' && String(value).trim() !== '') fields[name.trim()] = value;
	}
	return Object.keys(fields).length === 0 ? {} : { fieldsClose: fields };
}

function isPlain(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}
