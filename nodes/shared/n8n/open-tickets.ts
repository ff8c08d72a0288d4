import type { IExecuteFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { OpenTickets, StatusTicket } from '../domain/pages/ticket-counts';
import { countTickets } from '../domain/pages/ticket-counts';
import { recognise } from '../domain/ticket/recognise';
import { REFERENCE_WORD } from '../domain/ticket/reference';
import type { Seal } from '../domain/ticket/seal';
import { HaloApi } from '../halo/api';
import { HaloCancelledError } from '../halo/http/errors';
import type { HaloRuntime } from '../halo/http/transport';
import { createRuntime, credentialOptions } from './create-halo-api';
import { createHaloTransport } from './halo-transport';

/** A thousand tickets: enough for most tenants, and a page that everybody may reload must not eat Halo's limit. */
const MOST_PAGES = 10;

/** Whoever looks at a page has turned away after this. */
const PATIENCE_MS = 20_000;

const NO_ROOM =
	'The request limit is used up at the moment; the workflows have the room. Reload in some minutes.';

/** Never waits: a page says at once what is wrong, where a run would try again. */
function impatient(runtime: HaloRuntime): HaloRuntime {
	let hurried = false;
	return {
		...runtime,
		sleep: async () => {
			hurried = true;
		},
		cancelled: () => hurried || runtime.cancelled(),
	};
}

async function countOpen(api: HaloApi, seal: Seal): Promise<OpenTickets> {
	const tickets: StatusTicket[] = [];
	let pages = 0;
	for await (const page of api.searchTickets({ summary: REFERENCE_WORD, state: 'open' })) {
		for (const row of page.rows) {
			const { reference, state } = recognise(row, seal);
			if (reference !== null) tickets.push({ ...row, state });
		}
		pages += 1;
		if (pages < MOST_PAGES) continue;
		return { kind: 'known', counts: countTickets(tickets), capped: page.next !== null };
	}
	return { kind: 'known', counts: countTickets(tickets), capped: false };
}

function toReason(error: unknown): string {
	if (error instanceof HaloCancelledError) return NO_ROOM;
	return error instanceof Error ? error.message : String(error);
}

/** Open tickets of the pack; a Halo that does not answer is an answer for the page. */
async function countedOrLate(api: HaloApi, seal: Seal): Promise<OpenTickets> {
	const answered = new AbortController();
	const late = async (): Promise<OpenTickets> => {
		await sleep(PATIENCE_MS, answered.signal);
		return { kind: 'unknown', reason: `No answer within ${PATIENCE_MS / 1000} seconds.` };
	};
	try {
		return await Promise.race([countOpen(api, seal), late()]);
	} catch (error) {
		return { kind: 'unknown', reason: toReason(error) };
	} finally {
		answered.abort();
	}
}

/**
 * Open tickets of the pack, for a page: asked once, and said at once when Halo does not tell.
 * @returns with the requests that this process sent with the credential in the last five minutes
 * @throws as `credentialOptions`
 */
export async function readOpenTickets(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<{ tickets: OpenTickets; requests: number }> {
	const runtime = impatient(createRuntime(context));
	const options = await credentialOptions(context, itemIndex);
	const api = new HaloApi(createHaloTransport(context), runtime, options);
	return { tickets: await countedOrLate(api, options.seal), requests: api.requestsInWindow };
}
