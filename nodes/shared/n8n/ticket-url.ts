import type { IExecuteFunctions } from 'n8n-workflow';

import { readFields, readTokenRequest } from '../halo/sign-in/token';
import { readHaloCredential } from './halo-credential';

/**
 * Where people open a ticket in Halo: the screen lives beside the resource server.
 * @throws as `readHaloCredential`; HaloAddressError when a field cannot be an address
 */
export async function readTicketUrl(context: IExecuteFunctions): Promise<(id: number) => string> {
	const { resourceServer } = readTokenRequest(readFields(await readHaloCredential(context, 0)));
	const screen = resourceServer.replace(/\/api$/, '');
	return (id) => `${screen}/ticket?id=${id}`;
}
