import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { CheckHttp } from '../shared/halo/check/session';
import { readFullResponse } from '../shared/n8n/full-response';

/** A layer that does not answer within half a minute is broken; longer waiting helps nobody. */
const TIMEOUT_MS = 30_000;

const EVERY_STATUS = {
	timeout: TIMEOUT_MS,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	// A redirect must be seen, and a token must not follow it to another host.
	disableFollowRedirect: true,
} as const;

/**
 * Requests of the check, without the credential's own signing: a stored token keeps the rights that it was issued with,
 * so the check asks for one of its own.
 */
export function createCheckHttp(context: IExecuteFunctions): CheckHttp {
	const send = async (options: IHttpRequestOptions) => {
		const answer: unknown = await context.helpers.httpRequest(options);
		return readFullResponse(answer);
	};
	return {
		get: async (url, headers) => await send({ ...EVERY_STATUS, method: 'GET', url, headers }),
		postForm: async (url, body) =>
			await send({
				...EVERY_STATUS,
				method: 'POST',
				url,
				body,
				headers: {
					'content-type': 'application/x-www-form-urlencoded',
					accept: 'application/json',
				},
			}),
	};
}
