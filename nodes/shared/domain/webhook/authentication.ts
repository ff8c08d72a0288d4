import type { HmacScheme } from './signature';
import { PAGERDUTY_SCHEME, sameText, usableSecrets, verifyHmac, verifySvix } from './signature';

/** How a sender shows that it is allowed to send. `none` only when a user chose it. */
export type WebhookAuthentication =
	| { kind: 'headerToken'; header: string }
	| { kind: 'basic' }
	| { kind: 'bearer' }
	| { kind: 'hmac'; header: string; scheme: HmacScheme }
	| { kind: 'pagerDuty' }
	| { kind: 'svix' }
	| { kind: 'none' };

/** What the credential holds. */
export interface WebhookSecrets {
	/** Basic authentication only. */
	user: string;
	secret: string;
	/** Still accepted while senders are being moved to the new one; '' when there is none. */
	previousSecret: string;
}

/**
 * True when the sender's proof is made over the body, which must be read before it can be checked. All others are
 * checked, and refused, before a byte of the body is taken.
 */
export function provesByBody({ kind }: WebhookAuthentication): boolean {
	return kind === 'hmac' || kind === 'pagerDuty' || kind === 'svix';
}

/** What came in: header names in lower case, as Node.js gives them, and the body's bytes. */
export interface SignedRequest {
	headers: Readonly<Record<string, string | string[] | undefined>>;
	body: Uint8Array;
}

/** Value of a header, '' when it is missing; several of one name joined by comma. */
export function headerOf(headers: SignedRequest['headers'], name: string): string {
	const value = headers[name.trim().toLowerCase()];
	return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim();
}

function credentialsOf(authorization: string, scheme: string): string | null {
	const [word, ...rest] = authorization.split(/\s+/);
	return word?.toLowerCase() === scheme && rest.length === 1 ? (rest[0] ?? null) : null;
}

function verifyBasic(authorization: string, user: string, secrets: string[]): boolean {
	const encoded = credentialsOf(authorization, 'basic');
	if (encoded === null) return false;
	const given = Buffer.from(encoded, 'base64').toString('utf8');
	return secrets.some((secret) => sameText(given, `${user}:${secret}`));
}

/**
 * True when a request may be taken. Without a secret nothing may, unless authentication is switched off by choice;
 * current and previous secret both count.
 * @param now milliseconds since the epoch, for signatures that carry a time
 */
export function isAuthentic(
	authentication: WebhookAuthentication,
	request: SignedRequest,
	secrets: WebhookSecrets,
	now: number,
): boolean {
	if (authentication.kind === 'none') return true;
	const usable = usableSecrets(secrets.secret, secrets.previousSecret);
	if (usable.length === 0) return false;
	const header = (name: string) => headerOf(request.headers, name);
	switch (authentication.kind) {
		case 'headerToken': {
			const token = header(authentication.header);
			return token !== '' && usable.some((secret) => sameText(token, secret.trim()));
		}
		case 'bearer': {
			const token = credentialsOf(header('authorization'), 'bearer');
			return token !== null && usable.some((secret) => sameText(token, secret.trim()));
		}
		case 'basic':
			return verifyBasic(header('authorization'), secrets.user, usable);
		case 'hmac':
			return verifyHmac(request.body, header(authentication.header), usable, authentication.scheme);
		case 'pagerDuty':
			return verifyHmac(request.body, header('x-pagerduty-signature'), usable, PAGERDUTY_SCHEME);
		case 'svix':
			return verifySvix(
				request.body,
				{
					id: header('svix-id') || header('webhook-id'),
					timestamp: header('svix-timestamp') || header('webhook-timestamp'),
					signature: header('svix-signature') || header('webhook-signature'),
				},
				usable,
				now,
			);
	}
}

/** Headers by which senders name a delivery, so that the same one is known when it comes again. */
const DELIVERY_HEADERS = [
	'svix-id',
	'webhook-id',
	'x-snyk-transport-id',
	'x-github-delivery',
	'x-delivery-id',
	'idempotency-key',
] as const;

/**
 * Id of a delivery from its headers; null when it has none. It marks repeats, it never refuses one.
 * A hash of the body is no id: senders repeat equal bodies on purpose.
 */
export function deliveryIdOf(headers: SignedRequest['headers']): string | null {
	for (const name of DELIVERY_HEADERS) {
		const value = headerOf(headers, name);
		if (value !== '') return value.slice(0, 200);
	}
	return null;
}
