import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** What the simulator says about itself; more members do no harm. */
export interface HaloAccess {
	resourceServer: string;
	authServer: string;
	tenant: string;
	clientId: string;
	clientSecret: string;
}

/** The credential `haloPsaBridgeApi` for a simulator. */
export function haloCredentialOf(halo: HaloAccess): ICredentialDataDecryptedObject {
	return {
		domain: halo.resourceServer,
		authorisationServer: halo.authServer,
		tenant: halo.tenant,
		clientId: halo.clientId,
		clientSecret: halo.clientSecret,
		scopePreset: 'ticketsAndAssets',
	};
}
