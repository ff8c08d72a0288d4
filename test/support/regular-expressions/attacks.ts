import { RegExpParser, type AST } from '@eslint-community/regexpp';

/**
 * Texts that make a backtracking matcher work hard, made from the pattern itself: what leads up to each part of it,
 * then very many of each character and of each part, then something that fits nowhere.
 */

/** Characters that stand for a class: letters, digits, every kind of space, signs, marks, other scripts. */
const CANDIDATES = [
	...'aA0 _-.:/@<>="\'&;,|#+~[]{}()!?*\\^$%`',
	...'\t\n\u00a0\u2003\u00e9\u0301\u4e2d\u0661\u200b\ufeff\u0000',
];
/** Of each class: more make the run longer and find nothing new. */
const MOST_OF_A_CLASS = 5;
const MOST_UNITS = 50;
const MOST_PREFIXES = 8;
/** What may fit nowhere: a control character behind a line break, or nothing more. */
const ENDS = ['\n\u0000', ''];

interface Parsed {
	root: AST.Pattern;
	flags: string;
	literals: string[];
}

function fits(raw: string, flags: string, character: string): boolean {
	return new RegExp(`^(?:${raw})$`, flags.replace(/[gy]/g, '')).test(character);
}

function ofClass(node: AST.Node, { flags, literals }: Parsed): string[] {
	const own = literals.filter((character) => fits(node.raw, flags, character));
	const others = CANDIDATES.filter((character) => fits(node.raw, flags, character));
	return [...new Set([...own.slice(0, 2), ...others])].slice(0, MOST_OF_A_CLASS);
}

/** Short texts that a part matches, the likeliest first. */
function samples(node: AST.Node, parsed: Parsed): string[] {
	switch (node.type) {
		case 'Character':
			return [String.fromCodePoint(node.value)];
		case 'CharacterSet':
		case 'CharacterClass':
			return ofClass(node, parsed);
		case 'Quantifier': {
			const one = samples(node.element, parsed);
			return one.map((text) => text.repeat(Math.max(1, node.min)));
		}
		case 'Group':
		case 'CapturingGroup':
		case 'Pattern':
			return node.alternatives.flatMap((one) => samples(one, parsed).slice(0, 2)).slice(0, 24);
		case 'Alternative':
			return sequence(node.elements, parsed);
		default:
			return [''];
	}
}

function sequence(elements: readonly AST.Node[], parsed: Parsed): string[] {
	const each = elements.map((element) => samples(element, parsed));
	const most = Math.max(1, ...each.map((texts) => texts.length));
	return Array.from({ length: Math.min(most, MOST_OF_A_CLASS) }, (_, index) =>
		each.map((texts) => texts[Math.min(index, texts.length - 1)] ?? '').join(''),
	);
}

interface Pieces {
	units: Set<string>;
	prefixes: Set<string>;
}

function gather(node: AST.Node, before: string, parsed: Parsed, pieces: Pieces): void {
	if (node.type === 'Quantifier') gather(node.element, before, parsed, pieces);
	if ('alternatives' in node && node.type !== 'ClassStringDisjunction') {
		for (const one of node.alternatives) gather(one, before, parsed, pieces);
	}
	if (node.type === 'CharacterSet' || node.type === 'CharacterClass') {
		for (const text of ofClass(node, parsed)) pieces.units.add(text);
	}
	if (node.type !== 'Alternative') return;
	let prefix = before;
	node.elements.forEach((element, index) => {
		pieces.prefixes.add(prefix);
		gather(element, prefix, parsed, pieces);
		for (let to = index + 1; to <= node.elements.length; to += 1) {
			for (const text of sequence(node.elements.slice(index, to), parsed).slice(0, 2)) {
				pieces.units.add(text);
			}
		}
		prefix += samples(element, parsed)[0] ?? '';
	});
}

function literalsOf(source: string): string[] {
	return [...new Set(source.replace(/\\[a-zA-Z]/g, ''))];
}

/** @param pattern as `/…/flags` */
export function regExpOf(pattern: string): RegExp {
	const end = pattern.lastIndexOf('/');
	return new RegExp(pattern.slice(1, end), pattern.slice(end + 1));
}

/** How a text grows with its size. */
export type Attack = (characters: number) => string;

/** Hard texts for a pattern. Each grows with the number of characters that it is asked for. */
export function attacksOn(expression: RegExp): Attack[] {
	const { flags, source } = expression;
	const root = new RegExpParser().parsePattern(source, 0, source.length, {
		unicode: flags.includes('u'),
		unicodeSets: flags.includes('v'),
	});
	const parsed: Parsed = { root, flags, literals: literalsOf(source) };
	const pieces: Pieces = { units: new Set(), prefixes: new Set(['']) };
	gather(root, '', parsed, pieces);
	for (const character of parsed.literals) pieces.units.add(character);
	const units = [...pieces.units].filter((unit) => unit !== '').slice(0, MOST_UNITS);
	const prefixes = [...pieces.prefixes].slice(0, MOST_PREFIXES);
	return units.flatMap((unit) =>
		prefixes.flatMap((prefix) =>
			ENDS.map((end) => (characters: number) => {
				const count = Math.ceil((characters - prefix.length) / unit.length);
				return `${prefix}${unit.repeat(Math.max(1, count))}${end}`;
			}),
		),
	);
}
