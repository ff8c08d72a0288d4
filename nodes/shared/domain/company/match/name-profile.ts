import type { NameWithForm } from '../name-with-form';
import { nameWithForm } from '../name-with-form';

/** Everything about a name that suggestions compare. */
export interface NameProfile extends NameWithForm {
	words: readonly string[];
	/** The words in alphabetical order. */
	sorted: string;
	/** Without spaces. */
	compact: string;
	/** As `compact`, in Latin letters, with written-out umlauts taken back: Mueller, Müller and Мюллер meet here. */
	latin: string;
	/** First letters of the words, with and without the small words; two letters at least. */
	initials: readonly string[];
	/** Words with a digit in them: Plant 1 is not Plant 2. */
	numbers: string;
	/** Pairs of letters, for the likeness of two spellings. */
	pairs: ReadonlySet<string>;
}

/** A name's first letters say enough for a suggestion; the rest would only cost time. */
const LONGEST_COMPARED = 100;

/** Words that initials leave out. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
	'and und et y e og och i of the for fur der die das de du des la le les el los of van von'.split(
		' ',
	),
);

const CYRILLIC =
	'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya є:e і:i ї:i ґ:g ђ:d ј:j љ:lj њ:nj ћ:c џ:dz ѓ:g ќ:k';
const GREEK =
	'α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s τ:t υ:y φ:f χ:ch ψ:ps ω:o';
/** Letters that Arabic and Persian writers use for each other. */
const ARABIC = 'أ:ا إ:ا آ:ا ة:ه ى:ي ی:ي ک:ك ؤ:و ئ:ي';

const TO_LATIN: ReadonlyMap<string, string> = new Map(
	`${CYRILLIC} ${GREEK} ${ARABIC}`.split(' ').map((pair) => {
		const [from = '', to = ''] = pair.split(':');
		return [from, to];
	}),
);

/** Written-out umlauts and doubled vowels of German and Nordic names. */
const WRITTEN_OUT = /([aou])e|aa/g;

function toLatin(compact: string): string {
	const letters = Array.from(compact, (letter) => TO_LATIN.get(letter) ?? letter).join('');
	return letters
		.replace(/^yu|(?<=[^aeiou])yu/g, 'u')
		.replace(WRITTEN_OUT, (found) => found.charAt(0));
}

function initialsOf(words: readonly string[]): string[] {
	const found = new Set<string>();
	for (const some of [words, words.filter((word) => !SMALL_WORDS.has(word))]) {
		if (some.length > 1) found.add(some.map((word) => Array.from(word)[0] ?? '').join(''));
	}
	return [...found];
}

function pairsOf(text: string): Set<string> {
	const letters = Array.from(text);
	if (letters.length < 2) return new Set(letters);
	return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`));
}

/** What is compared of a name. @param name as the source or Halo writes it, of any length */
export function profileOfName(name: string): NameProfile {
	const keys = nameWithForm(name);
	const bare = Array.from(keys.plainBare).slice(0, LONGEST_COMPARED).join('').trim();
	const words = bare.split(' ').filter((word) => word !== '');
	const all = keys.plainFull.slice(0, LONGEST_COMPARED).split(' ');
	const compact = words.join('');
	const latin = toLatin(compact);
	return {
		...keys,
		words,
		sorted: words.toSorted().join(' '),
		compact,
		latin,
		initials: [...new Set([...initialsOf(words), ...initialsOf(all)])],
		numbers: words
			.filter((word) => /\p{N}/u.test(word))
			.toSorted()
			.join(' '),
		pairs: pairsOf(latin),
	};
}
