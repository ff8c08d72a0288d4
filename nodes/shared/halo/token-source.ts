import type { TokenRequest } from './token';
import { packToken, readTokenAnswer, tokenForm } from './token';
import { toMissingFieldError, toTokenConnectionError, toTokenError } from './token-errors';

/** One form post to the token address; rejects when no answer came, never for a status. */
export type PostForm = (
	url: string,
	form: string,
) => Promise<{ status: number; headers: Record<string, unknown>; body: unknown }>;

interface Known {
	packed: Promise<string>;
	/** When it arrived; Infinity while it is on its way. */
	fetchedAt: number;
}

/**
 * Runs that started together read the stored credential before the first of them has written its new token. A token
 * that is younger than this is given to them too, unless it is the one that Halo just refused.
 */
const SHARED_FOR_MS = 5_000;

const known = new Map<string, Known>();

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
	const last = known.get(request.fingerprint);
	if (last !== undefined) {
		if (last.fetchedAt === Infinity) return await last.packed;
		const packed = await last.packed;
		if (packed !== refused && now() - last.fetchedAt < SHARED_FOR_MS) return packed;
	}
	const entry: Known = { packed: fetchPacked(request, post, now), fetchedAt: Infinity };
	known.set(request.fingerprint, entry);
	try {
		const packed = await entry.packed;
		entry.fetchedAt = now();
		return packed;
	} finally {
		if (entry.fetchedAt === Infinity) known.delete(request.fingerprint);
	}
}
