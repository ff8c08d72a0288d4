import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { ConnectSecureFieldError } from '../shared/domain/sources/connectsecure/address';
import {
	type PodAnswer,
	type PodList,
	pageRows,
} from '../shared/domain/sources/connectsecure/answer';
import { PodSignInError } from '../shared/domain/sources/connectsecure/token';
import { noAnswerWords } from '../shared/halo/sign-in/token-errors';
import { readFullResponse } from '../shared/n8n/full-response';
import { causesOf, isUnauthorised } from '../shared/n8n/errors';

/** Name of the credential. */
export const POD_CREDENTIAL = 'connectSecureBridgeApi';

/** A report of ConnectSecure over many assets takes longer than a list; a gateway gives up after one to two minutes. */
const TIMEOUT_MS = 120_000;

/** 100,000 rows at 100 a page: more than n8n should hold at once, so that a pod that never ends cannot fill it. */
const MOST_PAGES = 1_000;

/** A request to the pod of the node's credential. */
interface PodRequest {
	method: 'GET' | 'POST';
	path: string;
	query?: Record<string, string | number>;
	body?: unknown;
}

function toOptions({ method, path, query = {}, body }: PodRequest): IHttpRequestOptions {
	return {
		method,
		// The credential makes the address, so that a node never knows the host.
		url: path,
		qs: query,
		headers: { accept: 'application/json', 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		// A 401 must throw: that is how n8n comes to fetch a new token and send once more.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// A token must not follow to another host.
		disableFollowRedirect: true,
	};
}

function failureOf(error: unknown): string {
	for (const cause of causesOf(error)) {
		if (cause instanceof PodSignInError || cause instanceof ConnectSecureFieldError) {
			return cause.message;
		}
	}
	if (isUnauthorised(error)) return 'ConnectSecure did not accept the token (HTTP 401)';
	return `no answer from the pod: ${noAnswerWords(error)}`;
}

/** One request; what went wrong is in the answer. */
export async function askPod(context: IExecuteFunctions, request: PodRequest): Promise<PodAnswer> {
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			POD_CREDENTIAL,
			toOptions(request),
		);
		const { status, body } = readFullResponse(answer);
		return status === 0 ? { failure: 'no answer from the pod' } : { status, body };
	} catch (error) {
		return { failure: failureOf(error) };
	}
}

/**
 * All rows of a feed or list, page after page until one is not full.
 * @param query what to ask beside `skip`; its `limit` says how many rows a full page has
 */
export async function readPodList(
	context: IExecuteFunctions,
	path: string,
	query: Record<string, string | number>,
): Promise<PodList> {
	const limit = Number(query.limit);
	const rows: unknown[] = [];
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const skip = { skip: page * limit };
		const got = pageRows(
			await askPod(context, { method: 'GET', path, query: { ...query, ...skip } }),
		);
		if (typeof got === 'string') return { rows, problem: got };
		rows.push(...got);
		if (got.length < limit) return { rows, problem: null };
		if (context.getExecutionCancelSignal()?.aborted === true) break;
	}
	return { rows, problem: `it has more than ${rows.length} rows, or the run was stopped` };
}
