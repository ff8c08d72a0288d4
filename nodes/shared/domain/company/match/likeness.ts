import { formsConflict } from '../name-with-form';
import type { NameProfile } from './name-profile';

/** How alike two names are: 0 to 1, and why, in words for people. */
export interface Likeness {
	score: number;
	reasons: string[];
}

/** One rule that held, with the score that it alone gives. */
interface Finding {
	score: number;
	reason: string;
}

/** Names whose pairs of letters overlap less than this look alike by chance. */
const LEAST_OVERLAP = 0.7;
/** Each further rule that holds adds this much. */
const PER_FURTHER_RULE = 0.02;
/** 1 is kept for names that are exactly the same. */
const HIGHEST = 0.99;
/** Other numbers in the name make it another site, plant or company. */
const OTHER_NUMBERS = 0.5;

/** Dice's coefficient of the two names' pairs of letters. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
	const [small, large] = one.size <= other.size ? [one, other] : [other, one];
	let shared = 0;
	for (const pair of small) if (large.has(pair)) shared += 1;
	return (2 * shared) / Math.max(1, one.size + other.size);
}

function letters(words: readonly string[]): number {
	return words.reduce((sum, word) => sum + word.length, 0);
}

/** All words of the shorter name stand in the longer one. */
function containment(one: NameProfile, other: NameProfile): Finding | null {
	const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
	if (short.words.length === long.words.length || short.compact.length < 3) return null;
	const inLong = new Set(long.words);
	if (!short.words.every((word) => inLong.has(word))) return null;
	const share = letters(short.words) / Math.max(1, letters(long.words));
	return { score: 0.6 + 0.25 * share, reason: 'every word of one name stands in the other' };
}

/** @param weigh how much a word says: rare ones much, common ones little */
function sharedWords(
	one: NameProfile,
	other: NameProfile,
	weigh: (word: string) => number,
): Finding | null {
	const inOther = new Set(other.words);
	const shared = [...new Set(one.words)].filter((word) => inOther.has(word));
	if (shared.length === 0) return null;
	const sum = (words: Iterable<string>): number => {
		let total = 0;
		for (const word of words) total += weigh(word);
		return total;
	};
	const share =
		sum(shared) / Math.max(Number.EPSILON, sum(new Set([...one.words, ...other.words])));
	return share < 0.6 ? null : { score: 0.9 * share, reason: `shares ${shared.join(', ')}` };
}

function hasInitialsOf(short: NameProfile, long: NameProfile): boolean {
	return short.compact.length > 1 && long.initials.includes(short.compact);
}

function findings(
	one: NameProfile,
	other: NameProfile,
	weigh: (word: string) => number,
): Finding[] {
	const found: Finding[] = [];
	const add = (score: number, reason: string): void => {
		found.push({ score, reason });
	};
	if (one.plainBare === other.plainBare) {
		const isSame = one.bare === other.bare;
		if (formsConflict(one, other)) add(0.9, 'same name, other legal form');
		else if (isSame) add(0.98, 'same name');
		else add(0.97, 'same name but for an accent');
		return found;
	}
	if (one.sorted === other.sorted) add(0.95, 'same words in another order');
	else if (one.compact === other.compact) add(0.95, 'same letters, other spacing');
	else if (one.latin !== '' && one.latin === other.latin) {
		add(0.92, 'same name with other spelling of accents, umlauts or script');
	}
	if (hasInitialsOf(one, other) || hasInitialsOf(other, one)) add(0.65, 'initials');
	const contained = containment(one, other);
	if (contained !== null) found.push(contained);
	const shared = sharedWords(one, other, weigh);
	if (shared !== null) found.push(shared);
	const alike = overlap(one.pairs, other.pairs);
	if (alike >= LEAST_OVERLAP) add(0.9 * alike, `similar spelling (${Math.round(alike * 100)} %)`);
	return found;
}

/**
 * How alike two names are. The strongest rule gives the score; a name with other numbers in it loses half of it.
 * @param weigh how much a word says, above 0
 * @returns score 0 to 0.99 in hundredths, reasons strongest first
 */
export function compareNames(
	one: NameProfile,
	other: NameProfile,
	weigh: (word: string) => number,
): Likeness {
	const found = findings(one, other, weigh).toSorted((left, right) => right.score - left.score);
	const strongest = found[0];
	if (strongest === undefined) return { score: 0, reasons: [] };
	const raised = strongest.score + PER_FURTHER_RULE * (found.length - 1);
	const reasons = found.map(({ reason }) => reason);
	const numbersDiffer = one.numbers !== other.numbers && one.numbers !== '' && other.numbers !== '';
	const score = Math.min(HIGHEST, raised) * (numbersDiffer ? OTHER_NUMBERS : 1);
	return { score: Math.round(score * 100) / 100, reasons };
}
