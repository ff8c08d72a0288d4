import { readErrorWords } from '../http/error-body';
import { redact } from '../http/redact';
import type { TokenRequest } from './token';

/** The sentence that set-up guides for HaloPSA tell people to look for; the cause follows it. */
export const SETUP_FAILED =
	'Failed to enable HaloPSA Integration. Please review your credentials, agent permissions, and application permissions, and then try again.';

const APPLICATION = 'Configuration > Integrations > HaloPSA API > View applications';

/**
 * No token. n8n shows the message as it is in the credential's test, so it holds everything. It has no members named
 * `status`, `code` or `response`: n8n would replace the message by a general one for them.
 */
export class HaloTokenError extends Error {
	/** What went wrong, without the next step. */
	readonly reason: string;
	readonly nextStep: string;
	/** HTTP status of the token address; null when no answer came. */
	readonly tokenStatus: number | null;
	/** `Retry-After` of a 429, as it came. */
	readonly retryAfter: string | null;

	constructor(
		cause: string,
		nextStep: string,
		tokenStatus: number | null,
		retryAfter: string | null = null,
	) {
		super(`${SETUP_FAILED} ${cause} Next: ${nextStep}`);
		this.name = 'HaloTokenError';
		this.reason = `${SETUP_FAILED} ${cause}`;
		this.nextStep = nextStep;
		this.tokenStatus = tokenStatus;
		this.retryAfter = retryAfter;
	}
}

/** Parts of Node's error codes and what they mean to a person. n8n replaces messages that hold the codes themselves. */
const NO_ANSWER_WORDS: ReadonlyArray<[RegExp, string]> = [
	[/ENOTFOUND|EAI_AGAIN/, 'the host name is not known'],
	[/ECONNREFUSED/, 'the host refused the connection'],
	[/ECONNRESET|EPIPE|socket hang up/, 'the connection was cut'],
	[/ETIMEDOUT|ECONNABORTED|timeout/i, 'it took too long'],
	[/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/i, 'its certificate is not trusted'],
	[/EHOSTUNREACH|ENETUNREACH/, 'the host cannot be reached'],
	[/EPROTO|wrong version number/i, 'it does not speak https there'],
];

/** Words for a request that got no answer, from the code or message of the error behind it. */
export function noAnswerWords(error: unknown): string {
	const texts: string[] = [];
	for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth++) {
		if ('code' in at && typeof at.code === 'string') texts.push(at.code);
		if ('message' in at && typeof at.message === 'string') texts.push(at.message);
		at = 'cause' in at ? at.cause : undefined;
	}
	const text = texts.join(' ');
	return NO_ANSWER_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'the connection failed';
}

/** The token address gave no answer. */
export function toTokenConnectionError(request: TokenRequest, error: unknown): HaloTokenError {
	return new HaloTokenError(
		`No answer from ${request.tokenUrl}: ${noAnswerWords(error)}.`,
		'check Domain and Authorisation Server, and that the n8n host can reach them (DNS, proxy, firewall).',
		null,
	);
}

function causeOf(
	request: TokenRequest,
	status: number,
	words: string,
	code: string,
): [string, string] {
	const tenant = new URL(request.tokenUrl).searchParams.get('tenant') ?? '';
	const word = tenant === '' ? '' : `is the tenant "${tenant}" Halo's own word? `;
	const where = `(${status} on ${request.tokenUrl}${words === '' ? '' : `: ${words}`})`;
	if (/invalid_scope/.test(code)) {
		return [
			`The application does not grant one of the scopes asked for, ${request.scope} ${where}.`,
			`${APPLICATION} > Permissions: grant them, or choose another scope preset here.`,
		];
	}
	if (/unauthorized_client|unsupported_grant_type/.test(code)) {
		return [
			`The application does not allow this way of signing in ${where}.`,
			`${APPLICATION}: set the authentication method to Client ID and Secret (Services) and the login type to Agent.`,
		];
	}
	if (/invalid_client/.test(code) || status === 401) {
		return [
			`Halo refused the client id or the secret ${where}.`,
			`${APPLICATION}: copy the client id of the saved application, generate a new secret, and check that it is active and its login type is Agent.`,
		];
	}
	if (status === 429) {
		return [`Halo's request limit is reached ${where}.`, 'wait 5 minutes, then test again.'];
	}
	if (status >= 500) {
		return [
			`Halo's sign-in failed ${where}.`,
			`test again in a minute; servers answer so to a wrong tenant, too: ${word}Otherwise the authorisation server is wrong (Configuration > Integrations > HaloPSA API).`,
		];
	}
	return [
		`There is no sign-in at this address, or the tenant is not known there ${where}.`,
		`${word}copy Authorisation Server and Tenant from Configuration > Integrations > HaloPSA API; some hosts have no /auth in front of /token.`,
	];
}

/**
 * The token address answered without a token.
 * @param headers lower case names
 */
export function toTokenError(
	request: TokenRequest,
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
): HaloTokenError {
	const secrets = [request.clientSecret];
	const code = redact(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), secrets);
	const retryAfter = headers['retry-after'];
	if (status >= 200 && status < 400) {
		return new HaloTokenError(
			`${request.tokenUrl} answered ${status} without a token; that is a web page, not Halo's sign-in.`,
			'copy Authorisation Server from Configuration > Integrations > HaloPSA API.',
			status,
		);
	}
	const [cause, nextStep] = causeOf(request, status, readErrorWords(body, secrets), code);
	return new HaloTokenError(
		cause,
		nextStep,
		status,
		typeof retryAfter === 'string' ? retryAfter : null,
	);
}

/** A field that no token request can do without is empty. */
export function toMissingFieldError(field: string): HaloTokenError {
	return new HaloTokenError(
		`${field} is empty.`,
		`${APPLICATION}: copy it from the application.`,
		null,
	);
}
