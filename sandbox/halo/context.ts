import type { SimulatorClock } from './clock';
import type { Access } from './permissions';
import type { Query } from './query';
import type { HaloState } from './state';
import type { HaloSwitches } from './switches';
import type { WebhookDeliveries } from './webhook-delivery';

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
