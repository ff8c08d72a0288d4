import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readOtherField } from '../shared/n8n/list-parameters';

/** One company of the field: `42; Contoso Ltd`, or the name alone. */
function toResult(line: string): { name: string; value: string } {
	const at = line.indexOf(';');
	const id = at === -1 ? '' : line.slice(0, at).trim();
	const name = line.slice(at + 1).trim();
	return id === '' || name === '' ? { name: id || name, value: id || name } : { name, value: id };
}

/** The companies that were written into the node, for the list of Link. */
export async function searchCompanies(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const field = readOtherField(this, 'companyList');
	if (field.kind === 'expression') {
		// Only a run knows what the expression gives; the list says so instead of being empty.
		const name = 'Companies to Pick From is an expression: type the company by name or ID';
		return await Promise.resolve({ results: [{ name, value: '' }] });
	}
	const wanted = filter?.trim().toLowerCase() ?? '';
	const lines = field.kind === 'text' ? field.text.split('\n') : [];
	const results = lines
		.filter((line) => line.trim() !== '')
		.map(toResult)
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return await Promise.resolve({ results });
}
