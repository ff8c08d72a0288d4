import type { SimulatorClock } from '../state/clock';
import type { Access } from '../state/rights';
import type { Query } from './query';
import type { HaloState } from '../state/state';
import type { HaloSwitches } from '../state/switches';
import type { TicketChange } from '../state/ticket-change';
import type { SimWebhook } from '../state/webhook-state';

/** Tells webhooks what happened. */
export interface Deliveries {
	/** Puts into the queue what the webhooks have asked to be told of a change. */
	notify(change: TicketChange): void;
	/** Sends a test delivery, as `_test` asks. */
	test(hook: SimWebhook): void;
	/** Sends a logged delivery once more, with the bytes that it had. */
	resend(deliveryId: string): void;
}

/** Everything a handler works on. */
export interface HaloContext {
	readonly clock: SimulatorClock;
	readonly switches: HaloSwitches;
	state: HaloState;
	/** `http://127.0.0.1:<port>`, known once the server listens. */
	origin: string;
	/** Where changes of tickets are reported to. */
	readonly deliveries: Deliveries;
}

/** One request on its way through the API, after its token was checked. */
export interface HaloCall {
	method: string;
	query: Query;
	body: unknown;
	access: Access;
	/** Ids that stand in the path, in order. */
	ids: string[];
}
