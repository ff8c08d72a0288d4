/** What a delivery says happened to a ticket; `other` is an event of Halo that has no word here. */
export const DELIVERY_EVENTS = [
	'created',
	'updated',
	'statusChanged',
	'closed',
	'deleted',
	'other',
] as const;
export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number];

/** A ticket as a delivery tells it, in Halo's spelling; null what it does not tell. */
export interface DeliveryTicket {
	id: number;
	summary: string | null;
	details: string | null;
	client_id: number | null;
	client_name: string | null;
	site_id: number | null;
	user_id: number | null;
	/** Who reported it, as an address or a name. */
	reporter: string | null;
	tickettype_id: number | null;
	status_id: number | null;
	priority_id: number | null;
	sla_id: number | null;
	agent_id: number | null;
	team: string | null;
	/** ISO 8601 in UTC, as all times here. */
	last_update: string | null;
	dateoccurred: string | null;
	dateclosed: string | null;
	hasbeenclosed: boolean | null;
	/** The ticket that this one was merged into. */
	merged_into_id: number | null;
	deleted: boolean | null;
	customfields: Array<{ id: number; name: string | null; value: unknown }>;
}

/** The action (note) that came with an event. */
export interface DeliveryAction {
	id: number | null;
	outcome: string | null;
	note: string | null;
	who: string | null;
	agentId: number | null;
	/** Name of the API application that wrote it; null when a person did. */
	application: string | null;
	private: boolean | null;
	time: string | null;
}

/** One event of one delivery of Halo. */
export interface Delivery {
	/** Halo's id of the delivery; the same again when Halo sends it again. */
	deliveryId: string | null;
	event: DeliveryEvent;
	/** Halo's words for it, e.g. `ticket status changed`. */
	eventName: string;
	ticketId: number;
	/** Who caused it; the API agent when an application did. */
	agentId: number | null;
	message: string | null;
	time: string | null;
	webhookId: string | null;
	notificationId: number | null;
	ticket: DeliveryTicket | null;
	action: DeliveryAction | null;
}

/** Which deliveries start the workflow. An empty list lets all pass. */
export interface DeliveryFilter {
	events: readonly DeliveryEvent[];
	ticketTypes: readonly number[];
	clients: readonly number[];
	statuses: readonly number[];
	/** Only tickets that carry a reference of ours. */
	onlyReferenced: boolean;
	includeOwnWrites: boolean;
	/** Writes of this agent are our own. */
	ownAgentId: number;
	/** Actions of this application are our own; null when only the agent tells. */
	ownApplication: string | null;
}

/** Null lets a delivery pass, a text says why it does not. */
export type Refused = string | null;

/** Whether this pack caused it: its agent or its application stands in the delivery. */
export function isOwnWrite(
	{ action, agentId }: Delivery,
	{ ownAgentId, ownApplication }: Pick<DeliveryFilter, 'ownAgentId' | 'ownApplication'>,
): boolean {
	if (agentId === ownAgentId || action?.agentId === ownAgentId) return true;
	const application = action?.application?.toLowerCase() ?? null;
	return application !== null && application === ownApplication?.toLowerCase();
}

/** Why an event is left out, before anything is known of its ticket: its kind, or that we caused it ourselves. */
export function refusedByEvent(delivery: Delivery, filter: DeliveryFilter): Refused {
	const { event } = delivery;
	const { events } = filter;
	if (!filter.includeOwnWrites && isOwnWrite(delivery, filter)) return 'own write';
	// A kind that has no word here was attached by hand, so somebody wants it.
	if (event !== 'other' && events.length > 0 && !events.includes(event)) return 'event not chosen';
	return null;
}

function outside(wanted: readonly number[], value: number | null): boolean {
	return wanted.length > 0 && value !== null && !wanted.includes(value);
}

/**
 * Why an event is left out by its ticket. What a delivery does not tell lets it pass.
 * @param references references found on the ticket; null when nothing of its text is known
 */
export function refusedByTicket(
	ticket: DeliveryTicket,
	references: readonly string[] | null,
	filter: DeliveryFilter,
): Refused {
	if (outside(filter.ticketTypes, ticket.tickettype_id)) return 'ticket type not chosen';
	if (outside(filter.clients, ticket.client_id)) return 'client not chosen';
	if (outside(filter.statuses, ticket.status_id)) return 'status not chosen';
	if (filter.onlyReferenced && references?.length === 0) return 'no reference of ours';
	return null;
}
