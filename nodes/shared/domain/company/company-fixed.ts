import type { CompanyMapping } from './mapping';
import type { PickedClient } from './words';
import type { EventMapping } from '../event/decision';
import type { CompanyResolver } from './resolve';

/** The mapping that a picked client stands for. @param origin `fixed client` or `catch-all client` */
export function fixedMapping(client: PickedClient, origin: string): EventMapping {
	return {
		...client,
		method: 'fixed client',
		origin,
		createTicket: true,
		noNotification: false,
		eventSet: null,
		profile: null,
	};
}

/** A resolver for "all to one client": every event belongs to it, also one that names no company. */
export function fixedResolver(client: PickedClient): CompanyResolver {
	const mapping: CompanyMapping = {
		...fixedMapping(client, 'fixed client'),
		integration: null,
		source: null,
		companyId: null,
		companyName: null,
		reference: null,
		refusal: null,
	};
	return () => ({
		kind: 'mapped',
		mapping,
		haloClientId: client.haloClientId,
		method: 'fixed client',
	});
}
