import { HaloCompanyLists } from '../halo/company-lists';
import { createRuntime, credentialOptions } from './create-halo-api';
import type { HaloContext } from './halo-transport';
import { createHaloTransport } from './halo-transport';

/**
 * Halo's lists of clients, sites, contacts and assets for a node, through its credential `haloPsaBridgeApi`.
 * @param itemIndex item whose credential is used
 * @throws NodeOperationError when the node has no credential, HaloAddressError when its fields cannot be read
 */
export async function createCompanyLists(
	context: HaloContext,
	itemIndex = 0,
): Promise<HaloCompanyLists> {
	return new HaloCompanyLists(
		createHaloTransport(context),
		createRuntime(context),
		await credentialOptions(context, itemIndex),
	);
}
