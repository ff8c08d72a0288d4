import { sleep } from 'n8n-workflow';

import { HaloApi, type HaloApiOptions } from '../halo/api';
import { readRequestShare } from '../halo/http/budget';
import { Seal } from '../domain/ticket/seal';
import { readSigningKeys } from '../halo/sign-in/signing-keys';
import type { HaloRuntime } from '../halo/http/transport';
import { readFields, readTokenRequest } from '../halo/sign-in/token';
import { readHaloCredential } from './halo-credential';
import { createHaloTransport, type HaloContext } from './halo-transport';
import { HaloCompanyLists } from '../halo/company-lists';

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

function cancelSignalOf(context: HaloContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** Time, waiting and cancelling as n8n gives them to a node. */
export function createRuntime(context: HaloContext): HaloRuntime {
	const signal = cancelSignalOf(context);
	const cancelled = (): boolean => signal?.aborted ?? false;
	return {
		now: () => Date.now(),
		sleep: async (milliseconds) => {
			// Stopping the run ends the wait; the client then sees `cancelled` and sends nothing more.
			await sleep(milliseconds, signal).catch(async (error: unknown) =>
				cancelled() ? undefined : await Promise.reject(error),
			);
		},
		random: () => Math.random(),
		cancelled,
	};
}

/**
 * The same where somebody waits for the answer: no further try is begun, and no room under Halo's limit waited for, once
 * the patience is at an end.
 * @param patienceMs from now on
 */
export function withPatience(runtime: HaloRuntime, patienceMs: number): HaloRuntime {
	const deadline = runtime.now() + patienceMs;
	const left = (): number => Math.max(deadline - runtime.now(), 0);
	return {
		...runtime,
		sleep: async (milliseconds) => await runtime.sleep(Math.min(milliseconds, left())),
		cancelled: () => left() === 0 || runtime.cancelled(),
	};
}

/** What a client of Halo's takes from the node's credential. */
export interface CredentialOptions {
	/** Names the credential in this process, secret included: the same for all nodes that use it, another after an edit. */
	cacheKey: string;
	/** Requests that one process sends in 5 minutes. */
	maxRequestsPerWindow: number;
	/** Makes and tells the marks on tickets, by the credential's signing keys. */
	seal: Seal;
}

/**
 * Reads the node's credential for a client of Halo's.
 * @param itemIndex item whose credential is used
 * @throws NodeOperationError when the node has no credential, HaloAddressError when its fields cannot be read,
 *   SigningKeyError for a key that is too short
 */
export async function credentialOptions(
	context: HaloContext,
	itemIndex = 0,
): Promise<CredentialOptions> {
	const credential = await readHaloCredential(context, itemIndex);
	return {
		cacheKey: readTokenRequest(readFields(credential)).fingerprint,
		maxRequestsPerWindow: readRequestShare(credential.requestsPerWindow),
		seal: new Seal(readSigningKeys(credential)),
	};
}

/** Halo, and what tells our own tickets there from others. */
export interface HaloConnection {
	api: HaloApi;
	seal: Seal;
}

/**
 * Halo for a node, through the node's credential `haloPsaBridgeApi`.
 * @param itemIndex item whose credential is used
 * @throws as `credentialOptions`
 */
export async function connectHalo(
	context: HaloContext,
	itemIndex = 0,
	options: Omit<HaloApiOptions, 'cacheKey' | 'maxRequestsPerWindow'> = {},
): Promise<HaloConnection> {
	const { seal, ...credential } = await credentialOptions(context, itemIndex);
	const api = new HaloApi(createHaloTransport(context), createRuntime(context), {
		...options,
		...credential,
	});
	return { api, seal };
}

/** As `connectHalo`, for what looks at no ticket of ours. */
export async function createHaloApi(
	context: HaloContext,
	itemIndex = 0,
	options: Omit<HaloApiOptions, 'cacheKey' | 'maxRequestsPerWindow'> = {},
): Promise<HaloApi> {
	return (await connectHalo(context, itemIndex, options)).api;
}
