import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { HALO_CREDENTIAL, type HaloContext } from './halo-transport';

/** By the context of one run of a node, which n8n makes anew each time: an edited credential is seen by the next run. */
const ofRuns = new WeakMap<HaloContext, Map<number, Promise<ICredentialDataDecryptedObject>>>();

async function read(
	context: HaloContext,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	return 'getInputData' in context
		? await context.getCredentials(HALO_CREDENTIAL, itemIndex)
		: await context.getCredentials(HALO_CREDENTIAL);
}

/**
 * The node's credential `haloPsaBridgeApi`, read once in a run: n8n fetches and decrypts it each time it is asked.
 * @param itemIndex item whose credential is used
 * @throws NodeOperationError when the node has no credential
 */
export async function readHaloCredential(
	context: HaloContext,
	itemIndex: number,
): Promise<ICredentialDataDecryptedObject> {
	const known = ofRuns.get(context) ?? new Map<number, Promise<ICredentialDataDecryptedObject>>();
	ofRuns.set(context, known);
	const credential = known.get(itemIndex) ?? read(context, itemIndex);
	known.set(itemIndex, credential);
	return await credential;
}
