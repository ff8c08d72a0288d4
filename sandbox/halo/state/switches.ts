import { NO_VARIANTS, type HaloVariants } from './variants';

/** Behaviours that differ between Halo tenants or versions; all may be changed while the simulator runs. */
export interface HaloSwitches extends HaloVariants {
	/** Refuse requests above `rateLimit` per rolling five minutes. Off, so that tests run at full speed. */
	enforceRateLimit: boolean;
	rateLimit: number;
	/** Whether a 429 of the limiter says when to come back. Halo is not known to say so. */
	retryAfter: 'none' | 'seconds' | 'date';
	/** Status of `invalid_client`: 401 was seen live, others report 400. */
	invalidClientStatus: 400 | 401;
	/** The token URL must carry `?tenant=`, as on a shared authorisation host. */
	tenantRequired: boolean;
	tokenLifetimeSeconds: number;
	/** Closing by `POST /Tickets` needs `tickettype_id` and `client_id` in the body; one live client had to send them, others close without. */
	strictClose: boolean;
	/** `GET /Tickets/{id}` without `includedetails=true` answers with a list row's members only. */
	strictDetails: boolean;
	/** A ticket whose agent is Unassigned may be closed. */
	closeUnassigned: boolean;
	/** Status of "Record not found" when a write is refused. */
	recordNotFoundStatus: 400 | 404;
	/** `max-plus-one` reads the next id and stores the ticket later, so two creates at once collide. */
	idAllocation: 'auto-increment' | 'max-plus-one';
	/** Milliseconds (real time) between reading the next id and storing the ticket. */
	idRaceMs: number;
	/** What the loser of the race gets: an error, or an answer with the winner's id and nothing stored. */
	idRaceOutcome: 'status-500' | 'same-id';
	createStatus: 200 | 201;
	/** Most rows of one page, whatever `page_size` asks. */
	pageCap: number;
	/** Rows of a list when neither paging nor `count` was asked for. */
	defaultRows: number;
	/**
	 * How `search_summary` and `search_details` look: as SQL LIKE; for whole words; for beginnings of words; for whole
	 * words of three letters and more; for texts that are equal; not at all, the parameter is ignored.
	 */
	textSearch: 'like' | 'full-text' | 'prefix' | 'long-words' | 'equal' | 'ignored';
	/** Some versions answer a POST of one record with an array of one. */
	wrapSingle: boolean;
	/** The tenant mails an acknowledgement for new tickets and closures unless told not to. */
	tenantMails: boolean;
	/** `details` of an existing ticket may be changed. */
	detailsMayChange: boolean;
	/** Milliseconds (real time) that every answer takes. */
	latencyMs: number;
	/** Tries after the first, for a delivery that got no 2xx. */
	webhookRetries: number;
	/** Milliseconds (real time) between two tries. */
	webhookRetryMs: number;
	/** Milliseconds (real time) that a receiver has to answer. */
	webhookTimeoutMs: number;
	/** Milliseconds (real time) between a change and its delivery. */
	webhookDelayMs: number;
	/** Every delivery is sent twice. */
	webhookDuplicates: boolean;
	/** `reversed`: what waits for the same webhook is sent newest first. */
	webhookOrder: 'kept' | 'reversed';
	/** Nothing is sent, and nothing logged. */
	webhooksLost: boolean;
	/** Failures in a row after which a webhook is switched off; 0 = never. */
	webhookDisableAfter: number;
	/** Names of a full payload's members: `webhook` writes `lastupdate`, `category1`; `api` as answers do. */
	webhookSpelling: 'webhook' | 'api';
}

/** The strict tenant: what the guide says Halo does, where it says so. */
export const DEFAULT_SWITCHES: Readonly<HaloSwitches> = {
	...NO_VARIANTS,
	enforceRateLimit: false,
	rateLimit: 300,
	retryAfter: 'none',
	invalidClientStatus: 401,
	tenantRequired: false,
	tokenLifetimeSeconds: 3600,
	strictClose: false,
	strictDetails: false,
	closeUnassigned: false,
	recordNotFoundStatus: 400,
	idAllocation: 'auto-increment',
	idRaceMs: 30,
	idRaceOutcome: 'status-500',
	createStatus: 201,
	pageCap: 100,
	defaultRows: 50,
	textSearch: 'like',
	wrapSingle: false,
	tenantMails: true,
	detailsMayChange: true,
	latencyMs: 0,
	webhookRetries: 0,
	webhookRetryMs: 1_000,
	webhookTimeoutMs: 30_000,
	webhookDelayMs: 0,
	webhookDuplicates: false,
	webhookOrder: 'kept',
	webhooksLost: false,
	webhookDisableAfter: 0,
	webhookSpelling: 'webhook',
};
