import type { Delivery, DeliveryTicket } from '../shared/domain/webhook/delivery';
import type { HaloApi } from '../shared/halo/api';
import { HaloError } from '../shared/halo/http/errors';
import type { TicketDetail } from '../shared/halo/records/records';
import type { TriggerSettings } from './settings';

/** A ticket and where it comes from. `problem` says why it is not as it should be. */
export interface KnownTicket {
	ticket: DeliveryTicket | null;
	ticketFrom: 'halo' | 'delivery' | 'none';
	problem: string | null;
}

/** Halo could not be asked for a ticket that the delivery does not hold. */
export class TicketUnreadableError extends Error {}

function fromDetail(detail: TicketDetail): DeliveryTicket {
	return {
		id: detail.id,
		summary: detail.summary,
		details: detail.details,
		client_id: detail.client_id,
		client_name: detail.client_name,
		site_id: detail.site_id,
		user_id: detail.user_id,
		reporter: detail.reporter,
		tickettype_id: detail.tickettype_id,
		status_id: detail.status_id,
		priority_id: detail.priority_id,
		sla_id: detail.sla_id,
		agent_id: detail.agent_id,
		team: detail.team,
		last_update: detail.last_update,
		dateoccurred: detail.dateoccurred,
		dateclosed: detail.dateclosed,
		hasbeenclosed: detail.hasbeenclosed,
		merged_into_id: detail.merged_into_id,
		deleted: detail.deleted,
		customfields: detail.customfields,
	};
}

function asDelivered({ ticket }: Delivery, problem: string | null): KnownTicket {
	return { ticket, ticketFrom: ticket === null ? 'none' : 'delivery', problem };
}

/**
 * The ticket of a delivery, read from Halo where the settings ask for it.
 * @throws TicketUnreadableError when neither Halo nor the delivery tells it, and Halo failed
 */
export async function knownTicket(
	delivery: Delivery,
	readTicket: TriggerSettings['readTicket'],
	api: HaloApi,
): Promise<KnownTicket> {
	const wanted = readTicket === 'always' || (readTicket === 'whenMissing' && !delivery.ticket);
	if (!wanted) return asDelivered(delivery, null);
	try {
		const detail = await api.getTicket(delivery.ticketId);
		if (detail !== null) return { ticket: fromDetail(detail), ticketFrom: 'halo', problem: null };
		const gone = `Halo shows no ticket ${delivery.ticketId}: it is deleted, or the agent may not see it`;
		return asDelivered(delivery, delivery.event === 'deleted' ? null : gone);
	} catch (error) {
		if (!(error instanceof HaloError)) return await Promise.reject(error);
		if (delivery.ticket !== null) {
			return asDelivered(delivery, `${error.message}. ${error.nextStep}`);
		}
		throw toUnreadable(error);
	}
}

function toUnreadable(error: HaloError): TicketUnreadableError {
	return new TicketUnreadableError(error.message, { cause: error });
}
