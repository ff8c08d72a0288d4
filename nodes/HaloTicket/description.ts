import type { INodeProperties } from 'n8n-workflow';

import { addNoteFields } from './fields/add-note';
import { contentFields } from './fields/content';
import { getFields, simplifyField } from './fields/get';
import { getManyFields } from './fields/get-many';
import { operationField, TAKES_EVENTS } from './fields/operation';
import { optionFields } from './fields/options';
import { profileFields } from './fields/profile';
import { scanFields } from './fields/scan';

/** Self-contained: n8n evaluates its text in the editor and in the engine. */
export const inputs =
	`={{ $parameter.profileFrom === 'rows' && ${JSON.stringify(TAKES_EVENTS)}.includes($parameter.operation) ? [{ type: 'main', displayName: 'Events' }, { type: 'main', displayName: 'Profiles' }] : ['main'] }}` as const;

/** Fields of the node. */
export const properties: INodeProperties[] = [
	operationField,
	...scanFields,
	...profileFields,
	...contentFields,
	optionFields,
	...getFields,
	...addNoteFields,
	...getManyFields,
	simplifyField,
];
