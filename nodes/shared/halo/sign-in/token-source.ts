import type { TokenRequest } from './token';
import { packToken, readTokenAnswer, tokenForm } from './token';
import { toMissingFieldError, toTokenConnectionError, toTokenError } from './token-errors';
import { shareToken } from './token-share';

/** One form post to the token address; rejects when no answer came, never for a status. */
export type PostForm = (
	url: string,
	form: string,
) => Promise<{ status: number; headers: Record<string, unknown>; body: unknown }>;

async function fetchPacked(
	request: TokenRequest,
	post: PostForm,
	now: () => number,
): Promise<string> {
	if (request.clientId === '') throw toMissingFieldError('Client ID');
	if (request.clientSecret === '') throw toMissingFieldError('Client secret');
	const answer = await post(request.tokenUrl, tokenForm(request)).catch(
		async (error: unknown) => await Promise.reject(toTokenConnectionError(request, error)),
	);
	const token = answer.status < 300 ? readTokenAnswer(answer.body) : null;
	if (token === null) throw toTokenError(request, answer.status, answer.body, answer.headers);
	return packToken(request.fingerprint, token.token, token.lifeSeconds, now());
}

/**
 * A new token, packed for the credential. One request at a time per process and set of field values.
 * @param refused the packed token that n8n holds now; never given back
 * @throws HaloTokenError in words that name the next step
 */
export async function obtainToken(
	request: TokenRequest,
	refused: string,
	post: PostForm,
	now: () => number,
): Promise<string> {
	return await shareToken(
		request.fingerprint,
		refused,
		async () => await fetchPacked(request, post, now),
		now,
	);
}
