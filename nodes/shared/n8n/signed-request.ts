import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import type { FullResponse } from './full-response';
import { readFullResponse } from './full-response';

/** A sign-in that takes longer has failed; it keeps the editor's test from hanging. */
const SIGN_IN_TIMEOUT_MS = 30_000;

/** n8n's own HTTP Request node still writes its address into `uri`. */
function olderAddress(options: IHttpRequestOptions): string | null {
	const uri: unknown = Reflect.get(options, 'uri');
	return typeof uri === 'string' ? uri : null;
}

/** The address that a node asks for, from either form of n8n's request options. */
export function requestAddress(options: IHttpRequestOptions): string {
	return olderAddress(options) ?? options.url;
}

/**
 * The request with its whole address and more headers.
 * @param url absolute; replaces address and base address, in the form in which they came
 */
export function signedRequest(
	options: IHttpRequestOptions,
	url: string,
	headers: IDataObject,
): IHttpRequestOptions {
	const name = olderAddress(options) === null ? 'url' : 'uri';
	const signed = { ...options, [name]: url, headers: { ...options.headers, ...headers } };
	// Only the test request has one, for n8n's sake; the address is whole now.
	delete signed.baseURL;
	return signed;
}

/**
 * One POST for a token. Redirects are not followed, so that a secret goes to no other host.
 * @throws what n8n's request helper throws when no answer comes; never for a status
 */
export async function postForToken(
	helpers: IHttpRequestHelper['helpers'],
	url: string,
	headers: IDataObject,
	body?: string,
): Promise<FullResponse> {
	const answer: unknown = await helpers.httpRequest({
		method: 'POST',
		url,
		...(body === undefined ? {} : { body }),
		headers: { accept: 'application/json', ...headers },
		timeout: SIGN_IN_TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	});
	return readFullResponse(answer);
}
