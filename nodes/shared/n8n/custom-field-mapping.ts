import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import {
	shownField,
	type CustomField,
	type CustomFieldKind,
} from '../domain/profile/custom-fields';
import type { HaloApi } from '../halo/api';
import { ticketFields, ticketTypeForm } from '../halo/ticket-fields';
import { createHaloApi } from './create-halo-api';
import { toNodeError } from './errors';
import { readOtherField } from './list-parameters';

/** As for the searchable lists: a change in Halo is seen after a minute. */
const KEEP_MS = 60_000;

const TYPES: Partial<Record<CustomFieldKind, FieldType>> = {
	single: 'options',
	date: 'dateTime',
	checkbox: 'boolean',
};

/** Ids of the fields that the picked ticket type requires; none where only a run can know the type. */
async function requiredIds(api: HaloApi, context: ILoadOptionsFunctions): Promise<Set<number>> {
	const field = readOtherField(context, 'ticketType');
	if (field.kind !== 'text') return new Set();
	const typed = Number(field.text);
	const wanted = field.text.toLowerCase();
	const id = Number.isSafeInteger(typed)
		? typed
		: (await api.ticketTypes()).find(({ name }) => name.toLowerCase() === wanted)?.id;
	const form = id === undefined ? null : await ticketTypeForm(api, id);
	return new Set((form?.required ?? []).map((required) => required.id));
}

function toField(field: CustomField, required: boolean): ResourceMapperField {
	const several = field.kind === 'multiple' ? ', several by commas' : '';
	return {
		id: field.name,
		displayName: `${shownField(field)}${several}`,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: TYPES[field.kind] ?? 'string',
		...(field.kind === 'single'
			? { options: field.options.map(({ name }) => ({ name, value: name })) }
			: {}),
	};
}

/** Custom fields of tickets for the resource mapper; tables cannot be filled from there. */
export async function getCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const api = await createHaloApi(this, 0, { keepListsMs: KEEP_MS });
		const required = await requiredIds(api, this);
		const fields = (await ticketFields(api)).filter(({ kind }) => kind !== 'table');
		return { fields: fields.map((field) => toField(field, required.has(field.id))) };
	} catch (error) {
		throw toNodeError(error, this.getNode());
	}
}
