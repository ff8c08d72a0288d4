/** Query values as Halo takes them; undefined members are left out. */
export type HaloQuery = Record<string, string | number | boolean | undefined>;

/** One request to Halo's resource server. `path` begins with `/` and has no `/api` in it, e.g. `/Tickets`. */
export interface HaloRequest {
	method: 'GET' | 'POST' | 'DELETE';
	path: string;
	query?: HaloQuery;
	body?: unknown;
}

/** Halo's answer, whatever its status. `body` is parsed JSON where it was JSON, else the text, else ''. Header names are lower case. */
export interface HaloResponse {
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

/**
 * How the client reaches Halo. The node side sends through n8n's credential; tests send straight to the simulator.
 * Rejects with `HaloConnectionError` when no answer came (timeout, reset, refused), never for an HTTP status:
 * a 401 that stays after one new token comes back as a response with status 401.
 */
export interface HaloTransport {
	send(request: HaloRequest): Promise<HaloResponse>;
}

/** What the client needs from outside besides the network; injected so that tests can own time. */
export interface HaloRuntime {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `milliseconds`; rejects or resolves early when the run is cancelled. */
	sleep(milliseconds: number): Promise<void>;
	/** A number in [0, 1), for jitter. */
	random(): number;
	/** True when the user stopped the run: the request in flight is finished, no other is started. */
	cancelled(): boolean;
}
