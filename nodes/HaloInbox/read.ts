import type { IExecuteFunctions } from 'n8n-workflow';

import { readObject } from '../shared/n8n/parameters';

/** Ids of tables by their names. @throws ParameterError when the parameter holds no object */
export function readIds(context: IExecuteFunctions, name: string): Record<string, string> {
	const ids = Object.entries(readObject(context, name));
	return Object.fromEntries(ids.map(([table, id]) => [table, String(id)]));
}
