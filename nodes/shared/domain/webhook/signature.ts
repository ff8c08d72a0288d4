import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Svix's own limit: a delivery signed longer ago, or further ahead, than this many seconds is refused. */
export const SVIX_TOLERANCE_SECONDS = 300;

/** How a sender writes an HMAC-SHA256 of the body into a header. */
export interface HmacScheme {
	encoding: 'hex' | 'base64';
	/** Stands before each signature, e.g. `sha256=` or `v1=`; '' when nothing does. */
	prefix: string;
}

/** PagerDuty's v3 webhook: `v1=` and hex, several by comma while a secret is being changed. */
export const PAGERDUTY_SCHEME: HmacScheme = { encoding: 'hex', prefix: 'v1=' };

/** Headers of a delivery signed by Svix. */
export interface SvixHeaders {
	id: string;
	/** Seconds since the epoch, as digits. */
	timestamp: string;
	/** `v1,<base64>`, several by space. */
	signature: string;
}

/** True when two texts are equal, in a time that tells nothing about where they differ. */
export function sameText(left: string, right: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(left), digest(right));
}

/** The secrets that may be used: a blank one never verifies anything. */
export function usableSecrets(...secrets: Array<string | undefined>): string[] {
	return secrets.filter(
		(secret): secret is string => typeof secret === 'string' && secret.trim() !== '',
	);
}

function anyMatches(candidates: string[], expected: string[]): boolean {
	return candidates.some((candidate) =>
		expected.some((signature) => sameText(candidate, signature)),
	);
}

/** HMAC-SHA256 of a body, as a header carries it. @param body a text counts by its bytes in UTF-8 */
export function signHmac(
	body: string | Uint8Array,
	secret: string,
	{ encoding, prefix }: HmacScheme,
): string {
	return `${prefix}${createHmac('sha256', secret).update(body).digest(encoding)}`;
}

/**
 * Checks an HMAC-SHA256 over the bytes of a body. Any signature of a comma-separated list may match any secret.
 * @param header value of the signature's header, as it came
 * @param secrets current secret and, while it is being changed, the previous one; none verifies nothing
 */
export function verifyHmac(
	body: Uint8Array,
	header: string,
	secrets: readonly string[],
	scheme: HmacScheme,
): boolean {
	const candidates = header
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part.startsWith(scheme.prefix))
		.map((part) => part.slice(scheme.prefix.length))
		.map((part) => (scheme.encoding === 'hex' ? part.toLowerCase() : part))
		.filter((part) => part !== '');
	const expected = usableSecrets(...secrets).map((secret) =>
		signHmac(body, secret, { ...scheme, prefix: '' }),
	);
	return anyMatches(candidates, expected);
}

function svixKey(secret: string): Buffer | null {
	const encoded = secret.trim().replace(/^whsec_/, '');
	const key = Buffer.from(encoded, 'base64');
	// A text that is no base64 decodes to something else than it says.
	return key.length > 0 &&
		key.toString('base64').replace(/(?<!=)=+$/, '') === encoded.replace(/(?<!=)=+$/, '')
		? key
		: null;
}

/**
 * Checks a delivery signed by Svix: HMAC-SHA256 over `id.timestamp.body`, at most 5 minutes old or ahead.
 * @param secrets in Svix's form, `whsec_` and base64
 * @param now milliseconds since the epoch
 */
export function verifySvix(
	body: Uint8Array,
	headers: SvixHeaders,
	secrets: readonly string[],
	now: number,
): boolean {
	if (headers.id === '' || !/^\d{1,12}$/.test(headers.timestamp)) return false;
	const age = Math.abs(now / 1000 - Number(headers.timestamp));
	if (age > SVIX_TOLERANCE_SECONDS) return false;
	const candidates = headers.signature
		.split(/\s+/)
		.filter((part) => part.startsWith('v1,'))
		.map((part) => part.slice('v1,'.length));
	const expected = usableSecrets(...secrets).flatMap((secret) => {
		const key = svixKey(secret);
		if (key === null) return [];
		const signed = createHmac('sha256', key).update(`${headers.id}.${headers.timestamp}.`);
		return [signed.update(body).digest('base64')];
	});
	return anyMatches(candidates, expected);
}
