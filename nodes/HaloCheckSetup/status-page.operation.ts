import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { readStatusInput } from '../shared/domain/pages/status-input';
import { statusPage } from '../shared/domain/pages/status-page';
import type { OpenTickets, StatusTicket } from '../shared/domain/pages/ticket-counts';
import { countTickets } from '../shared/domain/pages/ticket-counts';
import { recognise } from '../shared/domain/ticket/recognise';
import { REFERENCE_WORD } from '../shared/domain/ticket/reference';
import type { Seal } from '../shared/domain/ticket/seal';
import { HaloApi } from '../shared/halo/api';
import { HaloCancelledError } from '../shared/halo/http/errors';
import type { HaloRuntime } from '../shared/halo/http/transport';
import { createRuntime, credentialOptions } from '../shared/n8n/create-halo-api';
import { createHaloTransport } from '../shared/n8n/halo-transport';
import { forEachItem } from '../shared/n8n/items';

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
async function openTickets(api: HaloApi, seal: Seal): Promise<OpenTickets> {
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

/** One page per item; the item holds the rows of the tables, see `readStatusInput`. */
export async function showStatus(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await forEachItem(context, 1, async ({ json }, itemIndex) => {
		const runtime = impatient(createRuntime(context));
		const options = await credentialOptions(context, itemIndex);
		const api = new HaloApi(createHaloTransport(context), runtime, options);
		const tickets = await openTickets(api, options.seal);
		const now = Date.now();
		const input = readStatusInput(json, now);
		return { json: { page: statusPage(input, tickets, api.requestsInWindow, now) } };
	});
}
