import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { isRecord } from '../domain/values/json';

/** Where the nodes of the pack keep a field: beside the others, or under More Fields. */
const PLACES = ['', 'moreFields.', 'options.', 'profile.', '&'];

/** What another field of the node holds while a list is open. */
export type OtherField =
	| { kind: 'empty' }
	/** Its value is known only when the workflow runs. */
	| { kind: 'expression' }
	| { kind: 'text'; text: string };

function read(context: ILoadOptionsFunctions, path: string): unknown {
	const value: unknown = context.getCurrentNodeParameter(path);
	return isRecord(value) && 'value' in value ? value.value : value;
}

/**
 * Another field of the node, for a list that depends on it.
 * @param name the field's name, without the collection that it may stand in
 */
export function readOtherField(context: ILoadOptionsFunctions, name: string): OtherField {
	for (const place of PLACES) {
		const value = read(context, `${place}${name}`);
		const text =
			typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
		if (text.startsWith('=')) return { kind: 'expression' };
		if (text !== '') return { kind: 'text', text };
	}
	return { kind: 'empty' };
}
