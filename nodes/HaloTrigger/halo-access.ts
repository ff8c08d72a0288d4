import type { IWebhookFunctions } from 'n8n-workflow';

import type { Seal } from '../shared/domain/ticket/seal';
import { HaloApi } from '../shared/halo/api';
import { LookupCache } from '../shared/halo/http/cache';
import { toResponseError } from '../shared/halo/http/errors';
import { createRuntime, credentialOptions, withPatience } from '../shared/n8n/create-halo-api';
import { createHaloTransport } from '../shared/n8n/halo-transport';

/** Halo waits for the answer, for how long is not known: after this, no further try is begun. */
const PATIENCE_MS = 15_000;

/** The agent of an application changes seldom. */
const KEEP_AGENT_MS = 15 * 60_000;

const agents = new LookupCache<number>();

/** Halo, as it is asked while a delivery waits for its answer. */
export interface HaloAccess {
	api: HaloApi;
	/** Tells our own tickets from others. */
	seal: Seal;
	/** Agent of the credential, asked for once in 15 minutes. */
	ownAgentId(): Promise<number>;
}

async function ownAgentId(api: HaloApi): Promise<number> {
	const agent = await api.ownAgent();
	if (agent !== null) return agent.id;
	const request = { method: 'GET', path: '/Agent/me' } as const;
	throw toResponseError(request, 200, 'the agent of the application', 'nobody');
}

/** Halo for one delivery, through the node's credential. */
export async function openHalo(context: IWebhookFunctions): Promise<HaloAccess> {
	const options = await credentialOptions(context);
	const { cacheKey, seal } = options;
	const runtime = withPatience(createRuntime(context), PATIENCE_MS);
	const api = new HaloApi(createHaloTransport(context), runtime, options);
	return {
		api,
		seal,
		ownAgentId: async () =>
			await agents.get(cacheKey, KEEP_AGENT_MS, runtime.now(), async () => await ownAgentId(api)),
	};
}
