import type { SimulatorClock } from '../state/clock';
import type { Access } from '../state/rights';
import type { Query } from './query';
import type { HaloState } from '../state/state';
import type { HaloSwitches } from '../state/switches';
import type { WebhookDeliveries } from '../webhooks/webhook-delivery';

/** Everything a handler works on. */
export interface HaloContext {
	readonly clock: SimulatorClock;
	readonly switches: HaloSwitches;
	state: HaloState;
	/** `http://127.0.0.1:<port>`, known once the server listens. */
	origin: string;
	/** Where changes of tickets are reported to. */
	readonly deliveries: Pick<WebhookDeliveries, 'notify' | 'test' | 'resend'>;
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
