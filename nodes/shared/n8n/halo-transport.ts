import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import {
	HaloAuthenticationError,
	HaloError,
	toConnectionError,
	toResponseError,
} from '../halo/http/errors';
import { HaloTokenError, noAnswerWords } from '../halo/sign-in/token-errors';
import type { HaloRequest, HaloResponse, HaloTransport } from '../halo/http/transport';
import { HaloAddressError } from '../halo/sign-in/urls';
import { causesOf, isUnauthorised } from './errors';
import { readFullResponse } from './full-response';

/** Contexts of n8n that can send requests with the node's credential. */
export type HaloContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IWebhookFunctions;

export const HALO_CREDENTIAL = 'haloPsaBridgeApi';

/** Halo answers a page of 100 tickets in seconds; a gateway gives up after one to two minutes, so longer is lost time. */
const TIMEOUT_MS = 120_000;

function toOptions(request: HaloRequest): IHttpRequestOptions {
	const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
	return {
		method: request.method,
		// The credential makes the address, so that a node never knows the host.
		url: request.path,
		qs: Object.fromEntries(query),
		headers: { accept: 'application/json', 'content-type': 'application/json' },
		...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		// A 401 must throw: that is how n8n comes to fetch a new token and send once more.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// A redirected POST would become a GET, and a token must not follow to another host.
		disableFollowRedirect: true,
	};
}

function toTokenFailure(request: HaloRequest, error: HaloTokenError): HaloError | HaloResponse {
	if (error.tokenStatus === 429) {
		const headers = error.retryAfter === null ? {} : { 'retry-after': error.retryAfter };
		return { status: 429, headers, body: error.message };
	}
	if (error.tokenStatus === null || error.tokenStatus >= 500) {
		const reason = `no token could be had. ${error.reason}`;
		return toConnectionError(request, reason, error, error.nextStep);
	}
	return new HaloAuthenticationError(error.reason, {
		status: error.tokenStatus,
		method: request.method,
		path: request.path,
		haloMessage: null,
		nextStep: error.nextStep,
	});
}

/** What a rejected request means: an answer (401, or the token's 429), or the error to reject with. */
function readFailure(request: HaloRequest, error: unknown): HaloResponse | Error {
	for (const cause of causesOf(error)) {
		if (cause instanceof HaloTokenError) return toTokenFailure(request, cause);
		if (cause instanceof HaloAddressError) return cause;
		if (cause instanceof HaloError) return cause;
	}
	if (isUnauthorised(error)) return { status: 401, headers: {}, body: '' };
	return toConnectionError(request, noAnswerWords(error), error);
}

/**
 * The same context without the signal of a stopped run: n8n cuts every request of such a run, those as well that are to
 * leave things in order.
 */
export function unstoppable<Context extends HaloContext>(context: Context): Context {
	return new Proxy(context, {
		get: (target, name): unknown =>
			name === 'getExecutionCancelSignal' ? () => undefined : Reflect.get(target, name),
	});
}

/** Sends through n8n's request helper with the credential `haloPsaBridgeApi` of the node. */
export function createHaloTransport(context: HaloContext): HaloTransport {
	return {
		send: async (request) => {
			try {
				const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
					context,
					HALO_CREDENTIAL,
					toOptions(request),
				);
				const response = readFullResponse(answer);
				if (response.status !== 0) return response;
				return await Promise.reject(toResponseError(request, 0, 'an HTTP answer', ''));
			} catch (error) {
				const failure = readFailure(request, error);
				return failure instanceof Error ? await Promise.reject(failure) : failure;
			}
		},
	};
}
