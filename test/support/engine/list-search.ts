import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetUp } from './workflow';

export interface SearchListOptions extends NodeSetUp {
	/** Name under `methods.listSearch` of the node. */
	method: string;
	filter?: string;
	paginationToken?: string;
	/** Place of the field in the node's parameters. */
	path?: string;
}

/** Calls a searchable list as the editor does, on n8n's own context for it. Rejects as the editor would see it. */
export async function searchList(options: SearchListOptions): Promise<INodeListSearchResult> {
	const { workflow, node, additionalData } = prepareNode(options);
	const method = options.node.methods?.listSearch?.[options.method];
	if (method === undefined) throw new Error(`The node has no list ${options.method}`);
	additionalData.currentNodeParameters = node.parameters;
	const context = new LoadOptionsContext(
		workflow,
		node,
		additionalData,
		options.path ?? 'parameters.field',
	);
	return await method.call(
		context as unknown as ILoadOptionsFunctions,
		options.filter,
		options.paginationToken,
	);
}
