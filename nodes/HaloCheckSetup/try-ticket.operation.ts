import { randomBytes } from 'node:crypto';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readClientId } from '../shared/domain/company/mapping';
import { formToken, isFormToken } from '../shared/domain/pages/form-token';
import {
	probeFormPage,
	probePage,
	readProbeForm,
	type ProbeChoices,
	type ProbeForm,
} from '../shared/domain/pages/probe-page';
import { lettersOfBytes } from '../shared/domain/ticket/reference';
import { probeTenant, type ProbeReport } from '../shared/halo/check/probe';
import { ProbeRefusal } from '../shared/halo/check/probe-ground';
import { INTERNAL_NOTE } from '../shared/halo/notes';
import { onePage } from '../shared/halo/records/pages';
import { createHaloApi, createRuntime, credentialOptions } from '../shared/n8n/create-halo-api';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { createHaloTransport, unstoppable } from '../shared/n8n/halo-transport';
import { forEachItem } from '../shared/n8n/items';
import { readBoolean, readLocator } from '../shared/n8n/parameters';
import { readTicketUrl } from '../shared/n8n/ticket-url';
import { withFailurePage } from './failed-page';
import { readNoteOutcome } from './read-note-outcome';

/** What a person chose. */
interface Order {
	client: string | null;
	confirmed: boolean;
	ticketType: string | null;
	closeStatus: string | null;
	noteOutcomeId: number;
}

/** @throws ProbeRefusal for an order without a client, without the tick, or on Halo's "Unknown" */
function clientOf({ client, confirmed }: Order): number {
	const read = readClientId(client);
	if ('fault' in read) {
		throw new ProbeRefusal(`Test Client: ${read.fault.problem}`, 'Pick a client of your own.');
	}
	if (read.value === null) {
		throw new ProbeRefusal(
			'No Test Client is picked',
			'Pick a client of your own, e.g. your own company.',
		);
	}
	if (!confirmed) {
		throw new ProbeRefusal(
			'"Creates and Closes One Ticket There" is not ticked',
			'Tick it: one ticket is made on that client and closed again.',
		);
	}
	return read.value;
}

async function probe(context: IExecuteFunctions, order: Order): Promise<ProbeReport> {
	const clientId = clientOf(order);
	const { cacheKey, maxRequestsPerWindow } = await credentialOptions(context);
	return await probeTenant(
		createHaloTransport(unstoppable(context)),
		createRuntime(context),
		{ cacheKey, maxRequestsPerWindow },
		{
			clientId,
			ticketType: order.ticketType,
			closeStatus: order.closeStatus,
			noteOutcomeId: order.noteOutcomeId,
			word: lettersOfBytes(randomBytes(16)),
			ticketUrl: await readTicketUrl(context),
		},
	);
}

/** Tries once per run, however many items come in: one item per fact, and the summary with its page. */
export async function tryTicket(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const picked = (name: string): string | null => readLocator(context, name, 0)?.id ?? null;
		const { lines, summary } = await probe(context, {
			client: picked('testClient'),
			confirmed: readBoolean(context, 'confirmed', 0),
			ticketType: picked('testTicketType'),
			closeStatus: picked('testCloseStatus'),
			noteOutcomeId: readNoteOutcome(context),
		});
		const pairedItem = { item: 0 };
		const requests = summary.requests.map((request) => ({ ...request }));
		return [
			lines.map((line, index) => ({ json: { number: index + 1, ...line }, pairedItem })),
			[{ json: { ...summary, requests, page: probePage(lines, summary) }, pairedItem }],
		];
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		const failed = toErrorItem(error, context.getNode(), 0);
		return [[failed], [failed]];
	}
}

async function choicesFor(
	context: IExecuteFunctions,
	{ search }: ProbeForm,
): Promise<ProbeChoices> {
	const api = await createHaloApi(context);
	const found = await onePage(api.listClients(search === '' ? {} : { search }));
	const open = new Set(await api.openStatusIds());
	return {
		clients: found.rows.filter(({ id }) => 'value' in readClientId(id)),
		more: found.next !== null,
		ticketTypes: await api.ticketTypes(),
		closeStatuses: (await api.statuses()).filter(({ id }) => !open.has(id)),
	};
}

const TOO_OLD =
	'This form is too old, or was not made here. Nothing was sent to Halo: choose again.';

/** What the page answers to one request; the item is that of a Webhook node. */
async function answerOf(context: IExecuteFunctions, form: ProbeForm): Promise<string> {
	const { cacheKey } = await credentialOptions(context);
	const show = async (refused: string | null): Promise<string> =>
		probeFormPage(await choicesFor(context, form), form, formToken(cacheKey, Date.now()), refused);
	if (!form.isOrder) return await show(null);
	if (!isFormToken(cacheKey, form.token, Date.now())) return await show(TOO_OLD);
	try {
		const { lines, summary } = await probe(context, {
			...form,
			ticketType: form.ticketType === '' ? null : form.ticketType,
			closeStatus: form.closeStatus === '' ? null : form.closeStatus,
			noteOutcomeId: INTERNAL_NOTE,
		});
		return probePage(lines, summary);
	} catch (error) {
		if (error instanceof ProbeRefusal) return await show(`${error.message}. ${error.nextStep}`);
		return await Promise.reject(error);
	}
}

/** One page per item: the form, or what the test told. */
export async function showTestPage(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const outputs = await forEachItem(context, 1, async ({ json }) => ({
		json: { page: await answerOf(context, readProbeForm(json)) },
	}));
	return outputs.map((items) => items.map((item) => withFailurePage(item, context.getNode())));
}
