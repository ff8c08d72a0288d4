import type { IExecuteFunctions } from 'n8n-workflow';

import { readFields } from '../halo/sign-in/token';
import { readAddresses } from '../halo/sign-in/urls';

const CREDENTIAL = 'haloPsaBridgeApi';

/** Where people open a ticket in Halo: the screen lives beside the resource server. */
export async function readTicketUrl(context: IExecuteFunctions): Promise<(id: number) => string> {
	const { resourceServer } = readAddresses(readFields(await context.getCredentials(CREDENTIAL)));
	const screen = resourceServer.replace(/\/api$/, '');
	return (id) => `${screen}/ticket?id=${id}`;
}
