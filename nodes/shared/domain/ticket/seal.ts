import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { lettersOf, lettersOfBytes } from './reference';

/** 26^20 is about 2^94: nobody hits a check value by trying. */
const CHECK_LENGTH = 20;

/** The credential's signing keys; empty = none. */
export interface SigningKeys {
	current: string;
	/** The key before; `none` when there was none. Empty when nothing of it counts any more. */
	previous: string;
}

/** What *Previous Signing Key* says when there was no key before. */
export const NO_KEY_BEFORE = 'none';

/**
 * Makes references and check values, and tells the pack's own from what anybody could have written. With a signing key
 * both are HMACs, so that only who has the key can make them. Without one they are plain hashes: they tell a text that
 * was changed, not who wrote it.
 */
export class Seal {
	/** The current key first; null = no key. */
	private readonly keys: readonly [string | null, ...Array<string | null>];
	/** Words of owners by key and owner: a run has few companies and many events. */
	private readonly owners = new Map<string | null, Map<string, string>>();

	constructor({ current, previous }: SigningKeys) {
		const before = previous === '' ? [] : [previous === NO_KEY_BEFORE ? null : previous];
		this.keys = [current === '' ? null : current, ...before];
	}

	/** False: anybody who knows a problem's key can compute its reference. */
	get signed(): boolean {
		return this.keys[0] !== null;
	}

	/**
	 * The references of a problem: by the current key first, then by the previous one where there is one.
	 * @param key as Evaluate Event Set made it; one ticket per group key
	 * @param owner whose problem it is; null when the source names no company
	 */
	referencesOf(key: string, owner: string | null): [string, ...string[]] {
		const [first, ...more] = this.keys;
		return [
			this.wordsOf(first, key, owner),
			...more.map((signing) => this.wordsOf(signing, key, owner)),
		];
	}

	/** The reference by the current key. */
	referenceOf(key: string, owner: string | null): string {
		return this.wordsOf(this.keys[0], key, owner);
	}

	private wordsOf(key: string | null, text: string, owner: string | null): string {
		const problem = key === null ? lettersOf(text) : lettersOfBytes(keyed(key, 'reference', text));
		return owner === null ? problem : `${problem} ${this.wordOfOwner(key, owner)}`;
	}

	private wordOfOwner(key: string | null, owner: string): string {
		const known = this.owners.get(key) ?? new Map<string, string>();
		this.owners.set(key, known);
		const word =
			known.get(owner) ??
			(key === null ? lettersOf(`owner|${owner}`) : lettersOfBytes(keyed(key, 'owner', owner)));
		known.set(owner, word);
		return word;
	}

	/** Check value of a content, in letters. @param content names what it is for, so that it counts nowhere else */
	check(content: string): string {
		return checkOf(this.keys[0], content);
	}

	/** True when the check value was made of this content, with the current or the previous key. */
	verifies(content: string, check: string): boolean {
		const given = Buffer.from(check);
		return this.keys.some((key) => {
			const right = Buffer.from(checkOf(key, content));
			return right.length === given.length && timingSafeEqual(right, given);
		});
	}
}

/** Two keys for the same field would make the same letters of equal texts without these. */
const KINDS = { reference: 'reference', owner: 'owner', check: 'check' } as const;

function keyed(key: string, kind: keyof typeof KINDS, text: string): Buffer {
	return createHmac('sha256', key).update(`${KINDS[kind]}|${text}`, 'utf8').digest();
}

function checkOf(key: string | null, content: string): string {
	const bytes =
		key === null
			? createHash('sha256').update(`check|${content}`, 'utf8').digest()
			: keyed(key, 'check', content);
	return lettersOfBytes(bytes, CHECK_LENGTH);
}
