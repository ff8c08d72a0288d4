import type { HaloCause } from '../../domain/event/halo-cause';
import { isRecord } from '../../domain/values/json';
import { readErrorWords } from './error-body';
import { redact } from './redact';
import { missingRightFor } from './rights';
import type { HaloRequest, HaloResponse } from './transport';

/** What every error of the client carries besides its message. */
export interface HaloErrorDetails {
	/** HTTP status; null when no answer came. */
	status: number | null;
	method: HaloRequest['method'];
	/** Path below the resource server, e.g. `/Tickets`. */
	path: string;
	/** Halo's own words, without secrets, at most 500 characters; null when it said nothing. */
	haloMessage: string | null;
	/** What to do, for a technician, with the menu path in Halo where it helps. */
	nextStep: string;
}

/** Every failure of a request to Halo. The classes below say what the caller must do about it. */
export class HaloError extends Error {
	readonly status: number | null;
	readonly method: HaloRequest['method'];
	readonly path: string;
	readonly haloMessage: string | null;
	readonly nextStep: string;

	/** @param what failed, in words, e.g. `Halo refused the request` */
	constructor(what: string, details: HaloErrorDetails, cause?: unknown) {
		const status = details.status === null ? '' : ` (${details.status})`;
		const path = redact(details.path);
		const said = details.haloMessage === null ? null : redact(details.haloMessage);
		const words = said === null || said === '' ? '' : ` — ${said}`;
		super(
			`${redact(what)}${status}: ${details.method} ${path}${words}`,
			cause === undefined ? undefined : { cause },
		);
		this.name = new.target.name;
		this.status = details.status;
		this.method = details.method;
		this.path = path;
		this.haloMessage = said === '' ? null : said;
		this.nextStep = details.nextStep;
	}
}

/** No answer came: refused, reset, timed out, name not found. Whether a write was stored is unknown. */
export class HaloConnectionError extends HaloError {}

/** 401 with a fresh token, or no token to be had. */
export class HaloAuthenticationError extends HaloError {}

/** 403, or 401 for a single record: the token is good, a right is missing. */
export class HaloPermissionError extends HaloError {}

/** 404, or 400 with "Record not found". */
export class HaloNotFoundError extends HaloError {}

/** Any other 4xx: the same request will fail again. */
export class HaloValidationError extends HaloError {}

/** 429 after the tries that were allowed. */
export class HaloRateLimitError extends HaloError {}

/** 5xx. Whether a write was stored is unknown. */
export class HaloServerError extends HaloError {}

/** An answer with a good status that cannot be read. */
export class HaloResponseError extends HaloError {}

/** The run was stopped; no further request is sent. */
export class HaloCancelledError extends HaloError {}

/** Why Halo did not do it. A token address that refuses answers 400 as well, so the class tells more than the status. */
export function haloCauseOf(error: HaloError): HaloCause {
	const { status } = error;
	const later =
		status === null || status < 400 || status === 408 || status === 429 || status >= 500;
	if (later) return 'halo_down';
	const refused = error instanceof HaloAuthenticationError || error instanceof HaloPermissionError;
	return refused ? 'halo_rights' : 'halo_refused';
}

const CONNECTION_STEP =
	'Check the Halo URL in the credential, and that the n8n host can reach it (DNS, proxy, firewall).';
const LIMIT_STEP =
	'Halo allows 300 requests in any 5 minutes for all integrations together. Wait 5 minutes, or process fewer items per run.';
const SERVER_STEP =
	'Halo or its gateway failed. Run again: what was already written is found by its reference.';

/** Words by which Halo asks for fields. Which ones a tenant says is not documented; these were seen, or are plain. */
const ASKS_FOR_FIELDS = /\b(?:following fields?|mandatory|required)\b/i;

