import { parsePattern, type Step } from './pattern-parse';

/**
 * A regular expression that a person wrote into a rule, tried on names that a source sends. It is walked state by
 * state, all possible ones at once: the time grows with the name alone, where JavaScript's own matcher goes back and
 * may never come to an end on `(a+)+$`.
 */
export interface AssetPattern {
	/** As it was written. */
	source: string;
	/** True when it holds anywhere in the text, in any letter case. */
	test(text: string): boolean;
}

const REPEATS = /[*+{]/;

/** The characters around a place; '' before the first and behind the last. */
type Place = readonly [before: string, after: string];

/** Adds a state and all that it leads to without reading a character. */
function add(steps: readonly Step[], start: number, place: Place, into: Set<number>): void {
	const waiting = [start];
	for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
		if (into.has(state)) continue;
		into.add(state);
		const step = steps[state];
		if (step?.kind === 'split') waiting.push(...step.to);
		else if (step?.kind === 'look' && step.holds(...place)) waiting.push(state + 1);
	}
}

function holds(steps: readonly Step[], text: string): boolean {
	const characters = [...text];
	let states = new Set<number>();
	for (let at = 0; at <= characters.length; at += 1) {
		const before = characters[at - 1] ?? '';
		const after = characters[at] ?? '';
		add(steps, 0, [before, after], states);
		if (states.has(steps.length)) return true;
		const next = new Set<number>();
		for (const state of states) {
			const step = steps[state];
			if (step?.kind === 'read' && after !== '' && step.fits(after)) {
				add(steps, state + 1, [after, characters[at + 1] ?? ''], next);
			}
		}
		states = next;
	}
	return false;
}

/**
 * @param pattern as in JavaScript with the flags `i` and `u`, without look-around and back references
 * @returns null when it is no regular expression, or uses what cannot be walked so
 */
export function assetPattern(pattern: string): AssetPattern | null {
	const steps = parsePattern(pattern);
	if (steps === null) return null;
	// Nothing to go back to where nothing repeats: JavaScript's own matcher is the faster one there.
	if (!REPEATS.test(pattern)) return new RegExp(pattern, 'iu');
	return { source: pattern, test: (text) => holds(steps, text) };
}
