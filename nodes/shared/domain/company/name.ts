import { withoutInvisible } from '../values/invisible';
import { ATTACHED_LEGAL_FORMS, LEGAL_PREFIXES, LEGAL_SUFFIXES } from './legal-forms';

/** Levels of sameness of a company's name. Equal `full` is closer than equal `bare`. */
export interface CompanyNameKeys {
	/** Case, spacing, punctuation and Unicode forms evened out; accents stay. */
	full: string;
	/** As `full`, without the legal form. */
	bare: string;
	/** As `full`, without accents: Møller and Moller are two customers until a person says otherwise. */
	plainFull: string;
	/** As `bare`, without accents. */
	plainBare: string;
}

/** No company's name is longer; a longer text is compared as it stands, which keeps hostile input cheap. */
const LONGEST_NAME = 500;

/** Letters that Unicode does not take apart although people type them in two ways. */
const LATIN_LETTERS: ReadonlyMap<string, string> = new Map(
	Object.entries({ ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ħ: 'h', ŧ: 't' }),
);
const LATIN_LETTER = /[øæœđðłþħŧ]/g;

/** Marks of ownership; NFKC would make letters of them. */
const TRADE_MARKS = /[™®©℠]/g;
/** Apostrophes join what they divide: O'Brien is OBrien. */
const APOSTROPHES = /['’‘‛ʼ`´＇ʹ]/g;
/** Accents of Latin and Greek letters. Marks of other scripts are letters of their own (ガ is not カ, й is not и). */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** Vowel points and the stretching stroke of Hebrew and Arabic, which writers leave out at will. */
const POINTS =
	/\u0640|[\u0591-\u05BD]|\u05BF|\u05C1|\u05C2|\u05C4|\u05C5|\u05C7|[\u064B-\u0652]|\u0670/g;
/** `s.a.`, `z o.o.`, `A.B.C`: single letters with dots between. */
const DOTTED_LETTERS = /(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}?(?![\p{L}\p{N}])/gu;
/** All that divides words. Symbols and `#` stay: A+ is not A, C# is not C. */
const DIVIDERS = /[^\p{L}\p{M}\p{N}\p{S}#]+/gu;

/** Longest legal form in words, e.g. `S. A. P. I. de C. V.`; bounds the search at a name's end. */
const MOST_WORDS = 7;

/** A name with case, spacing, punctuation and Unicode forms evened out; '' when nothing is left. */
function fold(name: string): string {
	return withoutInvisible(name.replace(TRADE_MARKS, '').replace(APOSTROPHES, '').normalize('NFKC'))
		.toUpperCase()
		.toLowerCase()
		.replace(/ς/g, 'σ')
		.normalize('NFD')
		.replace(POINTS, '')
		.normalize('NFC')
		.replace(/&/g, ' and ')
		.replace(DOTTED_LETTERS, (letters) => letters.replace(/\./g, ''))
		.replace(DIVIDERS, ' ')
		.trim();
}

/** A folded name without accents, and with letters of other alphabets' Latin as people type them where they lack them. */
function withoutAccents(folded: string): string {
	return folded
		.normalize('NFD')
		.replace(ACCENTS, '$1')
		.replace(/е\u0308/g, 'е')
		.normalize('NFC')
		.replace(LATIN_LETTER, (letter) => LATIN_LETTERS.get(letter) ?? letter);
}

const SUFFIXES: ReadonlySet<string> = new Set(LEGAL_SUFFIXES);
const PREFIXES: ReadonlySet<string> = new Set(LEGAL_PREFIXES);
const ATTACHED: readonly string[] = ATTACHED_LEGAL_FORMS.map(fold);

function endingForm(words: readonly string[]): number {
	for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
		if (SUFFIXES.has(withoutAccents(words.slice(-count).join('')))) return count;
	}
	return 0;
}

function beginningForm(words: readonly string[]): number {
	for (let count = Math.min(3, words.length - 1); count > 0; count -= 1) {
		if (PREFIXES.has(withoutAccents(words.slice(0, count).join('')))) return count;
	}
	return 0;
}

/** Takes one attached form from the end and one from the beginning: some names carry both. */
function withoutAttached(text: string): string {
	const ending = ATTACHED.find((form) => text.length > form.length && text.endsWith(form));
	const begun = ending === undefined ? text : text.slice(0, -ending.length).trim();
	const beginning = ATTACHED.find((form) => begun.length > form.length && begun.startsWith(form));
	return beginning === undefined ? begun : begun.slice(beginning.length).trim();
}

function withoutLegalForms(full: string): string {
	let words = withoutAttached(full).split(' ');
	for (let count = endingForm(words); count > 0; count = endingForm(words)) {
		words = words.slice(0, -count);
		if (words.length > 1 && words.at(-1) === 'and') words = words.slice(0, -1);
	}
	words = words.slice(beginningForm(words));
	return words.join(' ');
}

/**
 * The keys under which a company's name is compared. A name of nothing but punctuation keeps its raw form, and a name
 * that is only a legal form (`AG`) keeps it, so that neither is equal to another such name.
 * @param name as the source or a mapping writes it
 */
export function companyNameKeys(name: string): CompanyNameKeys {
	const raw = name.trim();
	if (raw.length > LONGEST_NAME) return { full: raw, bare: raw, plainFull: raw, plainBare: raw };
	const full = fold(raw) || raw.normalize('NFKC').toLowerCase();
	const bare = withoutLegalForms(full) || full;
	return { full, bare, plainFull: withoutAccents(full), plainBare: withoutAccents(bare) };
}

/** An id as the source writes it, compared without regard to case: GUIDs come in both. */
export function companyIdKey(id: string): string {
	return id.trim().toLowerCase();
}
