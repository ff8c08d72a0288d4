import { describe, EventInputError } from './input-error';
import { DEEPEST, tooDeep } from './json';

/** Fewer digits than this are exact in any number of JavaScript. */
const DIGITS_OF_INEXACT = 16;

/** A place in a text: where it begins, and where it ends. */
type Span = readonly [start: number, end: number];

/** What a number, a text or a word of JSON ends before. */
function isDelimiter(code: number): boolean {
	return code <= 32 || code === 44 || code === 58 || code === 93 || code === 125;
}

function isInexact(number: string): boolean {
	return /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

function toldTwice(name: string, first: string, second: string): EventInputError {
	return new EventInputError(
		name,
		'one value',
		`two, ${describe(JSON.parse(first))} and ${describe(JSON.parse(second))}`,
		'Send each member of an object once: which of the two counts cannot be told.',
	);
}

/**
 * Walks through what `JSON.parse` took, for what it does not tell: integers that a number cannot hold, and members that
 * stand in one object twice with different values.
 * @returns the places of the integers, in their order
 * @throws EventInputError for a member with two values, and for a nesting deeper than any record's
 */
function inexactIntegers(text: string): Span[] {
	const found: Span[] = [];
	let place = 0;
	const blank = () => {
		while (text.charCodeAt(place) <= 32) place += 1;
	};
	const string = (): Span => {
		const start = place;
		for (place += 1; text.charCodeAt(place) !== 34; place += 1) {
			if (text.charCodeAt(place) === 92) place += 1;
		}
		place += 1;
		return [start, place];
	};
	const scalar = () => {
		const start = place;
		while (place < text.length && !isDelimiter(text.charCodeAt(place))) place += 1;
		if (place - start < DIGITS_OF_INEXACT) return;
		if (isInexact(text.slice(start, place))) found.push([start, place]);
	};
	const member = (known: Map<string, string>, depth: number) => {
		const [keyStart, keyEnd] = string();
		const written = text.slice(keyStart, keyEnd);
		const name = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
		blank();
		place += 1;
		blank();
		const start = place;
		value(depth);
		const told = text.slice(start, place);
		const before = known.get(name);
		if (before !== undefined && before !== told) throw toldTwice(name, before, told);
		known.set(name, told);
	};
	const entries = (end: number, entry: () => void) => {
		place += 1;
		blank();
		while (text.charCodeAt(place) !== end) {
			entry();
			blank();
			if (text.charCodeAt(place) === 44) place += 1;
			blank();
		}
		place += 1;
	};
	const value = (depth: number) => {
		if (depth > DEEPEST) throw tooDeep();
		const code = text.charCodeAt(place);
		if (code === 34) string();
		else if (code === 91) entries(93, () => value(depth + 1));
		else if (code === 123) {
			const known = new Map<string, string>();
			entries(125, () => member(known, depth + 1));
		} else scalar();
	};
	blank();
	value(0);
	return found;
}

/**
 * JSON text as a value, without a byte order mark before it. An integer beyond 2^53, as ids are, comes as the text of
 * its digits: a number would be another id.
 * @returns null when it is no JSON
 * @throws EventInputError for a member that is told twice with different values, and for one nested too deep
 */
export function parseJson(text: string): { value: unknown } | null {
	const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return null;
	}
	const integers = inexactIntegers(json);
	if (integers.length === 0) return { value };
	let exact = '';
	let end = 0;
	for (const [from, to] of integers) {
		exact += `${json.slice(end, from)}"${json.slice(from, to)}"`;
		end = to;
	}
	return { value: JSON.parse(exact + json.slice(end)) };
}
