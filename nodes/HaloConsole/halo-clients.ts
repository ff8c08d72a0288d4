import type { IExecuteFunctions } from 'n8n-workflow';

import type { HaloClient } from '../shared/domain/company/types';
import { HaloError } from '../shared/halo/http/errors';
import { LookupCache } from '../shared/halo/http/cache';
import {
	createClientVerifier,
	readClients,
	type Verified,
	type WantedClient,
} from '../shared/halo/verify-client';
import { createCompanyLists, credentialOptions } from '../shared/n8n/create-halo-api';
import { expectedError } from '../shared/domain/values/read';

/** As long as a list of the editor: a click or two on one list, and a change in Halo is seen soon. */
const KEEP_MS = 60_000;

const kept = new LookupCache<HaloClient[]>();

/** Halo's clients for a page, or why they are not known. */
export type KnownClients = { clients: HaloClient[] } | { problem: string };

/**
 * Every client of the tenant, inactive ones too; asked at most once a minute. Only for showing: what is written is looked
 * up anew.
 */
export async function knownClients(context: IExecuteFunctions): Promise<KnownClients> {
	const { cacheKey } = await credentialOptions(context);
	try {
		const clients = await kept.get(
			cacheKey,
			KEEP_MS,
			Date.now(),
			async () => await readClients(await createCompanyLists(context, 0)),
		);
		return { clients };
	} catch (error) {
		const { message } = expectedError(error, HaloError);
		return { problem: `Halo did not tell its clients. ${message}` };
	}
}

/**
 * Looks clients up in Halo, now: what a page showed may be a minute old.
 * @returns in the order given: each client, or why it may not be used, a Halo that does not answer included
 */
export async function verifiedClients(
	context: IExecuteFunctions,
	wanted: readonly WantedClient[],
): Promise<Verified[]> {
	const verify = createClientVerifier(await createCompanyLists(context, 0), wanted);
	const verified: Verified[] = [];
	for (const client of wanted) {
		try {
			verified.push(await verify(client));
		} catch (error) {
			const { message } = expectedError(error, HaloError);
			// What one could not be asked, the others cannot either.
			return wanted.map(() => ({ problem: `Halo could not be asked: ${message}` }));
		}
	}
	return verified;
}
