import { createHash } from 'node:crypto';

import { GAP } from './block';

/** Word before every reference; one search for it lists all tickets of the pack. */
export const REFERENCE_WORD = 'scanref';

/** 26^12 is about 2^56: among a million problems two share a reference once in some 70,000 tenants. */
const REFERENCE_LENGTH = 12;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Hash of a text in letters only: Halo's search misbehaves on trailing digits, and `[`, `%`, `_` are wildcards in the
 * database behind it.
 * @returns 12 letters a-z: the first digits of the SHA-256 in base 26, most significant first
 */
export function lettersOf(text: string): string {
	let rest = BigInt(`0x${createHash('sha256').update(text, 'utf8').digest('hex')}`);
	let letters = '';
	while (rest > 0n) {
		letters = LETTERS.charAt(Number(rest % 26n)) + letters;
		rest /= 26n;
	}
	return letters.slice(0, REFERENCE_LENGTH);
}

/** The reference of a problem. @param groupKey as Evaluate Event Set made it; one ticket per group key */
export function referenceOf(groupKey: string): string {
	return lettersOf(groupKey);
}

/** How a reference stands on a ticket: `(scanref kqzvwmtrbhxd)`. */
export function referenceMarker(reference: string): string {
	return `(${REFERENCE_WORD} ${reference})`;
}

const TOKEN = new RegExp(`\\(${REFERENCE_WORD}${GAP}([a-z]{${REFERENCE_LENGTH}})\\)`, 'g');

/** All references in a text, in order, without repeats. Only the exact marker counts, never a similar word. */
export function referencesIn(text: string): string[] {
	return [...new Set([...text.matchAll(TOKEN)].map((match) => match[1] ?? ''))];
}

/** True when the text holds exactly this reference. */
export function carriesReference(text: string, reference: string): boolean {
	return referencesIn(text).includes(reference);
}

/**
 * Takes our own words out of a text of a source, so that a title cannot claim the ticket of another problem:
 * `scanref` becomes `scan-ref`.
 */
export function withoutOwnWords(text: string): string {
	return text.replace(
		/\b(scan|end)(ref|state|note|members|roster|resolved|unrecorded)\b/gi,
		'$1-$2',
	);
}
