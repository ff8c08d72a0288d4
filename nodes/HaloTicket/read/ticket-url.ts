import type { IExecuteFunctions } from 'n8n-workflow';

import { readAddresses } from '../../shared/halo/sign-in/urls';

const CREDENTIAL = 'haloPsaBridgeApi';

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** Where people open a ticket in Halo: the screen lives beside the resource server. */
export async function readTicketUrl(context: IExecuteFunctions): Promise<(id: number) => string> {
	const { domain, authorisationServer, tenant } = await context.getCredentials(CREDENTIAL);
	const { resourceServer } = readAddresses({
		domain: text(domain),
		authorisationServer: text(authorisationServer),
		tenant: text(tenant),
	});
	const screen = resourceServer.replace(/\/api$/, '');
	return (id) => `${screen}/ticket?id=${id}`;
}
