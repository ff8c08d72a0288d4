import { createHash } from 'node:crypto';

import { DEFAULT_INTEGRATION, integrationKey } from './integration';

/** Stands for a part that is unknown, so that a key always has the same number of parts. */
const NO_PART = '-';
/** Longest key kept as it is; a longer one keeps its beginning and ends in a hash, so that tables can index it. */
const LONGEST_KEY = 400;

export interface KeyParts {
	/** Integration that the problem came in by; the default one when left out. */
	integration?: string;
	/** Id of the source. */
	tool: string;
	/** What makes the finding's id unique beyond itself: tenant, server, repository. */
	scope: string | number | null;
	finding: string | number | null;
	asset: string | number | null;
	discriminator?: string | number | null;
}

/** First 32 hex digits of the SHA-256 of a text: short, and still unique for any number of findings. */
export function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A GUID, with braces or without: the one kind of id that its own tools write in both cases. */
const GUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

function part(value: string | number | null | undefined): string {
	const text = String(value ?? '')
		.normalize('NFC')
		.replace(/\p{Cc}/gu, ' ')
		.trim();
	if (text === '') return NO_PART;
	return (GUID.test(text) ? text.toLowerCase() : text).replace(/\|/g, '%7c');
}

/**
 * A name in which case does not count, as a part of a key: of a host, a company, a user, a protocol, a product. Case
 * counts everywhere else: `/srv/Config` and `/srv/config` are two files.
 * @returns null for nothing but spaces
 */
export function foldedName(name: string | null | undefined): string | null {
	const folded = (name ?? '').normalize('NFC').trim().toLowerCase();
	return folded === '' ? null : folded;
}

/** What ends the host of a URL. */
const AFTER_HOST = ['/', '?', '#'];

/** A URL as a part of a key: its scheme and host fold, the case of its path counts. Any other text folds as a name. */
export function addressPart(address: string): string {
	const scheme = address.indexOf('://');
	if (scheme < 1) return foldedName(address) ?? '';
	const ends = AFTER_HOST.map((mark) => address.indexOf(mark, scheme + 3)).filter((at) => at >= 0);
	const end = Math.min(address.length, ...ends);
	return `${address.slice(0, end).toLowerCase()}${address.slice(end)}`;
}

/** A host's name as a part of a key: in any case, with the dot of the root or without. */
export function hostPart(host: string | null | undefined): string | null {
	return foldedName(foldedName(host)?.replace(/\.$/, ''));
}

function bounded(key: string): string {
	if (key.length <= LONGEST_KEY) return key;
	return `${key.slice(0, LONGEST_KEY - 33)}~${shortHash(key)}`;
}

/** Version of the recipe, with the integration where it is not the default one: `v1`, `v1@second`. */
function recipe(integration = DEFAULT_INTEGRATION): string {
	const name = integrationKey(integration);
	return name === DEFAULT_INTEGRATION ? 'v1' : `v1@${part(name)}`;
}

/** How every key of a source in an integration begins; no other source and no other integration has it. */
export function keyPrefix(integration: string, source: string): string {
	return `${recipe(integration)}|${part(source)}|`;
}

/**
 * The key of a problem: `v1|tool|scope|finding|asset[|discriminator]`, trimmed, `|` inside a part as `%7c`. Case counts;
 * see `foldedName` for the names in which it does not.
 * What comes in by another integration than the default one begins with `v1@‹integration›`, so that it meets no other.
 * Give it nothing that changes while the problem stays the same: no severity, title, time, scan id or version.
 * `v1` lets a later recipe tell its keys from these.
 */
export function problemKey(parts: KeyParts): string {
	const all = [parts.tool, parts.scope, parts.finding, parts.asset];
	if (parts.discriminator !== undefined && parts.discriminator !== null) {
		all.push(parts.discriminator);
	}
	return bounded([recipe(parts.integration), ...all.map(part)].join('|'));
}

/** A key that somebody else made, in the same form: trimmed, bounded. Its case counts. */
export function normaliseKey(key: string): string {
	return bounded(
		key
			.normalize('NFC')
			.replace(/\p{Cc}/gu, ' ')
			.trim(),
	);
}

/** Several values as one part of a key, in the given order; unknown ones hold their place. */
export function joinedPart(...values: Array<string | number | null | undefined>): string {
	return values.map((value) => part(value)).join('/');
}