/** Where a field is filled that Halo wants before it takes a ticket: in the profile, for a new one or for its end. */
function fieldsStep({ body }: HaloRequest): string {
	const [sent]: unknown[] = Array.isArray(body) ? body : [];
	const optional =
		'or make it optional in Halo: Configuration > Tickets > Ticket Types > Field List.';
	if (isRecord(sent) && sent.id === undefined) {
		return `Correct what Halo names in the profile: Category, Impact, Urgency, or Custom Fields (column fields of halo_profiles); ${optional}`;
	}
	return `Correct what Halo names in the profile: Fields on Closing (column fieldsClose of halo_profiles); ${optional} The next run closes the ticket.`;
}

/**
 * The error for an answer whose status is not 2xx.
 * @param goodToken true when Halo took the token for other requests: a 401 is then about the record
 */
export function toHaloError(
	request: HaloRequest,
	response: HaloResponse,
	goodToken = false,
): HaloError {
	const words = readErrorWords(response.body);
	const details = (nextStep: string): HaloErrorDetails => ({
		status: response.status,
		method: request.method,
		path: request.path,
		haloMessage: words === '' ? null : words,
		nextStep,
	});
	const right = missingRightFor(request);
	if (response.status === 401 && goodToken) {
		return new HaloPermissionError(
			'Halo refuses this record, with a token that is good for others',
			details(`The agent may not see or change it: ${right}`),
		);
	}
	if (response.status === 401) {
		return new HaloAuthenticationError(
			'Halo did not accept the token',
			details(`Test the credential. When it is green, the right is missing: ${right}`),
		);
	}
	if (response.status < 400) {
		const target = response.headers.location;
		return toResponseError(
			request,
			response.status,
			'an answer',
			target === undefined ? '' : `a redirect to ${target}`,
		);
	}
	if (response.status === 403) return new HaloPermissionError('Halo denied access', details(right));
	if (response.status === 404 || /record not found/i.test(words)) {
		return new HaloNotFoundError(
			'Halo found no such record',
			details(`Check the id. Halo says the same when the agent may not see the record: ${right}`),
		);
	}
	if (response.status === 429)
		return new HaloRateLimitError("Halo's request limit is reached", details(LIMIT_STEP));
	if (response.status >= 500) return new HaloServerError('Halo failed', details(SERVER_STEP));
	if (ASKS_FOR_FIELDS.test(words) && request.path === '/Tickets') {
		return new HaloValidationError('Halo wants fields filled', details(fieldsStep(request)));
	}
	return new HaloValidationError(
		'Halo refused the request',
		details(`Correct what Halo names, then run again. When it names no field: ${right}`),
	);
}

/**
 * The error for a request that got no answer.
 * @param nextStep what to do, where the reason tells more than that nothing answered
 * @param reason what happened, in words; errno words stand in `cause` only, since n8n replaces texts that hold them
 */
export function toConnectionError(
	request: HaloRequest,
	reason: string,
	cause?: unknown,
	nextStep = CONNECTION_STEP,
): HaloConnectionError {
	return new HaloConnectionError(
		`No answer from Halo, ${reason}`,
		{
			status: null,
			method: request.method,
			path: request.path,
			haloMessage: null,
			nextStep,
		},
		cause,
	);
}

/** The error for an answer with a good status whose body is not what the path answers with. */
export function toResponseError(
	request: HaloRequest,
	status: number,
	expected: string,
	got: string,
): HaloResponseError {
	return new HaloResponseError(`Halo's answer cannot be read, expected ${expected}`, {
		status,
		method: request.method,
		path: request.path,
		haloMessage: got === '' ? null : got,
		nextStep:
			request.method === 'GET'
				? "Check that the resource server in the credential is Halo's own (Configuration > Integrations > HaloPSA API), not a login page or proxy."
				: 'Halo may have stored it all the same: run again, and what stands there is looked up before anything is sent.',
	});
}

/** The error for a request that was not sent because the run was stopped. */
export function toCancelledError(request: HaloRequest): HaloCancelledError {
	return new HaloCancelledError('Not sent, the run was stopped', {
		status: null,
		method: request.method,
		path: request.path,
		haloMessage: null,
		nextStep: 'Run again: what was already written is found by its reference.',
	});
}
