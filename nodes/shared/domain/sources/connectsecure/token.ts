import { createHash } from 'node:crypto';

import { ConnectSecureFieldError, readPodOrigin } from './address';
import { podWords } from './answer';
import { isRecord } from '../../values/json';
import { textAt } from '../common/paths';

/** The credential, understood. */
export interface PodSignIn {
	/** e.g. `https://pod104.myconnectsecure.com` */
	origin: string;
	/** Where a token is asked for. */
	url: string;
	/** Value of the header `Client-Auth-Token`. */
	clientAuthToken: string;
	/** Changes with every field that the token depends on. */
	fingerprint: string;
	/** Texts that no message may hold, whatever the answer quotes. */
	secrets: readonly string[];
}

/** No token, in words. It has no member `status` or `code`: n8n would put words of its own in their place. */
export class PodSignInError extends Error {
	override name = 'PodSignInError';
}

/** What a sign-in gave. Every request bears both. */
export interface PodToken {
	token: string;
	userId: string;
	/** Seconds for which it is used. */
	lifeSeconds: number;
}

/**
 * How long a token is used at most. The vendor publishes no life; a poll is over in minutes, so a longer one would save
 * a single request, and one that was made void by a new key would be sent for longer.
 */
const LONGEST_LIFE_SECONDS = 600;

const KEYS = 'Settings > Users > the three dots > API Key in ConnectSecure';

function needed(value: unknown, field: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text !== '') return text;
	throw new ConnectSecureFieldError(`${field} is empty.`, `copy it from ${KEYS}.`);
}

/**
 * Reads the fields of the credential. The header is the Base64 form of `tenant+clientId:clientSecret`; the plus is
 * meant literally (ConnectSecure's API documentation, `POST /w/authorize`).
 * @throws ConnectSecureFieldError naming the field that is missing or wrong
 */
export function readSignIn(credential: Record<string, unknown>): PodSignIn {
	const origin = readPodOrigin(typeof credential.pod === 'string' ? credential.pod : '');
	const tenant = needed(credential.tenant, 'Tenant');
	const clientId = needed(credential.clientId, 'Client ID');
	const secret = needed(credential.clientSecret, 'Client Secret');
	const fields = JSON.stringify([origin, tenant, clientId, secret]);
	const clientAuthToken = Buffer.from(`${tenant}+${clientId}:${secret}`, 'utf8').toString('base64');
	return {
		origin,
		url: `${origin}/w/authorize`,
		clientAuthToken,
		fingerprint: createHash('sha256').update(fields).digest('base64url'),
		secrets: [clientAuthToken, secret],
	};
}

/** Seconds until a JSON Web Token ends by its own claim; null for any other text. */
function lifeOfJwt(token: string, nowMs: number): number | null {
	const [, claims] = token.split('.');
	if (claims === undefined) return null;
	try {
		const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
		return isRecord(read) && typeof read.exp === 'number' ? read.exp - nowMs / 1000 : null;
	} catch {
		// A token with dots in it need not be one of these.
		return null;
	}
}

/** Reads the answer of the sign-in; null when there is no token in it. */
export function readPodToken(body: unknown, nowMs: number): PodToken | null {
	if (!isRecord(body) || body.status === false || !isRecord(body.data)) return null;
	const token = textAt(body.data, 'access_token');
	const userId = textAt(body.data, 'user_id');
	if (token === null || userId === null) return null;
	return {
		token,
		userId,
		lifeSeconds: Math.min(lifeOfJwt(token, nowMs) ?? Infinity, LONGEST_LIFE_SECONDS),
	};
}

/**
 * Why a sign-in gave no token, in words with the next step.
 * @param status HTTP status; ConnectSecure also refuses with 200 and `status: false`
 */
export function signInFailure({ url, secrets }: PodSignIn, status: number, body: unknown): string {
	const words = podWords(body, secrets);
	const where = `(${status} on ${url}${words === '' ? '' : `: ${words}`})`;
	const refused = isRecord(body) && body.status === false;
	if (status === 401 || status === 403 || (status < 300 && refused)) {
		return `ConnectSecure refused tenant, client id or secret ${where}. Next: make a new key under ${KEYS} and copy client id and secret from there; the tenant is the name that you log in with.`;
	}
	if (status === 429 || status >= 500) {
		return `ConnectSecure's sign-in failed ${where}. Next: try again in a few minutes.`;
	}
	if (status < 300) {
		return `${url} answered ${status} without a token; that is no ConnectSecure pod. Next: copy the pod from Profile > API Documentation in ConnectSecure.`;
	}
	return `There is no sign-in of ConnectSecure at this address ${where}. Next: copy the pod from Profile > API Documentation in ConnectSecure.`;
}
