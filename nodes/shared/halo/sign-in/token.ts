import { createHash } from 'node:crypto';

import { isRecord } from '../../domain/values/json';
import { readText } from '../records/decode';
import { scopesFor } from './scopes';
import type { HaloAddresses } from './urls';
import { readAddresses } from './urls';
import { readInteger } from '../../domain/values/read';

/** The credential's fields as they were typed. */
export interface CredentialFields {
	domain: string;
	authorisationServer: string;
	tenant: string;
	clientId: string;
	clientSecret: string;
	scopePreset: string;
	scopes: string;
	allowHttp: boolean;
}

/** The credential, understood. */
export interface TokenRequest extends HaloAddresses {
	clientId: string;
	clientSecret: string;
	scope: string;
	/**
	 * Changes with every field that the token depends on, the secret among them. Names the credential wherever a process
	 * remembers something: who does not know the secret reads nothing that somebody else's had fetched.
	 */
	fingerprint: string;
}

/** A token is not used in its last minute: a request that is on its way must not outlive it. */
const SAFETY_MS = 60_000;

/** What Halo gives when it says nothing: its tokens live an hour. */
const DEFAULT_LIFE_SECONDS = 3600;

function hash(parts: string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

/** The fields that matter for a token, from a credential as n8n decrypts it. */
export function readFields(credential: Record<string, unknown>): CredentialFields {
	return {
		domain: textOf(credential.domain),
		authorisationServer: textOf(credential.authorisationServer),
		tenant: textOf(credential.tenant),
		clientId: textOf(credential.clientId),
		clientSecret: textOf(credential.clientSecret),
		scopePreset: textOf(credential.scopePreset),
		scopes: textOf(credential.scopes),
		allowHttp: credential.allowHttp === true,
	};
}

/** An n8n has few credentials for Halo, and each edit of one leaves a set of fields behind. */
const MOST_UNDERSTOOD = 50;

/** By the hash of the fields, so that no secret stands in a key. Each request is signed with the whole credential. */
const understood = new Map<string, TokenRequest>();

/**
 * The credential, understood once for each set of fields in a process.
 * @throws HaloAddressError when a field cannot be an address
 */
export function readTokenRequest(fields: CredentialFields): TokenRequest {
	const key = hash([JSON.stringify(fields)]);
	const known = understood.get(key);
	if (known !== undefined) return known;
	const request = understand(fields);
	const [oldest] = understood.keys();
	if (oldest !== undefined && understood.size >= MOST_UNDERSTOOD) understood.delete(oldest);
	understood.set(key, request);
	return request;
}

function understand(fields: CredentialFields): TokenRequest {
	const addresses = readAddresses(fields);
	const scope = scopesFor(fields.scopePreset, fields.scopes);
	const { clientId, clientSecret } = fields;
	return {
		...addresses,
		clientId,
		clientSecret,
		scope,
		fingerprint: hash([
			addresses.resourceServer,
			addresses.tokenUrl,
			clientId,
			scope,
			clientSecret,
		]),
	};
}

/** Form body of the token request. */
export function tokenForm({ clientId, clientSecret, scope }: TokenRequest): string {
	return new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: clientId,
		client_secret: clientSecret,
		scope,
	}).toString();
}

/** The token's answer; null when there is no token in it. */
export function readTokenAnswer(body: unknown): { token: string; lifeSeconds: number } | null {
	if (!isRecord(body)) return null;
	const token = readText(body.access_token);
	if (token === null) return null;
	return { token, lifeSeconds: readInteger(body.expires_in) ?? DEFAULT_LIFE_SECONDS };
}

/** What the credential stores: fingerprint, expiry and token, so that an edit or time makes it void by itself. */
export function packToken(
	fingerprint: string,
	token: string,
	lifeSeconds: number,
	now: number,
): string {
	return [fingerprint, now + lifeSeconds * 1000 - SAFETY_MS, token].join('.');
}

/** The stored token; null when it belongs to other field values or has run out. */
export function unpackToken(stored: unknown, fingerprint: string, now: number): string | null {
	if (typeof stored !== 'string') return null;
	const [owner, expiry, ...token] = stored.split('.');
	if (owner !== fingerprint || !(Number(expiry) > now)) return null;
	const text = token.join('.');
	return text === '' ? null : text;
}
