import { createHash } from 'node:crypto';

import { GAP } from './block';

/** Word before every reference; one search for it lists all tickets of the pack. */
export const REFERENCE_WORD = 'scanref';

/** 26^12 is about 2^56: among a million problems two share a reference once in some 70,000 tenants. */
const REFERENCE_LENGTH = 12;

/** Digits as JavaScript writes a number in base 26, and the letters that stand for them here. */
const DIGITS = '0123456789abcdefghijklmnop';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LETTER_OF = new Map([...DIGITS].map((digit, index) => [digit, LETTERS.charAt(index)]));

/** A number in base 26, most significant letter first; nothing for 0. @param length how many letters at most */
export function lettersOfNumber(value: bigint, length?: number): string {
	if (value === 0n) return '';
	let letters = '';
	for (const digit of value.toString(26).slice(0, length)) letters += LETTER_OF.get(digit) ?? '';
	return letters;
}

/** The number that letters a-z stand for, see `lettersOfNumber`. */
export function numberOfLetters(letters: string): bigint {
	return [...letters].reduce((value, letter) => value * 26n + BigInt(LETTERS.indexOf(letter)), 0n);
}

/** Bytes as letters a-z: their number in base 26, most significant first. */
export function lettersOfBytes(bytes: Buffer, length = REFERENCE_LENGTH): string {
	return lettersOfNumber(BigInt(`0x${bytes.toString('hex')}`), length);
}

/**
 * Hash of a text in letters only: Halo's search misbehaves on trailing digits, and `[`, `%`, `_` are wildcards in the
 * database behind it.
 * @returns 12 letters a-z: the first digits of the SHA-256 in base 26
 */
export function lettersOf(text: string): string {
	return lettersOfBytes(createHash('sha256').update(text, 'utf8').digest());
}

/** The word of a reference that names the problem; a search for it finds the tickets of all owners. */
export function problemWord(reference: string): string {
	return reference.split(' ')[0] ?? reference;
}

/** The word that names the owner; null on a problem whose source names no company. */
export function ownerWord(reference: string): string | null {
	return reference.split(' ')[1] ?? null;
}

/** A reference as one word, for lists and records. */
export function referenceKey(reference: string): string {
	return reference.replace(' ', '-');
}

/** The reference that a word stands for, see `referenceKey`. */
export function referenceOfKey(word: string): string {
	return word.replace('-', ' ');
}

/** How a reference stands on a ticket: `(scanref kqzvwmtrbhxd)`, with a second word for the owner. */
export function referenceMarker(reference: string): string {
	return `(${REFERENCE_WORD} ${reference})`;
}

const TOKEN = new RegExp(
	`\\(${REFERENCE_WORD}${GAP}([a-z]{${REFERENCE_LENGTH}})(?:${GAP}([a-z]{${REFERENCE_LENGTH}}))?\\)`,
	'g',
);

/**
 * All references that a text names, in order, without repeats. Only the exact marker counts, never a similar word.
 * Anybody can write one: whose ticket it is says `recognise` alone.
 */
export function referencesIn(text: string): string[] {
	const found = [...text.matchAll(TOKEN)].map(([, problem, owner]) =>
		[problem, owner].filter((word) => word !== undefined).join(' '),
	);
	return [...new Set(found)];
}

/** True when the text names exactly this reference. */
export function carriesReference(text: string, reference: string): boolean {
	return referencesIn(text).includes(reference);
}
