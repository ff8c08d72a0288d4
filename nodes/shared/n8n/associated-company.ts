import type { IExecuteFunctions } from 'n8n-workflow';

import { readHaloCredential } from './halo-credential';
import { HALO_CREDENTIAL } from './halo-transport';

/**
 * The only company that the node's Halo credential is for, as the source writes it (*Associated Company*); null when it
 * is for all, or the node has no such credential.
 * @throws NodeOperationError when the credential cannot be read
 */
export async function readAssociatedCompany(context: IExecuteFunctions): Promise<string | null> {
	if (context.getNode().credentials?.[HALO_CREDENTIAL] === undefined) return null;
	const { associatedCompany } = await readHaloCredential(context, 0);
	const name = typeof associatedCompany === 'string' ? associatedCompany.trim() : '';
	return name === '' ? null : name;
}
