import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Delivery, DeliveryFilter } from '../shared/domain/webhook/delivery';
import { isOwnWrite, refusedByEvent, refusedByTicket } from '../shared/domain/webhook/delivery';
import type { ParsedDeliveries } from '../shared/domain/webhook/delivery-parse';
import { parseDeliveries } from '../shared/domain/webhook/delivery-parse';
import { EventInputError } from '../shared/domain/values/input-error';
import { asError } from '../shared/domain/values/read';
import { parseJson } from '../shared/domain/values/json-text';
import { HaloError } from '../shared/halo/http/errors';
import { OwnTickets } from '../shared/halo/own-tickets';
import { readAdmittedBody } from '../shared/n8n/admitted-body';
import { Refusal, refuseDelivery } from '../shared/n8n/raw-webhook';
import type { HaloAccess } from './halo-access';
import { openHalo } from './halo-access';
import type { KnownAgents } from './read-agents';
import { knownAgents } from './read-agents';
import type { KnownTicket } from './read-ticket';
import { TicketUnreadableError, knownTicket } from './read-ticket';
import { authenticationOf, readSecrets } from './secrets';
import type { TriggerSettings } from './settings';
import { readTriggerSettings } from './settings';

function parseBody(text: string): ParsedDeliveries | Refusal {
	try {
		const json = parseJson(text);
		if (json === null) return new Refusal(400, 'The body is not JSON.', 'Check what sends it.');
		const parsed = parseDeliveries(json.value);
		const nothing = parsed.deliveries.length + parsed.ignored === 0;
		if (nothing && parsed.unreadable.length > 0) {
			return new Refusal(400, 'The body is no delivery of Halo.', 'Check what sends it.');
		}
		return parsed;
	} catch (error) {
		if (!(error instanceof EventInputError)) throw asError(error);
		return new Refusal(400, `${error.message}.`, error.nextStep);
	}
}

async function filterOf(settings: TriggerSettings, halo: HaloAccess): Promise<DeliveryFilter> {
	return {
		events: settings.events,
		clients: settings.clients,
		statuses: settings.statuses,
		ticketTypes: settings.ticketTypes,
		onlyReferenced: settings.onlyReferenced,
		includeOwnWrites: settings.includeOwnWrites,
		ownAgentId: settings.ownAgentId ?? (await halo.ownAgentId()),
		ownApplication: settings.ownApplication,
	};
}

/** The reference of a ticket of ours, none for anybody's text that names one; null when the ticket is not known. */
async function referencesOf({ ticket }: KnownTicket, own: OwnTickets): Promise<string[] | null> {
	if (ticket === null || (ticket.summary === null && ticket.details === null)) return null;
	const texts = { summary: ticket.summary ?? '', details: ticket.details ?? '' };
	const reference = await own.referenceOf({ ...ticket, ...texts });
	return reference === null ? [] : [reference];
}

function itemOf(
	delivery: Delivery,
	known: KnownTicket,
	agents: KnownAgents,
	references: readonly string[] | null,
	ownWrite: boolean,
): IDataObject {
	const { action } = delivery;
	const { problem, ticket, ticketFrom } = known;
	return {
		...delivery,
		ownWrite,
		reference: references?.[0] ?? null,
		ticketFrom,
		problem: problem ?? agents.problem,
		agent: agents.agent === null ? null : { ...agents.agent },
		ticketAgent: agents.ticketAgent === null ? null : { ...agents.ticketAgent },
		ticket: ticket === null ? null : { ...ticket, customfields: ticket.customfields.map(plain) },
		action: action === null ? null : { ...action },
	};
}

function plain(field: { id: number; name: string | null; value: unknown }): IDataObject {
	return { id: field.id, name: field.name, value: JSON.parse(JSON.stringify(field.value)) };
}

/** The item of a delivery, or why it starts nothing. */
async function decide(
	delivery: Delivery,
	settings: TriggerSettings,
	filter: DeliveryFilter,
	halo: HaloAccess,
): Promise<IDataObject | string> {
	const byEvent = refusedByEvent(delivery, filter);
	if (byEvent !== null) return byEvent;
	if (delivery.ticket !== null) {
		// Type and client seldom change; the status in a delivery may be an old one.
		const early = refusedByTicket(delivery.ticket, null, { ...filter, statuses: [] });
		if (early !== null) return early;
	}
	const known = await knownTicket(delivery, settings.readTicket, halo.api);
	const api = settings.readTicket === 'never' ? null : halo.api;
	const references = await referencesOf(known, new OwnTickets(api, halo.seal));
	const byTicket = known.ticket === null ? null : refusedByTicket(known.ticket, references, filter);
	if (byTicket !== null) return byTicket;
	const agents = await knownAgents(delivery.agentId, known.ticket?.agent_id ?? null, api);
	return itemOf(delivery, known, agents, references, isOwnWrite(delivery, filter));
}

/**
 * Takes one request of Halo: bytes, sender, JSON, events, in this order, each with its own refusal and none with an
 * execution. What is not wanted is answered and starts nothing. When Halo must be asked and cannot be, the answer is
 * 503: the delivery shows as failed in Halo, where it can be sent again.
 */
export async function receiveHaloWebhook(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const settings = readTriggerSettings(context);
	const text = await readAdmittedBody(context, {
		node: 'Halo Trigger',
		authentication: authenticationOf(settings),
		readSecrets: async () => await readSecrets(context),
	});
	if (text instanceof Refusal) return refuseDelivery(context, text);
	const parsed = parseBody(text);
	if (parsed instanceof Refusal) return refuseDelivery(context, parsed);
	try {
		return await answer(context, settings, parsed);
	} catch (error) {
		if (!(error instanceof HaloError || error instanceof TicketUnreadableError)) {
			return await Promise.reject(error);
		}
		context.logger.error(`Halo Trigger could not ask Halo about a delivery: ${error.message}`, {
			node: context.getNode().name,
		});
		return refuseDelivery(
			context,
			new Refusal(
				503,
				'Halo could not be asked about the ticket.',
				'Send this delivery again from the tab Deliveries of the webhook.',
			),
		);
	}
}

async function answer(
	context: IWebhookFunctions,
	settings: TriggerSettings,
	{ deliveries, ignored, unreadable }: ParsedDeliveries,
): Promise<IWebhookResponseData> {
	const reply = { received: deliveries.length, started: 0, ignored, unreadable: unreadable.length };
	if (deliveries.length === 0) return { webhookResponse: reply };
	const halo = await openHalo(context);
	const filter = await filterOf(settings, halo);
	const items: IDataObject[] = [];
	for (const delivery of deliveries) {
		const result = await decide(delivery, settings, filter, halo);
		if (typeof result !== 'string') items.push(result);
	}
	reply.started = items.length;
	if (items.length === 0) return { webhookResponse: reply };
	return { webhookResponse: reply, workflowData: [items.map((json) => ({ json }))] };
}
